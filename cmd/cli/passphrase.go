package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/term"
)

// PassphraseFile is the variable that names a file with the passphrase on its
// first line. A passphrase is never an argument: other users of a machine can
// read those.
const PassphraseFile = "DAICHO_PASSPHRASE_FILE"

// Passphrase is that of an existing replica or server: from the file, or asked
// for without echo. Without either it fails; it never waits for what cannot come.
func (c *Console) Passphrase(ctx context.Context) ([]byte, error) {
	if path := c.Env(PassphraseFile); path != "" {
		return readPassphrase(path)
	}
	return c.ask(ctx, "Passphrase: ")
}

// NewPassphrase is one for something that is just being made: typed, it is
// asked for twice.
func (c *Console) NewPassphrase(ctx context.Context) ([]byte, error) {
	if path := c.Env(PassphraseFile); path != "" {
		return readPassphrase(path)
	}
	first, err := c.ask(ctx, "New passphrase: ")
	if err != nil {
		return nil, err
	}
	again, err := c.ask(ctx, "Once more: ")
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(first, again) {
		return nil, errors.New("the two passphrases differ; nothing was made, try again")
	}
	return first, nil
}

func readPassphrase(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; name a file that can be read", PassphraseFile, err)
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 {
		return nil, fmt.Errorf("%s: %s has no passphrase on its first line; write it there", PassphraseFile, path)
	}
	return line, nil
}

// ask reads a line without echo. An interrupt gives the terminal its echo back.
func (c *Console) ask(ctx context.Context, prompt string) ([]byte, error) {
	fd := int(c.In.Fd())
	if !term.IsTerminal(fd) {
		return nil, fmt.Errorf("no passphrase: there is no terminal to ask at; name a file with it in %s", PassphraseFile)
	}
	before, err := term.GetState(fd)
	if err != nil {
		return nil, fmt.Errorf("terminal: %w; name a file with the passphrase in %s", err, PassphraseFile)
	}
	fmt.Fprint(c.Err, prompt)
	defer fmt.Fprintln(c.Err)
	typed := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		typed <- answer{line, err}
	}()
	select {
	case a := <-typed:
		return a.checked()
	case <-ctx.Done():
		return nil, errors.Join(errors.New("interrupted; nothing was done"), term.Restore(fd, before))
	}
}

// answer is what came from a terminal.
type answer struct {
	line []byte
	err  error
}

func (a answer) checked() ([]byte, error) {
	if a.err != nil {
		return nil, fmt.Errorf("passphrase: %w; try again", a.err)
	}
	if len(a.line) == 0 {
		return nil, errors.New("the passphrase is empty; try again")
	}
	return a.line, nil
}
