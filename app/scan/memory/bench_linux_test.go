package memory_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/scan"
	"daicho/app/scan/memory"
)

// filesOf is how many files a benchmark works on: DAICHO_SCAN_FILES, or so many.
func filesOf(b *testing.B, otherwise int) int {
	n, err := strconv.Atoi(os.Getenv("DAICHO_SCAN_FILES"))
	if os.Getenv("DAICHO_SCAN_FILES") == "" {
		return otherwise
	}
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func processTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// spent is the time of this process that something takes: other work on the machine
// disturbs it less than the clock.
func spent(b *testing.B, work func()) time.Duration {
	before := processTime(b)
	work()
	return processTime(b) - before
}

var sentences = []string{
	"令和８年度の業務報告について、各課の担当者は月末までに所定の様式により提出してください。",
	"市民の皆様におかれましては、日頃より市政運営に御理解と御協力を賜り厚く御礼申し上げます。",
	"本計画は、地域の特性を踏まえ、関係機関との連携を図りながら、総合的に施策を推進するものである。",
	"会議の概要は次のとおりであり、委員からは財源の確保や周知の方法について意見があった。",
	"国の補助制度を活用し、老朽化した設備の更新と維持管理費の縮減を両立させる。",
	"森林の整備、農地の保全、水源の涵養など、多面的な機能の発揮が期待されている。",
	"第3条の規定にかかわらず、市長が特に必要と認めるときは、この限りでない。",
	"図書館の利用者数は前年度に比べて約12％増加し、貸出冊数も過去最高となった。",
}

// office fills a folder as a share of an office is: prose as text, as CP932 and in
// Word's format; one file in ten has persons in it, one in fifty a word that a site
// adds to its rules.
func office(b *testing.B, dir string, files int) {
	for i := range files {
		var text strings.Builder
		for k := range 100 + i%7*40 {
			text.WriteString(sentences[(i*7+k*3+i/11)%len(sentences)])
			if k%5 == 4 {
				text.WriteByte('\n')
			}
		}
		if i%10 == 0 {
			text.WriteString("氏名：山田 太郎　電話 055-234-5678　個人番号 123456789018\n")
		}
		if i%50 == 0 {
			text.WriteString("講習番号 301912345680\n")
		}
		folder := filepath.Join(dir, fmt.Sprintf("第%02d課", i/500))
		ok(b, os.MkdirAll(folder, 0o755))
		name, content := written(b, i, text.String())
		ok(b, os.WriteFile(filepath.Join(folder, name), content, 0o644))
	}
}

func written(b *testing.B, i int, text string) (name string, content []byte) {
	switch i % 3 {
	case 0:
		return fmt.Sprintf("%06d.txt", i), []byte(text)
	case 1:
		cp932, err := japanese.ShiftJIS.NewEncoder().String(text)
		ok(b, err)
		return fmt.Sprintf("%06d.txt", i), []byte(cp932)
	}
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for name, part := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` +
			strings.ReplaceAll(text, "\n", "</w:t></w:r></w:p><w:p><w:r><w:t>") + `</w:t></w:r></w:p></w:body></w:document>`,
	} {
		w, err := z.Create(name)
		ok(b, err)
		_, err = w.Write([]byte(part))
		ok(b, err)
	}
	ok(b, z.Close())
	return fmt.Sprintf("%06d.docx", i), file.Bytes()
}

func scanOnce(b *testing.B, dir, path string, e *detect.Engine) (sum scan.Summary) {
	o := scan.Options{Paths: []string{dir}, Engine: e, Workers: runtime.NumCPU()}
	if path == "" {
		sum, err := scan.Run(b.Context(), o, func(scan.Line) error { return nil })
		ok(b, err)
		return sum
	}
	m, err := memory.Open(path, key, "1")
	ok(b, err)
	o.Memory = m
	sum, err = scan.Run(b.Context(), o, func(scan.Line) error { return nil })
	ok(b, err)
	ok(b, m.Close())
	return sum
}

// BenchmarkRuleChange is what a scan costs after one rule has got a word, beside a
// whole scan by the same rules. Targets: changed/whole 0.10 at most.
func BenchmarkRuleChange(b *testing.B) {
	dir := b.TempDir()
	files := filesOf(b, 2000)
	office(b, dir, files)
	for _, c := range []detect.Change{
		{Kind: detect.DriversLicense, Names: []string{"講習番号"}}, // stands in one file of fifty
		{Kind: detect.ResidentCode, Names: []string{"宛名コード"}},
		{Kind: detect.Sensitive, Cues: []string{"要援護区分"}},
		{Kind: detect.PersonName, Denies: []string{"施設愛称"}, Approver: "情報課長", Until: "2999-03-31"},
	} {
		b.Run(string(c.Kind), func(b *testing.B) {
			changed := detect.With(civil.Date{Year: 2026, Month: time.November, Day: 23}, &detect.Pack{Changes: []detect.Change{c}})
			var whole, remembered, again time.Duration
			opened := 0
			for b.Loop() {
				path := filepath.Join(b.TempDir(), "memory")
				remembered += spent(b, func() { scanOnce(b, dir, path, detect.Standard()) })
				again += spent(b, func() {
					sum := scanOnce(b, dir, path, changed)
					opened = sum.Files - sum.Known
				})
				whole += spent(b, func() { scanOnce(b, dir, "", changed) })
			}
			b.ReportMetric(float64(again)/float64(whole), "changed/whole")
			b.ReportMetric(float64(remembered)/float64(whole), "remembering/whole")
			b.ReportMetric(float64(opened)/float64(files), "opened/files")
		})
	}
}

// BenchmarkUnchanged is what a scan of files that are as they were costs for each,
// beyond what a walk with a stat of each costs. Target: 40 µs at most.
func BenchmarkUnchanged(b *testing.B) {
	dir, path := b.TempDir(), filepath.Join(b.TempDir(), "memory")
	files := filesOf(b, 20_000)
	for i := range files {
		folder := filepath.Join(dir, fmt.Sprintf("第%03d課", i/500))
		ok(b, os.MkdirAll(folder, 0o755))
		ok(b, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%06d.txt", i)), []byte("令和8年度の計画について。電話 055-234-5678\n"), 0o644))
	}
	scanOnce(b, dir, path, detect.Standard())
	var ours, walk time.Duration
	n := 0
	for b.Loop() {
		n++
		ours += spent(b, func() {
			if sum := scanOnce(b, dir, path, detect.Standard()); sum.Known != files {
				b.Fatalf("%+v", sum)
			}
		})
		walk += spent(b, func() {
			ok(b, filepath.Walk(dir, func(string, os.FileInfo, error) error { return nil }))
		})
	}
	b.ReportMetric(float64((ours-walk).Nanoseconds())/1e3/float64(n*files), "µs/file-beyond-stat")
	b.ReportMetric(float64(ours)/float64(walk), "ours/stat")
}
