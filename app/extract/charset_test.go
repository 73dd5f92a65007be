package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"daicho/app/extract/charset"
)

var encodings = map[string]encoding.Encoding{
	"UTF-8":       encoding.Nop,
	"UTF-8 BOM":   unicode.UTF8BOM,
	"CP932":       japanese.ShiftJIS,
	"EUC-JP":      japanese.EUCJP,
	"ISO-2022-JP": japanese.ISO2022JP,
	"UTF-16LE":    unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"UTF-16BE":    unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"no BOM LE":   unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"no BOM BE":   unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

// samples are short and hard: few characters to judge by.
var charsetSamples = map[string]string{
	"prose":        "令和8年度の事業について、下記のとおり報告します。\r\n担当は情報課です。\r\n",
	"header":       "氏名,住所,電話\r\n葉月 見本,本町1-2-3,055-200-9001\r\n",
	"kanji only":   "受付番号,氏名,生年月日\n1,山田太郎,昭和五十年\n",
	"mostly ASCII": strings.Repeat("2026-04-01 08:00:00 INFO service started ok\n", 50) + "エラー: 接続できません\n",
	"katakana":     "フリガナ\tメール\nハヅキ ミホン\ta@example.jp\nミナセ レイ\tb@example.jp\n",
	"one word":     "個人番号\n",
	"mixed widths": "ＡＢＣ１２３ カタカナ ひらがな 漢字\n",
}

func TestCharsets(t *testing.T) {
	for name, e := range encodings {
		for sample, text := range charsetSamples {
			t.Run(name+"/"+sample, func(t *testing.T) {
				raw, err := e.NewEncoder().String(text)
				if err != nil {
					t.Fatal(err)
				}
				if strings.HasPrefix(name, "no BOM") && sample != "mostly ASCII" && !strings.ContainsAny(text, " ,") {
					return // nothing in it tells UTF-16 from binary data
				}
				r := told(t, "a.txt", []byte(raw))
				if got := r.text["a.txt"]; got != text {
					t.Errorf("read %q\nwant %q", got, text)
				}
			})
		}
	}
}

// TestOnlyCP932 reads what other decoders of Shift_JIS lose.
func TestOnlyCP932(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"extensions": {"\xfb\xfc\xed\x95 \x87\x40 \x87\x8a \x81\x60", "髙﨑 ① ㈱ ～"},
		"half width": {"\xcc\xd8\xb6\xde\xc5: \xd4\xcf\xc0\xde \xc0\xdb\xb3\n\xb7\xd1\xd7 \xbc\xde\xdb\xb3\n", "ﾌﾘｶﾞﾅ: ﾔﾏﾀﾞ ﾀﾛｳ\nｷﾑﾗ ｼﾞﾛｳ\n"},
		"lone byte":  {"\x82\xa0\x82\xa2\x82\xa4" + strings.Repeat("\x82\xa8", 60) + "\x82", "あいう" + strings.Repeat("お", 60) + "\uFFFD"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := told(t, "a.txt", []byte(c.raw)).text["a.txt"]; got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
		})
	}
}

func TestUnknownCharset(t *testing.T) {
	r := told(t, "a.txt", []byte("caf\xe9 cr\xe8me na\xefve 090-1000-0001\n"))
	r.want(t, "a.txt", Text, ProtectNone, Partial, ReasonCharset)
	if got := r.text["a.txt"]; !strings.Contains(got, "090-1000-0001") {
		t.Errorf("ASCII in it was not read: %q", got)
	}
}

func TestDamagedUTF8StaysUTF8(t *testing.T) {
	text := strings.Repeat("個人番号の記載があります。\n", 40) + "\xe5\x80\n"
	r := told(t, "a.txt", []byte(text))
	if !strings.HasPrefix(r.text["a.txt"], "個人番号の記載") {
		t.Errorf("read as another charset: %q", r.text["a.txt"][:40])
	}
}

