package fulltext_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/extract"
	"daicho/app/extract/pdf"
	"daicho/app/fulltext"
	"daicho/app/report"
	print "daicho/app/report/pdf"
	"daicho/app/report/xlsx"
	"daicho/assets"
	"daicho/store"
	"daicho/store/storetest"
)

func document(word string) report.Document {
	return report.Document{Title: "報告", Made: time.Date(2026, 11, 20, 9, 0, 0, 0, civil.Tokyo), Blocks: []report.Block{
		report.Table{Title: "表", Columns: []report.Column{{Title: "項目"}}, Rows: [][]string{{word}}}}}
}

func pdfOf(t testing.TB, word string) []byte {
	t.Helper()
	press, err := print.New(assets.PaperFonts())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := press.Write(&out, document(word)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func xlsxOf(t testing.TB, word string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.Write(&out, document(word)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// docxOf is the least file that Word opens.
func docxOf(t testing.TB, word string) []byte {
	t.Helper()
	return zipOf(t, map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + word + `</w:t></w:r></w:p></w:body></w:document>`,
	})
}

func zipOf(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// attach puts a file to a record of its own.
func attach(t testing.TB, r *store.Replica, name string, content []byte) {
	t.Helper()
	rec, err := r.Draft(storetest.ItemKind)
	if err != nil {
		t.Fatal(err)
	}
	it := rec.(*storetest.Item)
	b, err := r.Attach(context.Background(), it.Ref, name, "", bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	it.Title, it.Files = "記録", []app.Blob{b}
	if err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Save(it) }); err != nil {
		t.Fatal(err)
	}
}

func reader(t testing.TB) *extract.Reader {
	engine := pdf.New("")
	t.Cleanup(func() { engine.Close() })
	return &extract.Reader{Limits: fulltext.Limits(), PDF: engine}
}

// found is the file in which a word was found; the test ends unless it is one.
func found(t *testing.T, r *store.Replica, word string) string {
	t.Helper()
	hits, err := r.Search(t.Context(), word, 9)
	if err != nil || len(hits) != 1 {
		t.Fatalf("%s: %+v, %v", word, hits, err)
	}
	return hits[0].File
}

// TestWordsInFilesOfEachSort are found, with the file's name as their place.
func TestWordsInFilesOfEachSort(t *testing.T) {
	r := storetest.New(t)
	for name, content := range map[string][]byte{
		"議事録.docx": docxOf(t, "庁舎移転の打合せ"),
		"台帳.xlsx":  xlsxOf(t, "予備部品の棚卸し"),
		"報告.pdf":   pdfOf(t, "落雷による停電"),
		"メモ.txt":   []byte("\x94\x7a\x90\xfc\x90\x7d"), // 配線図 in CP932
		"一式.zip":   zipOf(t, map[string]string{"中/手順.txt": "退避手順の確認"}),
		"写真.jpg":   []byte("\xff\xd8\xff\xe0 not read"),
	} {
		attach(t, r, name, content)
	}
	told := 0
	got, err := fulltext.Run(t.Context(), r, reader(t), func(done, total int) {
		if told++; done != told || total != 6 {
			t.Errorf("told of %d of %d", done, total)
		}
	})
	if err != nil || got != (fulltext.Result{Read: 5, Not: 1}) || told != 6 {
		t.Errorf("%+v, %v, told %d times", got, err, told)
	}
	for word, file := range map[string]string{"庁舎移転": "議事録.docx", "棚卸し": "台帳.xlsx", "落雷": "報告.pdf", "配線図": "メモ.txt", "退避手順": "一式.zip"} {
		if f := found(t, r, word); f != file {
			t.Errorf("%s: in %q", word, f)
		}
	}
	if again, err := fulltext.Run(t.Context(), r, reader(t), nil); err != nil || again != (fulltext.Result{}) {
		t.Errorf("read again: %+v, %v", again, err)
	}
}

// TestGoesOnWhereItWasStopped: what was kept before is not read again, and the rest
// is read by another process of the same replica.
func TestGoesOnWhereItWasStopped(t *testing.T) {
	dir := t.TempDir() + "/replica"
	r := storetest.New(t, storetest.WithDir(dir))
	const files, stopAt = 3 * 32, 70
	for i := range files {
		attach(t, r, fmt.Sprintf("%d.txt", i), fmt.Appendf(nil, "資料番号%d号", i))
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err := fulltext.Run(ctx, r, reader(t), func(done, _ int) {
		if done == stopAt {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r, err = storetest.Open(t, storetest.WithDir(dir))
	if err != nil {
		t.Fatal(err)
	}
	got, err := fulltext.Run(t.Context(), r, reader(t), nil)
	if err != nil || got.Read == 0 || got.Read >= files || got.Read < files-stopAt {
		t.Errorf("%+v, %v", got, err)
	}
	for i := range files {
		if f := found(t, r, fmt.Sprintf("資料番号%d号", i)); f != fmt.Sprintf("%d.txt", i) {
			t.Errorf("%d is found in %q", i, f)
		}
	}
}

// TestLimits: of a long text the beginning is kept, and it is said.
func TestLimits(t *testing.T) {
	long := []byte(strings.Repeat("あいうえお\n", fulltext.MaxText/16+1))
	text, f, err := fulltext.Text(t.Context(), reader(t), extract.Source{Path: "長い.txt", Size: int64(len(long)), R: bytes.NewReader(long)})
	if err != nil || f.Scanned != extract.Partial || f.Reason != extract.ReasonTooMuchText || len(text) > fulltext.MaxText || len(text) < fulltext.MaxText/2 {
		t.Errorf("%d bytes, %+v, %v", len(text), f, err)
	}
	bomb := zipOf(t, map[string]string{"a.txt": string(long), "b.txt": string(long)})
	text, f, err = fulltext.Text(t.Context(), reader(t), extract.Source{Path: "二つ.zip", Size: int64(len(bomb)), R: bytes.NewReader(bomb)})
	if err != nil || f.Scanned != extract.Partial || len(text) > fulltext.MaxText {
		t.Errorf("%d bytes, %+v, %v", len(text), f, err)
	}
}
