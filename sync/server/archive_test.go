package server_test

import (
	"maps"
	"slices"
	"testing"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// archive is a book for tests of who may read what: files in zones, of
// organisations, with notes that belong to them, and a list of who reads what.
type archive struct {
	app.Book
	readers map[app.ID]app.Clearance // those who are not in it read everything
}

// file is a record that can move.
type file struct {
	app.Head
	Title, Colour string
	Zone          app.Zone
	Org           app.Ref
	Files         []app.Blob
}

// note stands within a file.
type note struct {
	app.Head
	File app.Ref
	Text string
}

const (
	fileKind app.Kind = "file"
	noteKind app.Kind = "note"
)

func newArchive() *archive {
	a := &archive{readers: map[app.ID]app.Clearance{}}
	type stamp struct{ On app.Ref }
	fields := app.Describe(fileKind, "簿冊", "Files",
		app.Text("title", "件名", "Title", func(r *file) *string { return &r.Title }).Seal(),
		app.Text("colour", "色", "Colour", func(r *file) *string { return &r.Colour }),
		app.Text("zone", "区分", "Zone", func(r *file) *app.Zone { return &r.Zone }),
		app.Link("org", "組織", "Organisation", "", func(r *file) *app.Ref { return &r.Org }),
		app.Files("files", "添付", "Files", func(r *file) *[]app.Blob { return &r.Files }),
	).Zoned(func(r *file) app.Zone { return r.Zone }).Of(func(r *file) app.ID { return r.Org.ID })
	files := fields.Can(app.Do("stamp", "押印", "Stamp", func(act *app.Act, r *file, in stamp) error {
		other, err := app.Get(act, fields, in.On)
		if err != nil {
			return err
		}
		other.Colour, r.Colour = "朱", "墨"
		act.Save(other)
		return nil
	}, app.Link("on", "対象", "On", fileKind, func(s *stamp) *app.Ref { return &s.On })))
	notes := app.Describe(noteKind, "付箋", "Notes",
		app.Link("file", "簿冊", "File", fileKind, func(r *note) *app.Ref { return &r.File }),
		app.Text("text", "内容", "Text", func(r *note) *string { return &r.Text }).Seal(),
	).Within(func(r *note) app.Ref { return r.File })
	a.Book = app.Book{Registers: app.Collect([]app.Module{{Name: "archive", Registers: []app.AnyRegister{app.Conflicts, files, notes}}}), Access: a}
	return a
}

// Clearance is part of [app.Access].
func (a *archive) Clearance(_ app.View, person app.ID, _ app.Stamp) (app.Clearance, error) {
	if c, limited := a.readers[person]; limited {
		return c, nil
	}
	return app.ReadsAll, nil
}

// May is part of [app.Access]: everybody may write everything.
func (a *archive) May(app.View, *app.Change, app.Stamp, app.Scope, app.Scope) error { return nil }

// zone is the extent of all files in a zone.
func zone(z app.Zone) app.Extent { return app.Extent{Kind: fileKind, Zone: z, All: true} }

// put writes a new record of some fields.
func (o *office) put(d *simtest.Device, ref app.Ref, cells ...app.Cell) {
	o.Helper()
	o.journal(d, &app.Change{Ref: ref, New: true, Cells: cells})
}

func fileRef(n byte) app.Ref { return app.Ref{Kind: fileKind, ID: app.ID{0xf0, n}} }
func noteRef(n byte) app.Ref { return app.Ref{Kind: noteKind, ID: app.ID{0xa0, n}} }

func linkTo(field string, to app.Ref) app.Cell {
	b := app.TextValue(string(to.Kind))
	v := append(append(app.Value{0x82}, b...), app.BytesValue(to.ID[:])...)
	return app.Cell{Field: field, Now: v}
}

// reader is a replica by the protocol alone: it holds what it is told and
// nothing else.
type reader struct {
	*office
	*simtest.Device
	cursor    int64
	filled    int64 // the head when rows came last
	clearance app.Clearance
	rows      map[app.Ref]app.Doc
	ring      ring
	said      map[uint64]app.Verdict // on its own changes
	heard     []app.Outcome
	between   func() // two pages of rows
}

func (o *office) reader(name string) *reader {
	o.Helper()
	return &reader{o, o.device(name), 0, 0, app.ReadsNothing, map[app.Ref]app.Doc{}, ring{}, map[uint64]app.Verdict{}, nil, func() {}}
}

// Row is part of [app.View].
func (r *reader) Row(ref app.Ref) (app.Doc, int64, error) { return r.rows[ref], 1, nil }

// Linked is part of [app.View].
func (r *reader) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }

func (r *reader) add(keys []wire.Key) {
	for _, k := range keys {
		r.ring[app.SubjectKey(k).ID()] = app.SubjectKey(k)
	}
}

