package register

import (
	"context"
	"path/filepath"
	"strings"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// pageWidth is how wide pages are drawn, in pixels: sharp where the card is shown large.
const pageWidth = 1600

func isPDF(name string) bool { return strings.EqualFold(filepath.Ext(name), ".pdf") }

// pages is the card of a PDF. One page is drawn at a time, by another process.
type pages struct {
	f     formHost
	b     app.Blob
	view  *kit.Preview
	card  *kit.Question
	at    int // the page in sight, from 0
	count int
	draw  task.Slot
}

// place says which page it is.
func (p *pages) place() string {
	return p.f.d.desk.Words.T(text.PreviewPage, text.Size(p.b.Size), p.at+1, p.count)
}

// turn goes on by so many pages, or back.
func (p *pages) turn(by int) {
	to := p.at + by
	if to < 0 || to >= p.count {
		return
	}
	host, records := p.f.d.page.host, p.f.d.page.host.Records()
	task.Do(p.f.d.desk.Tasks, &p.draw, func(ctx context.Context) (ui.Sheet, error) {
		return records.Page(ctx, p.b, to, pageWidth)
	}, func(s ui.Sheet, err error) {
		if err != nil {
			host.Say(kit.Late, p.f.d.desk.Words.Error(err))
			return
		}
		p.at = to
		p.card.About = p.place()
		p.view.Put(s.Picture, by < 0)
		p.card.Refresh()
	})
}
