// Package cli is what the programs without a window have in common: how they
// read their arguments, how they end and what they say then, and where a
// passphrase comes from.
//
// What a verb does belongs into its program; what both programs do to data
// belongs into store or sync.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"daicho/app"
	"daicho/store/keys"
)

// Version is the version of the programs, after semver.org.
const Version = "0.3.0"

// Lease is how long an enrolled device works without its server at most: 72 hours,
// 14 days or 30 days, as the server says by the class of the device.
const Lease = 30 * 24 * time.Hour

// The exit codes of every program.
const (
	Done   = 0
	Failed = 1 // one line on stderr says what, of which file or record, and what to do
	Misuse = 2 // the arguments make no sense; the line names the command's --help
)

// Program is a program of the command line.
type Program struct {
	Name    string
	About   string
	Grammar any // a pointer to a struct as kong reads it
	Options []kong.Option
}

// Console is where a program reads and writes, the clock it looks at, and the
// language it is spoken to in.
type Console struct {
	In       *os.File
	Out, Err io.Writer
	Now      app.Clock // the clock on the wall
	// Mono is a clock that nobody can set, and which run of the machine it counts in; nil: the machine's.
	Mono  func() (ns int64, boot [8]byte)
	Lang  app.Lang      // of errors and notes; else English
	lines *bufio.Reader // of In, where that is no terminal
}

// Standard is the console of the process.
func Standard() *Console {
	return &Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Now: time.Now, Lang: language(os.Getenv)}
}

// Enter is the main function of a program that holds keys: it runs it with the
// arguments and the console of the process and ends the process. Nothing may come
// before it.
func Enter(run func(args []string, console *Console) int) {
	console := Standard()
	if err := keys.CrashSilently(); err != nil {
		fmt.Fprintf(console.Err, "cannot keep keys out of what a crash writes: %v\n", err)
		os.Exit(Failed)
	}
	os.Exit(run(os.Args[1:], console))
}

// Main runs the program and returns its exit code. Run methods may ask for a
// [context.Context], which an interrupt ends, and for the [*Console].
func (p Program) Main(args []string, console *Console) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	helped := false
	parser, err := kong.New(p.Grammar, append([]kong.Option{
		kong.Name(p.Name), kong.Description(p.About),
		kong.Writers(console.Out, console.Err),
		kong.Exit(func(int) { helped = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(console),
	}, p.Options...)...)
	if err != nil {
		return p.end(console, err)
	}
	parsed, err := parser.Parse(args)
	switch {
	case helped:
		return Done
	case err != nil:
		return p.end(console, misused(p.Name, parsed, err))
	}
	return p.end(console, parsed.Run())
}

// end says on one line what went wrong.
func (p Program) end(console *Console, err error) int {
	if err == nil {
		return Done
	}
	fmt.Fprintf(console.Err, "%s: %s\n", p.Name, console.say(err))
	var wrong *misuse
	if errors.As(err, &wrong) {
		return Misuse
	}
	return Failed
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}

// misuse is an error of whoever typed the command.
type misuse struct{ error }

func (m *misuse) Unwrap() error { return m.error }

// Misused makes an error as [Errorf] does, which ends the program with [Misuse].
func Misused(ja, en string, args ...any) error { return &misuse{Errorf(ja, en, args...)} }

// misused names the help that would have told how.
func misused(program string, parsed *kong.Context, err error) error {
	var parse *kong.ParseError
	if parsed == nil && errors.As(err, &parse) {
		parsed = parse.Context
	}
	command := program
	if parsed != nil && parsed.Selected() != nil {
		command = parsed.Selected().FullPath()
	}
	return Misused("%v使い方は %s --help で確かめてください。", "%v; see %s --help", err, command)
}
