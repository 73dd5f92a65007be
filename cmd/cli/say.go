package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"daicho/app"
)

// language is that of the terminal, as POSIX names it (LC_ALL, then LC_MESSAGES,
// then LANG): Japanese where it says so, else English.
func language(env func(string) string) app.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := env(name); locale != "" {
			if strings.HasPrefix(locale, string(app.JA)) {
				return app.JA
			}
			return app.EN
		}
	}
	return app.EN
}

// Errorf makes an error of a sentence in Japanese and in English. Both take the
// same arguments; an error among them is said in the language of its sentence.
func Errorf(ja, en string, args ...any) error { return &sentence{ja, en, args} }

type sentence struct {
	ja, en string
	args   []any
}

func (s *sentence) Error() string { return fmt.Sprintf(s.en, s.args...) }

func (s *sentence) Unwrap() (all []error) {
	for _, a := range s.args {
		if err, is := a.(error); is {
			all = append(all, err)
		}
	}
	return all
}

func (s *sentence) japanese() string {
	args := make([]any, len(s.args))
	for i, a := range s.args {
		if err, is := a.(error); is {
			a = japanese(err)
		}
		args[i] = a
	}
	return fmt.Sprintf(s.ja, args...)
}

// Note says something beside the results, on a line of its own.
func (c *Console) Note(ja, en string, args ...any) {
	fmt.Fprintln(c.Err, c.say(Errorf(ja, en, args...)))
}

// say is an error on one line, in the console's language. What stands around its
// sentences, such as the folder that they are about, stays.
func (c *Console) say(err error) string {
	if c.Lang == app.JA {
		return strings.ReplaceAll(oneLine(japanese(err)), "。; ", "。")
	}
	return oneLine(err.Error())
}

// japanese is an error with every sentence in it in Japanese. The machine's own
// words behind a sentence are English, and left out.
func japanese(err error) string {
	switch e := err.(type) {
	case *app.Error:
		if e.Field != "" {
			return e.Field + ": " + e.Say.JA
		}
		return e.Say.JA
	case *sentence:
		return e.japanese()
	case *fs.PathError:
		if unnamed, _ := filepath.Match(".*.tmp", filepath.Base(e.Path)); unnamed { // what is written is named around it
			return machine(e.Err)
		}
		return e.Path + ": " + machine(e.Err)
	case *os.LinkError:
		return machine(e.Err)
	case *net.OpError:
		return machine(e.Err)
	case *kong.ParseError:
		return misread(within(err))
	}
	return within(err)
}

// within is an error's text with the errors in it in Japanese.
func within(err error) string {
	var parts []error
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		parts = []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		parts = e.Unwrap()
	}
	text := err.Error()
	for _, part := range parts {
		if part != nil {
			text = strings.Replace(text, part.Error(), japanese(part), 1)
		}
	}
	return text
}

// machine is why the machine could not.
func machine(err error) string {
	for _, c := range []struct {
		is   error
		says string
	}{
		{fs.ErrNotExist, "ファイルまたはフォルダーがありません。"},
		{fs.ErrPermission, "読み書きする権限がありません。"},
		{syscall.EISDIR, "ファイルではなくフォルダーです。"},
		{syscall.ENOTDIR, "途中の名前がフォルダーではありません。"},
		{fs.ErrExist, "同じ名前のものが既にあります。"},
		{syscall.ENOSPC, "ディスクの空きがありません。"},
		{syscall.ECONNREFUSED, "接続を受け付ける相手がいません。"},
		{syscall.EADDRINUSE, "ほかのプログラムが使用中のポートです。"},
	} {
		if errors.Is(err, c.is) {
			return c.says
		}
	}
	var address *net.AddrError
	if errors.As(err, &address) {
		return "アドレスが正しくありません。"
	}
	return "実行できませんでした（" + err.Error() + "）。"
}

// misreadings are what the parser of arguments says, and the same in Japanese.
var misreadings = []struct {
	en *regexp.Regexp
	ja string
}{
	{regexp.MustCompile(`^unknown flag (.+)$`), "「$1」というフラグはありません。"},
	{regexp.MustCompile(`^unexpected argument (.+)$`), "「$1」は、ここでは指定できません。"},
	{regexp.MustCompile(`^expected one of (.+)$`), "次のいずれかを指定してください: $1。"},
	{regexp.MustCompile(`^expected (.+)$`), "$1 を指定してください。"},
	{regexp.MustCompile(`^missing flags: (.+)$`), "$1 を指定してください。"},
	{regexp.MustCompile(`^missing positional arguments (.+)$`), "$1 を指定してください。"},
	{regexp.MustCompile(`^(\S+) must be one of (.+) but got (.+)$`), "$1 に $3 は指定できません。$2 から選んでください。"},
	{regexp.MustCompile(`^(\S+): expected .+ but got ("[^"]*").*$`), "$1 の値 $2 を読み取れません。正しい値を指定してください。"},
	{regexp.MustCompile(`^(\S+) and (\S+) can't be used together$`), "$1 と $2 は同時に指定できません。"},
	{regexp.MustCompile(`^(\S+): (".+") exists but is not a directory$`), "$1: $2 はフォルダーではありません。"},
	{regexp.MustCompile(`^(\S+): (".+") exists but is a directory$`), "$1: $2 はファイルではなくフォルダーです。"},
}

var kana = regexp.MustCompile(`[ぁ-んァ-ヶ]`)

// misread is what the parser says of arguments, in Japanese.
func misread(text string) string {
	text, meant, guessed := strings.Cut(text, ", did you mean ")
	for _, m := range misreadings {
		if m.en.MatchString(text) {
			text = strings.ReplaceAll(m.en.ReplaceAllString(text, m.ja), " or ", " または ")
			if guessed {
				text += strings.TrimSuffix(meant, "?") + " ではありませんか。"
			}
			return text
		}
	}
	if kana.MatchString(text) {
		return text
	}
	return "引数を読み取れません（" + text + "）。"
}
