package carry

import (
	"strings"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// bundleHigh is the height of the card of a file.
const bundleHigh = 128

// bundle draws what a file says of itself and returns the y below.
func (p *page) bundle(d *kit.Pen, b *ui.Bundle, y, w float32) float32 {
	words := p.desk.Words
	wide := w - 2*side
	d.Box(side, y, wide, bundleHigh, d.Raised, d.Line, 6)
	m := kit.Mark{Glyph: "○", Word: words.T(text.BundleWhole), Tone: kit.Good}
	if !b.Whole {
		m = kit.Mark{Glyph: "×", Word: words.T(text.BundleCut), Tone: kit.Late}
	}
	n := d.Badge(side+14, y+12, m)
	name := b.File
	if b.Parts > 1 {
		name += words.T(text.FactGap) + words.T(text.BundlePart, b.Part, b.Parts)
	}
	d.Text(side+24+n, y+9, wide-38-n, 24, name, d.Subject())
	lines := []struct {
		label text.Key
		value string
	}{
		{text.BundleMade, p.who(b.From) + words.T(text.FactGap) + words.Moment(b.Made, p.desk.Now())},
		{text.BundleFor, p.everybody(b.To)},
		{text.Content, words.T(text.BundleCounts, words.Number(b.Changes), words.Number(b.Files), words.Number(int(b.Bytes)))},
	}
	at := y + 36
	for _, l := range lines {
		d.Text(side+14, at, 72, 20, words.T(l.label), d.Label())
		d.Text(side+92, at, wide-106, 20, l.value, d.Body())
		at += 20
	}
	d.Text(side+14, at+2, 72, 20, "SHA-256", d.Label())
	d.Text(side+92, at+2, wide-106, 20, b.SHA256, d.Caption().M().In(d.Ink2))
	return y + bundleHigh
}

// who is a device, or the server.
func (p *page) who(name string) string {
	if name == "" {
		return p.desk.Words.T(text.TheServer)
	}
	return name
}

func (p *page) everybody(names []string) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = p.who(n)
	}
	return strings.Join(all, p.desk.Words.T(text.FactGap))
}
