package detect

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCheckDigit compares with published examples.
func TestCheckDigit(t *testing.T) {
	for _, number := range []string{"123456789018", "023456789013"} {
		if !validIndividual([]byte(number)) {
			t.Errorf("%s is not valid", number)
		}
		for d := byte('0'); d <= '9'; d++ {
			if other := number[:11] + string(d); d != number[11] && validIndividual([]byte(other)) {
				t.Errorf("%s is valid", other)
			}
		}
	}
}

// TestOneInTenPasses: the check digit alone proves little, which is why a bare
// number is a finding of low confidence.
func TestOneInTenPasses(t *testing.T) {
	const all = 100_000
	valid := 0
	for i := range int64(all) {
		if validIndividual(fmt.Appendf(nil, "%012d", (i*7_919_999_983)%1_000_000_000_000)) {
			valid++
		}
	}
	if valid < all*95/1000 || valid > all*105/1000 {
		t.Errorf("%d of %d pass, want about one in ten", valid, all)
	}
}

// TestOneWrongDigit: the check digit finds nearly every digit that was typed
// wrong; remainders 0 and 1 share a check digit, so not all.
func TestOneWrongDigit(t *testing.T) {
	missed, tried := 0, 0
	for _, number := range strings.Fields(numbers(200)) {
		for i := range 12 {
			for d := byte('0'); d <= '9'; d++ {
				if d == number[i] {
					continue
				}
				tried++
				if validIndividual([]byte(number[:i] + string(d) + number[i+1:])) {
					missed++
				}
			}
		}
	}
	if missed*50 > tried {
		t.Errorf("%d of %d wrong digits pass", missed, tried)
	}
}

// individual draws a valid number.
func individual() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		eleven := rapid.StringMatching(`[0-9]{11}`).Draw(t, "eleven")
		if strings.Count(eleven, eleven[:1]) == 11 {
			eleven = "1" + eleven[1:10] + "2"
		}
		return eleven + string(individualCheck([]byte(eleven)))
	})
}

// inFullWidth writes digits, capitals, hyphens, dots and '@' in full width.
func inFullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '@' || r == '.':
			return r - '!' + '！'
		}
		return r
	}, s)
}

// TestAnyWritingIsFound: a labelled number is found however it is written.
func TestAnyWritingIsFound(t *testing.T) {
	writings := []func(string) string{
		func(s string) string { return s },
		func(s string) string { return s[:4] + "-" + s[4:8] + "-" + s[8:] },
		func(s string) string { return s[:4] + " " + s[4:8] + " " + s[8:] },
		func(s string) string { return strings.Join(strings.Split(s, ""), " ") },
	}
	rapid.Check(t, func(t *rapid.T) {
		number := writings[rapid.IntRange(0, len(writings)-1).Draw(t, "writing")](individual().Draw(t, "number"))
		if rapid.Bool().Draw(t, "wide") {
			number = inFullWidth(number)
		}
		before := rapid.SampledFrom([]string{"個人番号", "マイナンバー：", "個人番号は", "ﾏｲﾅﾝﾊﾞｰ ", "MyNumber="}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", "です。", "\n", " 様", "）", ","}).Draw(t, "after")
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte(before + number + after)})
		if got := written(d.Findings()); got != "individual_number/high=1" {
			t.Fatalf("%q gives %q", before+number+after, got)
		}
	})
}

// TestPhonesOfThePlan: numbers made by the plan are found, in any writing.
func TestPhonesOfThePlan(t *testing.T) {
	areas := map[string]int{"03": 4, "06": 4, "011": 3, "055": 3, "0551": 2, "0467": 2, "04992": 1, "090": 4, "080": 4, "070": 4, "050": 4}
	names := make([]string, 0, len(areas))
	for a := range areas {
		names = append(names, a)
	}
	forms := []string{"%s-%s-%s", "%s(%s)%s", "(%s)%s-%s", "%s %s %s", "%s・%s・%s", "%s.%s.%s", "%s%s%s"}
	rapid.Check(t, func(t *rapid.T) {
		area := rapid.SampledFrom(names).Draw(t, "area")
		exchange := rapid.StringMatching(fmt.Sprintf(`[2-9][0-9]{%d}`, areas[area]-1)).Draw(t, "exchange")
		line := rapid.StringMatching(`[0-9]{4}`).Draw(t, "line")
		form := rapid.SampledFrom(forms).Draw(t, "form")
		text := "電話 " + fmt.Sprintf(form, area, exchange, line) + "\n"
		if rapid.Bool().Draw(t, "wide") {
			text = inFullWidth(text)
		}
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte(text)})
		if got := written(d.Findings()); got != "phone/high=1" && got != "phone/medium=1" {
			t.Fatalf("%q gives %q", text, got)
		}
	})
}

