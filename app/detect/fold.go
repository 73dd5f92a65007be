package detect

import (
	"strings"
	"unicode/utf8"
)

// variants are kanji that names are written with beside the usual ones; each
// stands before the one the lists have. 髙 and 﨑 are in CP932 only, 𠮷 in Unicode.
var variants = pairs("髙高﨑崎嵜崎濵浜濱浜齋斎齊斉邊辺邉辺澤沢廣広櫻桜國国嶋島嶌島德徳瀨瀬眞真龍竜槇槙曾曽惠恵榮栄壽寿藏蔵" +
	"實実豐豊彌弥萬万學学禮礼圓円靜静當当將将縣県關関氣気內内淸清福福神神吉吉𠮷吉冨富峯峰舘館栁柳鄕郷渕淵桒桑濶闊凜凛")

// odd holds what variants has, by its last 16 bits.
var odd = func() (s runeSet) {
	for r := range variants {
		s.add(r & 0xFFFF)
	}
	return s
}()

func pairs(s string) map[rune]rune {
	r := []rune(s)
	m := make(map[rune]rune, len(r)/2)
	for i := 0; i+1 < len(r); i += 2 {
		m[r[i]] = r[i+1]
	}
	return m
}

// foldName appends a name to out as the lists have it: usual kanji, katakana for any kana of
// names in kana only, full width.
func foldName(out, name []byte, s script) []byte {
	for len(name) > 0 {
		r, size := decodeRune(name)
		name = name[size:]
		switch {
		case r >= 'ｦ' && r <= 'ﾟ':
			out = appendKana(out, r)
		case r >= 'ぁ' && r <= 'ゖ' && s == hiragana:
			out = utf8.AppendRune(out, r+'ァ'-'ぁ')
		default:
			if odd.has(r & 0xFFFF) {
				if v, ok := variants[r]; ok {
					r = v
				}
			}
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// halfKana are the full forms of U+FF66–U+FF9D.
var halfKana = []rune("ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン")

const (
	voiceable = "カキクケコサシスセソタチツテトハヒフヘホ"
	roundable = "ハヒフヘホ"
)

// appendKana appends the full form of r; a voice mark goes into the kana before.
func appendKana(out []byte, r rune) []byte {
	if r < 'ﾞ' {
		return utf8.AppendRune(out, halfKana[r-'ｦ'])
	}
	last, size := utf8.DecodeLastRune(out)
	step, may := rune(1), voiceable
	if r == 'ﾟ' {
		step, may = 2, roundable
	}
	switch {
	case strings.ContainsRune(may, last):
		return utf8.AppendRune(out[:len(out)-size], last+step)
	case last == 'ウ' && r == 'ﾞ':
		return utf8.AppendRune(out[:len(out)-size], 'ヴ')
	}
	return out
}
