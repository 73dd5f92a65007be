package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// paper is what one file says, and what a person counts in it.
type paper struct {
	chance
	parts   []part
	sure    map[k.Kind]map[string]bool
	perhaps map[k.Kind]map[string]bool // one counts it and another does not
	present map[k.Kind]k.Range         // where only the presence can be judged
	persons int
}

// part is a line of text, or a table.
type part struct {
	text  string
	table [][]any // of string, number, span, or nil below a span
	sheet bool    // begins another sheet
}

// span is a cell that covers others.
type span struct {
	text         string
	across, down int
}

// number is a cell that holds a number.
type number string

func over(text string, columns int) span { return span{text, columns, 1} }
func tall(text string, rows int) span    { return span{text, 1, rows} }

func newPaper(seed string) *paper {
	return &paper{chance: seeded(seed), sure: map[k.Kind]map[string]bool{}, perhaps: map[k.Kind]map[string]bool{}, present: map[k.Kind]k.Range{}}
}

func (p *paper) wants() k.Wants {
	w := k.Wants{}
	for _, kind := range k.Kinds {
		if n, more := len(p.sure[kind]), len(p.perhaps[kind]); n+more > 0 {
			w[kind] = k.Range{Min: n, Max: n + more}
		}
	}
	for kind, r := range p.present {
		w[kind] = r
	}
	return w
}

func (p *paper) say(format string, args ...any) {
	p.parts = append(p.parts, part{text: fmt.Sprintf(format, args...)})
}

func (p *paper) table(rows ...[]any) { p.parts = append(p.parts, part{table: rows}) }

// sheet begins another sheet by a table.
func (p *paper) sheet(rows ...[]any) { p.parts = append(p.parts, part{table: rows, sheet: true}) }

func note(m map[k.Kind]map[string]bool, kind k.Kind, v string) {
	if m[kind] == nil {
		m[kind] = map[string]bool{}
	}
	m[kind][v] = true
}

// is notes a value that stands there, and gives it back.
func (p *paper) is(kind k.Kind, v string) string {
	note(p.sure, kind, plain(v))
	return v
}

// has says that a kind is there, how often nobody counts.
func (p *paper) has(kinds ...k.Kind) {
	for _, kind := range kinds {
		p.present[kind] = k.Range{Min: 1, Max: k.Any}
	}
}

// mayHave says that people differ about a kind.
func (p *paper) mayHave(kinds ...k.Kind) {
	for _, kind := range kinds {
		p.present[kind] = k.Range{Min: len(p.sure[kind]), Max: k.Any}
	}
}

// The following note what they write.

func (p *paper) named(who *person) string {
	note(p.sure, k.PersonName, who.joined())
	return who.spaced()
}
func (p *paper) joined(who *person) string {
	note(p.sure, k.PersonName, who.joined())
	return who.joined()
}
func (p *paper) read(who *person) string {
	note(p.perhaps, k.PersonName, who.kana())
	return who.kana()
}
func (p *paper) bornAs(who *person, as func(day) string) string {
	note(p.sure, k.BirthDate, who.born.eight())
	return as(who.born)
}

// at notes the address. The postal code may count as another.
func (p *paper) at(who *person, as func(home) string) string {
	note(p.sure, k.PostalAddress, who.home.hyphens())
	return as(who.home)
}
func (p *paper) zip(who *person) string {
	note(p.perhaps, k.PostalAddress, who.home.zip)
	return who.home.zip
}
func (p *paper) call(who *person) string     { return p.is(k.Phone, who.phone) }
func (p *paper) mobileOf(who *person) string { return p.is(k.Phone, who.mobile) }
func (p *paper) mailOf(who *person) string   { note(p.sure, k.Email, who.mail); return who.mail }

// crowd are the people a list is about.
func (p *paper) crowd(n, from, to int) []*person {
	p.persons += n
	return p.people(n, from, to)
}

// rows makes a row for everybody below heads.
func rows(heads [][]any, people []*person, row func(n int, who *person) []any) [][]any {
	for i, who := range people {
		heads = append(heads, row(i+1, who))
	}
	return heads
}
