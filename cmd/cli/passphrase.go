package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"golang.org/x/term"

	"daicho/app"
	"daicho/store/keys"
)

var (
	errDiffer     = app.Refuse(app.Invalid, "", "二回のパスフレーズが一致しません。何も作成していません。もう一度実行してください。", "the two passphrases differ; nothing was made, try again")
	errNoTerminal = app.Refuse(app.Failed, "", "パスフレーズを入力する端末（ターミナル）がありません。パスフレーズを書いたファイルを "+keys.PassphraseFile+" で指定してください。",
		"no passphrase: there is no terminal to ask at; name a file with it in "+keys.PassphraseFile)
	errInterrupted = app.Refuse(app.Failed, "", "中断しました。何も変更していません。", "interrupted; nothing was done")
	errEmpty       = app.Refuse(app.Invalid, "", "パスフレーズが空です。もう一度入力してください。", "the passphrase is empty; try again")
)

// Passphrase is that of an existing replica or server: from the file that
// [keys.PassphraseFile] names, or asked for without echo. Without either it
// fails; it never waits for what cannot come.
func (c *Console) Passphrase(ctx context.Context) (keys.Passphrase, error) {
	if pass, found, _, err := keys.PassphraseFromFile(); found || err != nil {
		return pass, err
	}
	return c.ask(ctx, "Passphrase: ")
}

// NewPassphrase is one for something that is just being made: typed, it is
// asked for twice.
func (c *Console) NewPassphrase(ctx context.Context) (keys.Passphrase, error) {
	if pass, found, _, err := keys.PassphraseFromFile(); found || err != nil {
		return pass, err
	}
	return c.twice(ctx, "New passphrase: ")
}

// NextPassphrase is one that comes beside the present one, or in its place: from
// the file that [keys.NewPassphraseFile] names, or asked for twice under a prompt.
func (c *Console) NextPassphrase(ctx context.Context, prompt string) (keys.Passphrase, error) {
	if pass, found, _, err := keys.NewPassphraseFromFile(); found || err != nil {
		return pass, err
	}
	return c.twice(ctx, prompt)
}

func (c *Console) twice(ctx context.Context, prompt string) (keys.Passphrase, error) {
	first, err := c.ask(ctx, prompt)
	if err != nil {
		return nil, err
	}
	again, err := c.ask(ctx, "Once more: ")
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(first, again) {
		return nil, errDiffer
	}
	return first, nil
}

// ask reads a passphrase without echo.
func (c *Console) ask(ctx context.Context, prompt string) (keys.Passphrase, error) {
	a, err := c.typed(ctx, prompt)
	if err != nil {
		return nil, err
	}
	return a.checked()
}

// typed reads a line without echo. An interrupt gives the terminal its echo back.
func (c *Console) typed(ctx context.Context, prompt string) (a answer, err error) {
	fd := int(c.In.Fd())
	if !term.IsTerminal(fd) {
		return a, errNoTerminal
	}
	before, err := term.GetState(fd)
	if err != nil {
		return a, Errorf("端末から入力できません。パスフレーズを書いたファイルを %[2]s で指定してください。", "terminal: %v; name a file with the passphrase in %s", err, keys.PassphraseFile)
	}
	fmt.Fprint(c.Err, prompt)
	defer fmt.Fprintln(c.Err)
	heard := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		heard <- answer{line, err}
	}()
	select {
	case a = <-heard:
		return a, nil
	case <-ctx.Done():
		return a, errors.Join(errInterrupted, term.Restore(fd, before))
	}
}

// answer is what came from a terminal.
type answer struct {
	line []byte
	err  error
}

func (a answer) checked() (keys.Passphrase, error) {
	if a.err != nil {
		return nil, Errorf("パスフレーズを読み取れません（%v）。もう一度入力してください。", "passphrase: %v; try again", a.err)
	}
	if len(a.line) == 0 {
		return nil, errEmpty
	}
	return a.line, nil
}
