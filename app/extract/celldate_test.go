package extract

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestFormatCodes(t *testing.T) {
	for code, want := range map[string]numberFormat{
		"yyyy/m/d": aDate, "yyyy/mm/dd;@": aDate, "[$-411]ggge\"年\"m\"月\"d\"日\";@": aDate, "[$-411]ge.m.d": aDate, "ge-m-d": aDate,
		"m\"月\"": aDate, "aaa": aDate, "[$-F800]dddd, mmmm dd, yyyy": aDate, "yyyy\\-mm\\-dd": aDate, "yyyy年m月d日": aDate,
		"[<=43585][$-411]ggge\"年\";[>=43586]\"令和\"0": aDate,
		"yyyy/m/d h:mm": aDate | aTime, "m/d/yy h:mm AM/PM": aDate | aTime,
		"h:mm": aTime, "hh:mm:ss": aTime, "mm:ss.0": aTime, "h\"時\"mm\"分\"": aTime, "[$-409]h:mm A/P": aTime,
		"[h]:mm": aElapsed, "[mm]": aElapsed, "[h]:mm:ss": aElapsed | aTime,
		"General": 0, "G/標準": 0, "0": 0, "#,##0": 0, "0.00E+00": 0, "#,##0\"日\"": 0, "0_);[Red](0)": 0, "[Red]0": 0, "\"d\"0": 0,
		"\\d0": 0, "0d": 0, "@": 0, "": 0, "\"": 0, "[": 0, "\\": 0, "_": 0, ";;;": 0, "[DBNum1]0": 0, "[$¥-411]#,##0": 0,
	} {
		if got := formatOf(code); got != want {
			t.Errorf("%q is %b, want %b", code, got, want)
		}
	}
}

// TestBuiltInFormats: numbers that no file explains, as Japanese Excel means them.
func TestBuiltInFormats(t *testing.T) {
	for id, want := range map[int]numberFormat{
		0: 0, 1: 0, 4: 0, 13: 0, 14: aDate, 17: aDate, 18: aTime, 21: aTime, 22: aDate | aTime, 23: 0, 26: 0, 27: aDate, 31: aDate,
		32: aTime, 33: aTime, 34: aDate, 36: aDate, 37: 0, 44: 0, 45: aTime, 46: aElapsed, 47: aTime, 48: 0, 49: 0, 50: aDate, 58: aDate, 59: 0,
	} {
		if got := builtInFormat(id); got != want {
			t.Errorf("%d is %b, want %b", id, got, want)
		}
	}
}

func TestCellDates(t *testing.T) {
	both := aDate | aTime
	for _, c := range []struct {
		v        float64
		f        numberFormat
		from1904 bool
		want     string
	}{
		{29598, aDate, false, "1981-01-12"}, {29598.75, aDate, false, "1981-01-12"}, {28136, aDate, true, "1981-01-12"},
		{1, aDate, false, "1900-01-01"}, {59, aDate, false, "1900-02-28"}, {60, aDate, false, "1900-02-29"}, {61, aDate, false, "1900-03-01"},
		{0, aDate, true, "1904-01-01"}, {2958465, aDate, false, "9999-12-31"}, {2958466, aDate, false, ""},
		{46113.395833333336, both, false, "2026-04-01 09:30"}, {46113, both, false, "2026-04-01 00:00"}, {0.5, both, false, "12:00"},
		{0.395833333333333, aTime, false, "09:30"}, {0.99999999, aTime, false, "00:00"}, {1.5, aTime, false, "12:00"}, {0.00011574074, aTime, false, "00:00:10"},
		{1.0625, aElapsed, false, "25:30"}, {0.5, aElapsed, false, "12:00"},
		{0, aDate, false, ""}, {-1, aDate, false, ""}, {123456789018, aDate, false, ""}, {29598, 0, false, ""},
	} {
		if got := c.f.text(c.v, c.from1904); got != c.want {
			t.Errorf("%v as %b is %q, want %q", c.v, c.f, got, c.want)
		}
	}
}