func TestCharsetChangesInTheFile(t *testing.T) {
	line := strings.Repeat("記録 障害の報告\n", 30000)
	sjis, err := japanese.ShiftJIS.NewEncoder().String(line)
	if err != nil {
		t.Fatal(err)
	}
	r := told(t, "a.log", []byte(line+sjis))
	if got := strings.Count(r.text["a.log"], "障害の報告"); got < 59900 {
		t.Errorf("%d of 60000 lines were read", got)
	}
}

// TestCharsetsOfAnyProse: what a person writes comes back, whatever the charset.
func TestCharsetsOfAnyProse(t *testing.T) {
	letters := []rune("あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん" +
		"アイウエオカキクケコサシスセソタチツテトガギグゲゴ一右雨円王音下火花貝学気九休玉金空月犬見五口校左三山子四糸字耳七車手十出女小上森人水正生青夕石赤千川先早草足村大男竹中虫町天田土二日入年白八百文木本名目立力林六")
	names := []string{"CP932", "EUC-JP", "ISO-2022-JP", "UTF-8"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(letters), 20, 200, -1).Draw(t, "text") + "\n"
		name := rapid.SampledFrom(names).Draw(t, "charset")
		raw, err := encodings[name].NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(new(charset.Decoder).Decode(nil, []byte(raw))); got != text {
			t.Fatalf("%s: read %q, want %q", name, got, text)
		}
	})
}

func FuzzCharset(f *testing.F) {
	for _, e := range encodings {
		for _, s := range charsetSamples {
			if raw, err := e.NewEncoder().Bytes([]byte(s)); err == nil {
				f.Add(raw)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzed(t, "a.csv", data)
		told(t, "a.html", append([]byte("<html>"), data...))
	})
}

// TestCharsetTurnsToEUC: what follows CP932 is not read as half-width katakana because
// every byte of it is one; a short stretch of such katakana stays what it is.
func TestCharsetTurnsToEUC(t *testing.T) {
	names := strings.Repeat("山田太郎,甲府市本町\n", 60)
	sjis, euc := japanese.ShiftJIS.NewEncoder(), japanese.EUCJP.NewEncoder()
	for name, c := range map[string]struct{ before, text string }{
		"names":           {names, names},
		"with ASCII":      {names, strings.Repeat("1,山田太郎,2026-04-01\n", 30)},
		"behind katakana": {strings.Repeat("ｻﾄ,ﾊﾅ,ﾀﾅｶ\n", 60), names},
	} {
		first, err := sjis.String(c.before)
		second, wrong := euc.String(c.text)
		if err != nil || wrong != nil {
			t.Fatal(err, wrong)
		}
		var d charset.Decoder
		if got := string(d.Decode(d.Decode(nil, []byte(first)), []byte(second))); got != c.before+c.text {
			t.Errorf("%s: read %q", name, got[len(c.before):])
		}
	}
	for _, last := range []string{"ｻﾄ,ﾊﾅ\n", "ｷｸ\n"} {
		raw, err := sjis.String(names + last)
		if err != nil {
			t.Fatal(err)
		}
		var d charset.Decoder
		at := len(raw) - utf8.RuneCountInString(last)
		if got := string(d.Decode(d.Decode(nil, []byte(raw[:at])), []byte(raw[at:]))); got != names+last {
			t.Errorf("%q read as %q", last, got[len(names):])
		}
	}
}

// TestDamagedUTF8IsValid: half a character does not swallow the digits behind it.
func TestDamagedUTF8IsValid(t *testing.T) {
	text := strings.Repeat("個人番号の記載があります。\n", 40)
	for raw, want := range map[string]string{"\xe5090-1000-0001\n": "\uFFFD090-1000-0001\n", "\xe5\x80090-1000-0001\n": "\uFFFD090-1000-0001\n", "a\xe5\n012\n": "a\uFFFD\n012\n"} {
		if got := told(t, "a.txt", []byte(text+raw)).text["a.txt"]; got != text+want {
			t.Errorf("%q is read as %q", raw, strings.TrimPrefix(got, text))
		}
	}
}
