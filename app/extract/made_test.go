package extract

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"strings"
	"testing"
)

// made reads a file of testdata/made, whose README says how they came to be.
func made(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/made/" + name)
	if err == nil {
		return data
	}
	packed, err := os.ReadFile("testdata/made/" + name + ".gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if data, err = io.ReadAll(z); err != nil {
		t.Fatal(err)
	}
	return data
}

// letter and the others are what a reader of these documents sees.
var (
	letter = []string{
		"個人番号 123456789018 の髙橋﨑と申します①㈱\n", "ASCII only line: contract@example.jp\n", "頁の頭\n", "頁の足\n",
		"箱の中の文\n", "mailto:link@example.jp", "脚注の文\n", "コメントの文\n", "最後の行\n", "表題の見本", "作成 見本",
	}
	table = []string{"氏名|電話|住所|\n", "葉月 見本|03-1234-5678|葉月市一丁目|\n"}
	list  = []string{
		"氏名|個人番号|数\n", "髙橋 見本|123456789018|12\n", "ASCII name|23456789013|0.5\n", "|123\n",
		"隠れた表の文\n", "セルの注釈", "名簿の見本", "作成 見本",
	}
	talk = []string{"一枚目の題\n", "個人番号 123456789018\n", "発表者ノートの文\n", "ASCII slide contract@example.jp\n", "発表の見本"}
)

func TestMadeDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		typ  Type
		want []string
	}{
		"letter.doc":  {DOC, append(table, letter...)},
		"list.xls":    {XLS, list},
		"letter.rtf":  {RTF, letter},
		"talk.ppt":    {PPT, talk},
		"page.pdf":    {PDF, []string{"個人番号 123456789018 の髙橋﨑と申します①㈱\n", "氏名|電話\n", "葉月 見本 03-1234-5678\n", "頁の見本\n"}},
		"list.xlsx":   {XLSX, list},
		"letter.docx": {DOCX, letter},
		"letter.odt":  {ODF, letter},
		"talk.pptx":   {PPTX, talk},
		"talk.odp":    {ODF, talk},
	} {
		r := told(t, name, made(t, name))
		r.want(t, name, c.typ, ProtectNone, Full, "")
		got := shown(r.text[name])
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing in\n%s", name, want, got)
			}
		}
	}
}

func TestLockedByLibreOffice(t *testing.T) {
	for name, c := range map[string]struct {
		typ  Type
		note Note
	}{
		"locked.xls": {XLS, NoteRC4}, "locked.doc": {DOC, NoteRC4}, "locked.odt": {ODF, ""},
	} {
		r := told(t, name, made(t, name))
		r.want(t, name, c.typ, ProtectPassword, Unscannable, ReasonPassword)
		if got := r.file(t, name).Note; got != c.note {
			t.Errorf("%s: note %q, want %q", name, got, c.note)
		}
	}
}

// TestDefaultPassword: what every Excel opens without asking is read.
func TestDefaultPassword(t *testing.T) {
	r := told(t, "default.xls", made(t, "default.xls"))
	r.want(t, "default.xls", XLS, ProtectNone, Full, "")
	if n := r.file(t, "default.xls").Note; n != NoteDefaultPassword {
		t.Errorf("note %q", n)
	}
	open := told(t, "list.xls", made(t, "list.xls"))
	if got, want := r.text["default.xls"], open.text["list.xls"]; got != want {
		t.Errorf("read\n%s\nbut without a password\n%s", shown(got), shown(want))
	}
}
