package worker

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"daicho/app/extract"
	"daicho/app/extract/apart"
)

// TestMain is also the process that the tests start: what a file is called in an
// archive says what the parser does wrong.
func TestMain(m *testing.M) {
	if os.Getenv("DAICHO_TEST_WORKER") == "" {
		os.Exit(m.Run())
	}
	if err := serve(planted); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// planted reads as the product does, until it comes to a name that says more.
func planted(ctx context.Context, limits extract.Limits, src extract.Source, v extract.Visitor) error {
	return new(extract.Reader).Extract(ctx, src, &bug{v})
}

type bug struct{ extract.Visitor }

func (b *bug) Enter(path string) {
	b.Visitor.Enter(path)
	switch _, name, _ := strings.Cut(path, "!/"); name {
	case "crash":
		go func() { panic("not of the goroutine that is guarded") }()
		select {}
	case "hang":
		for i := 0; ; i++ {
			_ = i
		}
	case "hog":
		for held := []byte{1}; ; {
			held = bytes.Repeat(held, 2)
		}
	}
}

// Leave ends the process where the next entry would be unpacked.
func (b *bug) Leave(f extract.File) error {
	err := b.Visitor.Leave(f)
	if strings.HasSuffix(f.Path, "!/last") {
		go func() { panic("in a goroutine that unpacks") }()
		select {}
	}
	return err
}

func startTest() (apart.Process, error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DAICHO_TEST_WORKER=1")
	return start(cmd)
}

func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, "text of "+name+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lines is a Visitor that writes down what it is told.
type lines struct{ strings.Builder }

func (l *lines) Enter(path string)    { fmt.Fprintf(l, "enter %s\n", path) }
func (l *lines) Text(p extract.Piece) { l.Write(p.Text) }
func (l *lines) Leave(f extract.File) error {
	fmt.Fprintf(l, "leave %s: %s %s\n", f.Path, f.Scanned, f.Reason)
	return nil
}

func read(t *testing.T, pool *apart.Pool, data []byte) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	var l lines
	reader := extract.Reader{Apart: pool}
	if err := reader.Extract(ctx, extract.Source{Path: "a.zip", Size: int64(len(data)), R: bytes.NewReader(data)}, &l); err != nil {
		t.Fatal(err)
	}
	return l.String()
}

// TestPlanted: a crash, a hang, and a parser that takes all memory cost their
// file, which is never told as read, and the next file is read as if nothing had been.
func TestPlanted(t *testing.T) {
	pool := apart.New(startTest)
	defer pool.Close()
	const before = "enter a.zip\nenter a.zip!/one\ntext of one\nleave a.zip!/one: full \n"
	whole := before + "leave a.zip: full \n"
	for _, c := range []struct{ name, text, inner, outer string }{
		{"crash", "", "error reader failed on this file", "error reader failed on this file"},
		{"hang", "", "error limit reached: time", "partial limit reached: time"},
		{"hog", "", "error limit reached: memory", "partial limit reached: memory"},
		{"last", "text of last\n", "full ", "error reader failed on this file"},
	} {
		want := before + "enter a.zip!/" + c.name + "\n" + c.text + "leave a.zip!/" + c.name + ": " + c.inner + "\nleave a.zip: " + c.outer + "\n"
		if got := read(t, pool, zipOf(t, "one", c.name, "two")); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, want)
		}
		if got := read(t, pool, zipOf(t, "one")); got != whole {
			t.Errorf("after a %s:\n%s", c.name, got)
		}
	}
}

// TestCancelled: who wants no more gets no result, not a broken one.
func TestCancelled(t *testing.T) {
	pool := apart.New(startTest)
	defer pool.Close()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(200*time.Millisecond, cancel)
	data := zipOf(t, "hang")
	reader := extract.Reader{Apart: pool}
	if err := reader.Extract(ctx, extract.Source{Path: "a.zip", Size: int64(len(data)), R: bytes.NewReader(data)}, &lines{}); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// TestFilesWithoutEnd: a real file of a hundred bytes that says it has 2³⁶ entries
// makes the library reserve room for them, which ends a process. It costs that file.
func TestFilesWithoutEnd(t *testing.T) {
	header := []byte{1, 5, 0xF8, 0, 0, 0, 0, 0x10, 0, 0, 0}
	next := binary.LittleEndian.AppendUint64(nil, 0)
	next = binary.LittleEndian.AppendUint64(next, uint64(len(header)))
	next = binary.LittleEndian.AppendUint32(next, crc32.ChecksumIEEE(header))
	start := binary.LittleEndian.AppendUint32([]byte("7z\xBC\xAF\x27\x1C\x00\x04"), crc32.ChecksumIEEE(next))
	pool := apart.New(startTest)
	defer pool.Close()
	if got := read(t, pool, append(append(start, next...), header...)); !strings.HasPrefix(got, "enter a.zip\nleave a.zip: ") || strings.Contains(got, "full") {
		t.Errorf("told\n%s", got)
	}
	if got := read(t, pool, zipOf(t, "one")); !strings.HasSuffix(got, "leave a.zip: full \n") {
		t.Errorf("the next file:\n%s", got)
	}
}
