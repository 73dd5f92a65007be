package shell

import (
	"daicho/ui/kit"
	"daicho/ui/text"
)

// cardField is a field of a card, with the word before it.
type cardField struct {
	label text.Key
	entry *kit.Entry
}

// paintCard draws a card: its title, a sentence, fields one below the other, and what
// was wrong with them, if anything was. It tells where the next line goes.
func (s *Shell) paintCard(p *kit.Pen, w, h float32, title, sentence text.Key, fault string, fields ...cardField) (y float32) {
	words := s.desk.Words
	p.Text(24, 14, w-48, 28, words.T(title), p.Subject())
	p.H(0, 50, w)
	y = p.Para(24, 62, w-48, 20, words.T(sentence), p.Body()) + 10
	for _, f := range fields {
		p.Text(24, y, 130, 29, words.T(f.label), p.Label())
		p.Add(f.entry, 160, y, w-184, f.entry.MinSize().Height/s.desk.Look.Factor())
		y += fieldPitch
	}
	if fault != "" {
		p.Para(24, y+2, w-48, 17, words.T(text.ErrorAbove, fault), p.Caption().In(p.Late))
	}
	p.H(0, h-48, w)
	return y + 2
}
