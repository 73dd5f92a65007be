package wrap

import (
	"strings"
	"unicode"
)

// startForbidden may not begin a line (行頭禁則文字): closing brackets, full stops,
// commas, middle dots, slashes, marks that repeat, prolong or end, small kana.
const startForbidden = "、。，．,.・:;：；?!？！‼⁇⁈⁉/／" +
	")]}）］｝〕〉》」』】｠〙〗〟’”»›" +
	"ゝゞヽヾー々〻‐゠–〜～" +
	"ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ" +
	"｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ゛゜" +
	"%％‰℃°′″℉￠"

// endForbidden may not end a line (行末禁則文字): opening brackets and signs that
// stand before a number.
const endForbidden = "([{（［｛〔〈《「『【｟〘〖〝‘“«‹｢" + "¥￥$＄£￡€№"

// inseparable pairs stay together (分離禁止): …… and ――.
const inseparable = "…‥―—〳〴〵"

func noStart(r rune) bool { return strings.ContainsRune(startForbidden, r) }

func noEnd(r rune) bool { return strings.ContainsRune(endForbidden, r) }

// isBlank reports whether a line may end in r without showing it.
func isBlank(r rune) bool { return r == ' ' || r == '　' || r == '\t' }

// combines reports whether r is drawn on the rune before it.
func combines(r rune) bool { return unicode.Is(unicode.M, r) || r == '\u200d' }

// isWord reports whether r belongs to a Latin, Greek or Cyrillic word, a number, or an
// address, path or code made of them. Full-width digits and letters count too.
func isWord(r rune) bool {
	if r >= '！' && r <= '～' {
		r = r - '！' + '!'
	}
	switch {
	case r < 0x80:
		return r > ' ' && r < 0x7f && !strings.ContainsRune("()[]{}", r)
	case combines(r) || r == '\u00a0' || r == '\u00ad':
		return true
	}
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// isJoint reports whether a word that is too long may be broken behind r.
func isJoint(r rune) bool { return strings.ContainsRune("/\\-_.,:;?&=@+#|", r) }

// mayBreak reports whether a line may end before text[n]; at the end of the text
// it always may.
func mayBreak(text []rune, n int) bool {
	if n == len(text) {
		return true
	}
	before, after := text[n-1], text[n]
	switch {
	case isBlank(after), noEnd(before), noStart(after), combines(after):
		return false
	case isBlank(before):
		return true
	case isWord(before) && isWord(after):
		return false
	}
	return before != after || !strings.ContainsRune(inseparable, before)
}
