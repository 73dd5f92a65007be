package share_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/scan"
	"daicho/app/scan/share"
	"daicho/app/scan/share/sambatest"
)

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		ok(t, os.MkdirAll(filepath.Dir(path), 0o755))
		ok(t, os.WriteFile(path, []byte(text), 0o644))
	}
}

// city is a share as an office fills it.
var city = map[string]string{
	"住民課/名簿.csv":       "氏名,個人番号\n見本花子,123456789018\n",
	"住民課/空.txt":        "",
	"総務課/会議/議事録.txt":   "本日の議題は三件です。",
	"総務課/番号一覧 ①.txt":   "個人番号 023456789013",
	"readme#1 %20.txt": "plain",
}

func as(user, password string) func(context.Context, string) (share.Login, error) {
	return func(context.Context, string) (share.Login, error) {
		return share.Login{User: user, Password: password}, nil
	}
}

// told are the lines of a scan by the names below the share.
func told(t *testing.T, files *share.Shares, root string) map[string]scan.Line {
	t.Helper()
	lines := map[string]scan.Line{}
	_, err := scan.Run(t.Context(), scan.Options{Paths: []string{root}, Files: files}, func(l scan.Line) error {
		lines[strings.TrimPrefix(l.Path, root+"/")] = l
		return nil
	})
	ok(t, err)
	return lines
}

// TestShareLikeADisk: a scan tells of a share what it tells of the same files on a
// disk, and changes nothing there.
func TestShareLikeADisk(t *testing.T) {
	s := sambatest.Start(t)
	put(t, s.Dir, city)
	files := share.New(t.Context(), as(s.User, s.Password))
	defer files.Close()
	there := told(t, files, "smb://"+s.Address+"/files")
	here := told(t, files, s.Dir) // paths that are no share are of the machine
	if len(there) != len(city) || len(here) != len(city) {
		t.Fatalf("%d files on the share, %d on the disk, want %d", len(there), len(here), len(city))
	}
	for name, l := range here {
		if got := there[name]; got.Exposed() != l.Exposed() || got.Scanned != l.Scanned || got.Size != l.Size || len(got.Findings) != len(l.Findings) {
			t.Errorf("%s\non the share %+v\non the disk  %+v", name, got, l)
		}
	}
	one := told(t, files, "smb://"+s.Address+"/files/総務課/番号一覧 ①.txt")
	if len(one) != 1 {
		t.Errorf("a file of a share gave %v", one)
	}
}

// TestReaders: who may read a file of a share is told as its server tells it.
func TestReaders(t *testing.T) {
	s := sambatest.Start(t)
	put(t, s.Dir, map[string]string{"all.txt": "本文", "own.txt": "本文"})
	ok(t, errors.Join(os.Chmod(filepath.Join(s.Dir, "own.txt"), 0o640), os.Chown(filepath.Join(s.Dir, "own.txt"), 65534, 65534)))
	files := share.New(t.Context(), as(s.User, s.Password))
	defer files.Close()
	lines := told(t, files, "smb://"+s.Address+"/files")
	for name, want := range map[string]scan.Readers{"all.txt": scan.Everyone, "own.txt": scan.Named} {
		if got := lines[name]; got.Readers != want || got.Scanned != extract.Full {
			t.Errorf("%s: %+v, want %q", name, got, want)
		}
	}
}

// TestStampsLast: a share's files that did not change are known again.
func TestStampsLast(t *testing.T) {
	s := sambatest.Start(t)
	put(t, s.Dir, city)
	seen := &notes{found: map[string]scan.Found{}, stamps: map[string]scan.Stamp{}}
	for round, want := range []int{0, len(city), len(city) - 1} {
		if round == 2 {
			put(t, s.Dir, map[string]string{"住民課/空.txt": "もう空ではありません"})
		}
		files := share.New(t.Context(), as(s.User, s.Password))
		sum, err := scan.Run(t.Context(), scan.Options{Paths: []string{"smb://" + s.Address + "/files"}, Files: files, Memory: seen}, func(scan.Line) error { return nil })
		files.Close()
		if ok(t, err); sum.Known != want {
			t.Errorf("scan %d knew %d files, want %d", round+1, sum.Known, want)
		}
	}
}

type notes struct {
	mu     sync.Mutex
	found  map[string]scan.Found
	stamps map[string]scan.Stamp
}

func (n *notes) Recall(path string, as scan.Stamp) (scan.Found, bool, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.found[path], n.found[path].Lines != nil && n.stamps[path] == as, nil
}

func (n *notes) Keep(path string, as scan.Stamp, f scan.Found) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.found[path], n.stamps[path] = f, as
	return nil
}

