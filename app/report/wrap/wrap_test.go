package wrap_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"daicho/app/report/wrap"

	"pgregory.net/rapid"
)

// ems measures half-width runes as 1 and all others as 2.
func ems(r rune) float64 {
	if r < 0x80 || (r >= '｡' && r <= 'ﾟ') {
		return 1
	}
	return 2
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		width      float64
		want       []string
	}{
		{"empty", "", 10, []string{""}},
		{"fits", "障害報告", 8, []string{"障害報告"}},
		{"breaks anywhere in Japanese", "障害報告書を作成", 8, []string{"障害報告", "書を作成"}},
		{"no 。 first", "障害報告。終", 8, []string{"障害報", "告。終"}},
		{"no 」。 first", "「障害報告」。", 10, []string{"「障害報", "告」。"}},
		{"no small kana first", "サーバーのチェック", 14, []string{"サーバーの", "チェック"}},
		{"no ー first", "あいうサーバ", 8, []string{"あいう", "サーバ"}},
		{"no 々 first", "昨日は人々が", 8, []string{"昨日は", "人々が"}},
		{"no opening bracket last", "障害（回線）", 6, []string{"障害", "（回", "線）"}},
		{"a word stays whole", "番号R-0027の件", 8, []string{"番号", "R-0027の", "件"}},
		{"a number stays whole", "合計1,134件", 8, []string{"合計", "1,134件"}},
		{"full-width number too", "令和２０２６年", 10, []string{"令和", "２０２６年"}},
		{"percent with its number", "率98.14%です", 6, []string{"率", "98.14%", "です"}},
		{"blanks hang", "ab cd  ef", 5, []string{"ab cd  ", "ef"}},
		{"wide blank hangs", "市民課　内線", 6, []string{"市民課　", "内線"}},
		{"leading blanks stay", "　本文です", 8, []string{"　本文で", "す"}},
		{"a long word breaks behind its sign", "https://example.jp/abc", 12, []string{"https://", "example.jp/", "abc"}},
		{"a long word without signs", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"no slash first", "担当(甲/乙)", 7, []string{"担当", "(甲/乙)"}},
		{"dashes stay together", "あい――う", 6, []string{"あい", "――う"}},
		{"voiced mark stays with its kana", "あいか\u3099く", 6, []string{"あい", "か\u3099く"}},
		{"line feeds", "一行\n\n三行", 20, []string{"一行", "", "三行"}},
		{"too narrow for anything", "あ。い", 1, []string{"あ", "。", "い"}},
	} {
		if got := wrap.Lines(c.text, c.width, ems); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

const (
	starts = "、。，．）」』】ーっゃゅょァィ々〻ﾞ"
	ends   = "（「『【￥"
)

// texts draws what people write: kana, kanji, signs, words, numbers, blanks.
func texts() *rapid.Generator[string] {
	plain := []rune("あいうえお漢字変換障害報告アイウABCxyz0123456789.,-/ 　\n…―" + starts + ends)
	return rapid.Custom(func(t *rapid.T) string {
		return rapid.OneOf(rapid.StringOf(rapid.SampledFrom(plain)), rapid.String()).Draw(t, "text")
	})
}

func TestNoRuneIsEverLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(texts().Draw(t, "text"), "?")
		for width := 0.0; width < 120; width++ {
			lines := wrap.Lines(text, width, ems)
			if got := strings.Join(lines, ""); got != strings.ReplaceAll(text, "\n", "") {
				t.Fatalf("width %v: %q became %q", width, text, lines)
			}
		}
	})
}

// clauses draws a sentence whose parts all fit 20 half-widths: words, some in
// brackets, some with a sign behind them.
func clauses() *rapid.Generator[[]string] {
	word := rapid.SampledFrom([]string{"障害", "回", "佐々木", "サーバー", "チェック", "ャ", "R-0027", "1,134", "98.14%", "abc", "￥500", "２０２６", "……", "人々"})
	frame := rapid.SampledFrom([][2]string{{"", ""}, {"", ""}, {"「", "」"}, {"（", "）"}, {"(", ")"}})
	sign := rapid.SampledFrom([]string{"", "", "、", "。", "を", "　", " "})
	return rapid.SliceOf(rapid.Custom(func(t *rapid.T) string {
		f := frame.Draw(t, "frame")
		return f[0] + word.Draw(t, "word") + f[1] + sign.Draw(t, "sign")
	}))
}

func TestLinesFitAndKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "始" + strings.Join(clauses().Draw(t, "clauses"), "を")
		width := float64(rapid.IntRange(20, 60).Draw(t, "width"))
		lines := wrap.Lines(text, width, ems)
		for i, line := range lines {
			if used := widthOf(strings.TrimRight(line, " 　")); used > width {
				t.Fatalf("%q is %v wide, more than %v", line, used, width)
			}
			first, _ := utf8.DecodeRuneInString(line)
			last, _ := utf8.DecodeLastRuneInString(line)
			switch {
			case i > 0 && strings.ContainsRune(starts+")%,. 　", first):
				t.Fatalf("line %q starts with %q", line, first)
			case i < len(lines)-1 && strings.ContainsRune(ends+"(", last):
				t.Fatalf("line %q ends with %q", line, last)
			}
		}
		for _, whole := range []string{"R-0027", "1,134", "98.14%", "abc", "￥500", "２０２６", "……"} {
			if strings.Count(strings.Join(lines, "\n"), whole) != strings.Count(text, whole) {
				t.Fatalf("%q was broken in %q", whole, lines)
			}
		}
	})
}

func widthOf(s string) float64 {
	sum := 0.0
	for _, r := range s {
		sum += ems(r)
	}
	return sum
}

func FuzzLines(f *testing.F) {
	f.Add("障害（回線）、R-0027。\n終", 7.0)
	f.Add("", 0.0)
	f.Add("a\xffb", -1.0)
	f.Fuzz(func(t *testing.T, text string, width float64) {
		want := strings.ReplaceAll(string([]rune(text)), "\n", "")
		if got := strings.Join(wrap.Lines(text, width, ems), ""); got != want {
			t.Errorf("%q at %v became %q", text, width, got)
		}
	})
}
