package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"daicho/app/report"
	"daicho/app/report/csv"

	"golang.org/x/text/encoding/japanese"
	"pgregory.net/rapid"
)

func write(t require, table report.Table, enc csv.Encoding) (string, []report.Missing) {
	var out bytes.Buffer
	missing, err := csv.Write(&out, table, enc)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return out.String(), missing
}

type require interface{ Fatalf(string, ...any) }

func tableOf(rows ...[]string) report.Table {
	return report.Table{Title: "問い合わせ管理表", Note: "2件", Columns: []report.Column{{Title: "番号"}, {Title: "件名"}, {Title: "件数", Right: true}}, Rows: rows}
}

func TestWrite(t *testing.T) {
	got, missing := write(t, tableOf(
		[]string{"2026-004129", "「接続できません」,と\"表示\"", "-1,134"},
		[]string{"2026-004130", "一行目\n二行目", "=1+1"},
		[]string{"2026-004131"},
	), csv.UTF8)
	want := "\ufeff番号,件名,件数\r\n" +
		"2026-004129,\"「接続できません」,と\"\"表示\"\"\",\"-1,134\"\r\n" +
		"2026-004130,\"一行目\n二行目\",'=1+1\r\n" +
		"2026-004131,,\r\n"
	if got != want || missing != nil {
		t.Errorf("got %q, missing %v", got, missing)
	}
}

func TestAnEmptyTableHasItsHead(t *testing.T) {
	if got, _ := write(t, tableOf(), csv.UTF8); got != "\ufeff番号,件名,件数\r\n" {
		t.Errorf("got %q", got)
	}
}

func TestWriteRefusesCellsWithoutColumn(t *testing.T) {
	for _, table := range []report.Table{{}, tableOf([]string{"1", "2", "3", "4"})} {
		var out bytes.Buffer
		if _, err := csv.Write(&out, table, csv.UTF8); err == nil || out.Len() > 0 {
			t.Errorf("%v written: %q", table, out.String())
		}
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteTellsOfAFullDisk(t *testing.T) {
	if _, err := csv.Write(full{}, tableOf(), csv.UTF8); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

func TestNeutralize(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1+1": "'+1+1", "-1+1": "'-1+1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠A": "'＠A",
		"-5": "-5", "-1,134": "-1,134", "-0.5%": "-0.5%", "-.5": "-.5", "-5-3": "'-5-3", "-cmd": "'-cmd", "-1e5": "'-1e5", "-": "-", "－": "－", "+": "+", "\t": "'\t",
		"055-000-0000": "055-000-0000", "+81-55-000-0000": "'+81-55-000-0000", "+81550000000": "'+81550000000",
		"": "", "市民課": "市民課", "▲5": "▲5", "a=b": "a=b", "'a": "'a", "'": "'", "'=1": "''=1", "''=1": "'''=1", " =1": " =1",
	} {
		if got := csv.Neutralize(cell); got != want {
			t.Errorf("Neutralize(%q) = %q, want %q", cell, got, want)
		}
	}
}

// cells draws texts that are likely to be taken for formulas or to break a file.
func cells() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringOf(rapid.SampledFrom([]rune("=+-@'\",\r\n\t 0123.%加表ソ能＝－髙①〜𠮷"))), rapid.String())
}

func TestNoCellStartsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := cells().Draw(t, "cell")
		safe := csv.Neutralize(cell)
		if safe != cell && safe != "'"+cell {
			t.Fatalf("%q became %q", cell, safe)
		}
		if strings.ContainsAny(safe[:min(1, len(safe))], "=+@\t\r\n") && len(safe) > 1 {
			t.Fatalf("%q can be a formula", safe)
		}
		if other := cells().Draw(t, "other"); other != cell && csv.Neutralize(other) == safe {
			t.Fatalf("%q and %q became the same", cell, other)
		}
	})
}

func TestReadersGetEveryCellBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.SliceOfN(cells(), 3, 3).Draw(t, "row")
		for i, cell := range row { // encoding/csv reads CRLF within quotes as LF
			row[i] = strings.ReplaceAll(cell, "\r", "")
		}
		got, _ := write(t, tableOf(row), csv.UTF8)
		records, err := stdcsv.NewReader(strings.NewReader(strings.TrimPrefix(got, "\ufeff"))).ReadAll()
		if err != nil || len(records) != 2 {
			t.Fatalf("%q: %d records, %v", got, len(records), err)
		}
		for i, cell := range row {
			if records[1][i] != csv.Neutralize(cell) {
				t.Fatalf("%q read as %q", cell, records[1][i])
			}
		}
	})
}

func TestCP932KeepsEveryCharacterItHas(t *testing.T) {
	// The last bytes of 加 表 ソ 能 are those of A, \, \ and \.
	row := []string{"2026-004129", "加表ソ能予、髙橋・山﨑様①㈱ｶﾅ～－∥―￥", "纊"}
	got, missing := write(t, tableOf(row), csv.CP932)
	text, err := japanese.ShiftJIS.NewDecoder().String(got)
	if err != nil || missing != nil || text != "番号,件名,件数\r\n"+strings.Join(row, ",")+"\r\n" {
		t.Errorf("got %q, missing %v, %v", text, missing, err)
	}
}

func TestCP932ReportsWhatItHasNot(t *testing.T) {
	got, missing := write(t, tableOf([]string{"2026-004129", "𠮷田と𠮷野、〜−¥", "한"}, []string{"𠮷"}), csv.CP932)
	text, _ := japanese.ShiftJIS.NewDecoder().String(got)
	if want := "番号,件名,件数\r\n2026-004129,〓田と〓野、～－￥,〓\r\n〓,,\r\n"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	want := []report.Missing{{Rune: '한', Count: 1, Places: []string{"2026-004129 件数"}}, {Rune: '𠮷', Count: 3, Places: []string{"2026-004129 件名", "番号"}}}
	if !slices.EqualFunc(missing, want, func(a, b report.Missing) bool {
		return a.Rune == b.Rune && a.Count == b.Count && slices.Equal(a.Places, b.Places)
	}) {
		t.Errorf("missing %v, want %v", missing, want)
	}
}

func TestCP932LosesNothingSilently(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := strings.ToValidUTF8(cells().Draw(t, "cell"), "")
		got, missing := write(t, tableOf([]string{"", "x" + cell}), csv.CP932)
		text, err := japanese.ShiftJIS.NewDecoder().String(got)
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, m := range missing {
			count += m.Count
		}
		if geta := strings.Count(text, "〓") - strings.Count(cell, "〓"); geta != count {
			t.Fatalf("%q: %d marks for %d missing", cell, geta, count)
		}
	})
}
