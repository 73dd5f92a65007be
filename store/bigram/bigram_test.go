package bigram

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	_ "modernc.org/sqlite"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"ＡＢＣ　１２３", "abc 123"},
		{"ｻｰﾊﾞｰ", "さーばー"},
		{"ｶﾞｷﾞ ﾊﾟ", "がぎ ぱ"},
		{"か\u3099", "が"},
		{"サ－バ・メ-ル", "さーば・めーる"},
		{"2－3", "2-3"},
		{"霞ヶ関", "霞け関"},
		{"一ヵ月", "一か月"},
		{"齊藤 齋藤 斎藤", "斉藤 斉藤 斉藤"},
		{"渡邊 渡邉", "渡辺 渡辺"},
		{"髙﨑 𠮷野 𣘺本", "高崎 吉野 橋本"},
		{"㈱①㌔", "(株)1きろ"},
		{"スイ－ツ え〜 え～ 10〜12 10～12", "すいーつ えー えー 10-12 10-12"},
		{"２ー３―１ 山ー川", "2-3-1 山-川"},
		{"㌢━", "せんちー"},
		{"キャッチ ｷｬｯﾁ よつて", "きやつち きやつち よつて"},
		{"葛\U000e0100城 辻\ufe00 障\u200b害 ﾊ\u200dﾟ", "葛城 辻 障害 ぱ"},
		{"か゛ は゜ カ゛ ホ\u309a", "が ぱ が ぽ"},
		{"佐〻木 佐々木 いすゞ", "佐々木 佐々木 いすゞ"},
		{"鹼 剝 頰 𠮟 囊 噓 驒", "鹸 剥 頬 叱 嚢 嘘 騨"},
		{"⻑野⼾倉", "長野戸倉"},
		{"龜 舍 敕 鬭 舖 祿 聰 晉 穰", "亀 舎 勅 闘 舗 禄 聡 晋 穣"},
		{"ㇷ゚", "ぷ"},
		{"神", "神"},
		{"ヴァ ヽ", "ゔあ ゝ"},
		{"Straße É", "straße é"},
		{"\xff", "\ufffd"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestFormsAreOneStep(t *testing.T) {
	for old, today := range variants() {
		if _, again := variants()[today]; again || norm.NFKC.String(string(old)) != string(old) || old == today {
			t.Errorf("%c → %c: not one step, or done by NFKC already", old, today)
		}
	}
	if n := len(variants()); n < 450 {
		t.Errorf("only %d forms", n)
	}
}

// letters is text as it comes: kana in every width, dashes, old kanji, planes
// above the first, combining marks, punctuation, broken bytes.
func letters() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom(strings.Split("障|害|対|応|サ|ー|バ|ｻ|ｰ|ﾊﾞ|ﾞ|－|-|か|\u3099|齋|斎|髙|𠮷|🚨|A|a|Ｂ|0|1|１|.|、|。| |　|\n|ヶ|ヵ|ヷ|㈱|İ|H\u0331|\u200b|\U000e0100|゛|゜|～|─|っ|ㇷ|⻑|é|ß|々|〇|・|\"|*|\x00|\xff", "|")),
		rapid.StringN(0, 3, -1),
	)
}

func texts(max int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(letters(), 0, max).Draw(t, "letters"), "")
	})
}

func TestFoldTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := texts(20).Draw(t, "text")
		if once, twice := Fold(s), Fold(Fold(s)); once != twice {
			t.Fatalf("%q folds to %q, then to %q", s, once, twice)
		}
	})
}

// open gives an empty table t(id, body) with its index f.
func open(t testing.TB) *sql.DB {
	t.Helper()
	if err := Register(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec("CREATE VIRTUAL TABLE f USING fts5(body, tokenize='" + Name + "')"); err != nil {
		t.Fatal(err)
	}
	return db
}

func put(t interface{ Fatal(...any) }, db *sql.DB, bodies ...string) {
	for i, b := range bodies {
		if _, err := db.Exec("INSERT INTO f(rowid, body) VALUES(?, ?)", i+1, []byte(b)); err != nil {
			t.Fatal(err)
		}
	}
}

// hits are the rows found, as "1 2 5".
func hits(t interface{ Fatal(...any) }, db *sql.DB, match string) string {
	rows, err := db.Query("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid", match)
	if err != nil {
		t.Fatal(match, err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, fmt.Sprint(id))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(match, err)
	}
	return strings.Join(ids, " ")
}

func TestSearch(t *testing.T) {
	db := open(t)
	put(t, db,
		"庁内サーバの障害に対応した",
		"サーバー室の入退室（ＩＣカード）",
		"東京都 第14回 再発防止会議",
		"齋藤さんのPC-9801が故障",
		"𠮷野家 10.0.0.12 に接続",
		"害",
		"コピー機")
	for _, c := range []struct{ words, query, want string }{
		{"障害", `"障害"`, "1"},
		{"害", `"害"*`, "1 6"},
		{"障", `"障"*`, "1 4"},
		{"京都", `"京都"`, "3"},
		{"サーバー", `"さーば"`, "1 2"},
		{"ｻｰﾊﾞ", `"さーば"`, "1 2"},
		{"サーバー室", `"さーばー室"`, "2"},
		{"コピー", `"こぴー"`, "7"},
		{"icカード", `"icかーど"`, "2"},
		{"c", `"c"*`, "2 4"},
		{"第1", `"第1"`, "3"},
		{"4回", `"4回"`, "3"},
		{"980", `"980"`, "4"},
		{"pc-9", `"pc 9"*`, "4"},
		{"斉藤", `"斉藤"`, "4"},
		{"吉野", `"吉野"`, "5"},
		{"0.0.1", `"0 0 1"*`, "5"},
		{"0.0.12", `"0 0 12"`, "5"},
		{"障害 サーバ", `"障害" "さーば"`, "1"},
		{`"第14回 再発"`, `"第14回 再発"`, "3"},
		{"東京都　会議", `"東京都" "会議"`, "3"},
		{"防止京", `"防止京"`, ""},
	} {
		got := Query(c.words)
		if got != c.query {
			t.Errorf("Query(%q) = %s, want %s", c.words, got, c.query)
		}
		if h := hits(t, db, got); h != c.want {
			t.Errorf("%q found rows %q, want %q", c.words, h, c.want)
		}
	}
	for _, nothing := range []string{"", "  　", "。、", `"`, `""`, "- *", "\x00"} {
		if got := Query(nothing); got != "" {
			t.Errorf("Query(%q) = %s, want nothing", nothing, got)
		}
	}
}

func TestSnippet(t *testing.T) {
	db := open(t)
	put(t, db, "庁内ｻｰﾊﾞｰの障害、㈱台帳へ連絡")
	for words, want := range map[string]string{
		"サーバー": "庁内[ｻｰﾊﾞ]ｰの障害、㈱台帳へ連絡",
		"障害":   "庁内ｻｰﾊﾞｰの[障害]、㈱台帳へ連絡",
		"株":    "庁内ｻｰﾊﾞｰの障害、[㈱]台帳へ連絡",
	} {
		var got string
		err := db.QueryRow("SELECT highlight(f, 0, '[', ']') FROM f WHERE f MATCH ?", Query(words)).Scan(&got)
		if err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", words, got, err, want)
		}
	}
}

