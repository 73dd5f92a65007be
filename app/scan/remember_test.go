package scan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app/civil"
	"daicho/app/detect"
)

var packDay = civil.Date{Year: 2026, Month: time.November, Day: 23}

func packed(changes ...detect.Change) *detect.Engine {
	return detect.With(packDay, &detect.Pack{Name: "葉月市", Version: 1, Edition: "令和7年3月版", Changes: changes})
}

// places are lines of office files: values with and without a label, other numbers,
// and words that a site may add to the rules.
var places = []string{"整理 12345678901\n", "整理 TR1234567\n", "本文の行です。\n", "連絡 taro@example.jp\n", "別紙 123456789018\n", "氏名：山田太郎\n",
	"整理 昭和63年1月2日\n", "甲府市丸の内1-18-1\n", "別紙 1234567\n", "電話 090-1000-0001\n", "既往歴：整理\n", "別紙\n", "氏名,整理,別紙\n", "山田 太郎,301912345680,4539148803436467\n",
	"伝票番号 123456789018\n", "個人番号 123456789018\n", "整理 0000123456\n", "住所：整理\n"}

// site draws what a site changes in its rules.
func site(t *rapid.T, name string) detect.Change {
	word := []string{rapid.SampledFrom([]string{"整理", "別紙", "本文", "伝票番号"}).Draw(t, name+" word")}
	c := detect.Change{Kind: rapid.SampledFrom(detect.Standard().Kinds()).Draw(t, name+" kind"), Approver: "情報課長", Until: "2027-03-31"}
	*rapid.SampledFrom([]*[]string{&c.Names, &c.Hints, &c.Denies, &c.Cues, &c.Drop}).Draw(t, name+" list") = word
	c.Off = rapid.IntRange(0, 7).Draw(t, name+" off") == 0
	return c
}

// TestRulesChange: with rules that changed, a scan that remembers tells what a whole
// one tells, line by line, whatever was changed before.
func TestRulesChange(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		for i := range 2 {
			text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(places), 1, 5).Draw(t, "lines"), "")
			put(t, filepath.Join(dir, fmt.Sprintf("%d.csv", i)), []byte(text))
			put(t, filepath.Join(dir, fmt.Sprintf("%d.zip", i)), zipped(t, text, rapid.SampledFrom(places).Draw(t, "entry")))
		}
		m := &remembered{found: map[string]Found{}}
		for _, name := range []string{"first", "second", "third"} {
			e := packed(site(t, name))
			if again, whole := told(t, dir, Options{Engine: e, Memory: m}), told(t, dir, Options{Engine: e}); !reflect.DeepEqual(again, whole) {
				t.Fatalf("by the %s rules\n%+v\nwhole\n%+v", name, again, whole)
			}
		}
	})
}

func told(t *rapid.T, dir string, o Options) (lines []Line) {
	o.Paths = []string{dir}
	if _, err := Run(t.Context(), o, func(l Line) error { lines = append(lines, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return lines
}

func put(t *rapid.T, path string, text []byte) {
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func zipped(t *rapid.T, texts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, text := range texts {
		w, err := z.Create(fmt.Sprintf("%d.txt", i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRulesSpare: a word that is new opens the files that it stands in, and no others.
func TestRulesSpare(t *testing.T) {
	dir, m := t.TempDir(), &remembered{found: map[string]Found{}}
	for i := range 20 {
		write(t, dir, fmt.Sprintf("計画%d.txt", i), "令和8年度の計画について、各課は月末までに提出してください。\n")
	}
	write(t, dir, "名簿.txt", "個人番号 123456789018\n")
	write(t, dir, "講習.txt", "講習番号 301912345680\n")
	scanned(t, dir, Options{Memory: m})
	lines, sum := scanned(t, dir, Options{Memory: m, Engine: packed(detect.Change{Kind: detect.DriversLicense, Names: []string{"講習番号"}})})
	if sum.Known != 21 || len(lines["講習.txt"].Findings) != 1 {
		t.Errorf("%d of 22 were not opened, want 21; %+v", sum.Known, lines["講習.txt"])
	}
}
