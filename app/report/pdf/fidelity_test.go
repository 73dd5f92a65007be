package pdf_test

import (
	"strings"
	"testing"
	"unicode"

	"daicho/app/report"
	"daicho/assets"

	"golang.org/x/image/font/sfnt"
	"pgregory.net/rapid"
)

// repertoire returns every character up to U+FFFF that both faces have, read with
// a reader of its own.
func repertoire(t testing.TB) []rune {
	t.Helper()
	var runes []rune
	for _, name := range []string{assets.GothicRegular, assets.GothicBold} {
		f, err := sfnt.Parse(assets.Font(name))
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		var have []rune
		for r := rune(1); r <= 0xFFFF; r++ {
			if g, err := f.GlyphIndex(&buf, r); err == nil && g != 0 {
				have = append(have, r)
			}
		}
		if runes != nil && string(runes) != string(have) {
			t.Fatal("the faces differ in their characters")
		}
		runes = have
	}
	return runes
}

// count returns how often each character occurs.
func count(s string) map[rune]int {
	n := make(map[rune]int)
	for _, r := range s {
		n[r]++
	}
	return n
}

// TestEveryCharacterOfTheFontIsInTheText writes each one in running text, in both
// faces, in a table and in a form, and reads the PDF.
func TestEveryCharacterOfTheFontIsInTheText(t *testing.T) {
	runes := repertoire(t)
	if len(runes) < 11000 {
		t.Fatalf("only %d characters", len(runes))
	}
	all := "a" + string(runes) // a blank is only read between two others
	for name, block := range map[string]report.Block{
		"paragraph": report.Paragraph{Text: all},
		"bold":      report.Title{Text: all},
		"cell":      report.Table{Columns: []report.Column{{Title: "a"}, {Title: "b"}}, Rows: [][]string{{"", all}}},
		"value":     report.Sheet{Pairs: []report.Pair{{Label: "a", Value: all, Wide: true}}},
	} {
		data, missing := write(t, report.Document{Made: made, Blocks: []report.Block{block}})
		if len(missing) > 0 {
			t.Errorf("%s: missing %v", name, missing)
		}
		for _, option := range []string{"-raw", "-layout"} {
			got := count(extract(t, data, option))
			for _, r := range runes {
				if got[r] == 0 {
					t.Errorf("%s %s: U+%04X is not in the text", name, option, r)
				}
			}
		}
	}
}

// TestNoCharacterIsLostAtAnyWidth writes a text in columns of 110 widths.
func TestNoCharacterIsLostAtAnyWidth(t *testing.T) {
	const s = "窓口の端末（3台）で「紙詰まりではないのに」印刷が止まる、サーバーR-0027・https://example.jp/a/b?c=1。" +
		"髙﨑①㈱ガｶﾞが……――ゃっー々。1,134件　98.14%　市民課　内線2231"
	var blocks []report.Block
	for i := range 110 {
		columns := []report.Column{{Title: "幅", Weight: 1 + float64(i)*0.9}, {Title: "残", Weight: 110 - float64(i)*0.9}}
		blocks = append(blocks, report.Table{Columns: columns, Rows: [][]string{{s, ""}}})
	}
	data, missing := write(t, report.Document{Made: made, Blocks: blocks})
	if len(missing) > 0 {
		t.Errorf("missing %v", missing)
	}
	got, want := count(extract(t, data, "-raw")), count(s)
	for r, n := range want {
		if !unicode.IsSpace(r) && got[r] < n*len(blocks) {
			t.Errorf("%q: %d of %d", r, got[r], n*len(blocks))
		}
	}
}

// TestTextComesOutInOrder draws lines of any characters of the font and reads
// them back, wide and no-break blanks included.
func TestTextComesOutInOrder(t *testing.T) {
	known := rapid.SampledFrom(repertoire(t))
	char := rapid.OneOf(known, known, rapid.SampledFrom([]rune("　\u00a0\u00ad（）\\か\u3099")))
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.StringOfN(char, 1, 30, -1).Draw(rt, "s")
		data, _ := write(t, report.Document{Made: made, Blocks: []report.Block{report.Paragraph{Text: "始" + s + "終"}}})
		line, _, _ := strings.Cut(extract(t, data, "-raw"), "\n")
		if want := "始" + s + "終"; line != want && !strings.Contains(s, "  ") {
			rt.Fatalf("%q came out as %q", want, line)
		}
	})
}

// TestWhatIsNotShownIsListed draws texts with characters that cannot be shown.
func TestWhatIsNotShownIsListed(t *testing.T) {
	shown := repertoire(t)
	rapid.Check(t, func(rt *rapid.T) {
		strange := rapid.SampledFrom([]rune("𠮷😀한\x01\x7f\u0085\u200d\ufe00\U000E0100\ufffe\uffff\U0010FFFF"))
		known := rapid.SampledFrom(shown)
		s := rapid.StringOfN(rapid.OneOf(strange, known, known), 1, 40, -1).Draw(rt, "s")
		data, missing := write(t, report.Document{Made: made, Blocks: []report.Block{
			report.Table{Columns: []report.Column{{Title: "番号"}, {Title: "件名"}}, Rows: [][]string{{"1", s}}}}})
		text := extract(t, data, "-layout")
		geta := strings.Count(s, "〓")
		for _, m := range missing {
			geta += m.Count
			if !strings.Contains(text, m.Code()) || strings.Count(s, string(m.Rune)) != m.Count {
				rt.Fatalf("%q: %s is not listed %d times", s, m.Code(), m.Count)
			}
		}
		if len(missing) > 0 {
			geta++ // in the explanation of the list
		}
		if got := strings.Count(text, "〓"); got != geta {
			rt.Fatalf("%q: %d marks, want %d", s, got, geta)
		}
	})
}

func TestTheListIsOnTheLastPage(t *testing.T) {
	doc := list(23)
	table := doc.Blocks[1].(report.Table)
	table.Rows[0][2] = "𠮷田様の端末"
	table.Rows[7][2] = "𠮷田様、😀"
	data, missing := write(t, doc)
	pages := strings.Split(strings.TrimSuffix(extract(t, data, "-layout"), "\f"), "\f")
	last := pages[len(pages)-1]
	for _, want := range []string{"この帳票で表示できない文字", "U+20BB7", "U+1F600", "2026-004100 件名、2026-004107 件名"} {
		if !strings.Contains(last, want) {
			t.Errorf("the last page has no %q:\n%s", want, last)
		}
	}
	if len(missing) != 2 || missing[1].Count != 2 {
		t.Errorf("missing %v", missing)
	}
}

func TestLineEndsAndTabs(t *testing.T) {
	data, missing := write(t, report.Document{Made: made, Blocks: []report.Block{report.Paragraph{Text: "一\r\n二\r三\n四\t五"}}})
	if got := laidOut(t, data); got != "一\n二\n三\n四  五\n1/1\n" || missing != nil {
		t.Errorf("got %q, missing %v", got, missing)
	}
}
