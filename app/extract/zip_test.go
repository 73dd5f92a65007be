package extract

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"
)

// part is a file in an archive made for a test.
type part struct{ name, text string }

func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		to, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, p.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lockedZip has entries that claim to be encrypted in a given way.
func lockedZip(t *testing.T, entries ...*zip.FileHeader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, h := range entries {
		h.CompressedSize64, h.UncompressedSize64, h.CRC32 = 20, 20, crc32.ChecksumIEEE(make([]byte, 20))
		to, err := w.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(make([]byte, 20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestZip(t *testing.T) {
	inner := zipOf(t, part{"c.txt", "深い\n"})
	r := told(t, "a.zip", zipOf(t, part{"b.txt", "本文\n"}, part{"dir/", ""}, part{"dir/in.zip", string(inner)}, part{"e.txt", ""}))
	r.want(t, "a.zip", ZIP, ProtectNone, Full, "")
	r.want(t, "a.zip!/b.txt", Text, ProtectNone, Full, "")
	r.want(t, "a.zip!/dir/in.zip", ZIP, ProtectNone, Full, "")
	r.want(t, "a.zip!/dir/in.zip!/c.txt", Text, ProtectNone, Full, "")
	r.want(t, "a.zip!/e.txt", Empty, ProtectNone, Full, "")
	if got := r.text["a.zip!/dir/in.zip!/c.txt"]; got != "深い\n" {
		t.Errorf("read %q", got)
	}
}

func TestZipNames(t *testing.T) {
	raw, err := japanese.ShiftJIS.NewEncoder().String(`福祉課\名簿.txt`)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if _, err := w.CreateHeader(&zip.FileHeader{Name: raw, NonUTF8: true}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	told(t, "a.zip", b.Bytes()).file(t, "a.zip!/福祉課/名簿.txt")
}

func TestZipProtection(t *testing.T) {
	crypto := &zip.FileHeader{Name: "a.csv", Flags: 1}
	aes := &zip.FileHeader{Name: "b.docx", Flags: 1, Method: 99}
	strong := &zip.FileHeader{Name: "c.txt", Flags: 1 | 1<<6}
	r := told(t, "a.zip", lockedZip(t, crypto, aes, strong))
	r.want(t, "a.zip", ZIP, ProtectPassword, Unscannable, ReasonPassword)
	r.want(t, "a.zip!/a.csv", CSV, ProtectPassword, Unscannable, ReasonZipCrypto)
	r.want(t, "a.zip!/b.docx", DOCX, ProtectPassword, Unscannable, ReasonZipAES)
	r.want(t, "a.zip!/c.txt", Text, ProtectPassword, Unscannable, ReasonZipStrong)

	r = told(t, "a.zip", lockedZip(t, &zip.FileHeader{Name: "open.txt"}, &zip.FileHeader{Name: "shut.txt", Flags: 1}))
	r.want(t, "a.zip", ZIP, ProtectPartial, Partial, ReasonEntries)
	r.want(t, "a.zip!/open.txt", Binary, ProtectUnknown, Unscannable, ReasonBinary)
}

func TestZipMethods(t *testing.T) {
	r := told(t, "a.zip", lockedZip(t, &zip.FileHeader{Name: "a.txt", Method: 14}))
	r.want(t, "a.zip!/a.txt", Text, ProtectUnknown, Unscannable, ReasonMethod)
}

// TestBombs: each limit ends the reading, and says so.
func TestBombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 40<<20)
	lines := strings.Repeat("あいうえお\n", 3<<20)
	deep := []byte("底\n")
	for i := range 8 {
		deep = zipOf(t, part{fmt.Sprintf("%d.zip", i), string(deep)})
	}
	many := make([]part, 30)
	for i := range many {
		many[i] = part{fmt.Sprintf("%d.txt", i), "x"}
	}
	for name, c := range map[string]struct {
		data  []byte
		lim   Limits
		path  string
		read  Scanned
		cause Reason
	}{
		"ratio":    {zipOf(t, part{"z.bin", zeros}), Limits{}, "a.zip!/z.bin", Unscannable, ReasonRatio},
		"unpacked": {zipOf(t, part{"l.txt", lines}), Limits{Inflated: 1 << 20, Ratio: 1 << 30}, "a.zip!/l.txt", Unscannable, ReasonInflated},
		"depth":    {deep, Limits{Depth: 3}, "a.zip!/7.zip!/6.zip!/5.zip", Partial, ReasonTooDeep},
		"entries":  {zipOf(t, many...), Limits{Entries: 10}, "a.zip", Partial, ReasonTooMany},
		"text":     {[]byte(lines), Limits{Text: 1 << 20}, "a.zip", Partial, ReasonTooMuchText},
		"buffer":   {zipOf(t, part{"i.zip", string(zipOf(t, part{"l.txt", lines}))}), Limits{Buffer: 1 << 10, Ratio: 1 << 30}, "a.zip!/i.zip", Unscannable, ReasonTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			f := toldWithin(t, "a.zip", c.data, c.lim).file(t, c.path)
			if f.Scanned != c.read || f.Reason != c.cause {
				t.Errorf("%s (%s), want %s (%s)", f.Scanned, f.Reason, c.read, c.cause)
			}
		})
	}
}

// TestLargeTextEntry is read as a stream beyond the buffer.
func TestLargeTextEntry(t *testing.T) {
	text := strings.Repeat("個人番号の一覧\n", 20_000)
	r := toldWithin(t, "a.zip", zipOf(t, part{"l.txt", text}), Limits{Buffer: 10_000, Ratio: 1 << 30})
	r.want(t, "a.zip!/l.txt", Text, ProtectNone, Full, "")
	if got := r.text["a.zip!/l.txt"]; got != text {
		t.Errorf("%d of %d bytes were read", len(got), len(text))
	}
}

func TestDamagedZip(t *testing.T) {
	whole := zipOf(t, part{"a.txt", strings.Repeat("本文\n", 100)})
	told(t, "a.zip", whole[:len(whole)-30]).want(t, "a.zip", ZIP, ProtectNone, Failed, ReasonDamaged)
	broken := bytes.Clone(whole)
	copy(broken[45:], "XXXXXXXX")
	f := told(t, "a.zip", broken).file(t, "a.zip!/a.txt")
	if f.Scanned != Failed {
		t.Errorf("a damaged entry is %s", f.Scanned)
	}
}

func TestHugeDirectory(t *testing.T) {
	end := append([]byte("PK\x05\x06"), make([]byte, 18)...)
	copy(end[12:], "\x00\x00\x00\x7f")
	data := append([]byte("PK\x03\x04"), append(make([]byte, 1000), end...)...)
	told(t, "a.zip", data).want(t, "a.zip", ZIP, ProtectNone, Unscannable, ReasonTooMany)
}

func TestTarAndGzip(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, p := range []part{{"x/a.txt", "一\n"}, {"b.csv", "二,三\n"}} {
		if err := w.WriteHeader(&tar.Header{Name: p.name, Size: int64(len(p.text)), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteHeader(&tar.Header{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "/etc"}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	r := told(t, "backup.tgz", b.Bytes())
	r.want(t, "backup.tgz", GZIP, ProtectNone, Full, "")
	r.want(t, "backup.tgz!/backup.tar", TAR, ProtectNone, Full, "")
	if got := r.text["backup.tgz!/backup.tar!/x/a.txt"]; got != "一\n" {
		t.Errorf("read %q", got)
	}
	if n := len(r.files); n != 4 {
		t.Errorf("%d files told, want 4: %v", n, r.files)
	}
	cut := told(t, "a.gz", b.Bytes()[:40])
	if f := cut.file(t, "a.gz!/a"); f.Scanned == Full {
		t.Errorf("a truncated stream is %s", f.Scanned)
	}
}

func TestCancelAndDeadline(t *testing.T) {
	data := zipOf(t, part{"a.txt", "本文\n"})
	src := Source{Path: "a.zip", Size: int64(len(data)), R: bytes.NewReader(data)}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := new(Reader).Extract(ctx, src, newTranscript()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	ctx, cancel = context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	r := newTranscript()
	if err := new(Reader).Extract(ctx, src, r); err != nil {
		t.Fatal(err)
	}
	if f := r.file(t, "a.zip"); f.Scanned != Partial || f.Reason != ReasonTime {
		t.Errorf("past its time: %s (%s)", f.Scanned, f.Reason)
	}
}

// refusing is a Visitor that wants no more.
type refusing struct{ *transcript }

var errEnough = errors.New("enough")

func (refusing) Leave(File) error { return errEnough }

func TestVisitorEndsTheReading(t *testing.T) {
	data := zipOf(t, part{"a.txt", "一\n"}, part{"b.txt", "二\n"})
	v := refusing{newTranscript()}
	err := new(Reader).Extract(context.Background(), Source{Path: "a.zip", Size: int64(len(data)), R: bytes.NewReader(data)}, v)
	if !errors.Is(err, errEnough) {
		t.Errorf("got %v, want the visitor's error", err)
	}
	if _, read := v.text["a.zip!/b.txt"]; read {
		t.Error("the second entry was read all the same")
	}
}

// faulty is a file that cannot be read, or whose reader panics.
type faulty struct{ panics bool }

func (f faulty) ReadAt([]byte, int64) (int, error) {
	if f.panics {
		panic("a bug")
	}
	return 0, errors.New("input/output error")
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		r    faulty
		want Reason
	}{{faulty{}, ReasonRead}, {faulty{panics: true}, ReasonParser}} {
		r := newTranscript()
		if err := new(Reader).Extract(context.Background(), Source{Path: "a", Size: 10, R: c.r}, r); err != nil {
			t.Fatal(err)
		}
		if f := r.file(t, "a"); f.Scanned != Failed || f.Reason != c.want {
			t.Errorf("%s (%s), want %s", f.Scanned, f.Reason, c.want)
		}
	}
}
