package kill

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/cmd/cli"
	"daicho/cmd/daicho-server/verbs"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
)

// diskSize is room for the server's data, and some for what fills the rest.
const diskSize = 24 << 20

// noMount is what the process says that could not mount the disk.
const noMount = "cannot mount"

// enterSmallDisk is a server whose folder, the first argument, is a disk of its
// own. It listens at the second, prints enrolment codes, and fills the disk as it
// is told on its standard input.
func enterSmallDisk() {
	dir, listen := os.Args[1], os.Args[2]
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", diskSize)); err != nil {
		fmt.Println(noMount, err)
		os.Exit(3)
	}
	run := func(args ...string) int { return verbs.Run(args, cli.Standard(), cheap) }
	code := run("user", "add", "青木花子", "--role", "pm")
	for range 2 {
		code += run("enroll-code", "--user", "青木花子", "--address", listen)
	}
	if code == 0 {
		go obey(dir)
		code = run("serve", "--listen", listen)
	}
	os.Exit(code)
}

// obey leaves so many bytes free on the disk as each line says, and answers.
func obey(dir string) {
	filler := filepath.Join(dir, "filler")
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var left int64
		_, err := fmt.Sscan(lines.Text(), &left)
		var s syscall.Statfs_t
		if err = errors.Join(err, os.RemoveAll(filler), syscall.Statfs(dir, &s)); err == nil {
			err = os.WriteFile(filler, make([]byte, max(0, int64(s.Bavail)*s.Bsize-left)), 0o600)
		}
		fmt.Println("filled", err)
	}
	os.Exit(0) // the test is gone
}

// smallDisk is such a server.
type smallDisk struct {
	*testing.T
	in    io.Writer
	lines *bufio.Scanner
	codes []string
}

func newSmallDisk(t *testing.T) *smallDisk {
	dir := t.TempDir()
	pass, data := filepath.Join(dir, "passphrase"), filepath.Join(dir, "server")
	ok(t, errors.Join(os.WriteFile(pass, []byte("サーバーの合言葉"), 0o600), os.Mkdir(data, 0o700)))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	ok(t, l.Close())
	self, err := os.Executable()
	ok(t, err)
	c := exec.Command(self, data, l.Addr().String())
	c.Env = append(os.Environ(), roleVar+"=disk", keys.PassphraseFile+"="+pass, "DAICHO_KEYS="+filepath.Join(dir, "keys"), "DAICHO_DATA="+filepath.Join(data, "data"))
	c.SysProcAttr = ownMounts()
	d := &smallDisk{T: t}
	d.in, err = c.StdinPipe()
	ok(t, err)
	out, err := c.StdoutPipe()
	ok(t, err)
	if err = c.Start(); errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		t.Skipf("no small disk can be mounted here, as root or by a namespace of the user's own (%v): this was not tested", err)
	}
	ok(t, err)
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	d.lines = bufio.NewScanner(out)
	for line := d.next(); !strings.HasPrefix(line, "listening"); line = d.next() {
		if strings.HasPrefix(line, noMount) {
			t.Skipf("no small disk can be mounted here, as root or by a namespace of the user's own (%s): this was not tested", line)
		}
		if strings.HasPrefix(line, "DAICHO1-") {
			d.codes = append(d.codes, line)
		}
	}
	return d
}

// ownMounts starts a process that sees its own mounts, and is root in there.
func ownMounts() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		a.Cloneflags |= syscall.CLONE_NEWUSER
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return a
}

func (d *smallDisk) next() string {
	d.Helper()
	if !d.lines.Scan() {
		d.Fatal("the server has ended")
	}
	return d.lines.Text()
}

// leave leaves so many bytes free.
func (d *smallDisk) leave(room int64) {
	d.Helper()
	fmt.Fprintln(d.in, room)
	if said := d.next(); said != "filled <nil>" {
		d.Fatal(said)
	}
}

func (d *smallDisk) replica(name string) *store.Replica {
	d.Helper()
	r, err := store.Create(d.Context(), optionsOf(filepath.Join(d.TempDir(), name)), passphrase)
	ok(d.T, err)
	d.Cleanup(func() { r.Close() })
	_, err = client.Enroll(d.Context(), client.Of(r), d.codes[0], client.Options{Now: time.Now})
	ok(d.T, err)
	d.codes = d.codes[1:]
	return r
}

// TestFullDiskOfServer lets the server's disk be full, at every amount of room
// from some to none, while a device brings changes and attachments: the device is
// told why, keeps what was not acknowledged, and brings it when there is room.
func TestFullDiskOfServer(t *testing.T) {
	t.Parallel()
	d := newSmallDisk(t)
	r := d.replica("a")
	var last client.Step
	sync := func() error {
		_, err := client.Sync(t.Context(), client.Of(r), client.Options{Now: time.Now, Progress: func(p client.Progress) { last = p.Step }})
		return err
	}
	ok(t, sync())
	tickets, refused := 0, map[client.Step]int{}
	var photos []app.Blob
	for i, room := range []int64{1 << 20, 600 << 10, 500 << 10, 400 << 10, 300 << 10, 200 << 10, 100 << 10, 40 << 10, 8 << 10, 0} {
		photo := i%2 == 0 // one with a large photo, or many without
		for n := range map[bool]int{true: 1, false: 60}[photo] {
			photos = append(photos, d.write(r, fmt.Sprint(secret, i, n), photo)...)
			tickets++
		}
		d.leave(room)
		if err := sync(); err != nil {
			refused[last]++
			if said := app.ErrorOf(err); said.Code != app.Failed || !strings.Contains(said.Say.JA, "ディスクの空き") || !strings.Contains(said.Say.EN, "disk") {
				t.Errorf("with %d bytes free the device is told: %v", room, err)
			}
		}
		d.leave(diskSize / 2)
		ok(t, sync())
		if st, err := r.Status(t.Context()); err != nil || st.Pending+st.UnsentBlobs+st.Rejected > 0 {
			t.Errorf("there is room again, and yet: %+v, %v", st, err)
		}
	}
	t.Logf("the disk was full so many times: %v", refused)
	if refused[client.Pushing] == 0 || refused[client.Uploading] == 0 {
		t.Error("the disk was hardly ever full")
	}
	b := r
	r = d.replica("b")
	ok(t, sync())
	for _, p := range photos {
		var here, there bytes.Buffer
		ok(t, errors.Join(r.OpenBlob(t.Context(), p, &here), b.OpenBlob(t.Context(), p, &there)))
		if !bytes.Equal(here.Bytes(), there.Bytes()) {
			t.Error("an attachment came out different")
		}
	}
	if n, err := r.Count(t.Context(), ticket.Kind, app.Query{}); n != tickets || err != nil {
		t.Errorf("%d tickets arrived, want %d, %v", n, tickets, err)
	}
}

// write keeps a ticket on the device, perhaps with a photo.
func (d *smallDisk) write(r *store.Replica, title string, photo bool) []app.Blob {
	d.Helper()
	draft, err := r.Draft(ticket.Kind)
	ok(d.T, err)
	k := draft.(*ticket.Ticket)
	k.Title, k.Channel, k.Body = title, ticket.Phone, strings.Repeat(title, 20)
	if photo {
		b, err := r.Attach(d.Context(), k.Ref, "x.jpg", "", strings.NewReader(strings.Repeat(title, 40_000)))
		ok(d.T, err)
		k.Photos = []app.Blob{b}
	}
	ok(d.T, r.Write(d.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(k) }))
	return k.Photos
}
