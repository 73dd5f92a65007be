package csv_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/csv"
)

func TestReadEncodings(t *testing.T) {
	const text = "件名,内容\r\n\"髙橋,①\",\"一\n二\"\r\n\r\n'=1+1,'x\r\n"
	cp932, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.NewReplacer("件名,", "件名\t", "\",", "\"\t", "1,", "1\t").Replace(text))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": text, "UTF-8 with mark": "\ufeff" + text, "CP932": cp932, "UTF-16": utf16} {
		g, enc, err := csv.Read([]byte(data))
		if err != nil || len(g.Lines) != 3 || g.Lines[0].Cell(0) != "件名" || g.Lines[1].Cell(0) != "髙橋,①" || g.Lines[1].Cell(1) != "一\n二" || g.Lines[2].Cell(0) != "=1+1" || g.Lines[2].Cell(1) != "'x" || g.Lines[2].N != 5 {
			t.Errorf("%s: %+v %v", name, g, err)
		}
		if (enc == csv.CP932) != (name == "CP932") {
			t.Errorf("%s is taken for %v", name, enc)
		}
	}
	if _, _, err := csv.Read([]byte("a\r\nb\xff\xff\r\n")); !app.IsCode(err, app.Invalid) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("bytes that are no character: %v", err)
	}
}

// Characters of a machine's own (外字) have no meaning elsewhere: the line is named, and
// nothing of the file is read. Those that Windows added to JIS are read as they are.
func TestReadRareCharacters(t *testing.T) {
	for text, line := range map[string]string{
		"件名,内容\r\n一,\xf0\x40\r\n":        "line 2", // 外字
		"件名,内容\r\n一,二\r\n三,\x85\x40\r\n": "line 3", // a place where nothing is
		"件名,内容\r\n一,\x81":                "line 2", // half a character
	} {
		data := cp932(t, text)
		if g, _, err := csv.Read(data); !app.IsCode(err, app.Invalid) || !strings.Contains(err.Error(), line) || len(g.Lines) > 0 {
			t.Errorf("%q: %+v, %v", text, g, err)
		}
	}
	const rare = "髙﨑①㈱～∥－￤纊鋕彅瀨"
	g, enc, err := csv.Read(cp932(t, "件名\r\n"+rare+"\r\n"))
	if err != nil || enc != csv.CP932 || g.Lines[1].Cell(0) != rare {
		t.Errorf("%+v %v", g, err)
	}
}

// cp932 is a text in CP932; bytes that are no character stay as they are.
func cp932(t *testing.T, text string) (data []byte) {
	t.Helper()
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && n == 1 {
			data = append(data, text[0])
		} else {
			one, err := japanese.ShiftJIS.NewEncoder().String(string(r))
			if err != nil {
				t.Fatal(err)
			}
			data = append(data, one...)
		}
		text = text[n:]
	}
	return data
}

// What is written comes back as it is said to.
func TestWrittenComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := "x" + rapid.StringMatching(`[='+ー@\-a-z0-9〜髙𠮟,"あ]{0,8}`).Draw(t, "cell")
		cell = cell[rapid.IntRange(0, 1).Draw(t, "from"):]
		for _, enc := range []csv.Encoding{csv.UTF8, csv.CP932} {
			var out bytes.Buffer
			table := report.Table{Columns: []report.Column{{Title: "甲"}, {Title: "乙"}}, Rows: [][]string{{"行", cell}}}
			if _, err := csv.Write(&out, table, enc); err != nil {
				t.Fatal(err)
			}
			g, _, err := csv.Read(out.Bytes())
			if err != nil || len(g.Lines) != 2 || g.Lines[1].Cell(1) != csv.Written(enc)(cell) {
				t.Fatalf("%q came back as %+v (%v), want %q", cell, g, err, csv.Written(enc)(cell))
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a,b\r\n\"c\"\td\n"))
	f.Add([]byte{0xff, 0xfe, 0x42, 0x30})
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, _, err := csv.Read(data); err != nil && !app.IsCode(err, app.Invalid) {
			t.Errorf("%v", err)
		}
	})
}
