package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/japanese"

	"daicho/app/detect"
	"daicho/app/extract"
	"daicho/app/scan"
)

// How large the tree of a city is: so many files, and so many bytes in its log and in
// the file that is mostly a hole.
const (
	treeVar = "DAICHO_SCAN_TREE"
	logVar  = "DAICHO_SCAN_LOG"
	holeVar = "DAICHO_SCAN_HOLE"
)

func sizeOf(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// tree is a file server as a city has it, and what a scan must tell of it.
type tree struct {
	dir    string
	Want   map[string]outcome  // by path
	Values map[string]struct{} // that stand in the files
	next   int
	err    error
}

// outcome is what a scan must tell of a file or an entry.
type outcome struct {
	Scanned         extract.Scanned
	Protection      extract.Protection
	Numbers, Phones int
}

// cityTree fills a folder: citytree DIR. What a scan must tell goes into DIR.want.
func cityTree(ts *testscript.TestScript, _ bool, args []string) {
	t := &tree{dir: ts.MkAbs(args[0]), Want: map[string]outcome{}, Values: map[string]struct{}{}}
	for i := range sizeOf(treeVar, 1500) {
		t.ordinary(i)
	}
	t.locked()
	t.large()
	t.odd()
	ts.Check(t.err)
	text, err := json.Marshal(t)
	ts.Check(err)
	ts.Check(os.WriteFile(t.dir+".want", text, 0o600))
}

// person is a number and a telephone that stand nowhere else.
func (t *tree) person() (number, phone string) {
	t.next++
	eleven := fmt.Sprintf("%011d", (t.next*7_919_999_983)%99_999_999_999)
	sum := 0
	for n := 1; n <= 11; n++ { // 総務省令85号 5条
		q := n + 1
		if n > 6 {
			q = n - 5
		}
		sum += int(eleven[11-n]-'0') * q
	}
	check := 11 - sum%11
	if check > 9 {
		check = 0
	}
	number, phone = eleven+strconv.Itoa(check), fmt.Sprintf("090-%04d-%04d", 1000+t.next/10000, t.next%10000)
	t.Values[number], t.Values[phone] = struct{}{}, struct{}{}
	return number, phone
}

// list is a table of persons.
func (t *tree) list(rows int) string {
	var b strings.Builder
	b.WriteString("整理番号,個人番号,電話番号\n")
	for i := range rows {
		number, phone := t.person()
		fmt.Fprintf(&b, "%d,%s,%s\n", i+1, number, phone)
	}
	return b.String()
}

func (t *tree) letter() string {
	number, phone := t.person()
	return "お世話になっております。\n個人番号 " + number + "\n電話 " + phone + "\n"
}

const plan = "令和8年度の計画について、各課は月末までに提出してください。\n"

// ordinary makes the files that there are most of.
func (t *tree) ordinary(i int) {
	name := fmt.Sprintf("第%03d課/令和8年度/文書%06d", i/200, i)
	switch i % 10 {
	case 0:
		t.write(name+".csv", cp932(t.list(3)), outcome{Numbers: 3, Phones: 3})
	case 1:
		t.write(name+".txt", []byte(t.letter()), outcome{Numbers: 1, Phones: 1})
	case 2:
		inner := zipOf("中/一覧.csv", []byte(t.list(2)))
		t.write(name+".zip", zipOf("奥.zip", inner, "手紙.txt", []byte(t.letter())), outcome{})
		t.Want[name+".zip!/奥.zip"] = outcome{}
		t.Want[name+".zip!/奥.zip!/中/一覧.csv"] = outcome{Numbers: 2, Phones: 2}
		t.Want[name+".zip!/手紙.txt"] = outcome{Numbers: 1, Phones: 1}
	default:
		t.write(name+".txt", []byte(plan), outcome{})
	}
}

func cp932(text string) []byte {
	b, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return []byte(b)
}

func zipOf(files ...any) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, _ := z.Create(files[i].(string)) // a bytes.Buffer takes everything
		_, _ = w.Write(files[i+1].([]byte))
	}
	_ = z.Close()
	return b.Bytes()
}

