package pdf_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/image/font/sfnt"

	"daicho/app/report"
	"daicho/assets"
)

// minchoToo are the characters that the fonts of a letter all have.
func minchoToo(t *testing.T) (runes []rune) {
	t.Helper()
	f, err := sfnt.Parse(assets.Font(assets.MinchoRegular))
	if err != nil {
		t.Fatal(err)
	}
	var buf sfnt.Buffer
	for _, r := range repertoire(t) {
		if g, err := f.GlyphIndex(&buf, r); err == nil && g != 0 && !unicode.IsSpace(r) && !unicode.IsControl(r) {
			runes = append(runes, r)
		}
	}
	return runes
}

// strange are what no font up to U+FFFF has: rare kanji beyond it, emoji with what
// joins them, a flag, and Hangul.
var strange = []string{"𠮷", "𩸽", "𠮟", "😀", "👩‍💻", "🇯🇵", "한", "𝟏"}

// TestThousandParagraphs writes a letter of 1,000 paragraphs with every character that
// its fonts have up to U+FFFF, rare kanji and half-width kana among them, and with what
// they have not. Read back, each of the first is there in its place, and each of the
// others is 〓 and in the list.
func TestThousandParagraphs(t *testing.T) {
	runes := minchoToo(t)
	if len(runes) < 11000 {
		t.Fatalf("only %d characters", len(runes))
	}
	const paragraphs, each = 1000, 24
	doc := report.Document{Made: made, Mincho: true, Title: "試験"}
	var want strings.Builder
	lacking := map[rune]int{}
	shown := map[rune]bool{}
	for _, r := range runes {
		shown[r] = true
	}
	for i := range paragraphs {
		text := fmt.Sprintf("始%04d、ｻｰﾊﾞｰのﾃﾞｨｽｸｶﾞ故障。髙﨑様・山﨑様・濵田様、①㈱〜", i)
		for n := range each {
			text += string(runes[(i*each+n)%len(runes)])
		}
		text += strange[i%len(strange)] + "終。"
		doc.Blocks = append(doc.Blocks, report.Paragraph{Text: text})
		for _, r := range text {
			if !shown[r] && !unicode.IsSpace(r) {
				lacking[r]++
				r = report.Geta
			}
			want.WriteRune(r)
		}
	}
	data, missing := write(t, doc)
	if len(missing) != len(lacking) {
		t.Errorf("%d characters are listed, want %d", len(missing), len(lacking))
	}
	for _, m := range missing {
		if m.Count != lacking[m.Rune] {
			t.Errorf("%s is listed %d times, want %d", m.Code(), m.Count, lacking[m.Rune])
		}
	}
	text := footers.ReplaceAllString(extract(t, data, "-raw"), "\n")
	got, list, found := strings.Cut(text, "この帳票で表示できない文字")
	if !found {
		t.Fatal("there is no list")
	}
	if got = solid(got); got != solid(want.String()) {
		t.Errorf("the text differs %s", difference(got, solid(want.String())))
	}
	for r := range lacking {
		if !strings.Contains(list, fmt.Sprintf("U+%04X", r)) {
			t.Errorf("U+%04X is not in the list", r)
		}
	}
}

// footers are the numbers of pages.
var footers = regexp.MustCompile(`\n\d+/\d+\n(\f|$)`)

// solid is a text without what divides its lines.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// difference is where two texts part.
func difference(a, b string) string {
	as, bs := []rune(a), []rune(b)
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return fmt.Sprintf("at %d: %q, want %q", i, string(as[i:min(i+20, len(as))]), string(bs[i:min(i+20, len(bs))]))
		}
	}
	return fmt.Sprintf("in length: %d, want %d", len(as), len(bs))
}