// TestRefused: each refusal of a server is a sentence, and there is no second try
// that would lock the account out.
func TestRefused(t *testing.T) {
	s := sambatest.Start(t)
	for _, c := range []struct {
		name, path string
		login      func(context.Context, string) (share.Login, error)
		want       app.Code
	}{
		{"a wrong password", "smb://" + s.Address + "/files", as(s.User, "wrong"), app.Forbidden},
		{"a user who is not there", "smb://" + s.Address + "/files", as("nemo", s.Password), app.Forbidden},
		{"a share that is not there", "smb://" + s.Address + "/none", as(s.User, s.Password), app.NotFound},
		{"no share", "smb://" + s.Address, as(s.User, s.Password), app.Invalid},
	} {
		asked := 0
		files := share.New(t.Context(), func(ctx context.Context, server string) (share.Login, error) {
			asked++
			return c.login(ctx, server)
		})
		for range 2 {
			if _, err := files.Stat(c.path); !app.IsCode(err, c.want) {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
		if asked > 1 {
			t.Errorf("%s: it was tried %d times", c.name, asked)
		}
		files.Close()
	}
	files := share.New(t.Context(), as(s.User, s.Password))
	if _, err := files.Stat("smb://" + s.Address + "/files/none.txt"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// TestDroppedConnection: a connection that breaks in the middle is made anew, and
// nothing is missing.
func TestDroppedConnection(t *testing.T) {
	s := sambatest.Start(t)
	put(t, s.Dir, city)
	line := listen(t, s.Address)
	files := share.New(t.Context(), as(s.User, s.Password))
	defer files.Close()
	n, missing := 0, 0
	_, err := scan.Run(t.Context(), scan.Options{Paths: []string{"smb://" + line.address() + "/files"}, Files: files, Workers: 1}, func(l scan.Line) error {
		if n++; n <= 3 {
			line.cut()
		}
		if l.Scanned != "full" {
			missing++
			t.Log(l)
		}
		return nil
	})
	if ok(t, err); n != len(city) || missing > 0 {
		t.Errorf("%d files, %d of them not read", n, missing)
	}
}

// TestShareVanishes: what cannot be read any more is told as such, quickly, and
// nothing of it is taken for clean.
func TestShareVanishes(t *testing.T) {
	s := sambatest.Start(t)
	many := map[string]string{}
	for _, r := range "アイウエオカキクケコ" {
		many[string(r)+"/名簿.txt"] = strings.Repeat("個人番号 123456789018\n", 20_000)
	}
	put(t, s.Dir, many)
	line := listen(t, s.Address)
	files := share.New(t.Context(), as(s.User, s.Password))
	defer files.Close()
	var whole, lost int
	_, err := scan.Run(t.Context(), scan.Options{Paths: []string{"smb://" + line.address() + "/files"}, Files: files, Workers: 1}, func(l scan.Line) error {
		switch {
		case l.Scanned == "full":
			whole++
		case l.Scanned == "error" && strings.Contains(string(l.Reason), "lost"):
			lost++
		default:
			t.Errorf("%+v", l)
		}
		if whole == 2 {
			line.close()
		}
		return nil
	})
	if ok(t, err); whole < 2 || whole+lost != len(many) || lost == 0 {
		t.Errorf("%d read, %d lost, of %d", whole, lost, len(many))
	}
}

// TestShareHangs: a server that keeps the line and says nothing is left after a
// while, what it holds is told as lost, and the other shares are read.
func TestShareHangs(t *testing.T) {
	s := sambatest.Start(t)
	many := map[string]string{}
	for _, r := range "アイウエオカキクケコ" {
		many[string(r)+"/名簿.txt"] = strings.Repeat("個人番号 123456789018\n", 20_000)
	}
	put(t, s.Dir, many)
	dead, alive := listen(t, s.Address), listen(t, s.Address)
	files := share.New(t.Context(), as(s.User, s.Password))
	files.Patience = time.Second
	defer files.Close()
	told := map[string]map[extract.Scanned]int{dead.address(): {}, alive.address(): {}}
	o := scan.Options{Paths: []string{"smb://" + dead.address() + "/files", "smb://" + alive.address() + "/files"}, Files: files, Workers: 2}
	_, err := scan.Run(t.Context(), o, func(l scan.Line) error {
		server, _, _ := strings.Cut(strings.TrimPrefix(l.Path, "smb://"), "/")
		told[server][l.Scanned]++
		if l.Scanned == extract.Failed && !strings.Contains(string(l.Reason), "lost") {
			t.Errorf("%+v", l)
		}
		dead.hang()
		return nil
	})
	ok(t, err)
	if got := told[dead.address()]; got[extract.Failed] == 0 || got[extract.Full] == 0 {
		t.Errorf("of the server that hangs %v", got)
	}
	if got := told[alive.address()]; got[extract.Full] != len(many) {
		t.Errorf("of the other server %v", got)
	}
	if n := dead.open(); n != 0 {
		t.Errorf("%d lines are still open", n)
	}
}

// wire passes bytes on between a client and the server, and can be cut.
type wire struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
	lines int           // that the client holds open
	still chan struct{} // closed when no bytes are passed on any more
	once  sync.Once
}

func listen(t *testing.T, to string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	w := &wire{Listener: l, still: make(chan struct{})}
	t.Cleanup(w.close)
	go func() {
		for {
			a, err := l.Accept()
			if err != nil {
				return
			}
			b, err := net.Dial("tcp", to)
			if err != nil {
				a.Close()
				continue
			}
			w.mu.Lock()
			w.conns, w.lines = append(w.conns, a, b), w.lines+1
			w.mu.Unlock()
			go w.pass(a, b)
			go func() {
				w.pass(b, a)
				w.mu.Lock()
				defer w.mu.Unlock()
				w.lines--
			}()
		}
	}()
	return w
}

// pass passes bytes on until the line ends, or takes them and keeps them.
func (w *wire) pass(to, from net.Conn) {
	defer to.Close()
	b := make([]byte, 64<<10)
	for {
		n, err := from.Read(b)
		select {
		case <-w.still:
		default:
			_, _ = to.Write(b[:n]) // a line that is cut says so as it is read
		}
		if err != nil {
			return
		}
	}
}

func (w *wire) hang() { w.once.Do(func() { close(w.still) }) }

// open counts the lines that the client has not closed, a moment after.
func (w *wire) open() int {
	for range 100 {
		w.mu.Lock()
		n := w.lines
		w.mu.Unlock()
		if n == 0 {
			return 0
		}
		time.Sleep(20 * time.Millisecond)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines
}

func (w *wire) address() string { return w.Addr().String() }

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		c.Close()
	}
	w.conns = nil
}

func (w *wire) close() {
	w.Close()
	w.cut()
}
