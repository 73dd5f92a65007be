package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/wire"
)

// Verified is what a look at everything found.
type Verified struct {
	Lines, Records, Numbers, Blobs int64
	Wrong                          []string // what is not as it should be, in English, no contents
}

// Verify reads everything: the tree over the log, each device's chain, numbers,
// rows against the fold of the log, attachments against their hashes. It changes
// nothing. It takes as much memory as the records have bytes.
func (s *Server) Verify(ctx context.Context, progress func(done int64)) (v Verified, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		v = Verified{}
		c := newCheck(tx, &v, progress)
		c.files = s.blobs
		for _, step := range []func(context.Context) error{c.tables, c.lines, c.devices, c.records, c.numbers, c.blobs} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return v, err
}

// check is one look on its way.
type check struct {
	tx       *sqlTx
	files    blobs
	v        *Verified
	progress func(int64)
	tree     audit.Tree
	chains   map[app.ID]Point
	seqs     map[app.ID]uint64
	docs     map[app.Ref]app.Doc
	unread   map[app.Ref]bool // values of them were erased
}

func newCheck(tx Tx, v *Verified, progress func(int64)) *check {
	return &check{tx: tx.(*sqlTx), v: v, progress: progress, chains: map[app.ID]Point{}, seqs: map[app.ID]uint64{}, docs: map[app.Ref]app.Doc{}}
}

func (c *check) wrong(format string, args ...any) {
	if len(c.v.Wrong) < 100 {
		c.v.Wrong = append(c.v.Wrong, fmt.Sprintf(format, args...))
	}
}

// tables reads every row of every table, also of those that nothing is compared
// with, and lets SQLite compare its indexes with them.
func (c *check) tables(ctx context.Context) error {
	list, err := c.tx.tables()
	for _, of := range list {
		if err == nil {
			err = c.tx.rowsOf(of, func([]any) error { return ctx.Err() })
		}
	}
	if err != nil || c.tx.vault != nil {
		return err
	}
	return c.tx.each("PRAGMA integrity_check", nil, func(scan func(...any) error) (bool, error) {
		var said string
		err := scan(&said)
		if said != "ok" {
			c.wrong("the database: %s", said)
		}
		return true, err
	})
}

// lines looks at the log, some at a time.
func (c *check) lines(ctx context.Context) error {
	c.unread = map[app.Ref]bool{}
	for after := int64(0); ; {
		list, err := c.tx.lines(after, wire.PageChanges)
		if err != nil || len(list) == 0 {
			return err
		}
		gsns := make([]int64, len(list))
		for i := range list {
			gsns[i] = list[i].GSN
		}
		rows, err := c.tx.Hashes(gsns)
		if err != nil {
			return err
		}
		for i := range list {
			if err = errors.Join(ctx.Err(), c.line(&list[i], after+int64(i)+1, rows[i])); err != nil {
				return err
			}
		}
		after = list[len(list)-1].GSN
		if c.v.Lines = after; c.progress != nil {
			c.progress(after)
		}
	}
}

func (c *check) line(l *Line, want int64, row []byte) error {
	if l.GSN != want {
		c.wrong("line %d: it stands where %d should", l.GSN, want)
	}
	leaf := audit.Leaf{GSN: l.GSN, Device: l.Device, Seq: l.Seq, Body: l.Point.Body, Verdict: l.Verdict, Outcome: audit.OutcomeHash(l.Outcome), Received: l.Received}
	text, err := leaf.Encode()
	if err != nil {
		return err
	}
	if !bytes.Equal(audit.Row(c.tree.Add(audit.HashOf(text))), row) {
		c.wrong("line %d: it is not the one in the audit tree", l.GSN)
	}
	return errors.Join(c.chain(l), c.fold(l))
}

// chain looks whether a line continues its device's chain.
func (c *check) chain(l *Line) error {
	before, known := c.chains[l.Device]
	if !known {
		d, there, err := c.tx.Device(l.Device)
		if err != nil {
			return err
		}
		if !there {
			c.wrong("line %d: its device is unknown", l.GSN)
			return nil
		}
		before.Chain = app.ChainStart(d.Public)
	}
	h := app.BodyHash(l.Body)
	if h != l.Point.Body || before.Chain.Next(h) != l.Point.Chain || l.Seq != c.seqs[l.Device]+1 {
		c.wrong("line %d: it does not continue the chain of device %s", l.GSN, l.Device.Short())
	}
	c.chains[l.Device], c.seqs[l.Device] = l.Point, l.Seq
	return nil
}

