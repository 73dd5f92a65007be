package kittest

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/ui"
)

// Replica is records in memory, decided by the product's own rules: what a
// screen reads and writes in a test. Its zero time is Now.
type Replica struct {
	t      testing.TB
	book   app.Book
	rows   map[app.Ref]row
	order  []app.Ref // of creation
	events map[app.Ref][]app.Event
	files  map[app.BlobID]string
	people map[app.ID]string
	count  map[string]int64
	seq    uint64
	listen []func([]app.Ref)

	Lacks ui.Lacking        // of every record's history
	Kept  map[string][]byte // by screens

	GoesOn      func(app.Blob) app.Ref   // keeps what was saved outside in a new record; nil: in the same
	Unread      map[string]app.Label     // why not all of a file was read, by its name
	Sheets      map[string][]image.Image // the pages of a file, by its name
	SaveOutside func(content string)     // what a person does who saves the file that was opened last outside

	Reaches map[app.Kind]ui.Reach // what the person may read; of others all

	Scans Scanner

	refused []app.Sent

	ticks map[tick]app.Tick

	At     time.Time // of the next change
	Author string    // of the next change
	Device byte      // of the next change
	Err    int64     // of the clock at the next change, milliseconds or app.Unknown
	Fail   error     // what every call answers, if set
	FailAt string    // the one call that does; empty: each

	Forbids func(app.Record) error // why what is written to a record is refused beside the rules; nil: nothing is

	Calls []string // what was asked, for tests of what is read when
}

// tick names a field.
type tick struct {
	ref   app.Ref
	field string
}

type row struct {
	doc app.Doc
	gsn int64
}

// NewReplica is an empty replica.
func NewReplica(t testing.TB, book app.Book) *Replica {
	return &Replica{
		t: t, book: book, rows: map[app.Ref]row{}, events: map[app.Ref][]app.Event{}, files: map[app.BlobID]string{},
		people: map[app.ID]string{}, count: map[string]int64{}, ticks: map[tick]app.Tick{}, At: Now, Author: "中村 彩", Device: 7, Err: 400,
	}
}

func (r *Replica) asked(what string) error {
	r.Calls = append(r.Calls, what)
	if r.FailAt != "" && r.FailAt != what {
		return nil
	}
	return r.Fail
}

// Row answers rules.
func (r *Replica) Row(ref app.Ref) (app.Doc, int64, error) {
	return r.rows[ref].doc, r.rows[ref].gsn, nil
}