// TestRecall compares with brute force: whatever contains the folded word is found.
func TestRecall(t *testing.T) {
	db := open(t)
	rapid.Check(t, func(t *rapid.T) {
		if _, err := db.Exec("DELETE FROM f"); err != nil {
			t.Fatal(err)
		}
		bodies := rapid.SliceOfN(texts(30), 1, 5).Draw(t, "bodies")
		put(t, db, bodies...)
		from := Fold(rapid.SampledFrom(bodies).Draw(t, "from"))
		word := cut(t, from)
		q := Query(strings.ReplaceAll(word, `"`, "."))
		if q == "" || strings.ContainsFunc(word, func(r rune) bool { return r == ' ' || r == '\n' }) {
			return
		}
		found := " " + hits(t, db, q) + " "
		for i, b := range bodies {
			if strings.Contains(Fold(b), Fold(word)) && !strings.Contains(found, fmt.Sprintf(" %d ", i+1)) {
				t.Fatalf("%q contains %q, but %s found%s", b, word, q, found)
			}
		}
	})
}

// TestRawRecall holds what a person expects: a part of a text, as it stands there,
// finds the text.
func TestRawRecall(t *testing.T) {
	db := open(t)
	rapid.Check(t, func(t *rapid.T) {
		if _, err := db.Exec("DELETE FROM f"); err != nil {
			t.Fatal(err)
		}
		body := rapid.StringOfN(rapid.RuneFrom([]rune("障害対応サーバ－-ヶ髙𠮷Aa0１.、々")), 1, 30, -1).Draw(t, "body")
		put(t, db, body)
		if q := Query(cut(t, body)); q != "" && hits(t, db, q) != "1" {
			t.Fatalf("%q not found by %s", body, q)
		}
	})
}

// cut draws a part of s of 0 to 6 characters.
func cut(t *rapid.T, s string) string {
	rs := []rune(s)
	from := rapid.IntRange(0, len(rs)).Draw(t, "cut")
	n := rapid.IntRange(0, min(6, len(rs)-from)).Draw(t, "length")
	return string(rs[from : from+n])
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "障害", "a", "ｶﾞ。b", "\xff\xfe", "か\u3099\u3099"} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, b []byte, search bool) {
		before := 0
		tokens(b, search, func(token []byte, from, to int) int32 {
			if n := utf8.RuneCount(token); n < 1 || n > 2 || !utf8.Valid(token) {
				t.Fatalf("token %q", token)
			}
			if from < before || to <= from || to > len(b) {
				t.Fatalf("token %q at %d to %d after %d of %d bytes", token, from, to, before, len(b))
			}
			before = from
			return 0
		})
	})
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{"障害", `"a b" c`, "サーバー", `'";--`, "\x00", "NEAR(a b)", "body : x OR y"} {
		f.Add(s)
	}
	db := open(f)
	put(f, db, "障害 a b c")
	f.Fuzz(func(t *testing.T, words string) {
		if q := Query(words); q != "" {
			hits(t, db, q)
		}
	})
}

func BenchmarkTokens(b *testing.B) {
	text := []byte(strings.Repeat("庁内サーバーの障害に対応した。第14回再発防止会議（ＩＣカード）", 5))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		tokens(text, false, func([]byte, int, int) int32 { return 0 })
	}
}

// TestNumber: the longest number of a search, where it is not all of it.
func TestNumber(t *testing.T) {
	for search, want := range map[string]string{
		"整理番号ア00007号": `"00007"`, "R8情第１２３号 写し": `"123"`, "2026-004129": `"004129"`,
		"00007": "", "第12号": "", "監視 手順": "", "": "",
	} {
		if got := Number(search); got != want {
			t.Errorf("%s: %s, want %s", search, got, want)
		}
	}
}
