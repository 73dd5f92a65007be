package kill

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"daicho/cmd/cli"
	"daicho/cmd/daicho-server/verbs"
	"daicho/store/keys"
)

// roomSize is how large the disk of a room is.
const roomSize = 4 << 20

// order is what a room is told, one to a line.
type order struct {
	Leave *int64   // so many bytes free
	Run   []string // a verb of the server's program
	Stat  string   // a file
}

// said is what it answers.
type said struct {
	Code     int
	Out, Err string
	Size     int64 // of the file; -1: there is none
}

// enterRoom runs verbs in a process that sees a small disk of its own at a folder,
// the first argument.
func enterRoom() {
	dir := os.Args[1]
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", roomSize)); err != nil {
		fmt.Println(noMount, err)
		os.Exit(3)
	}
	fmt.Println("ready")
	answers := json.NewEncoder(os.Stdout)
	for in := json.NewDecoder(os.Stdin); ; {
		var o order
		if in.Decode(&o) != nil {
			os.Exit(0) // the test is gone
		}
		_ = answers.Encode(o.obey(dir)) // the test is gone, too
	}
}

func (o *order) obey(dir string) (s said) {
	switch {
	case o.Leave != nil:
		if err := leave(dir, *o.Leave); err != nil {
			s.Err = err.Error()
		}
	case o.Stat != "":
		s.Size = -1
		if there, err := os.Stat(o.Stat); err == nil {
			s.Size = there.Size()
		}
	default:
		var out, wrong bytes.Buffer
		c := cli.Standard()
		c.Out, c.Err = &out, &wrong
		s.Code = verbs.Run(o.Run, c, cheap)
		s.Out, s.Err = out.String(), wrong.String()
	}
	return s
}

// leave fills the disk up to so many bytes.
func leave(dir string, left int64) error {
	filler := filepath.Join(dir, "filler")
	var s syscall.Statfs_t
	if err := errors.Join(os.RemoveAll(filler), syscall.Statfs(dir, &s)); err != nil {
		return err
	}
	return os.WriteFile(filler, make([]byte, max(0, int64(s.Bavail)*s.Bsize-left)), 0o600)
}

// room is such a process.
type room struct {
	*testing.T
	disk, home string // the small one, and a folder on a large one
	in         *json.Encoder
	out        *json.Decoder
}

func newRoom(t *testing.T) *room {
	r := &room{T: t, disk: t.TempDir(), home: t.TempDir()}
	pass := filepath.Join(r.home, "passphrase")
	ok(t, os.WriteFile(pass, []byte("サーバーの合言葉"), 0o600))
	self, err := os.Executable()
	ok(t, err)
	c := exec.Command(self, r.disk)
	c.Env = append(os.Environ(), roleVar+"=room", keys.PassphraseFile+"="+pass, "DAICHO_KEYS="+filepath.Join(r.home, "keys"), "LC_ALL=C")
	c.SysProcAttr = ownMounts()
	in, err := c.StdinPipe()
	ok(t, err)
	out, err := c.StdoutPipe()
	ok(t, err)
	if err = c.Start(); errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		t.Skipf("no small disk can be mounted here, as root or by a namespace of the user's own (%v): this was not tested", err)
	}
	ok(t, err)
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if strings.HasPrefix(first, noMount) {
		t.Skipf("no small disk can be mounted here, as root or by a namespace of the user's own (%s): this was not tested", first)
	}
	ok(t, err)
	r.in, r.out = json.NewEncoder(in), json.NewDecoder(io.Reader(lines))
	return r
}

func (r *room) tell(o order) (s said) {
	r.Helper()
	ok(r.T, r.in.Encode(o))
	ok(r.T, r.out.Decode(&s))
	return s
}

func (r *room) leave(n int64) {
	r.Helper()
	if s := r.tell(order{Leave: &n}); s.Err != "" {
		r.Fatal(s.Err)
	}
}

func (r *room) run(args ...string) said {
	r.Helper()
	return r.tell(order{Run: args})
}

// must runs what has to go well.
func (r *room) must(args ...string) string {
	r.Helper()
	s := r.run(args...)
	if s.Code != 0 {
		r.Fatalf("%q: %s", args, s.Err)
	}
	return s.Out
}

