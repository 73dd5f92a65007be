package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/term"

	"daicho/app"
)

// maxSecret is how long a line with a secret may be, in bytes.
const maxSecret = 4096

// Secret asks for a password or a code, which may be empty, without echo; without
// a terminal it is the next line of the input.
func (c *Console) Secret(ctx context.Context, prompt string) (string, error) {
	if !term.IsTerminal(int(c.In.Fd())) {
		return c.line()
	}
	a, err := c.typed(ctx, prompt)
	return string(a.line), errors.Join(err, a.err)
}

// NewSecret asks for one that is just being made: typed, it is asked for twice.
func (c *Console) NewSecret(ctx context.Context, prompt string) (string, error) {
	if !term.IsTerminal(int(c.In.Fd())) {
		return c.line()
	}
	text, err := c.twice(ctx, prompt)
	return string(text), err
}

var errNothing = app.Refuse(app.Invalid, "", "パスワードまたは確認コードが必要ですが、何も入力されていません。端末（ターミナル）で実行して入力するか、標準入力に一行ずつ渡してください。",
	"a password or a code is needed and nothing was typed: run this at a terminal, or give the input a line for each")

// line is the next line of the input, which is read no further.
func (c *Console) line() (string, error) {
	if c.lines == nil {
		c.lines = bufio.NewReader(io.LimitReader(c.In, maxSecret))
	}
	text, err := c.lines.ReadString('\n')
	if err != nil && (text == "" || !errors.Is(err, io.EOF)) {
		return "", errNothing
	}
	return strings.TrimRight(text, "\r\n"), nil
}
