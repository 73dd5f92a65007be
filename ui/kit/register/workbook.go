package register

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"

	"daicho/app/report/roundtrip"
	"daicho/app/report/xlsx"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// workbook writes the list as a workbook that people edit elsewhere and that can be
// imported again.
func (p *printing) workbook() {
	ids, records, desk := p.page.list.ids, p.page.host.Records(), p.page.desk
	g, now := p.page.cfg.Register, p.page.desk.Now()
	work := task.NewProgress(desk.Now)
	p.begin(work, p.slot.Stop)
	task.Do(desk.Tasks, &p.slot, func(ctx context.Context) ([]byte, error) {
		rows, _, err := readAll(ctx, records, g, ids, work)
		if err != nil {
			return nil, err
		}
		var salt roundtrip.Salt
		if _, err := rand.Read(salt[:]); err != nil {
			return nil, err
		}
		sheet, err := roundtrip.Workbook(g, rows, now, salt)
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		err = xlsx.WriteSheet(&out, sheet)
		return out.Bytes(), err
	}, func(book []byte, err error) {
		p.end()
		p.saveBook(fileName(g.About().Label.JA+"-"+now.Format("20060102"))+".xlsx", book, err)
	})
}

// saveBook lets the person save what was made.
func (p *printing) saveBook(file string, book []byte, err error) {
	host, words := p.page.host, p.page.desk.Words
	if err != nil {
		host.Say(kit.Late, words.Error(err))
		return
	}
	host.SaveFile(file, func(create func() (io.WriteCloser, error)) {
		task.Go(p.page.desk.Tasks, func(context.Context) error { return SaveTo(create, bytes.NewReader(book)) }, func(err error) {
			if err != nil {
				host.Say(kit.Late, words.Error(err))
				return
			}
			host.Say(kit.Good, words.T(text.BookSaved, file))
		})
	})
}
