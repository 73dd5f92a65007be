package server

import (
	"context"

	"daicho/app"
	"daicho/sync/wire"
)

var errNoPast = app.Refuse(app.Invalid, "", "指定された履歴の範囲が正しくありません。プログラムを更新してください。", "no such part of the history; update the program")

// Past tells a device outcomes of before, as far as its person may read them.
func (s *Sequencer) Past(ctx context.Context, device app.ID, p *wire.Past, at app.Stamp) (*wire.PastPage, error) {
	out := &wire.PastPage{UpTo: p.After}
	err := s.ask(ctx, device, p.Epoch, at, func(a *asking) error {
		if p.After < 0 || p.After > p.UpTo || p.UpTo > a.head {
			return errNoPast
		}
		if out.Clearance = a.differs(p.Clearance); out.Clearance != nil {
			return nil
		}
		if news, err := a.erasures(p.Erased); err != nil || len(news) > 0 {
			out.Behind = err == nil
			return err
		}
		page := &page{asking: a, only: p.Only, after: p.After, upTo: p.UpTo, count: wire.PageChanges, size: wire.PageBytes, given: map[app.SubjectKey]bool{}}
		if err := page.fill(); err != nil {
			return err
		}
		out.Outcomes, out.Keys, out.UpTo = page.outcomes, wire.KeysOf(page.keys), page.after
		return nil
	})
	return out, err
}
