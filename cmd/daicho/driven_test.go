package main

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daicho/cmd/cli"
)

// grammar is the program's, of which Run lets a test ask whether it is busy.
type grammar struct {
	Args args `embed:""`
}

// driven is the program as it is, but that a test can ask it whether it is busy.
func driven() {
	cli.Enter(func(arguments []string, console *cli.Console) int {
		return enter(&grammar{}, arguments, console)
	})
}

// Run opens the window.
func (g *grammar) Run(console *cli.Console) error {
	d, pass, err := g.Args.desktop(console)
	if err != nil {
		return err
	}
	d.answer()
	return d.run(pass, g.Args.Tour)
}

// What a program that a test has started reads and writes besides.
const (
	questions = 3 + iota
	answers
)

// answer answers each question of the test when the window has settled.
func (d *desktopApp) answer() {
	ask, answer := os.NewFile(questions, "questions"), os.NewFile(answers, "answers")
	go func() {
		for one := make([]byte, 1); ; {
			if _, err := ask.Read(one); err != nil {
				return
			}
			d.settle()
			if _, err := answer.Write(one); err != nil {
				return
			}
		}
	}()
}

// settle returns when the window has taken all keys that were sent before, nothing
// that it has begun for them is under way any more, and what came of it is painted:
// each step of an animation comes after the keys and before the painting of one
// turn of Fyne's loop.
func (d *desktopApp) settle() {
	done, quiet := make(chan struct{}), 0
	var turns *fyne.Animation
	turns = fyne.NewAnimation(time.Hour, func(float32) {
		if quiet++; !d.desk.Tasks.Idle() && !(d.shell != nil && d.shell.Locked()) {
			quiet = 0
		}
		if quiet == 3 {
			turns.Stop()
			close(done)
		}
	})
	d.screen.Post(turns.Start)
	<-done
}

// running is a program that a test has started.
type running struct {
	*os.Process
	ask, answer *os.File
}

// begin starts a program that can be asked.
func begin(t *testing.T, c *exec.Cmd) *running {
	t.Helper()
	hears, ask, err := os.Pipe()
	ok(t, err)
	answer, says, err := os.Pipe()
	ok(t, err)
	c.ExtraFiles = []*os.File{hears, says}
	ok(t, c.Start())
	hears.Close()
	says.Close()
	t.Cleanup(func() { ask.Close(); answer.Close() })
	return &running{c.Process, ask, answer}
}

// settled waits until the program is not busy any more.
func (s *screen) settled() {
	s.t.Helper()
	one := []byte{'?'}
	_, err := s.program.ask.Write(one)
	if err == nil {
		err = s.program.answer.SetReadDeadline(time.Now().Add(longest))
	}
	if err == nil {
		_, err = s.program.answer.Read(one)
	}
	if err != nil {
		s.photograph("gave-up")
		s.t.Fatalf("the program does not answer: %v\n%s", err, s.log())
	}
}
