package charset

import (
	"testing"

	"golang.org/x/text/encoding/japanese"
	"pgregory.net/rapid"
)

// What mail programs send as ISO-2022-JP beyond RFC 1468.
func TestISO2022(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"plain":              {"\x1b$B7oL>\x1b(B abc", "件名 abc"},
		"NEC row 13":         {"\x1b$B-!-j\x1b(B", "①㈱"},
		"IBM by NEC":         {"\x1b$B|b\x1b(B", "髙"},
		"half-width":         {"\x1b(I6^2@\x1b(B", "ｶﾞｲﾀ"},
		"half-width by SO":   {"\x0e6^\x0fa", "ｶﾞa"},
		"half-width in JIS8": {"\x1b$B7o\x1b(B\xb6\xde", "件ｶﾞ"},
		"1978":               {"\x1b$@7o\x1b(J a", "件 a"},
		"JIS X 0212":         {"\x1b$(D\x30\x21\x1b(B", "丂"},
		"never closed":       {"\x1b$B7oL>\nabc", "件名\nabc"},
		"half a character":   {"\x1b$B7oL\x1b(B", "件\uFFFD"},
		"lying space":        {"\x1b$B7o L>\x1b(B", "件 名"},
		"UTF-8 between":      {"\x1b$B7o\x1b(B名", "件名"},
		"escape of nobody":   {"\x1b[0mabc\x1b$B7o\x1b(B", "[0mabc件"},
	} {
		if got := string(appendISO2022(nil, []byte(c.raw))); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Every pair of JIS X 0208 reads as x/text reads it, which has the table of WHATWG.
func TestISO2022IsThatOfTheStandard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row, cell := rapid.ByteRange(0x21, 0x7e).Draw(t, "row"), rapid.ByteRange(0x21, 0x7e).Draw(t, "cell")
		raw := []byte{0x1b, '$', 'B', row, cell, 0x1b, '(', 'B'}
		want, err := japanese.ISO2022JP.NewDecoder().Bytes(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(appendISO2022(nil, raw)); got != string(want) && string(want) != "\uFFFD" {
			t.Fatalf("%x: %q, want %q", raw, got, want)
		}
	})
}

func TestText(t *testing.T) {
	for name, c := range map[string]struct{ label, raw, want string }{
		"as it says":              {"Shift_JIS", "\x8c\x8f\x96\xbc", "件名"},
		"Shift_JIS as UTF-8":      {"utf-8", "\x8c\x8f\x96\xbc\x82\xc5\x82\xb7", "件名です"},
		"UTF-8 as Shift_JIS":      {"shift_jis", "件名です", "件名です"},
		"UTF-8 as EUC-JP":         {"x-euc-jp", "件名です", "件名です"},
		"ISO-2022-JP as UTF-8":    {"utf-8", "\x1b$B7oL>\x1b(B", "件名"},
		"ISO-2022-JP as nothing":  {"", "\x1b$B7oL>\x1b(B", "件名"},
		"Japanese as Latin":       {"iso-8859-1", "\x8c\x8f\x96\xbc\x82\xc5\x82\xb7", "件名です"},
		"Japanese as ASCII":       {"us-ascii", "件名です", "件名です"},
		"EUC-JP as ISO-2022-JP":   {"iso-2022-jp", "\xb7\xef\xcc\xbe\xa4\xc7\xa4\xb9", "件名です"},
		"Latin":                   {"iso-8859-1", "caf\xe9 cr\xe8me", "café crème"},
		"half-width of CP932":     {"cp932", "\xc3\xbd\xc4", "ﾃｽﾄ"},
		"half-width like UTF-8":   {"cp932", "\xc3\xbd", "ﾃｽ"},
		"HZ":                      {"hz-gb-2312", "~{VPND~}", "中文"},
		"Korean":                  {"euc-kr", "\xc7\xd1\xb1\xdb", "한글"},
		"UTF-7":                   {"utf-7", "+TvZUDQ- a+-b", "件名 a+b"},
		"unknown name":            {"x-user-defined", "\x8c\x8f\x96\xbc\x82\xc5\x82\xb7", "件名です"},
		"escapes taken out":       {"iso-2022-jp", "a $B7oL>(B b", "a 件名 b"},
		"no escapes were there":   {"iso-2022-jp", "costs $Bn, (Ben)", "costs $Bn, (Ben)"},
		"zero bytes":              {"utf-8", "件\x00名", "件名"},
		"mark":                    {"utf-8", "\xef\xbb\xbf件名", "件名"},
		"UTF-16":                  {"utf-16", "\xff\xfe\xf6\x4e", "件"},
		"lines of two charsets":   {"utf-8", "件名\n\x8c\x8f\x96\xbc\x82\xc5\x82\xb7", "件名\n件名です"},
		"a name for each charset": {"csWindows31J", "\x87\x40", "①"},
	} {
		if got := Text(c.label, []byte(c.raw)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