// Linked answers rules and screens: the records that point to one.
func (r *Replica) linked(to app.Ref, from app.Kind) (refs []app.Ref) {
	for _, ref := range r.order {
		g := r.book.Registers[ref.Kind]
		if from != "" && ref.Kind != from {
			continue
		}
		for _, s := range g.About().Fields {
			if slices.Contains(r.rows[ref].doc.Get(s.Name).Refs(), to) {
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

// view is the replica as rules see it.
type view struct{ *Replica }

func (v view) Linked(to app.Ref, from app.Kind) ([]app.Ref, error) { return v.linked(to, from), nil }

// Registers are those of the book.
func (r *Replica) Registers() app.Registers { return r.book.Registers }

// IDs answers a query.
func (r *Replica) IDs(_ context.Context, kind app.Kind, q app.Query) (ids []app.ID, err error) {
	g := r.book.Registers[kind]
	if q, err = q.Resolve(g, app.Actor{ID: r.person(r.Author), Name: r.Author}, r.At); err != nil {
		return nil, err
	}
	for _, ref := range r.order {
		if ref.Kind != kind || !r.meets(g, ref, q.Where) {
			continue
		}
		if q.Find == "" || strings.Contains(g.SearchText(r.Load(ref)), q.Find) {
			ids = append(ids, ref.ID)
		}
	}
	if q.Sort != "" {
		slices.SortStableFunc(ids, func(a, b app.ID) int {
			return compare(g.Column(r.Load(app.Ref{Kind: kind, ID: a}), q.Sort), g.Column(r.Load(app.Ref{Kind: kind, ID: b}), q.Sort))
		})
	}
	if q.Desc {
		slices.Reverse(ids)
	}
	if q.After != nil {
		ids = ids[slices.Index(ids, q.After.ID)+1:]
	}
	if q.Limit > 0 {
		ids = ids[:min(q.Limit, len(ids))]
	}
	return ids, r.asked("ids")
}

func compare(a, b app.Value) int {
	if n := cmp.Compare(a.Int(), b.Int()); n != 0 {
		return n
	}
	return cmp.Compare(a.Text(), b.Text())
}

func (r *Replica) meets(g app.AnyRegister, ref app.Ref, where []app.Cond) bool {
	for _, c := range where {
		v := g.Column(r.Load(ref), c.Field)
		n := 0
		switch want := c.Value.(type) {
		case string:
			n = cmp.Compare(textOf(g, c.Field, v), want)
		case int64:
			n = cmp.Compare(v.Int(), want)
		case []string:
			if !slices.Contains(want, textOf(g, c.Field, v)) {
				n = 1
			}
		}
		if ok := map[string]bool{"=": n == 0, "<>": n != 0, "<": n < 0, "<=": n <= 0, ">": n > 0, ">=": n >= 0}[c.Op]; !ok {
			return false
		}
	}
	return true
}

// textOf is a value as a column of text holds it.
func textOf(g app.AnyRegister, field string, v app.Value) string {
	if s, _ := app.SpecOf(g, field); s.Type == app.TLink {
		return v.SQL(s.Type).(string)
	}
	return v.Text()
}

// Load is a record as it is now.
func (r *Replica) Load(ref app.Ref) app.Record {
	g := r.book.Registers[ref.Kind]
	rec := g.New()
	if err := g.Load(rec, ref, r.rows[ref].gsn, r.rows[ref].doc); err != nil {
		r.t.Fatal(err)
	}
	return rec
}

// Rows loads records.
func (r *Replica) Rows(_ context.Context, kind app.Kind, ids []app.ID) (out []app.Record, err error) {
	for _, id := range ids {
		ref := app.Ref{Kind: kind, ID: id}
		if _, ok := r.rows[ref]; !ok {
			out = append(out, nil)
			continue
		}
		out = append(out, r.Load(ref))
	}
	return out, r.asked("rows")
}

// Count counts.
func (r *Replica) Count(ctx context.Context, kind app.Kind, where []app.Cond) (int, error) {
	ids, err := r.IDs(ctx, kind, app.Query{Where: where})
	return len(ids), err
}

// Get loads one record.
func (r *Replica) Get(_ context.Context, ref app.Ref) (app.Record, error) {
	if _, ok := r.rows[ref]; !ok {
		return nil, app.Refuse(app.NotFound, "", "この記録はこの端末にありません。", "no such record here")
	}
	return r.Load(ref), r.asked("get")
}

// New is an empty record with an id.
func (r *Replica) New(kind app.Kind) (app.Record, error) {
	rec := r.book.Registers[kind].New()
	var random [10]byte
	random[9], random[8] = byte(len(r.order)+1), byte(r.seq)
	id, err := app.NewID(app.StampOf(r.At), bytes.NewReader(random[:]))
	rec.Meta().Ref.ID = id
	return rec, err
}

// Save decides an edit.
func (r *Replica) Save(_ context.Context, rec app.Record) error {
	g := r.book.Registers[rec.Meta().Ref.Kind]
	if err := r.asked("save"); err != nil {
		return err
	}
	return r.decideOn(rec, &app.Change{Ref: rec.Meta().Ref, New: rec.Meta().IsNew(), Base: rec.Meta().GSN, Cells: g.Diff(rec)})
}

// Try says why Save would refuse a record.
func (r *Replica) Try(_ context.Context, rec app.Record) error {
	if err := r.asked("try"); err != nil {
		return err
	}
	seq, count, g := r.seq, maps.Clone(r.count), r.book.Registers[rec.Meta().Ref.Kind]
	_, err := r.judge(&app.Change{Ref: rec.Meta().Ref, New: rec.Meta().IsNew(), Base: rec.Meta().GSN, Cells: g.Diff(rec)})
	r.seq, r.count = seq, count
	return err
}

// decideOn decides a change and puts what came of it into the record, as the store
// does.
func (r *Replica) decideOn(rec app.Record, c *app.Change) error {
	err := r.decide(c)
	if err == nil {
		now := r.rows[c.Ref]
		err = r.book.Registers[c.Ref.Kind].Load(rec, c.Ref, now.gsn, now.doc)
	}
	return err
}

// Do decides a command.
func (r *Replica) Do(_ context.Context, rec app.Record, command string, args []string) error {
	g := r.book.Registers[rec.Meta().Ref.Kind]
	if err := r.asked("do " + command); err != nil {
		return err
	}
	spec, err := app.CommandOf(g, command)
	if err != nil {
		return err
	}
	doc, err := app.Args(g, command, args)
	if err != nil {
		return err
	}
	c := &app.Change{Ref: rec.Meta().Ref, Base: rec.Meta().GSN, Command: command, Args: doc}
	for _, f := range spec.Pre {
		c.Cells = append(c.Cells, app.Cell{Field: f, Was: g.Column(rec, f)})
	}
	return r.decideOn(rec, c)
}

// judge says what a change does; only the numbers that it was given are kept.
func (r *Replica) judge(c *app.Change) (app.Decision, error) {
	if _, there := r.rows[c.Ref]; there && r.Forbids != nil {
		if err := r.Forbids(r.Load(c.Ref)); err != nil {
			return app.Decision{}, err
		}
	}
	r.seq++
	c.Device, c.Seq, c.Author = app.ID{r.Device}, r.seq, r.person(r.Author)
	c.HLC = app.HLC(0).Next(app.StampOf(r.At))
	c.Clock = app.Reading{Wall: app.StampOf(r.At), Err: r.Err}
	act := &app.Act{
		Actor: app.Actor{ID: c.Author, Name: r.Author}, At: app.StampOf(r.At), View: view{r},
		Tick:  func(ref app.Ref, field string) app.Tick { return r.ticks[tick{ref, field}] },
		Issue: func(series string) (int64, error) { r.count[series]++; return r.count[series], nil },
	}
	return r.book.Decide(act, c)
}

func (r *Replica) decide(c *app.Change) error {
	decided, err := r.judge(c)
	if err != nil {
		return err
	}
	var refs []app.Ref
	for _, e := range decided.Effects {
		r.apply(e, c)
		refs = append(refs, e.Ref)
	}
	for _, l := range r.listen {
		l(refs)
	}
	return nil
}

func (r *Replica) apply(e app.Effect, c *app.Change) {
	old, known := r.rows[e.Ref]
	if !known {
		r.order = append(r.order, e.Ref)
	}
	for _, cell := range e.Cells {
		r.ticks[tick{e.Ref, cell.Field}] = c.Tick()
	}
	r.rows[e.Ref] = row{old.doc.Patch(e.Cells), int64(r.seq)}
	event := app.Event{At: app.StampOf(r.At), Err: r.Err, Claimed: app.StampOf(r.At), GSN: int64(r.seq), Device: c.Device, Seq: c.Seq, Author: c.Author, Name: r.Author, New: !known, Command: c.Command, Verdict: app.Accepted, Cells: c.Cells}
	r.events[e.Ref] = append([]app.Event{event}, r.events[e.Ref]...)
}

// person is the id of a name.
func (r *Replica) person(name string) app.ID {
	for id, n := range r.people {
		if n == name {
			return id
		}
	}
	id := app.ID{0xfe, byte(len(r.people) + 1)}
	r.people[id] = name
	return id
}

// History is what happened to a record.
func (r *Replica) History(_ context.Context, ref app.Ref) ([]app.Event, error) {
	return r.events[ref], r.asked("history")
}

// AddEvent puts an event into a history, newest first.
func (r *Replica) AddEvent(ref app.Ref, e app.Event) {
	r.events[ref] = append([]app.Event{e}, r.events[ref]...)
}

// Lacking is what the test wants.
func (r *Replica) Lacking(context.Context, app.Ref) (ui.Lacking, error) { return r.Lacks, nil }

// Unindexed is 0: words are made at once.
func (r *Replica) Unindexed(context.Context) (int, error) { return 0, nil }

// Linked names the records that point to one.
func (r *Replica) Linked(ctx context.Context, ref app.Ref) ([]ui.Hit, error) {
	return r.Names(ctx, r.linked(ref, ""))
}

// Names gives each reference its number and title.
func (r *Replica) Names(_ context.Context, refs []app.Ref) (hits []ui.Hit, err error) {
	for _, ref := range refs {
		h := ui.Hit{Ref: ref, Title: r.people[ref.ID]}
		if g := r.book.Registers[ref.Kind]; g != nil {
			rec := r.Load(ref)
			h.Number, h.Note = rec.Meta().Number, g.Show(rec, "state", app.JA)
			h.Title = cmp.Or(g.Show(rec, "title", app.JA), g.Show(rec, "name", app.JA), h.Title)
		}
		hits = append(hits, h)
	}
	return hits, r.asked("names")
}

// Similar finds records that have a word of the text's first line, in the order of
// creation.
func (r *Replica) Similar(ctx context.Context, like app.Like) (hits []ui.Hit, err error) {
	first, _, _ := strings.Cut(like.Text, "\n")
	found, err := r.Search(ctx, string([]rune(first)[:min(2, len([]rune(first)))]), len(r.order))
	for _, h := range found {
		if h.Ref.Kind == like.Kind && h.Ref.ID != like.Except && len(hits) < like.Limit {
			hits = append(hits, h)
		}
	}
	return hits, err
}

// Search finds words.
func (r *Replica) Search(ctx context.Context, words string, limit int) ([]ui.Hit, error) {
	var refs []app.Ref
	for _, ref := range r.order {
		if strings.Contains(r.book.Registers[ref.Kind].SearchText(r.Load(ref)), words) && len(refs) < limit {
			refs = append(refs, ref)
		}
	}
	return r.Names(ctx, refs)
}

// Attach keeps a file.
func (r *Replica) Attach(_ context.Context, _ app.Record, name string, body io.Reader) (app.Blob, error) {
	b, err := io.ReadAll(body)
	if err != nil {
		return app.Blob{}, app.Because(err, app.Failed, "ファイルを読めませんでした。もう一度選んでください。", "cannot read the file")
	}
	blob := app.Blob{ID: app.BlobID{byte(len(r.files) + 1)}, Name: name, Size: int64(len(b))}
	r.files[blob.ID] = string(b)
	return blob, r.asked("attach")
}

// OpenBlob reads a file.
func (r *Replica) OpenBlob(_ context.Context, _ app.Ref, id app.BlobID) (io.ReadCloser, error) {
	s, ok := r.files[id]
	if !ok {
		return nil, app.Refuse(app.NotFound, "", "このファイルはまだこの端末にありません。同期してから、もう一度開いてください。", "the file is not here yet; sync")
	}
	return io.NopCloser(strings.NewReader(s)), nil
}

// Watch tells of every change.
func (r *Replica) Watch(changed func([]app.Ref)) (stop func()) {
	r.listen = append(r.listen, changed)
	return func() { r.listen = nil }
}

var _ ui.Records = (*Replica)(nil)

// Reach is what a test says that the person may read.
func (r *Replica) Reach(_ context.Context, kind app.Kind) (ui.Reach, error) {
	return r.Reaches[kind], r.asked("reach")
}

// Drop takes a record away, as a server does that lets the person not read it
// any more.
func (r *Replica) Drop(ref app.Ref) {
	delete(r.rows, ref)
	r.order = slices.DeleteFunc(r.order, func(x app.Ref) bool { return x == ref })
	for _, tell := range r.listen {
		tell([]app.Ref{ref})
	}
}

// Content is what was attached, as it is: tests attach texts.
func (r *Replica) Content(_ context.Context, _ app.Ref, b app.Blob) (ui.Content, error) {
	return ui.Content{Text: r.files[b.ID], Why: r.Unread[b.Name]}, r.asked("content")
}

// Page is a page of Sheets, which a test draws.
func (r *Replica) Page(_ context.Context, b app.Blob, page, _ int) (ui.Sheet, error) {
	all := r.Sheets[b.Name]
	if page >= len(all) {
		return ui.Sheet{}, app.Refuse(app.Invalid, "", "このPDFのページは表示できません。", "the page cannot be drawn")
	}
	return ui.Sheet{Picture: all[page], Pages: len(all)}, r.asked("page")
}

// OpenOutside remembers what a person would save there.
func (r *Replica) OpenOutside(ctx context.Context, ref app.Ref, _ string, b app.Blob, saved func(app.Ref, app.Blob, error)) error {
	r.SaveOutside = func(content string) {
		now, err := r.Attach(ctx, r.Load(ref), b.Name, strings.NewReader(content))
		at := ref
		if r.GoesOn != nil {
			at = r.GoesOn(now)
		}
		saved(at, now, err)
	}
	return r.asked("outside")
}

// DoAll does one deed after the other.
func (r *Replica) DoAll(ctx context.Context, all []ui.Deed, done func(int)) error {
	for i, deed := range all {
		err := ctx.Err()
		switch {
		case err != nil:
		case deed.Command == "":
			err = r.Save(ctx, deed.Record)
		default:
			err = r.Do(ctx, deed.Record, deed.Command, deed.Args)
		}
		if err != nil {
			return err
		}
		done(i + 1)
	}
	return nil
}

// Secret is no secret.
func (r *Replica) Secret(purpose string) ([]byte, error) { return []byte(purpose), r.asked("secret") }