// TestBlocksMakeNoDifference: text in one block or in many is the same.
func TestBlocksMakeNoDifference(t *testing.T) {
	lines := []string{"個人番号\n", "123456789018\n", "氏名,個人番号,電話\n", "あ,023456789013,090-1000-0001\n", "\n",
		"伝票番号 123456789018\n", "taro@example.jp,1,2\n", "本文の行です。\n", "番号\n"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom(lines), 1, 15).Draw(t, "lines")
		sep := rapid.SampledFrom([]byte{0, ',', Cell}).Draw(t, "sep")
		whole, pieces := Standard().NewDocument(), Standard().NewDocument()
		whole.Add(Block{Text: []byte(strings.Join(text, "")), Sep: sep})
		for i, l := range text {
			pieces.Add(Block{Text: []byte(l), Sep: sep, Continues: i > 0})
		}
		if a, b := written(whole.Findings()), written(pieces.Findings()); a != b {
			t.Fatalf("whole %q, in pieces %q", a, b)
		}
	})
}

// TestWidthMakesNoDifference: text in full width has the same findings.
func TestWidthMakesNoDifference(t *testing.T) {
	lines := []string{"旅券番号 TR1234567\n", "在留カード番号：AB12345678CD\n", "口座番号 1234567\n", "カード番号 4539-1488-0343-6467\n",
		"住民票コード 12345678901\n", "免許証番号 301912345680\n", "基礎年金番号 1234-567890\n", "記号番号 1234-5678\n", "甲府市丸の内1-18-1\n",
		"生年月日 S63.1.2\n", "生年月日 1988-01-02\n", "介護保険番号 0000123456\n", "個人番号 123456789018\n", "電話 090-1234-5678\n",
		"taro@example.jp\n", "伝票番号 123456789018\n", "令和8年度\n", "注文 4539148803436467\n"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(lines), 1, 8).Draw(t, "lines"), "")
		sep := rapid.SampledFrom([]byte{0, Cell}).Draw(t, "sep")
		narrow, wide := Standard().NewDocument(), Standard().NewDocument()
		narrow.Add(Block{Text: []byte(text), Sep: sep})
		wide.Add(Block{Text: []byte(inFullWidth(text)), Sep: sep})
		if a, b := written(narrow.Findings()), written(wide.Findings()); a != b {
			t.Fatalf("%q: narrow %q, wide %q", text, a, b)
		}
	})
}

// TestNearestWordsOnly: a value under its label is found whatever ordinary text
// stands before and behind it.
func TestNearestWordsOnly(t *testing.T) {
	values := map[string]string{"個人番号：123456789018": "individual_number", "旅券番号：TR1234567": "passport", "住所：甲府市丸の内1-18-1": "postal_address",
		"氏名：山田太郎": "person_name", "生年月日：昭和63年1月2日": "birth_date", "電話：055-234-5678": "phone"}
	labels := slices.Sorted(maps.Keys(values))
	ordinary := []string{"本文です。", "第3条の規定による。", "令和8年度の計画\n", "\n", "・別紙のとおり ", "次のとおり、", "2026-11-22 ", "(1) "}
	rapid.Check(t, func(t *rapid.T) {
		label := rapid.SampledFrom(labels).Draw(t, "label")
		before := strings.Join(rapid.SliceOfN(rapid.SampledFrom(ordinary), 0, 5).Draw(t, "before"), "")
		after := strings.Join(rapid.SliceOfN(rapid.SampledFrom(ordinary), 0, 5).Draw(t, "after"), "")
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte(before + label + "\n" + after)})
		for _, f := range d.Findings() {
			if string(f.Kind) == values[label] && f.Confidence != Low {
				return
			}
		}
		t.Fatalf("%q gives %q", before+label+"\n"+after, written(d.Findings()))
	})
}

