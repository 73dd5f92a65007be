package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func parse(t testing.TB, text string, o Options) *Message {
	t.Helper()
	m, err := Parse(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCorrespondents(t *testing.T) {
	m := parse(t, "From: =?UTF-8?B?6KaL5pys?= <a@example.jp>, b@example.jp\nReply-To: c@example.jp (=?UTF-8?B?56qT5Y+j?=)\n"+
		"To: \"x, \\\"y\\\"\" <d@example.jp>; group: e@example.jp;\nCc: 課長\nMessage-ID: <1@example.jp>\nIn-Reply-To: <0@example.jp>\n"+
		"References: <a@b>\n <0@example.jp>\nDate: Wed, 1 Apr 2026 09:15:00 JST\n\n", Options{})
	if got := fmt.Sprintf("%v %v %v %v %v %v %v", m.From, m.ReplyTo, m.To, m.Cc, m.ID, m.InReplyTo, m.References); got !=
		`見本 <a@example.jp> 窓口 <c@example.jp> [x, "y" <d@example.jp> e@example.jp] [課長] 1@example.jp [0@example.jp] [a@b 0@example.jp]` {
		t.Error(got)
	}
	if want := time.Date(2026, 4, 1, 0, 15, 0, 0, time.UTC); !m.Date.Equal(want) {
		t.Errorf("%v, want %v", m.Date, want)
	}
}

func TestDates(t *testing.T) {
	want := time.Date(2026, 4, 1, 0, 15, 0, 0, time.UTC)
	for _, text := range []string{
		"Wed, 1 Apr 2026 09:15:00 +0900 (JST)", "1 Apr 2026 09:15:00 +0900", "水, 1 Apr 2026 09:15:00 +0900", "2026/04/01 09:15:00 +0900",
		"2026-04-01T00:15:00Z", "Wed, 1 Apr 2026 09:15:00 JST", "Wed, 1 Apr 2026 09:15:00 +0900 JST",
	} {
		if got := date(text); !got.Equal(want) {
			t.Errorf("%q: %v", text, got)
		}
	}
	if !date("yesterday").IsZero() {
		t.Error("a date out of nothing")
	}
}

// TestNothingIsMissing of a mail with several parts, however long its lines.
func TestNothingIsMissing(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		whole := strings.ReplaceAll("From: a@example.jp\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee the list\n--b\nContent-Type: text/csv; name=list.csv\n\na,1\n--b--\n", "\n", end)
		if m := parse(t, whole, Options{}); m.Cut || m.Text != "see the list" || len(m.Files) != 1 || m.Files[0].Size != 3 {
			t.Errorf("%+v", m)
		}
		if m := parse(t, strings.TrimSuffix(whole, "--b--"+end), Options{}); !m.Cut {
			t.Errorf("the end is missing: %+v", m)
		}
	}
}

// TestAsides: what stands around the parts is no text of the person who wrote.
func TestAsides(t *testing.T) {
	const text = "From: a@example.jp\nContent-Type: multipart/mixed; boundary=b\n\nThis is MIME.\n--b\n\ntext\n--b--\nbehind\n"
	if m := parse(t, text, Options{}); m.Cut || m.Text != "text" {
		t.Errorf("%+v", m)
	}
	many := parse(t, text+strings.Repeat("--b--\n", maxParts), Options{})
	if !many.Cut || many.Text != "text" {
		t.Errorf("cut %v, %q", many.Cut, many.Text)
	}
}

// TestLoopOfOwnAddresses: what comes from ourselves, or reports on our own mail, is no request.
func TestLoopOfOwnAddresses(t *testing.T) {
	o := Options{Own: []string{"desk@example.jp"}}
	if !parse(t, "From: Desk@Example.jp\nSubject: x\n\n", o).Loop {
		t.Error("from ourselves, and no loop")
	}
	if parse(t, "From: a@example.jp\nTo: desk@example.jp\n\n", o).Loop {
		t.Error("to us, and a loop")
	}
}

func TestNoMail(t *testing.T) {
	for _, text := range []string{"", "\n\n\n", "hello\n", "memo: x\n\nbody", "From: 4月1日\nここから本文です\n", "\x00\x01\x02", strings.Repeat("x", 200_000)} {
		if _, err := Parse(strings.NewReader(text), Options{}); !errors.Is(err, ErrNoMail) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

// TestLimits: what has no end is cut, and says so.
func TestLimits(t *testing.T) {
	deep := "From: a@b\nContent-Type: multipart/mixed; boundary=b0\n\n"
	for i := range 40 {
		deep += fmt.Sprintf("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	for name, text := range map[string]string{
		"deep":  deep + "text\n",
		"parts": "From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n\na\n", maxParts+10) + "--x--\n",
		"head":  "From: a@b\n" + strings.Repeat("X-Trace: x\n", maxHeader/10+2) + "\ntext\n",
		"line":  "From: a@b\nSubject: " + strings.Repeat("x", maxField) + "\n\ntext\n",
		"text":  "From: a@b\n\n" + strings.Repeat("本文です。\n", maxText/10),
	} {
		if m := parse(t, text, Options{}); !m.Cut || len(m.Text) > maxText {
			t.Errorf("%s: cut %v, %d bytes", name, m.Cut, len(m.Text))
		}
	}
}

// TestLargeMail reads 48 MB with a file in it, of which nothing is kept.
func TestLargeMail(t *testing.T) {
	const lines = 640_000 // of 76 characters
	head := "From: a@example.jp\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	body := &repeated{line: []byte(strings.Repeat("QUJD", 19) + "\r\n"), left: lines}
	r := io.MultiReader(strings.NewReader(head), body, strings.NewReader("--b--\r\n"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m, err := Parse(r, Options{})
	runtime.ReadMemStats(&after)
	if err != nil || m.Text != "text" || m.Files[0].Size != lines*57 {
		t.Fatalf("%v, %+v", err, m)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("%d bytes allocated for a mail of 48 MB", used)
	}
}

type repeated struct {
	line []byte
	left int
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.line[r.at:])
	if r.at += n; r.at == len(r.line) {
		r.at, r.left = 0, r.left-1
	}
	return n, nil
}

// TestReaderFails: a message that could not be fetched to its end is not taken for whole.
func TestReaderFails(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := io.MultiReader(strings.NewReader("From: a@b\n\ntext"), failing{ctx.Err()})
	if _, err := Parse(r, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

func TestUUEncode(t *testing.T) {
	const head = "From: a@b\nContent-Transfer-Encoding: x-uuencode\nContent-Type: text/plain\n\n"
	for body, whole := range map[string]bool{
		"begin 644 a\n#0V%T\n`\nend\n":                 true,
		"\nbegin 644 a\n#0V%T\n`\nend\n\n":             true,
		"begin 644 a\n#0V%T\n":                         false,
		"words\nbegin 644 a\n#0V%T\n`\nend\n":          false,
		"begin 644 a\n#0V%T\n`\nend\nwords\n":          false,
		strings.Repeat("begin 644 a\n#0V%T\nend\n", 2): false,
	} {
		if m := parse(t, head+body, Options{}); m.Text != "Cat" || m.Cut == whole {
			t.Errorf("%q reads %q, cut %v", body, m.Text, m.Cut)
		}
	}
}

// TestFilesInText: a text keeps what a person wrote, the files in it are files.
func TestFilesInText(t *testing.T) {
	const file, base64 = "begin 644 a.txt\n#0V%T\n`\nend\n", "begin-base64 644 b.txt\nQ2F0\n====\n"
	const alternative = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n%s--x\nContent-Type: text/html\n\n<p>html</p>\n--x--\n"
	for name, c := range map[string]struct {
		body, text, files string
		cut               bool
	}{
		"file":           {"\nbefore\n" + file + "behind\n", "before\nbehind", "[a.txt 3]", false},
		"alone":          {"\n" + file, "", "[a.txt 3]", false},
		"two":            {"\n" + file + "between\n" + base64, "between", "[a.txt 3][b.txt 3]", false},
		"of CR":          {"\r\nbefore\r\n" + strings.ReplaceAll(file, "\n", "\r\n"), "before", "[a.txt 3]", false},
		"long rights":    {"\nbegin 100644 a.txt\n#0V%T\nend\n", "", "[a.txt 3]", false},
		"blanks lost":    {"\nbegin 644 a\n\"0P\n\nend\n", "", "[a 2]", false},
		"name in SJIS":   {"\nbegin 644 \x96\xbc\x95\xeb.txt\n#0V%T\nend\n", "", "[名簿.txt 3]", false},
		"quoted":         {"Content-Transfer-Encoding: quoted-printable\n\nbefore\n" + file, "before", "[a.txt 3]", false},
		"in a choice":    {fmt.Sprintf(alternative, "before\n"+file+"behind\n"), "before\nbehind", "[a.txt 3]", false},
		"broken off":     {"\nbegin 644 a.txt\n#0V%T\nwords\n", "words", "[a.txt 3]", true},
		"without end":    {"\nbegin 644 a.txt\n#0V%T\n", "", "[a.txt 3]", true},
		"words":          {"\nbegin 644 things\nas I said\n", "begin 644 things\nas I said", "", false},
		"begin alone":    {"\nbegin 644 a", "begin 644 a", "", false},
		"words of begin": {"\nbeginning\nbegin here\n", "beginning\nbegin here", "", false},
	} {
		m := parse(t, "From: a@b\n"+c.body, Options{})
		files := ""
		for _, f := range m.Files {
			files += fmt.Sprintf("[%s %d]", f.Name, f.Size)
		}
		if m.Text != c.text || files != c.files || m.Cut != c.cut {
			t.Errorf("%s: %q, %s, cut %v; want %q, %s, cut %v", name, m.Text, files, m.Cut, c.text, c.files, c.cut)
		}
	}
	many := parse(t, "From: a@b\n\n"+strings.Repeat(file, maxParts), Options{})
	if !many.Cut || len(many.Files) >= maxParts {
		t.Errorf("cut %v, %d files", many.Cut, len(many.Files))
	}
}

// TestWordsComeBack: a subject is read as it was, wherever a program cuts its words.
func TestWordsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := printable(rapid.StringMatching(`[あ-んア-ン一-龠a-z0-9㈱①髙]{1,60}`).Draw(t, "text"))
		raw, value := []byte(text), ""
		for len(raw) > 0 {
			n := rapid.IntRange(1, len(raw)).Draw(t, "cut")
			value += "=?UTF-8?Q?"
			for _, c := range raw[:n] {
				value += fmt.Sprintf("=%02X", c)
			}
			value += "?=" + rapid.SampledFrom([]string{"", " ", "\t"}).Draw(t, "between")
			raw = raw[n:]
		}
		if got := Decode([]byte(value)); got != text {
			t.Fatalf("%q reads %q, want %q", value, got, text)
		}
	})
}

// TestQuotedPrintableInPieces: an escape across two pieces of a long line is one.
func TestQuotedPrintableInPieces(t *testing.T) {
	for n := 4085; n < 4100; n++ {
		in := strings.Repeat("a", n) + "=E3=81=82"
		out, err := io.ReadAll(transferred("quoted-printable", strings.NewReader(in)))
		if err != nil || string(out) != strings.Repeat("a", n)+"あ" {
			t.Fatalf("%d: %q, %v", n, out[n-1:], err)
		}
	}
}

func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		f.Fatal("no mails", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw[:min(len(raw), 4096)])
	}
}

// FuzzParse: anything behind two headers is a mail, and all that is told of it is text.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(bytes.NewReader(append([]byte("From: a@b\nTo: c\n"), data...)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		said := []string{m.Subject, m.From.String(), m.Text, m.ID}
		for _, file := range m.Files {
			said = append(said, file.Name)
			if file.Name == "" {
				t.Error("a file without a name")
			}
		}
		if slices.ContainsFunc(said, func(s string) bool { return !utf8.ValidString(s) || strings.ContainsRune(s, 0) }) {
			t.Errorf("%q", said)
		}
	})
}
