package simtest

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
)

// real is a sealed replica on the disk.
type real struct {
	client.Port
	r    *store.Replica
	last uint64
	skew time.Duration
}

// OnDisk makes replicas as programs have them, below a folder, for [Setup].
// close closes them all.
func OnDisk(dir string) (make func(s *Sim, n int) (Replica, error), close func() error) {
	var all []*store.Replica
	make = func(s *Sim, _ int) (Replica, error) {
		d := &real{skew: s.skew()}
		r, err := store.Create(now, store.Options{
			Dir: filepath.Join(dir, fmt.Sprint("replica", len(all))), Keys: keys.In(filepath.Join(dir, "keys")), Cost: keys.Cost{Passes: 1, KiB: 8, Threads: 1},
			Book: s.Book, Clock: func() time.Time { return s.Now.Add(d.skew) }, Random: s.Random, App: "test",
			Mono: func() (int64, [8]byte) { return s.Now.UnixNano(), [8]byte{1} },
		}, keys.Passphrase("simulated"))
		if err == nil {
			all = append(all, r)
			d.Port, d.r = client.Of(r), r
		}
		return d, err
	}
	return make, func() (err error) {
		for _, r := range all {
			err = cmp.Or(err, r.Close())
		}
		return err
	}
}

func (d *real) Draft(kind app.Kind) (app.Record, error) { return d.r.Draft(kind) }
func (d *real) Get(ref app.Ref) (app.Record, error)     { return d.r.Get(now, ref) }

// Refs lists by id: the order of creation is that of the ids.
func (d *real) Refs(kind app.Kind) (refs []app.Ref) {
	for _, r := range d.list(kind) {
		refs = append(refs, r.Meta().Ref)
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return refs
}

func (d *real) list(kind app.Kind) []app.Record {
	records, _, err := d.r.List(now, kind, app.Query{})
	if err != nil {
		panic(err) // a list that cannot be read has no place in a simulation
	}
	return records
}

func (d *real) Save(r app.Record) error {
	return d.write(func(tx *store.Tx) error { return tx.Save(r) })
}

func (d *real) Do(r app.Record, command string, args app.Doc) error {
	return d.write(func(tx *store.Tx) error { return tx.Do(r, command, args) })
}

func (d *real) write(fn func(*store.Tx) error) error {
	err := d.r.Write(now, d.r.Actor(), fn)
	for _, one := range d.outbox() {
		d.last = max(d.last, one.Seq)
	}
	return err
}

func (d *real) outbox() []app.Sent {
	all, err := d.r.Outbox(now)
	if err != nil {
		panic(err)
	}
	return all
}

func (d *real) Attach(ref app.Ref, name string, src io.ReadSeeker) (app.Blob, error) {
	return d.r.Attach(now, ref, name, "image/jpeg", src)
}

func (d *real) Content(b app.Blob) []byte {
	var plain sink
	if d.r.OpenBlob(now, b, &plain) != nil {
		return nil
	}
	return plain
}

func (d *real) Last() uint64 { return d.last }

func (d *real) Pending() (n int) {
	for _, one := range d.outbox() {
		if one.Verdict != app.Rejected {
			n++
		}
	}
	return n
}

func (d *real) Refused() (seqs []uint64) {
	for _, one := range d.outbox() {
		if one.Verdict == app.Rejected {
			seqs = append(seqs, one.Seq)
		}
	}
	return seqs
}

func (d *real) Docs() map[app.Ref]app.Doc {
	docs := map[app.Ref]app.Doc{}
	for kind := range d.r.Book().Registers {
		for _, r := range d.list(kind) {
			docs[r.Meta().Ref] = r.Meta().Seen()
		}
	}
	return docs
}

func (d *real) Name(id app.ID) string {
	name, err := d.r.Person(now, id)
	if err != nil {
		panic(err)
	}
	return name
}
