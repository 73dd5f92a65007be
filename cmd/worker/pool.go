package worker

import (
	"errors"
	"os"
	"path/filepath"

	"daicho/app/extract/apart"
	"daicho/app/extract/page"
	"daicho/app/extract/pdf"
)

// The arguments by which a program is told to be a worker, and of which kind.
const (
	Verb     = "read-apart"
	DrawVerb = "draw-apart"
)

// Readers are processes of this program that read what may end a process. They are
// started as they are needed.
func Readers() *apart.Pool { return apart.New(Start(Verb)) }

// Run is the worker that [Readers] starts.
func Run() error { return Main(parserFolder()) }

// Drawers are processes of this program that draw pages (package page).
func Drawers() *apart.Pool { return apart.New(Start(DrawVerb)) }

// RunDrawer is the worker that [Drawers] starts.
func RunDrawer() error {
	engine := pdf.NewKillable(parserFolder())
	defer engine.Close()
	return serve(page.Serve(engine))
}

// parserFolder keeps the code of the parser of PDF in the person's own cache;
// where there is none, "", it is interpreted.
func parserFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir := filepath.Join(cache, "daicho", "pdf")
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.Chmod(dir, 0o700)); err != nil {
		return ""
	}
	return dir
}
