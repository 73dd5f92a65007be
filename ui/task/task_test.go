package task

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// desk is a UI goroutine made of a queue, and work that runs when told.
type desk struct {
	mu     sync.Mutex
	posted []func()
	work   []func()
	timers []func()
}

func (d *desk) runner() *Runner {
	return runner(
		func(f func()) { d.mu.Lock(); d.posted = append(d.posted, f); d.mu.Unlock() },
		func(f func()) { d.work = append(d.work, f) },
		func(_ time.Duration, f func()) func() bool {
			d.timers = append(d.timers, f)
			return func() bool { return true }
		})
}

func (d *desk) show() {
	for len(d.posted) > 0 {
		f := d.posted[0]
		d.posted = d.posted[1:]
		f()
	}
}

func TestStaleResultIsDropped(t *testing.T) {
	var d desk
	var s Slot
	var got []int
	r := d.runner()
	begin := func(n int) {
		Do(r, &s, func(context.Context) (int, error) { return n, nil }, func(n int, err error) { got = append(got, n) })
	}
	begin(1)
	begin(2)
	d.work[1]() // the newer one is faster
	d.work[0]()
	d.show()
	if len(got) != 1 || got[0] != 2 {
		t.Errorf("shown %v, want the newest only", got)
	}
}

// A result may be finished, and be waiting to be shown, when newer work begins.
func TestResultWaitingToBeShownIsDropped(t *testing.T) {
	var d desk
	var s Slot
	var got []string
	r := d.runner()
	Do(r, &s, func(context.Context) (string, error) { return "old", nil }, func(v string, _ error) { got = append(got, v) })
	d.work[0]()
	Do(r, &s, func(context.Context) (string, error) { return "new", nil }, func(v string, _ error) { got = append(got, v) })
	d.work[1]()
	d.show()
	if strings.Join(got, " ") != "new" {
		t.Errorf("shown %v", got)
	}
}

func TestNewWorkCancelsTheOld(t *testing.T) {
	var d desk
	var s Slot
	var seen error
	r := d.runner()
	Do(r, &s, func(ctx context.Context) (int, error) { seen = ctx.Err(); return 0, seen }, func(int, error) { t.Error("cancelled work was shown") })
	s.Stop()
	d.work[0]()
	d.show()
	if !errors.Is(seen, context.Canceled) {
		t.Error("work was not told to stop:", seen)
	}
}

func TestGoAlwaysReports(t *testing.T) {
	var d desk
	want, got := errors.New("disk full"), error(nil)
	Go(d.runner(), func(context.Context) error { return want }, func(err error) { got = err })
	d.work[0]()
	if got != nil {
		t.Error("shown away from the UI goroutine")
	}
	d.show()
	if got != want {
		t.Error(got)
	}
}

// A timer that is stopped when it has gone off already does nothing either.
func TestAfterRunsUnlessStopped(t *testing.T) {
	var d desk
	var got []string
	r := d.runner()
	After(r, time.Second, func() { got = append(got, "ran") })
	stop := After(r, time.Second, func() { got = append(got, "stopped") })
	for _, f := range d.timers {
		f()
	}
	stop()
	d.show()
	if strings.Join(got, " ") != "ran" {
		t.Error(got)
	}
}

func TestInlineIsDoneWhenItReturns(t *testing.T) {
	var s Slot
	got := 0
	Do(Inline(nil), &s, func(context.Context) (int, error) { return 7, nil }, func(n int, _ error) { got = n })
	if got != 7 {
		t.Error(got)
	}
}

func TestOnlyThisPackageCallsFyneDo(t *testing.T) {
	found := false
	err := filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if name := fyneDo(n); name != "" {
				found = true
				if abs, _ := filepath.Abs(path); filepath.Base(filepath.Dir(abs)) != "task" {
					t.Errorf("%s calls fyne.%s", path, name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || !found {
		t.Error("the walk saw nothing", err)
	}
}

// fyneDo names the function if n is fyne.Do or fyne.DoAndWait.
func fyneDo(n ast.Node) string {
	sel, ok := n.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Do" && sel.Sel.Name != "DoAndWait" {
		return ""
	}
	if x, ok := sel.X.(*ast.Ident); !ok || x.Name != "fyne" {
		return ""
	}
	return sel.Sel.Name
}