// refused runs what has to be refused with a sentence.
func (r *room) refused(sentence string, args ...string) {
	r.Helper()
	if s := r.run(args...); s.Code != 1 || !strings.Contains(s.Err, sentence) || strings.Count(s.Err, "\n") != 1 {
		r.Errorf("%q: exit %d, %q; want %q", args, s.Code, s.Err, sentence)
	}
}

func (r *room) size(path string) int64 {
	r.Helper()
	return r.tell(order{Stat: path}).Size
}

// TestFullDiskOfBackup writes backups onto a disk with less and less room, and from
// a server whose own disk is almost full: there is a whole backup or none, and what was
// there before is as it was.
func TestFullDiskOfBackup(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	data, old, next := filepath.Join(r.home, "server"), filepath.Join(r.disk, "yesterday"), filepath.Join(r.disk, "today")
	for i := range 20 {
		r.must("user", "add", fmt.Sprint("職員", i), "--role", "helpdesk", "--data", data)
	}
	r.must("backup", old, "--data", data)
	whole := r.size(old)
	for _, room := range []int64{0, 1, 4 << 10, whole / 2, whole - 4<<10} {
		r.leave(room)
		r.refused("no half file is left", "backup", next, "--data", data)
		if n := r.size(next); n >= 0 {
			t.Errorf("with %d bytes free a backup of %d is there", room, n)
		}
		r.refused("yesterday", "backup", old, "--data", data)
	}
	r.leave(roomSize / 2)
	r.must("backup", next, "--data", data)
	r.must("verify", old)
	r.must("verify", next)

	full := filepath.Join(r.disk, "server")
	r.must("restore", old, "--data", full)
	r.leave(0)
	r.refused("disk is full", "user", "add", "誰か", "--data", full)
	away := filepath.Join(r.home, "away")
	r.refused("disk is full", "backup", away, "--data", full)
	if r.size(away) >= 0 {
		t.Error("half a backup is there")
	}
	r.leave(256 << 10) // a database is not opened without any room
	r.must("backup", away, "--data", full)
	r.must("verify", away)
}

// TestFullDiskOfSecondPlace has acts at a server whose second place runs full: what
// was said to be done comes back, what was refused was not done, and what was done
// here alone was said to be.
func TestFullDiskOfSecondPlace(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	data, second, backup := filepath.Join(r.home, "server"), filepath.Join(r.disk, "second"), filepath.Join(r.home, "backup")
	r.must("user", "add", "最初", "--role", "helpdesk", "--data", data)
	r.must("copy", second, "--data", data)
	r.must("backup", backup, "--data", data)
	note := strings.Repeat("理由", 1000) // makes entries larger than what is left
	var done, half []string
	refused := 0
	for i, room := range []int64{roomSize / 2, 64 << 10, 12 << 10, 8 << 10, 4 << 10, 1, 0, roomSize / 2, 4 << 10} {
		name := fmt.Sprint("職員", i)
		r.leave(room)
		switch s := r.run("user", "add", name, "--role", "helpdesk", "--note", note, "--data", data); {
		case s.Code == 0:
			done = append(done, name)
		case strings.Contains(s.Err, "nothing was done"):
			refused++
		case strings.Contains(s.Err, "it is done at this server, but is not in the second place yet"):
			half = append(half, name)
		default:
			t.Fatal(s.Err)
		}
	}
	t.Logf("done %d, refused %d, done here alone %d", len(done), refused, len(half))
	if len(done) < 2 || refused == 0 || len(half) == 0 {
		t.Error("the disk was hardly ever full")
	}
	r.leave(roomSize / 2)
	r.must("copy", "--data", data) // makes up for what was done here alone
	fresh := filepath.Join(r.home, "fresh")
	r.must("restore", backup, "--copy", second, "--data", fresh)
	if here, there := r.must("user", "list", "--data", data), r.must("user", "list", "--data", fresh); here != there {
		t.Errorf("came back:\n%s\nand not\n%s", there, here)
	}
	all := r.must("user", "list", "--data", fresh)
	for _, name := range append(done, half...) {
		if !strings.Contains(all, name+"  helpdesk") {
			t.Errorf("%s is missing in\n%s", name, all)
		}
	}
}