// TestMadeDates reads the dates that LibreOffice stored in both systems, beside
// money and counts of the same number.
func TestMadeDates(t *testing.T) {
	for _, name := range []string{"dates.xlsx", "dates.xls", "dates1904.xlsx", "dates1904.xls"} {
		want := "1981-01-12|1981-01-12|2026-04-01 09:30\n09:30|25:30|29599|29599|29599\n"
		if got := shown(told(t, name, made(t, name)).text[name]); !strings.Contains(got, want) {
			t.Errorf("%s reads %q", name, got)
		}
	}
}

// TestDatesOfExcelize: formats by number and by code, as a program writes them.
func TestDatesOfExcelize(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	styles := []*excelize.Style{{NumFmt: 14}, {NumFmt: 22}, {NumFmt: 3}, {NumFmt: 17}, {}}
	for _, code := range []string{"[$-411]ge.m.d", "#,##0\"件\"", "h:mm"} {
		styles = append(styles, &excelize.Style{CustomNumFmt: &code})
	}
	for i, style := range styles {
		cell, _ := excelize.CoordinatesToCellName(i+1, 1)
		id, err := f.NewStyle(style)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellFloat("Sheet1", cell, 29598.5, -1, 64); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	want := "1981-01-12|1981-01-12 12:00|29598.5|1981-01-12|29598.5|1981-01-12|29598.5|12:00\n"
	if got := shown(told(t, "a.xlsx", b.Bytes()).text["a.xlsx"]); !strings.HasPrefix(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
}

func dateStyles() []byte {
	return joined(bin(binFormat, byte(164), byte(0), "yyyy/m/d"), bin(binStyle, 14<<16), bin(binCellStyles, 3),
		bin(binStyle, 0, 0), bin(binStyle, 164<<16, 0), bin(binStyle, 46<<16, 0), bin(binStylesEnd), bin(binStyle, 14<<16))
}

func TestDatesOfXLSB(t *testing.T) {
	sheet := joined(bin(binRow, 0), bin(binReal, 0, 1, 28136.0), bin(binRK, 1, 0, 28136<<2|2), bin(binResultReal, 2, 2|1<<24, 1.0625))
	r := told(t, "a.xlsb", zipOf(t, part{"xl/workbook.bin", string(bin(binBookFlags, 1))}, part{"xl/styles.bin", string(dateStyles())},
		part{"xl/worksheets/sheet1.bin", string(sheet)}))
	if got := shown(r.text["a.xlsb"]); got != "1981-01-12|28136|25:30\n" {
		t.Errorf("read %q", got)
	}
}

// datesOfXLS are a format by code, and the same number under two styles; of Excel
// 95, where lengths of texts have one byte.
func datesOfXLS() []byte {
	return joined(bof5, rec(biffFrom1904, 1), rec(biffFormat, 164, "\x06ge.m.d"), rec(biffStyle, 0, 0), rec(biffStyle, 0, 164), rec(biffStyle, 0, 20),
		rec(biffNumber, 0, 0, 1, 28136.0), rec(biffNumber, 0, 1, 0, 28136.0), rec(biffFormula, 0, 2, 2, 0.5, 0, 0, 0),
		rec(biffMulRK, 1, 0, 1, []byte{2 | 5<<2, 0, 0, 0}, 0, []byte{2 | 5<<2, 0, 0, 0}, 1), eof)
}

func TestDatesOfXLS(t *testing.T) {
	r := told(t, "a.xls", oleOf(t, olePart{"Book", datesOfXLS()}))
	if got := shown(r.text["a.xls"]); got != "1981-01-12|28136|12:00\n1904-01-06|5\n" {
		t.Errorf("read %q", got)
	}
}

// FuzzFormatCode: any code is read, and what it makes of a number is short.
func FuzzFormatCode(f *testing.F) {
	f.Add("[$-411]ggge\"年\"m\"月\"d\"日\";@", 29598.5)
	f.Add("[h]:mm;\\_*", 1e300)
	f.Fuzz(func(t *testing.T, code string, v float64) {
		if got := formatOf(code).text(v, len(code)%2 == 0); len(got) > len("10003-12-31 00:00:00") {
			t.Errorf("%q tells %q of %v", code, got, v)
		}
	})
}
