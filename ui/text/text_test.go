package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"daicho/app"
	"daicho/app/civil"
)

// keys reads the constants of type Key: name and Japanese text.
func keys(t *testing.T) map[string]Key {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Key{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if typ, ok := v.Type.(*ast.Ident); !ok || typ.Name != "Key" {
				return true
			}
			s, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out[v.Names[0].Name] = Key(s)
			return true
		})
	}
	return out
}

var verb = regexp.MustCompile(`%(\[\d\])?[sd]`)

func TestEveryKeyHasBothLanguages(t *testing.T) {
	all := keys(t)
	for name, k := range all {
		en, ok := english[k]
		if !ok || en == "" || k == "" {
			t.Errorf("%s (%s) has no English", name, k)
		}
		if len(verb.FindAllString(string(k), -1)) != len(verb.FindAllString(en, -1)) {
			t.Errorf("%s: %q and %q take other arguments", name, k, en)
		}
		if hasJapanese(en) {
			t.Errorf("%s: the English text is Japanese: %q", name, en)
		}
	}
	if len(english) != len(all) {
		t.Errorf("%d keys, %d in English", len(all), len(english))
	}
}

// hasJapanese reports kana or kanji; glyphs like ○ △ × belong to no language.
func hasJapanese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han)
	})
}

func TestMoments(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 2, 0, 0, time.FixedZone("JST", 9*3600))
	at := func(y int, m time.Month, d, h, min int) app.Stamp {
		return app.StampOf(time.Date(y, m, d, h, min, 0, 0, now.Location()))
	}
	for _, c := range []struct {
		at     app.Stamp
		ja, en string
	}{
		{0, "", ""},
		{at(2026, 11, 20, 8, 30), "8:30", "8:30"},
		{at(2026, 4, 1, 9, 0), "4/1 9:00", "2026-04-01 09:00"},
		{at(2026, 3, 31, 17, 15), "R8.3.31 17:15", "2026-03-31 17:15"},
	} {
		if got := New(app.JA).Moment(c.at, now); got != c.ja {
			t.Errorf("ja %q, want %q", got, c.ja)
		}
		if got := New(app.EN).Moment(c.at, now); got != c.en {
			t.Errorf("en %q, want %q", got, c.en)
		}
	}
	if got := New(app.JA).Today(now); got != "令和8年11月20日（金）14:02" {
		t.Error(got)
	}
	if got := New(app.EN).Today(now); got != "2026-11-20 Fri 14:02" {
		t.Error(got)
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0件", 999: "999件", 1134: "1,134件", 20000: "20,000件", 1234567: "1,234,567件"} {
		if got := New(app.JA).Count(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	for n, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1 KB", 3_565_158: "3.4 MB", 13_421_772_800: "12.5 GB"} {
		if got := Size(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestSpans(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		-time.Second:                 {"0秒", "0 s"},
		time.Millisecond:             {"1秒", "1 s"},
		59*time.Second + 1:           {"60秒", "60 s"},
		time.Minute:                  {"1分", "1 min"},
		15 * time.Minute:             {"15分", "15 min"},
		15*time.Minute + time.Second: {"16分", "16 min"},
	} {
		if ja, en := New(app.JA).Span(d), New(app.EN).Span(d); ja != want[0] || en != want[1] {
			t.Errorf("%v: %q, %q", d, ja, en)
		}
	}
	if got := New(app.JA).Clock(time.Date(2026, 11, 20, 5, 2, 7, 0, time.UTC)); got != "14:02:07" {
		t.Error(got)
	}
}

func TestMonths(t *testing.T) {
	d := civil.Date{Year: 2026, Month: 11, Day: 20}
	if ja, short, en := New(app.JA).Month(d, true), New(app.JA).Month(d, false), New(app.EN).Month(d, true); ja != "令和8年11月" || short != "11月" || en != "2026-11" {
		t.Error(ja, short, en)
	}
}

func TestClockTimes(t *testing.T) {
	for d, want := range map[time.Duration][3]string{ // left, took, about
		-time.Minute:                                {"0:00", "0秒", "0秒"},
		59 * time.Second:                            {"0:00", "59秒", "59秒"},
		72 * time.Second:                            {"0:01", "1分12秒", "2分"},
		41*time.Minute + 59*time.Second:             {"0:41", "41分59秒", "42分"},
		80 * time.Minute:                            {"1:20", "1時間20分", "1時間20分"},
		47*time.Hour + 59*time.Minute:               {"47:59", "47時間59分", "47時間59分"},
		71*time.Hour + 59*time.Minute + time.Second: {"2日", "71時間59分", "71時間59分"},
	} {
		w := New(app.JA)
		if got := [3]string{w.Left(d), w.Took(d), w.About(d)}; got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestErrorSpeaksTheLanguage(t *testing.T) {
	err := app.Refuse(app.Invalid, "title", "件名を入力してください。", "give a title")
	if New(app.JA).Error(err) != "件名を入力してください。" || New(app.EN).Error(err) != "Give a title." {
		t.Error("a refusal must be said in the language of the window")
	}
}

func TestSentences(t *testing.T) {
	l := app.Label{JA: "もう一度入力してください。", EN: "état unknown; try again"}
	if got := New(app.EN).Sentence(l); got != "État unknown; try again." {
		t.Errorf("got %q", got)
	}
	if got := New(app.JA).Sentence(l); got != l.JA {
		t.Errorf("got %q", got)
	}
	if got := New(app.EN).Sentence(app.Label{}); got != "" {
		t.Errorf("nothing became %q", got)
	}
}
