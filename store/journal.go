package store

import (
	"errors"
	"fmt"

	"daicho/app"
)

// point is where the journal stands: number, chain and clock of a change.
type point struct {
	seq  uint64
	link app.Chain
	hlc  app.HLC
}

// lastPoint is the newest change of this device. It is read inside the
// transaction that will use it: another process may have written meanwhile.
func (r *reader) lastPoint() (point, error) {
	p := point{link: app.ChainStart(r.s.public())}
	var seq, hlc int64
	var link []byte
	there, err := r.one("SELECT seq, link, hlc FROM journal ORDER BY seq DESC LIMIT 1", nil, &seq, &link, &hlc)
	if err != nil || !there {
		return p, err
	}
	if len(link) != len(p.link) {
		return p, fmt.Errorf("journal %d: a chain link of %d bytes", seq, len(link))
	}
	return point{uint64(seq), app.Chain(link), app.HLC(hlc)}, nil
}

// next is the point of one more change, its chain still to come. Its clock
// never runs backwards, whatever the device's does.
func (p point) next(r app.Reading) point {
	return point{seq: p.seq + 1, link: p.link, hlc: p.hlc.Next(r.Corrected())}
}

// journal writes a change down as it will be signed and sent, and moves the
// chain on.
func (st *step) journal(c *app.Change, at *point) error {
	body, err := c.Encode(st.s.book.Registers, &app.Sealer{Keys: st.keys(), Random: st.s.random})
	if err != nil {
		return err
	}
	bh := app.BodyHash(body)
	at.link = at.link.Next(bh)
	err = st.exec("INSERT INTO journal ("+spareColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		int64(at.seq), string(c.Ref.Kind), c.Ref.ID[:], c.Command, body, bh[:], at.link[:], int64(at.hlc))
	if err != nil {
		return err
	}
	return st.spare(at.seq, body)
}

// change reads an own change from the journal. It is not whole if a key of it is
// not here: the values that it opens are missing.
func (r *reader) change(seq uint64) (c *app.Change, whole bool, err error) {
	var body []byte
	there, err := r.one("SELECT body FROM journal WHERE seq = ?", []any{int64(seq)}, &body)
	if err != nil {
		return nil, false, err
	}
	if !there {
		return nil, false, noSuchChange
	}
	return r.decodeOwn(body)
}

func (r *reader) decodeOwn(body []byte) (c *app.Change, whole bool, err error) {
	k := lenient{SubjectKeys: r.keys()}
	c, err = app.DecodeChange(body, &k)
	return c, !k.missed, err
}

// lenient passes over keys that are not here.
type lenient struct {
	app.SubjectKeys
	missed bool
}

// Find is one key of a subject.
func (k *lenient) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	key, err := k.SubjectKeys.Find(subject, id)
	if errors.Is(err, keyNeverCame) {
		k.missed = true
		err = app.ErrErased
	}
	return key, err
}