// write makes a file; what is not said of its outcome is that it is read in full and
// not protected.
func (t *tree) write(name string, content []byte, want outcome) {
	path := filepath.Join(t.dir, name)
	if t.err == nil {
		t.err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if t.err == nil {
		t.err = os.WriteFile(path, content, 0o644)
	}
	t.Want[name] = want
}

// locked makes what a password protects, with the tools people have.
func (t *tree) locked() {
	lock := outcome{Scanned: extract.Unscannable, Protection: extract.ProtectPassword}
	book := excelize.NewFile()
	number, _ := t.person()
	t.do(book.SetCellValue("Sheet1", "A1", "個人番号 "+number))
	var b bytes.Buffer
	_, err := book.WriteTo(&b, excelize.Options{Password: "himitsu"})
	t.do(err)
	t.write("保護/名簿.xlsx", b.Bytes(), lock)
	t.write("保護/名簿.csv", []byte(t.list(1)), outcome{Numbers: 1, Phones: 1})
	letter, err := filepath.Abs("../../app/extract/testdata/made/letter.pdf")
	t.do(err)
	t.run("qpdf", "--encrypt", "himitsu", "himitsu", "256", "--", letter, "名簿.pdf")
	t.Want["保護/名簿.pdf"] = lock
	t.run("zip", "-q", "-P", "himitsu", "名簿.zip", "名簿.csv")
	t.Want["保護/名簿.zip"] = lock
	t.Want["保護/名簿.zip!/名簿.csv"] = lock
}

func (t *tree) do(err error) {
	if t.err == nil {
		t.err = err
	}
}

func (t *tree) run(program string, args ...string) {
	if t.err != nil {
		return
	}
	c := exec.Command(program, args...)
	c.Dir = filepath.Join(t.dir, "保護")
	if out, err := c.CombinedOutput(); err != nil {
		t.err = fmt.Errorf("%s: %w: %s", program, err, out)
	}
}

// large makes a log with a person at its end, one with a hole behind a person, and a
// file of ten gigabytes that is nothing but a hole.
func (t *tree) large() {
	line := []byte("2026-11-22T10:00:00Z host daemon[1234]: connection closed, took 12.5 ms\n")
	t.write("記録/運用.log", append(bytes.Repeat(line, sizeOf(logVar, 4<<20)/len(line)), t.letter()...), outcome{Numbers: 1, Phones: 1})
	t.write("記録/穴.log", append(bytes.Repeat(line, 10_000), t.letter()...), outcome{Scanned: extract.Partial, Numbers: 1, Phones: 1})
	t.do(os.Truncate(filepath.Join(t.dir, "記録/穴.log"), int64(sizeOf(holeVar, 16<<20))))
	t.write("記録/空.img", nil, outcome{Scanned: extract.Unscannable, Protection: extract.ProtectUnknown})
	t.do(os.Truncate(filepath.Join(t.dir, "記録/空.img"), 10<<30))
}

// odd makes what is no file, cannot be read, or lies deep.
func (t *tree) odd() {
	never := outcome{Scanned: extract.Unscannable, Protection: extract.ProtectUnknown}
	t.write("共有/手紙.txt", []byte(t.letter()), outcome{Numbers: 1, Phones: 1})
	at := func(name string) string { return filepath.Join(t.dir, "共有", name) }
	t.do(os.Symlink(".", at("輪")))
	t.do(syscall.Mkfifo(at("管"), 0o600))
	l, err := net.Listen("unix", at("口"))
	t.do(err)
	if err == nil {
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		t.do(l.Close())
	}
	for _, name := range []string{"輪", "管", "口"} {
		t.Want["共有/"+name] = never
	}
	deep := "深い"
	for range 12 {
		deep += "/" + strings.Repeat("長い名前のフォルダー", 8)
	}
	t.write(deep+"/名簿.csv", []byte(t.list(2)), outcome{Numbers: 2, Phones: 2})
	t.write("閉鎖/名簿.csv", []byte(t.list(1)), outcome{})
	delete(t.Want, "閉鎖/名簿.csv")
	t.Want["閉鎖"] = outcome{Scanned: extract.Failed, Protection: extract.ProtectUnknown}
	t.do(os.Chmod(filepath.Join(t.dir, "閉鎖"), 0))
}

// cityTold holds the lines of a scan against what must be told: citytold DIR FILE.
func cityTold(ts *testscript.TestScript, _ bool, args []string) {
	var t tree
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0]+".want")), &t))
	told := 0
	for text := range strings.Lines(ts.ReadFile(args[1])) {
		var l scan.Line
		ts.Check(json.Unmarshal([]byte(text), &l))
		name := strings.TrimPrefix(l.Path, args[0]+"/")
		want, there := t.Want[name]
		if !there || !want.is(&l) {
			ts.Fatalf("%s, want %+v", text, want)
		}
		delete(t.Want, name)
		told++
	}
	if len(t.Want) > 0 {
		ts.Fatalf("%d lines were told; missing are %d: %v", told, len(t.Want), t.Want)
	}
}

func (o outcome) is(l *scan.Line) bool {
	numbers, phones := 0, 0
	for _, f := range l.Findings {
		switch f.Kind {
		case detect.IndividualNumber:
			numbers += f.Count
		case detect.Phone:
			phones += f.Count
		}
	}
	return (l.Scanned == o.Scanned || o.Scanned == "" && l.Scanned == extract.Full) &&
		(l.Protection == o.Protection || o.Protection == "" && l.Protection == extract.ProtectNone) &&
		numbers == o.Numbers && phones == o.Phones
}

var valuelike = regexp.MustCompile(`[0-9][0-9-]{10,}`)

// cityKept finds what was planted in a tree in none of the files, nor in folders of
// them: citykept DIR FILE….
func cityKept(ts *testscript.TestScript, _ bool, args []string) {
	var t tree
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0]+".want")), &t))
	files := 0
	for _, name := range args[1:] {
		ts.Check(filepath.WalkDir(ts.MkAbs(name), func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			data, err := io.ReadAll(f)
			files++
			for _, form := range [][]byte{data, bytes.ReplaceAll(data, []byte{0}, nil)} { // UTF-16, too
				for _, found := range valuelike.FindAll(form, -1) {
					if _, planted := t.Values[string(found)]; planted {
						ts.Fatalf("%s holds %s", path, found)
					}
				}
			}
			return err
		}))
	}
	if files == 0 || len(t.Values) == 0 {
		ts.Fatalf("%d files and %d values", files, len(t.Values))
	}
}
