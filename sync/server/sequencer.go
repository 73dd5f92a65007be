package server

import (
	"context"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

// Sequencer is the one decider: it puts changes into an order without gaps and
// judges each. It reads no clock; the time of receipt is handed in.
type Sequencer struct {
	log    Log
	book   app.Book
	random io.Reader
	judged func([]app.Verdict)   // hears of verdicts that are on the disk
	erased func(context.Context) // hears that subjects were erased
	pages  pages
}

// pages are how large what it tells at once may be.
type pages struct {
	rows int // records in a page of them
	keys int // subject keys in such a page
	scan int // lines looked at for a page: one who may read hardly any waits no longer than others
}

// NewSequencer makes one over a log.
func NewSequencer(log Log, book app.Book, random io.Reader) *Sequencer {
	return &Sequencer{log: log, book: book, random: random, judged: func([]app.Verdict) {}, erased: func(context.Context) {}, pages: pages{wire.RowsCount, wire.MaxKeys, 50_000}}
}

// Names of counters and settings.
const (
	counterGSN    = "gsn"
	counterPeople = "people"  // version of the directory
	counterNumber = "number " // and the series
	settingEpoch  = "epoch"
)

func epochOf(tx Tx) (app.ID, error) {
	b, err := tx.Setting(settingEpoch)
	if err != nil || len(b) != 16 {
		return app.ID{}, err
	}
	return app.ID(b), nil
}

var errEpoch = app.Refuse(app.Stale, "", "サーバーが復元されたため、この端末の同期位置を使えません。管理者に連絡してください。端末の変更は失われていません。",
	"the server was restored and starts a new order; ask the administrator; no change on this device is lost")

func checkEpoch(tx Tx, epoch app.ID) error {
	now, err := epochOf(tx)
	if err == nil && now != epoch {
		err = errEpoch
	}
	return err
}

// Push takes in the changes that a device brings, its own or those of others,
// and acknowledges what the log then holds. It refuses what no device signed,
// and devices that may not speak, but takes the rest; a change that the rules
// refuse is no error.
func (s *Sequencer) Push(ctx context.Context, carrier app.ID, p *wire.Push, at app.Stamp) (*wire.Pushed, error) {
	if len(p.Keys) > wire.MaxKeys {
		return nil, errTooMuch
	}
	in := &intake{book: s.book, random: s.random, carrier: carrier, at: at}
	for i, batch := range batches(p.Segments) {
		before := *in
		err := s.log.Write(ctx, func(tx Tx) error {
			*in = before
			if err := in.begin(tx, p.Epoch); err != nil {
				return err
			}
			if i == 0 {
				if err := in.putKeys(p.Keys); err != nil {
					return err
				}
			}
			return in.take(batch)
		})
		if err != nil {
			return nil, err
		}
		s.judged(in.verdicts)
		if in.erased {
			s.erased(context.WithoutCancel(ctx))
		}
	}
	if in.mine != nil {
		return nil, in.mine
	}
	out, err := s.acknowledge(ctx, carrier, p.Segments)
	out.Refused = in.refused
	return out, err
}

// batches cuts segments into transactions. There is always one, so that keys
// and the epoch are seen even if nothing else came.
func batches(all []wire.Segment) (out [][]wire.Segment) {
	start, changes, bytes := 0, 0, 0
	for i := range all {
		n, b := len(all[i].Bodies), all[i].Bytes()
		if i > start && (changes+n > wire.PageChanges || bytes+b > wire.PageBytes) {
			out, start, changes, bytes = append(out, all[start:i]), i, 0, 0
		}
		changes, bytes = changes+n, bytes+b
	}
	return append(out, all[start:])
}

// acknowledge tells the watermarks of the devices that a push spoke of.
func (s *Sequencer) acknowledge(ctx context.Context, carrier app.ID, segments []wire.Segment) (*wire.Pushed, error) {
	var out wire.Pushed
	err := s.log.Read(ctx, func(tx Tx) error {
		out = wire.Pushed{}
		told := map[app.ID]bool{}
		for i := range segments {
			id := segments[i].Device
			if told[id] {
				continue
			}
			told[id] = true
			d, _, err := tx.Device(id)
			if err != nil {
				return err
			}
			out.Watermarks = append(out.Watermarks, wire.Mark{Device: id, Seq: d.Watermark})
		}
		var err error
		out.Missing, err = tx.Missing(carrier, wire.PageChanges)
		return err
	})
	return &out, err
}
