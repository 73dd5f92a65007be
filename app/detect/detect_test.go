package detect

import (
	"fmt"
	"strings"
	"testing"
)

// findingsIn writes the findings of a text as "kind/confidence=count" words.
func findingsIn(t *testing.T, text string, sep byte) string {
	t.Helper()
	d := Standard().NewDocument()
	d.Add(Block{Text: []byte(text), Sep: sep})
	return written(d.Findings())
}

func written(found []Finding) string {
	var out []string
	for _, f := range found {
		out = append(out, fmt.Sprintf("%s/%s=%d", f.Kind, f.Confidence, f.Count))
	}
	return strings.Join(out, " ")
}

func TestProse(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":                   {"障害の報告です。特になし。", ""},
		"bare number":               {"123456789018", "individual_number/low=1"},
		"leading zero":              {"023456789013", "individual_number/low=1"},
		"wrong check digit":         {"個人番号 123456789017", ""},
		"label beside":              {"個人番号：123456789018", "individual_number/high=1"},
		"katakana label":            {"マイナンバーは123456789018です", "individual_number/high=1"},
		"card is a longer word":     {"個人番号カードの番号 123456789018", "individual_number/high=1"},
		"full width":                {"個人番号　１２３４５６７８９０１８", "individual_number/high=1"},
		"full width in groups":      {"個人番号 １２３４－５６７８－９０１８", "individual_number/high=1"},
		"groups with hyphens":       {"マイナンバー 1234-5678-9018", "individual_number/high=1"},
		"groups with spaces":        {"マイナンバー 1234 5678 9018", "individual_number/high=1"},
		"long vowel as a hyphen":    {"マイナンバー １２３４ー５６７８ー９０１８", "individual_number/high=1"},
		"kanji one as a hyphen":     {"マイナンバー １２３４一５６７８一９０１８", "individual_number/high=1"},
		"twelve spaced digits":      {"マイナンバー 1 2 3 4 5 6 7 8 9 0 1 8", "individual_number/high=1"},
		"label on the line above":   {"個人番号\n123456789018", "individual_number/high=1"},
		"label two lines above":     {"個人番号\nあ\n123456789018", "individual_number/medium=1"},
		"label three lines above":   {"個人番号\nあ\nい\nう\n123456789018", "individual_number/low=1"},
		"hints are not names":       {"氏名 山田 住所 葉月市 123456789018", "individual_number/low=1 person_name/medium=1"},
		"slip number":               {"伝票番号 123456789018", ""},
		"order number":              {"注文番号：123456789018", ""},
		"nearer word wins":          {"伝票番号 55、個人番号 123456789018", "individual_number/high=1"},
		"nearer word wins, denying": {"個人番号ではなく伝票番号 123456789018", ""},
		"corporate number":          {"法人番号 7000012050002", ""},
		"card number":               {"4111 1111 1111 1111", ""},
		"thirteen digits":           {"個人番号 1234567890180", ""},
		"inside a code":             {"個人番号 A123456789018", ""},
		"uuid":                      {"個人番号 0f8fad5b-d9cb-469f-a165-123456789018", ""},
		"amount":                    {"個人番号 123456789018円", ""},
		"decimal":                   {"個人番号 0.123456789018", ""},
		"all equal":                 {"個人番号 000000000000", ""},
		"same value twice":          {"個人番号 123456789018 と 1234-5678-9018", "individual_number/high=1"},
		"several bare ones":         {"123456789018\n023456789013\n" + numbers(3), "individual_number/high=5"},
		"mobile":                    {"090-1234-5678", "phone/high=1"},
		"mobile, bare":              {"09012345678", "phone/medium=1"},
		"mobile, full width":        {"０９０－１２３４－５６７８", "phone/high=1"},
		"ip phone":                  {"050-1234-5678", "phone/high=1"},
		"fixed, two":                {"03-2345-6789", "phone/medium=1"},
		"fixed with a label":        {"TEL03-2345-6789", "phone/high=1"},
		"fixed with parentheses":    {"(055)234-5678", "phone/medium=1"},
		"fixed, 03(2345)6789":       {"電話 03(2345)6789", "phone/high=1"},
		"fixed, four":               {"電話：0551-23-4567", "phone/high=1"},
		"fixed, five":               {"電話：04992-2-3456", "phone/high=1"},
		"fixed, bare":               {"0552345678", "phone/low=1"},
		"fixed, bare with a label":  {"電話番号 0552345678", "phone/high=1"},
		"international":             {"+81-90-1234-5678", "phone/high=1"},
		"international, together":   {"+819012345678", "phone/high=1"},
		"international with (0)":    {"+81 (0)55 234 5678", "phone/high=1"},
		"the same in two writings":  {"+81-90-1234-5678 090-1234-5678", "phone/high=1"},
		"freephone":                 {"電話 0120-123-456 0800-123-4567", ""},
		"no such area":              {"電話 00-1234-5678", ""},
		"exchange begins with 1":    {"電話 03-1234-5678", "phone/high=1"},
		"the same, bare":            {"03-1234-5678", ""},
		"postal code":               {"〒400-0001", ""},
		"date":                      {"2026-11-22 10:00", ""},
		"phone then another":        {"03-2345-6789 090-1234-5678", "phone/high=2"},
		"e-mail":                    {"taro@example.jp", "email/high=1"},
		"e-mail in prose":           {"連絡はtaro.yamada@mail.example.jpまで。", "email/high=1"},
		"e-mail, full width":        {"ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "email/high=1"},
		"e-mail, both widths":       {"ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ TARO@example.jp", "email/high=1"},
		"e-mail at the end":         {"<taro@example.jp>.", "email/high=1"},
		"not e-mail: git":           {"ssh://git@example.com/x", ""},
		"not e-mail: picture":       {"icon@2x.png", ""},
		"not e-mail: unit":          {"getty@tty1.service", ""},
		"not e-mail: version":       {"module@v1.2.3", ""},
		"not e-mail: message id":    {"Message-ID: <x1@example.jp>", "email/low=1"},
		"not e-mail: no dot":        {"root@localhost", ""},
		"strange top-level domain":  {"taro@example.museum", "email/medium=1"},
		"word inside a longer":      {"mailing 123", ""},
		"time stamp":                {"202611221013", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := findingsIn(t, c.text, 0); got != c.want {
				t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

// numbers makes n different valid individual numbers, one a line.
func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		eleven := fmt.Sprintf("%011d", 31415926535+int64(i)*7919)
		fmt.Fprintf(&b, "%s%c\n", eleven, individualCheck([]byte(eleven)))
	}
	return b.String()
}

func TestTables(t *testing.T) {
	five := strings.Split(strings.TrimSpace(numbers(5)), "\n")
	for name, c := range map[string]struct {
		text string
		sep  byte
		want string
	}{
		"header":                  {"氏名,個人番号\n架空 太郎,123456789018\n", ',', "individual_number/high=1 person_name/high=1"},
		"header, tabs":            {"氏名\t個人番号\n架空 太郎\t123456789018\n", '\t', "individual_number/high=1 person_name/high=1"},
		"header denies":           {"氏名,伝票番号\n架空 太郎,123456789018\n", ',', "person_name/medium=1"},
		"header of another":       {"個人番号,伝票番号\n,123456789018\n", ',', ""},
		"header with both":        {"個人番号又は法人番号\n123456789018\n", ',', "individual_number/high=1"},
		"number, then a phone":    {"個人番号,123456789018,090-1234-5678\n", ',', "individual_number/high=1 phone/high=1"},
		"left cell":               {"個人番号,123456789018\n", ',', "individual_number/high=1"},
		"lost leading zero":       {"個人番号\n23456789013\n", ',', "individual_number/high=1"},
		"lost zero, text around":  {"個人番号\n23456789013号\n", ',', ""},
		"boxes":                   {"個人番号,1,2,3,4,5,6,7,8,9,0,1,8\n", ',', "individual_number/high=1"},
		"boxes without a word":    {"1,2,3,4,5,6,7,8,9,0,1,8\n", ',', ""},
		"column of valid":         {"番号\n" + strings.Join(five, "\n"), ',', "individual_number/high=5"},
		"one valid of many":       {"番号\n123456789018\n" + strings.Repeat("123456789017\n", 20), ',', ""},
		"header, hardly any fits": {"個人番号\n123456789018\n" + strings.Repeat("123456789017\n", 20), ',', "individual_number/low=1"},
		"quoted cells":            {"\"氏名\",\"個人番号\"\n\"架空, 太郎\",\"123456789018\"\n", ',', "individual_number/high=1"},
		"newline in a cell":       {"\"氏名\n(漢字)\",個人番号\n\"架空\n太郎\",123456789018\n", ',', "individual_number/high=1"},
		"title row":               {"マイナンバー一覧,,\n番号,名称,数\n123456789018,あ,3\n", ',', "individual_number/medium=1"},
		"phone column":            {"氏名,電話\nあ,0552345678\n", ',', "phone/high=1"},
		"eleven digits, not zero": {"電話\n19012345678\n", ',', ""},
		"three kinds":             {"氏名;マイナンバー;電話;メール\nあ;123456789018;090-1234-5678;a@example.jp\n", ';', "individual_number/high=1 email/high=1 phone/high=1"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := findingsIn(t, c.text, c.sep), sorted(c.want); got != want {
				t.Errorf("%q\n got %q\nwant %q", c.text, got, want)
			}
		})
	}
}

// sorted puts wanted words in the order of the engine's kinds.
func sorted(want string) string {
	var out []string
	for _, k := range Standard().Kinds() {
		for _, w := range strings.Fields(want) {
			if strings.HasPrefix(w, string(k)+"/") {
				out = append(out, w)
			}
		}
	}
	return strings.Join(out, " ")
}
