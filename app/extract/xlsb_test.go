package extract

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// bin writes a record of a binary workbook: numbers of 32 bits, bytes, or texts
// behind their length.
func bin(id int, values ...any) []byte {
	var body []byte
	for _, v := range values {
		switch v := v.(type) {
		case byte:
			body = append(body, v)
		case int:
			body = binary.LittleEndian.AppendUint32(body, uint32(v))
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
		case string:
			body = binary.LittleEndian.AppendUint32(body, uint32(len(utf16Bytes(v))/2))
			body = append(body, utf16Bytes(v)...)
		}
	}
	var head []byte
	for n := id; ; n >>= 7 {
		if n < 0x80 {
			head = append(head, byte(n))
			break
		}
		head = append(head, byte(n)|0x80)
	}
	return append(append(head, byte(len(body))), body...)
}

func xlsbParts() []part {
	sheet := joined(
		bin(binRow, 0), bin(binShared, 0, 0, 0), bin(binText, 2, 0, "電話"),
		bin(binRow, 1), bin(binReal, 0, 0, 123456789018.0), bin(binRK, 1, 0, 12<<2|2), bin(binResultText, 2, 0, "03-1234-5678"),
		bin(binPageText, byte(0), byte(0), "頁の頭", -1, -1, -1, -1, -1))
	return []part{
		{"xl/workbook.bin", string(joined(bin(binSheet, 0, 1, "rId1", "名簿"), bin(binName, 0, byte(0), -1, "範囲の名")))},
		{"xl/_rels/workbook.bin.rels", `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>`},
		{"xl/sharedStrings.bin", string(joined(bin(binSharedItem, byte(0), "氏名")))},
		{"xl/worksheets/sheet1.bin", string(sheet)},
		{"xl/comments1.bin", string(joined(bin(binAuthor, "書いた人"), bin(binComment, byte(0), "セルの注釈")))},
		{"xl/pivotCache/pivotCacheDefinition1.bin", string(bin(binPivotText, "消したはずの名"))},
	}
}

func TestXLSB(t *testing.T) {
	r := told(t, "a.xlsb", zipOf(t, xlsbParts()...))
	r.want(t, "a.xlsb", XLSX, ProtectNone, Full, "")
	got := shown(r.text["a.xlsb"])
	for _, want := range []string{"氏名||電話\n123456789018|12|03-1234-5678\n", "頁の頭\n", "書いた人\nセルの注釈\n", "範囲の名\n", "消したはずの名\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if parts := strings.Join(r.parts["a.xlsb"], " "); !strings.HasPrefix(parts, "名簿:1") {
		t.Errorf("parts are %s", parts)
	}
}

// TestXLSBBehindSheets: values of other workbooks are told; that there are connections
// or changes, of which nothing is read, is told as well.
func TestXLSBBehindSheets(t *testing.T) {
	links := part{"xl/externalLinks/externalLink1.bin", string(joined(bin(366, 0), bin(binOtherText, 0, "葉月 見本"), bin(binOtherReal, 1, 123456789018.0)))}
	r := told(t, "a.xlsb", zipOf(t, append(xlsbParts(), links)...))
	r.want(t, "a.xlsb", XLSX, ProtectNone, Full, "")
	if got := r.text["a.xlsb"]; !strings.Contains(got, "葉月 見本\n123456789018\n") {
		t.Errorf("read %q", got)
	}
	for _, name := range []string{"xl/connections.bin", "xl/revisions/revisionLog1.bin"} {
		r := told(t, "a.xlsb", zipOf(t, append(xlsbParts(), part{name, ""})...))
		r.want(t, "a.xlsb", XLSX, ProtectNone, Partial, ReasonNoReader)
	}
}

// FuzzXLSB mutates the records of a sheet and of the table of texts.
func FuzzXLSB(f *testing.F) {
	p := xlsbParts()
	f.Add([]byte(p[3].text), []byte(p[2].text))
	f.Add(dateStyles(), []byte(p[2].text))
	f.Fuzz(func(t *testing.T, sheet, shared []byte) {
		fuzzed(t, "a.xlsb", zipOf(t, part{"xl/workbook.bin", "\x00\x00"}, part{"xl/worksheets/sheet1.bin", string(sheet)}, part{"xl/styles.bin", string(sheet)},
			part{"xl/sharedStrings.bin", string(shared)}, part{"xl/comments1.bin", string(shared)}))
	})
}