// fold takes a line's effects in as data.
func (c *check) fold(l *Line) error {
	k := &erasable{keyring: keyring{c.tx, nil, 0}}
	o, err := app.DecodeOutcome(l.Outcome, k)
	var refused *app.Error
	if errors.As(err, &refused) {
		c.wrong("line %d: its outcome cannot be read", l.GSN)
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range o.Effects {
		c.docs[e.Ref] = c.docs[e.Ref].Patch(e.Cells)
		c.unread[e.Ref] = c.unread[e.Ref] || k.missed
	}
	return nil
}

// erasable passes over keys that are not there any more.
type erasable struct {
	keyring
	missed bool
}

// Find is one key of a subject.
func (k *erasable) Find(subject app.ID, id app.KeyID) (app.SubjectKey, error) {
	key, there, err := k.keyring.tx.Key(subject, id)
	if err == nil && !there {
		k.missed, err = true, app.ErrErased
	}
	return key, err
}

func (c *check) devices(context.Context) error {
	all, err := c.tx.Devices()
	for _, d := range all {
		if d.Watermark != c.seqs[d.ID] {
			c.wrong("device %s: %d changes are acknowledged, %d are in the log", d.ID.Short(), d.Watermark, c.seqs[d.ID])
		}
	}
	return err
}

func (c *check) records(ctx context.Context) error {
	err := c.tx.each("SELECT kind, id, doc FROM record ORDER BY kind, id", nil, func(scan func(...any) error) (bool, error) {
		var ref app.Ref
		var doc []byte
		if err := scan(&ref.Kind, blob(ref.ID[:]), c.tx.opened("record.doc", &doc, &ref.Kind, ref.ID[:])); err != nil {
			return false, err
		}
		if erased, err := c.tx.IsErased(ref.ID); err != nil {
			return false, err
		} else if !erased && !c.unread[ref] && !bytes.Equal(c.docs[ref], doc) {
			c.wrong("record %s %s: it is not what the log makes of it", ref.Kind, ref.ID)
		}
		delete(c.docs, ref)
		c.v.Records++
		return true, ctx.Err()
	})
	for ref := range c.docs {
		c.wrong("record %s %s: it is in the log, and not here", ref.Kind, ref.ID)
	}
	return err
}

// numbers looks for numbers that nobody got and nothing explains.
func (c *check) numbers(context.Context) error {
	e, err := epochsOf(c.tx)
	if err != nil {
		return err
	}
	all, err := c.tx.Series()
	for _, series := range all {
		if err == nil {
			err = c.series(series, &e)
		}
	}
	return err
}

func (c *check) series(series string, e *epochs) error {
	last, err := c.tx.Counter(counterNumber + series)
	if err != nil {
		return err
	}
	next := int64(1)
	for {
		claims, err := c.tx.Claims(series, next-1, wire.PageChanges)
		if err != nil {
			return err
		}
		for _, one := range claims {
			c.explain(series, next, one.N-1, e)
			next = one.N + 1
			c.v.Numbers++
		}
		if len(claims) < wire.PageChanges {
			break
		}
	}
	c.explain(series, next, last, e)
	if next > last+1 {
		c.wrong("series %s: number %d was given, and it counts to %d", series, next-1, last)
	}
	return nil
}

// explain looks whether numbers that nobody has lie where they were left out.
func (c *check) explain(series string, first, last int64, e *epochs) {
	for n := first; n <= last; {
		end := n - 1
		for _, g := range e.Gaps {
			if g.Series == series && g.First <= n && n <= g.Last {
				end = max(end, g.Last)
			}
		}
		if end < n {
			c.wrong("series %s: nobody has number %d", series, n)
			return
		}
		n = end + 1
	}
}

func (c *check) blobs(ctx context.Context) error {
	var ids []app.BlobID
	err := c.tx.each("SELECT id FROM attachment WHERE here = 1 ORDER BY id", nil, func(scan func(...any) error) (bool, error) {
		var id app.BlobID
		err := scan(blob(id[:]))
		ids = append(ids, id)
		return true, err
	})
	for _, id := range ids {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		is, err := hashOf(c.files.path(id))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			c.wrong("attachment %s: it is not here", id)
		case err != nil:
			return err
		case is != id:
			c.wrong("attachment %s: it was altered", id)
		}
		c.v.Blobs++
	}
	return err
}

// hashed is the id that bytes have.
func hashed(r io.Reader) (id app.BlobID, err error) {
	sum := sha256.New()
	_, err = io.Copy(sum, r)
	copy(id[:], sum.Sum(nil))
	return id, err
}

// lines are those of the log after one, whole but for the keys they need.
func (t *sqlTx) lines(after int64, count int) ([]Line, error) {
	return t.linesWhere("gsn > $1 ORDER BY gsn LIMIT $2", after, count)
}

func (t *sqlTx) linesWhere(where string, args ...any) (out []Line, err error) {
	const query = "SELECT gsn, device, seq, body_hash, chain, received, verdict, body, outcome FROM log WHERE "
	err = t.each(query+where, args, func(scan func(...any) error) (bool, error) {
		var l Line
		var verdict string
		err := scan(&l.GSN, blob(l.Device[:]), &l.Seq, blob(l.Point.Body[:]), blob(l.Point.Chain[:]), &l.Received, &verdict,
			t.opened("log.body", &l.Body, &l.GSN), t.opened("log.outcome", &l.Outcome, &l.GSN))
		l.Verdict = app.Verdict(verdict)
		out = append(out, l)
		return true, err
	})
	return out, err
}
