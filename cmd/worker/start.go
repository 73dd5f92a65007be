package worker

import (
	"errors"
	"io"
	"os"
	"os/exec"

	"daicho/app/extract"
	"daicho/app/extract/apart"
)

// Start returns what starts this program with args, which must lead to [Main].
func Start(args ...string) func() (apart.Process, error) {
	return func() (apart.Process, error) {
		program, err := os.Executable()
		if err != nil {
			return nil, err
		}
		return start(exec.Command(program, args...))
	}
}

// process is a running program that serves on its standard input and output.
type process struct {
	io.Reader
	io.WriteCloser
	cmd *exec.Cmd
}

func start(cmd *exec.Cmd) (apart.Process, error) {
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{out, in, cmd}, nil
}

// Kill implements apart.Process.
func (p *process) Kill() error {
	_ = p.cmd.Process.Kill() // it may be gone already
	err := p.cmd.Wait()
	if e := (*exec.ExitError)(nil); errors.As(err, &e) && e.ExitCode() == exitMemory {
		return extract.ErrMemory
	}
	return nil
}