// TestHugeLine: a line of megabytes costs no more than its length.
func TestHugeLine(t *testing.T) {
	for _, sep := range []byte{0, ','} {
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte(strings.Repeat("個人番号,123456789018,電話,氏名 taro@example.jp,", 100_000)), Sep: sep})
		if got := written(d.Findings()); got != "individual_number/high=1 email/high=1" {
			t.Errorf("separator %q: %q", sep, got)
		}
	}
}

// TestLongLineOfLabels: what looks ahead from a word looks ahead a little only;
// a search to the end of the line would take minutes here.
func TestLongLineOfLabels(t *testing.T) {
	for _, text := range []string{"パスワード:a1", "氏名：", "日生", "甲府市1-", "予定価格"} {
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte(strings.Repeat(text, 1<<20/len(text)))})
		for _, f := range d.Findings() {
			if f.Count > 2 {
				t.Errorf("%q again and again gives %+v", text, f)
			}
		}
	}
}

// TestCountsDistinct: the same value in two places counts once, with the
// better confidence.
func TestCountsDistinct(t *testing.T) {
	d := Standard().NewDocument()
	d.Add(Block{Text: []byte("123456789018\n")})
	d.Add(Block{Text: []byte("個人番号,電話\n1234 5678 9018,090-1000-0001\n,090 1000 0001\n"), Sep: ','})
	if got := written(d.Findings()); got != "individual_number/high=1 phone/high=1" {
		t.Errorf("got %q", got)
	}
}

func TestNothingFoundIsNoNil(t *testing.T) {
	if found := Standard().NewDocument().Findings(); found == nil || len(found) != 0 {
		t.Errorf("got %v, want an empty list", found)
	}
}

// TestRulesAreSound: each rule names its source, and no word says two things.
func TestRulesAreSound(t *testing.T) {
	for _, r := range standardRules() {
		if r.Source == "" || r.digits == nil && r.at == nil && r.joined == nil && r.word == nil && r.cell == nil {
			t.Errorf("%s has no source or no matcher", r.Kind)
		}
		seen := map[string]bool{}
		for _, list := range [][]string{r.Names, r.Hints, r.Denies, r.Cues} {
			for _, w := range list {
				if seen[string(lowerAll(w))] {
					t.Errorf("%s: %q stands twice", r.Kind, w)
				}
				seen[string(lowerAll(w))] = true
			}
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add([]byte("個人番号 123456789018\n電話 03-2345-6789 taro@example.jp\n"), byte(0))
	f.Add([]byte("氏名,個人番号\n\"あ\n\",1,2,3,4,5,6,7,8,9,0,1,8\n"), byte(','))
	f.Add([]byte("山田 太郎様 甲府市丸の内一丁目18番1号 昭和六十三年一月二日生 S63.1.2 P<UTO 口座（普）1234567 TR1234567 AB12345678CD"), byte(0))
	f.Add([]byte("氏名,ﾌﾘｶﾞﾅ,障害等級,パスワード\n髙橋𠮷子,ﾀｶﾊｼ ﾖｼｺ,2級,Xy12\n【部外秘】\n-----BEGIN PRIVATE KEY-----\n"), byte(','))
	f.Add([]byte("+81 (0)90-1234-5678 ０９０－１２３４－５６７８ ａ＠ｂ．ｊｐ ℡ ☎"), byte(Cell))
	e := Standard()
	f.Fuzz(func(t *testing.T, text []byte, sep byte) {
		d := e.NewDocument()
		d.Add(Block{Text: text, Sep: sep})
		d.Add(Block{Text: text, Sep: sep, Continues: true})
		for _, found := range d.Findings() {
			if found.Count <= 0 || found.Count > len(text) {
				t.Errorf("%+v in %d bytes", found, len(text))
			}
		}
	})
}
