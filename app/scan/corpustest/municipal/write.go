package municipal

import (
	"fmt"
	"strings"

	"golang.org/x/text/width"
)

// How people write the same thing.

func (d day) era() (name, letter string, year int) {
	switch {
	case d.y >= 2020:
		return "令和", "R", d.y - 2018
	case d.y >= 1990:
		return "平成", "H", d.y - 1988
	}
	return "昭和", "S", d.y - 1925
}

func (d day) slashed() string { return fmt.Sprintf("%d/%d/%d", d.y, d.m, d.d) }
func (d day) eight() string   { return fmt.Sprintf("%d%02d%02d", d.y, d.m, d.d) }
func (d day) dashed() string  { return fmt.Sprintf("%d-%02d-%02d", d.y, d.m, d.d) }

func (d day) japanese() string {
	era, _, year := d.era()
	return fmt.Sprintf("%s%d年%d月%d日", era, year, d.m, d.d)
}

func (d day) dotted() string {
	_, letter, year := d.era()
	return fmt.Sprintf("%s%02d.%02d.%02d", letter, year, d.m, d.d)
}

// padded is 昭和 5年 3月 2日, as a printer of forms writes it.
func (d day) padded() string {
	era, _, year := d.era()
	return fmt.Sprintf("%s%2d年%2d月%2d日", era, year, d.m, d.d)
}

// stem is the address down to the town.
func (h home) stem() string { return h.prefecture + h.city + h.town }

func (h home) tail() string {
	if h.building == "" {
		return ""
	}
	return "　" + h.building
}

func (h home) hyphens() string {
	return fmt.Sprintf("%s%d-%d-%d%s", h.stem(), h.a, h.b, h.c, h.tail())
}
func (h home) lot() string { return fmt.Sprintf("%s%d番地%d", h.city+h.town, 100*h.b+h.a, h.c) }
func (h home) formal() string {
	return fmt.Sprintf("%s%s丁目%d番%d号%s", h.stem(), []string{"", "一", "二", "三", "四", "五"}[h.a], h.b, h.c, h.tail())
}
func (h home) wide() string  { return wide(h.hyphens()) }
func (h home) local() string { return fmt.Sprintf("%s%d-%d", h.town, 100*h.b+h.a, h.c) }

func wide(s string) string   { return width.Widen.String(s) }
func narrow(s string) string { return width.Narrow.String(s) }
func plain(s string) string  { return strings.ReplaceAll(s, "-", "") }

func hiragana(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'ァ' && r <= 'ヶ' {
			return r - 'ァ' + 'ぁ'
		}
		return r
	}, s)
}

// money is 12,300.
func money(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
