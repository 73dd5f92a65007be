package outside

import (
	"fmt"
	"strings"

	"golang.org/x/text/width"
)

// date is one of the civil calendar.
type date struct{ y, m, d int }

// The eras by their first year; which day of it does not matter here.
func (d date) era() (name, letter string, code, year int) {
	switch {
	case d.y >= 2020:
		return "令和", "R", 5, d.y - 2018
	case d.y >= 1990:
		return "平成", "H", 4, d.y - 1988
	default:
		return "昭和", "S", 3, d.y - 1925
	}
}

// String is how a cell that holds a date is written where there are no such cells.
func (d date) String() string { return d.slashes() }

func (d date) slashes() string { return fmt.Sprintf("%d/%02d/%02d", d.y, d.m, d.d) }
func (d date) dashes() string  { return fmt.Sprintf("%d-%02d-%02d", d.y, d.m, d.d) }
func (d date) western() string { return fmt.Sprintf("%d年%d月%d日", d.y, d.m, d.d) }
func (d date) eight() string   { return fmt.Sprintf("%d%02d%02d", d.y, d.m, d.d) }

// japanese is 昭和55年3月2日.
func (d date) japanese() string {
	era, _, _, year := d.era()
	return fmt.Sprintf("%s%d年%d月%d日", era, year, d.m, d.d)
}

// short is S55.3.2.
func (d date) short() string {
	_, letter, _, year := d.era()
	return fmt.Sprintf("%s%d.%d.%d", letter, year, d.m, d.d)
}

// seven is 3550302, as old programs keep it: the era's code and six digits.
func (d date) seven() string {
	_, _, code, year := d.era()
	return fmt.Sprintf("%d%02d%02d%02d", code, year, d.m, d.d)
}

// six is 550302.
func (d date) six() string { return d.seven()[1:] }

// block is 一丁目18番1号 without a town.
func (h home) block() string {
	if h.chome == 0 {
		return fmt.Sprintf("%d番地%d", h.ban, h.gou)
	}
	return fmt.Sprintf("%s丁目%d番%d号", kanji(h.chome), h.ban, h.gou)
}

// short is 1-18-1.
func (h home) short() string {
	if h.chome == 0 {
		return fmt.Sprintf("%d-%d", h.ban, h.gou)
	}
	return fmt.Sprintf("%d-%d-%d", h.chome, h.ban, h.gou)
}

// formal is 山梨県甲府市丸の内一丁目18番1号, and the building.
func (h home) formal() string { return h.prefecture + h.city + h.town.town + h.block() + h.tail() }

// brief is 甲府市丸の内1-18-1, and the building.
func (h home) brief() string { return h.city + h.town.town + h.short() + h.tail() }

// full is 山梨県甲府市丸の内1-18-1, and the building.
func (h home) full() string { return h.prefecture + h.brief() }

// local is 丸の内1-18-1, as people of the same city write it.
func (h home) local() string { return h.town.town + h.short() }

// spelled has every number in kanji: 丸の内一丁目十八番一号.
func (h home) spelled() string {
	if h.chome == 0 {
		return fmt.Sprintf("%s%s%s%s番地%s", h.prefecture, h.city, h.town.town, kanji(h.ban), kanji(h.gou))
	}
	return fmt.Sprintf("%s%s%s%s丁目%s番%s号", h.prefecture, h.city, h.town.town, kanji(h.chome), kanji(h.ban), kanji(h.gou))
}

func (h home) tail() string {
	if h.building == "" {
		return ""
	}
	return "　" + h.building
}

// kanji writes 1 to 99: 十八.
func kanji(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n >= 20:
		return digits[n/10] + "十" + digits[n%10]
	case n >= 10:
		return "十" + digits[n%10]
	default:
		return digits[n]
	}
}

// wide and narrow turn letters, digits and kana into full and half width.
func wide(s string) string   { return width.Widen.String(s) }
func narrow(s string) string { return width.Narrow.String(s) }

// hiragana turns katakana into hiragana.
func hiragana(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'ァ' && r <= 'ヶ' {
			return r - 'ァ' + 'ぁ'
		}
		return r
	}, s)
}

// plain leaves out hyphens.
func plain(s string) string { return strings.ReplaceAll(s, "-", "") }

// groups puts a mark between every four characters: 1234-5678-9012.
func groups(s, mark string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(r)
	}
	return b.String()
}
