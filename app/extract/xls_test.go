package extract

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// rec is one BIFF record; numbers are written with two bytes each.
func rec(id uint16, parts ...any) []byte {
	var body []byte
	for _, p := range parts {
		switch v := p.(type) {
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(v))
		case string:
			body = append(body, v...)
		case []byte:
			body = append(body, v...)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
		}
	}
	b := binary.LittleEndian.AppendUint16(nil, id)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(body)))
	return append(b, body...)
}

func joined(parts ...[]byte) (b []byte) {
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

var (
	bof8 = rec(biffBOF, 0x0600, 5)
	bof5 = rec(biffBOF, 0x0500, 5)
	eof  = rec(biffEOF)
)

func TestXLSRecords(t *testing.T) {
	for name, c := range map[string]struct {
		stream string
		book   []byte
		want   string
	}{
		"numbers": {"Workbook", joined(bof8,
			rec(biffNumber, 0, 0, 0, 123456789018.0), rec(biffNumber, 0, 2, 0, 0.5), rec(biffNumber, 1, 0, 0, 1.5e300), eof),
			"123456789018||0.5\n1.5E+300\n"},
		"numbers in 30 bits": {"Workbook", joined(bof8,
			rec(biffRK, 0, 0, 0, []byte{0x02 | 5<<2, 0, 0, 0}), // 5
			rec(biffMulRK, 0, 1, 0, []byte{0x03, 0x19, 0, 0}, 0, []byte{0, 0, 0xF0, 0x3F}, 2), eof),
			"5|16|1\n"},
		"a formula with a text": {"Workbook", joined(bof8,
			rec(biffFormula, 0, 0, 0, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0, 0, 0), rec(biffString, 2, "\x01", utf16Bytes("結果")),
			rec(biffFormula, 0, 1, 0, 42.0, 0, 0, 0), rec(biffFormula, 0, 2, 0, []byte{2, 0, 7, 0, 0, 0, 0xFF, 0xFF}), eof),
			"結果|42|\n"},
		"texts divided between records": {"Workbook", joined(bof8,
			rec(biffSST, []byte{2, 0, 0, 0, 2, 0, 0, 0}, 4, "\x00ab"), rec(biffContinue, "\x01", utf16Bytes("氏名"), 2, "\x08", 1), rec(biffContinue, "\x00cd1234"),
			rec(biffLabelSST, 0, 0, 0, 0, 0), rec(biffLabelSST, 0, 1, 0, 1, 0), rec(biffLabelSST, 0, 2, 0, 9, 9), eof),
			"ab氏名|cd|\n"},
		"code page of Excel 95": {"Book", joined(bof5, rec(biffLabel, 0, 0, 0, 4, "\x8E\x81\x96\xBC"), eof), "氏名\n"},
		"comment and header": {"Workbook", joined(bof8, rec(biffNumber, 0, 0, 0, 1.0),
			rec(biffTextBox, 0, 0, 0, 0, 0, 2), rec(biffContinue, "\x01", utf16Bytes("注釈")), rec(biffHeader, 2, "\x01", utf16Bytes("極秘")), eof),
			"1\n注釈\n極秘\n"},
		"far apart": {"Workbook", joined(bof8, rec(biffNumber, 0, 0xFFFF, 0, 1.0), eof), strings.Repeat("|", maxGap-1) + "1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			r := told(t, "a.xls", oleOf(t, olePart{c.stream, c.book}))
			r.want(t, "a.xls", XLS, ProtectNone, Full, "")
			if got := shown(r.text["a.xls"]); got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
		})
	}
}

// TestXLSSheets: texts know the tab they stand on.
func TestXLSSheets(t *testing.T) {
	name := rec(biffSheet, []byte{0, 0, 0, 0}, 2, "\x02\x01", utf16Bytes("名簿"))
	globals := joined(bof8, name, eof)
	binary.LittleEndian.PutUint32(globals[len(bof8)+4:], uint32(len(globals)))
	r := told(t, "a.xls", oleOf(t, olePart{"Workbook", joined(globals, bof8, rec(biffNumber, 0, 0, 0, 1.0), eof)}))
	if got := r.parts["a.xls"]; len(got) != 1 || got[0] != "名簿:1" {
		t.Errorf("parts %q", got)
	}
}

// TestXLSCutShort: what is missing is not clean.
func TestXLSCutShort(t *testing.T) {
	r := told(t, "a.xls", oleOf(t, olePart{"Workbook", joined(bof8, rec(biffNumber, 0, 0, 0, 7.0), rec(biffNumber, 0, 1, 0, 8.0)[:9])}))
	r.want(t, "a.xls", XLS, ProtectNone, Partial, ReasonTruncated)
	if got := r.text["a.xls"]; got != "7\n" {
		t.Errorf("read %q", got)
	}
}

func TestEmbeddedObjects(t *testing.T) {
	inner := joined(bof8, rec(biffNumber, 0, 0, 0, 9.0), eof)
	native := []byte("\x00\x00\x00\x00\x02\x00メモ.txt\x00C:\\a\\メモ.txt\x00\x00\x00\x03\x00\x05\x00\x00\x00path\x00\x06\x00\x00\x00本文rest")
	r := told(t, "a.xls", oleOf(t, olePart{"Workbook", joined(bof8, eof)},
		olePart{"MBD0001/Workbook", inner}, olePart{"MBD0002/\x01Ole10Native", native}, olePart{"MBD0003/CONTENTS", []byte("平文")}))
	r.want(t, "a.xls", XLS, ProtectNone, Full, "")
	for path, want := range map[string]string{"MBD0001": "9\n", "メモ.txt": "本文", "MBD0003": "平文"} {
		if got := r.text["a.xls!/"+path]; got != want {
			t.Errorf("%s reads %q, want %q", path, got, want)
		}
	}
}

func FuzzXLS(f *testing.F) {
	f.Add(made(f, "list.xls"))
	f.Add(made(f, "default.xls"))
	f.Add(oleOf(f, olePart{"Book", joined(bof5, rec(biffLabel, 0, 0, 0, 4, "\x8E\x81\x96\xBC"), eof)}))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.xls", data) })
}

// FuzzBIFF mutates records that no container hides.
func FuzzBIFF(f *testing.F) {
	f.Add(joined(bof8, rec(biffSST, []byte{2, 0, 0, 0, 2, 0, 0, 0}, 4, "\x00ab"), rec(biffContinue, "\x01", utf16Bytes("氏名"), 2, "\x08", 1), rec(biffContinue, "\x00cd1234"), rec(biffLabelSST, 0, 1, 0, 1, 0), eof))
	f.Add(joined(bof8, rec(biffTextBox, 0, 0, 0, 0, 0, 2), rec(biffContinue, "\x01", utf16Bytes("注釈")), rec(biffLink, utf16Bytes("mailto:a@example.jp")), eof))
	f.Add(joined(bof8, rec(biffFilePass, string(rc4Pass(defaultPassword))), rec(biffMulRK, 0, 1, 0, 9.0, 2), eof))
	f.Add(datesOfXLS())
	f.Fuzz(func(t *testing.T, records []byte) {
		if len(records) < 50_000 && len(records) > 0 {
			fuzzed(t, "a.xls", oleOf(t, olePart{"Workbook", records}))
		}
	})
}
