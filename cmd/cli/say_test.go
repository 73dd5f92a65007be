package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"daicho/app"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want app.Lang
	}{
		{nil, app.EN},
		{map[string]string{"LANG": "ja_JP.UTF-8"}, app.JA},
		{map[string]string{"LANG": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, app.JA},
		{map[string]string{"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, app.EN},
	} {
		if got := language(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestSay(t *testing.T) {
	locked := app.Refuse(app.Invalid, "name", "使えません。", "cannot be used")
	full := app.Because(errors.New("no space"), app.Failed, "空きがありません。", "is full")
	wrong := app.Because(errors.New("sentinel"), app.Forbidden, "違います。", "is wrong")
	for _, c := range []struct {
		err    error
		ja, en string
	}{
		{errors.New("plain"), "plain", "plain"},
		{fmt.Errorf("replica r: %w", locked), "replica r: name: 使えません。", "replica r: name: cannot be used"},
		{fmt.Errorf("a: %w; try b", full), "a: 空きがありません。try b", "a: is full: no space; try b"},
		{errors.Join(wrong, Misused("b: %v", "b: %v", locked)), "違います。b: name: 使えません。", "is wrong: sentinel; b: name: cannot be used"},
		{Errorf("%v別の名前にしてください。%s", "%v; take another name%s", full, "！"), "空きがありません。別の名前にしてください。！", "is full: no space; take another name！"},
		{fmt.Errorf("in: %w", &fs.PathError{Op: "open", Path: "d/x.csv", Err: syscall.ENOENT}), "in: d/x.csv: ファイルまたはフォルダーがありません。", "in: open d/x.csv: " + syscall.ENOENT.Error()},
		{fmt.Errorf("d/x: %w", &fs.PathError{Op: "open", Path: "d/.daicho-1.tmp", Err: fs.ErrPermission}), "d/x: 読み書きする権限がありません。", "d/x: open d/.daicho-1.tmp: permission denied"},
	} {
		for lang, want := range map[app.Lang]string{app.JA: c.ja, app.EN: c.en, "": c.en} {
			if got := (&Console{Lang: lang}).say(c.err); got != want {
				t.Errorf("%q: %q, want %q", lang, got, want)
			}
		}
	}
}

// What the parser of arguments says is said in Japanese, too, whatever it is.
func TestMisread(t *testing.T) {
	for en, ja := range map[string]string{
		`unknown flag --lmit, did you mean "--limit"?`:     `「--lmit」というフラグはありません。"--limit" ではありませんか。`,
		`unexpected argument x`:                            `「x」は、ここでは指定できません。`,
		`expected one of "list", "show"`:                   `次のいずれかを指定してください: "list", "show"。`,
		`expected "<file>"`:                                `"<file>" を指定してください。`,
		`missing flags: --pdf=FILE or --csv=FILE`:          `--pdf=FILE または --csv=FILE を指定してください。`,
		`--limit: expected a valid 64 bit int but got "a"`: `--limit の値 "a" を読み取れません。正しい値を指定してください。`,
		`--a and --b can't be used together`:               `--a と --b は同時に指定できません。`,
		`--set: 「a」は選べません。`:                                `--set: 「a」は選べません。`,
		`something new`:                                    `引数を読み取れません（something new）。`,
	} {
		if got := misread(en); got != ja {
			t.Errorf("%s: %q, want %q", en, got, ja)
		}
	}
}
