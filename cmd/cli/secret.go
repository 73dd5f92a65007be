package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/term"
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

// line is the next line of the input, which is read no further.
func (c *Console) line() (string, error) {
	if c.lines == nil {
		c.lines = bufio.NewReader(io.LimitReader(c.In, maxSecret))
	}
	text, err := c.lines.ReadString('\n')
	if err != nil && (text == "" || !errors.Is(err, io.EOF)) {
		return "", errors.New("nothing was typed: there is no terminal, and the input has no line more")
	}
	return strings.TrimRight(text, "\r\n"), nil
}
