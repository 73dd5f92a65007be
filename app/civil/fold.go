package civil

import "strings"

// eraSigns are the single characters of an era that Japanese input methods offer.
var eraSigns = strings.NewReplacer("㋿", "令和", "㍻", "平成", "㍼", "昭和", "㍽", "大正", "㍾", "明治")

// fold turns what an input method leaves behind into plain ASCII: full-width
// digits, letters and signs, the many dashes, the 。 and ・ of the keys . and /,
// era signs and wide spaces. Everything else stays.
func fold(s string) string {
	return strings.TrimSpace(strings.Map(foldRune, eraSigns.Replace(s)))
}

func foldRune(r rune) rune {
	switch r {
	case '　', '\u00a0', '\t':
		return ' '
	case 'ー', '−', '‐', '‑', '–', '—', '―', 'ｰ':
		return '-'
	case '。', '｡':
		return '.'
	case '・', '･':
		return '/'
	}
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}