// step pulls one page, or brings the replica to another clearance.
func (r *reader) step(most int) {
	r.Helper()
	hash := r.clearance.Hash()
	out, err := r.order.Pull(r.Context(), r.ID, &wire.Pull{Epoch: r.epoch, GSN: r.cursor, Max: most, Clearance: hash[:]}, app.StampOf(r.Now))
	ok(r.T, err)
	if len(out.Clearance) > 0 {
		equal(r.T, len(out.Outcomes)+len(out.Keys), 0)
		r.rescope(wire.ClearanceOf(out.Clearance))
		return
	}
	r.add(out.Keys)
	for _, text := range out.Outcomes {
		r.hear(text)
	}
	r.cursor = out.UpTo
}

func (r *reader) hear(text []byte) {
	r.Helper()
	o, err := app.DecodeOutcome(text, r.ring)
	ok(r.T, err)
	r.heard = append(r.heard, *o)
	for _, e := range o.Effects {
		if r.rows[e.Ref] = r.rows[e.Ref].Patch(e.Cells); e.Gone {
			delete(r.rows, e.Ref)
		}
	}
	if o.Device == r.ID {
		r.said[o.Seq] = o.Verdict
	}
}

// rescope drops what may not be read any more and fetches what may be read now.
// It judges by the records that it holds, so these must be of one moment: rows
// that are ahead of the cursor are of none, and it starts over.
func (r *reader) rescope(to app.Clearance) {
	r.Helper()
	if r.cursor < r.filled {
		r.clearance, r.rows = nil, map[app.Ref]app.Doc{}
	}
	kept := slices.DeleteFunc(slices.Clone(r.clearance), func(e app.Extent) bool { return !slices.Contains(to, e) })
	added := slices.DeleteFunc(slices.Clone(to), func(e app.Extent) bool { return slices.Contains(kept, e) })
	before := maps.Clone(r.rows)
	for ref, doc := range before {
		s, err := r.Book.ScopeOf(&reader{rows: before}, ref, doc)
		ok(r.T, err)
		if !to.Reads(s) {
			delete(r.rows, ref)
		}
	}
	if r.clearance = to; !r.fetch(added, to) {
		r.clearance, r.rows = app.ReadsNothing, map[app.Ref]app.Doc{}
	}
}

// fetch takes in all rows of some extents, unless the clearance changes meanwhile.
func (r *reader) fetch(only, to app.Clearance) bool {
	r.Helper()
	hash := to.Hash()
	ask := &wire.Rows{Epoch: r.epoch, Only: wire.ExtentsOf(only), Clearance: hash[:]}
	for more := len(only) > 0; more; {
		page, err := r.order.Rows(r.Context(), r.ID, ask, app.StampOf(r.Now))
		ok(r.T, err)
		if len(page.Clearance) > 0 {
			return false
		}
		r.add(page.Keys)
		r.filled = max(r.filled, page.Head)
		for _, row := range page.Rows {
			ref := app.Ref{Kind: app.Kind(row.Ref.Kind), ID: row.Ref.ID}
			r.rows[ref], ask.After = row.Doc, row.Ref
		}
		more = page.More
		r.between()
	}
	return true
}

// catchUp goes on until there is nothing more to hear.
func (r *reader) catchUp() {
	r.Helper()
	for range 10_000 {
		head, err := r.order.Head(r.Context())
		ok(r.T, err)
		c, err := r.Book.ClearanceOf(nil, r.Author(), 0)
		ok(r.T, err)
		if r.cursor == head && r.clearance.Hash() == orNothing(c).Hash() {
			return
		}
		r.step(0)
	}
	r.Fatal("it never catches up")
}

func orNothing(c app.Clearance) app.Clearance {
	if len(c) == 0 {
		return app.ReadsNothing
	}
	return c
}

// readable are the server's rows that a clearance covers. Each must be in the
// scope that its document says.
func (o *office) readable(c app.Clearance) map[app.Ref]app.Doc {
	o.Helper()
	out := map[app.Ref]app.Doc{}
	o.read(func(tx server.Tx) error {
		rows, err := tx.RowsAfter(app.Ref{}, c.Reads, 1<<20, 1<<30)
		for _, r := range rows {
			out[r.Ref] = r.Doc
			kept, _, _ := tx.ScopeAt(r.Ref)
			if now, err := o.Book.ScopeOf(tx, r.Ref, r.Doc); err != nil || now != kept {
				o.Fatalf("%s is kept in %+v and belongs into %+v, %v", r.Ref, kept, now, err)
			}
		}
		return err
	})
	return out
}

// logs runs a test over each driver.
func logs(t *testing.T, test func(t *testing.T, open func() server.Log)) {
	for _, d := range drivers {
		t.Run(d.name, func(t *testing.T) { test(t, func() server.Log { return d.open(t) }) })
	}
}
