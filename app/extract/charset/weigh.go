package charset

// weight is what the bytes over 0x7F look like in one charset.
type weight struct {
	chars, invalid, score int
	half                  int // of the characters, half-width katakana: what EUC-JP looks like in CP932
}

// bad allows a damaged character in fifty, not more.
func (w weight) bad() bool { return w.invalid*50 > w.chars }

// sure says whether this is the charset though the stretch before had another that
// reads every byte, too: words of half-width katakana are not all of even length.
func (w weight) sure() bool { return w.invalid == 0 && w.chars >= 100 }

const (
	kanaWeight  = 4  // hiragana and full-width katakana make up half of Japanese text
	kanjiWeight = 2  // level 1
	rareWeight  = -1 // level 2 and beyond
	halfWeight  = 0  // half-width katakana
	lostWeight  = -8 // a half-width voicing mark with nothing to voice
)

func weighSJIS(text []byte) (w weight) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c < 0x80:
		case c >= 0xA1 && c <= 0xDF:
			w.chars++
			w.half++
			w.score += halfKana(text, i)
		case i+1 < len(text) && sjisPair(c, text[i+1]):
			w.chars++
			w.score += sjisWeight(c, text[i+1])
			i++
		default:
			w.chars++
			w.invalid++
		}
	}
	return w
}

// halfKana weighs a half-width katakana: voicing marks follow ｳ, ｶ–ﾄ and ﾊ–ﾎ.
func halfKana(text []byte, i int) int {
	if c := text[i]; c == 0xDE || c == 0xDF {
		if i == 0 {
			return lostWeight
		}
		p := text[i-1]
		voiced := p == 0xB3 || p >= 0xB6 && p <= 0xC4 || p >= 0xCA && p <= 0xCE
		if !voiced || c == 0xDF && p < 0xCA {
			return lostWeight
		}
		return kanjiWeight
	}
	return halfWeight
}

func sjisPair(a, b byte) bool {
	return (a >= 0x81 && a <= 0x9F || a >= 0xE0 && a <= 0xFC) && b >= 0x40 && b != 0x7F && b <= 0xFC &&
		cp932()[int(a)<<8|int(b)] != 0
}

func sjisWeight(a, b byte) int {
	switch {
	case a == 0x82 && b >= 0x9F, a == 0x83 && b <= 0x96, a == 0x81 && b <= 0x5B:
		return kanaWeight
	case a >= 0x88 && a <= 0x97, a == 0x82, a == 0x81:
		return kanjiWeight
	}
	return rareWeight
}

func weighEUC(text []byte) (w weight) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c < 0x80:
		case c == 0x8E && i+1 < len(text) && text[i+1] >= 0xA1 && text[i+1] <= 0xDF:
			w.chars++
			i++
		case c == 0x8F && i+2 < len(text) && text[i+1] >= 0xA1 && text[i+2] >= 0xA1:
			w.chars++
			w.score += rareWeight
			i += 2
		case c >= 0xA1 && c <= 0xFE && i+1 < len(text) && text[i+1] >= 0xA1 && text[i+1] <= 0xFE:
			w.chars++
			w.score += eucWeight(c, text[i+1])
			i++
		default:
			w.chars++
			w.invalid++
		}
	}
	return w
}

func eucWeight(a, b byte) int {
	switch {
	case a == 0xA4 && b <= 0xF3, a == 0xA5 && b <= 0xF6, a == 0xA1 && b <= 0xBC:
		return kanaWeight
	case a >= 0xB0 && a <= 0xCF, a == 0xA3, a == 0xA1:
		return kanjiWeight
	}
	return rareWeight
}
