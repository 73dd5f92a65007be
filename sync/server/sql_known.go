package server

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"daicho/app"
)

// known is what a transaction has read or written, so that it asks for it
// once: nobody else writes meanwhile.
type known struct {
	counters map[string]int64
	counted  map[string]bool // those that were counted up, to be written at the end
	records  map[app.Ref]knownRow
	subjects map[app.ID][]agedKey // their keys, the oldest first
	linked   map[backlink][]app.Ref
	erased   map[app.ID]bool // whether they are
}

type knownRow struct {
	Row
	there  bool
	scope  int  // the number of its scope
	linked bool // Links are known
}

// backlink is a record with the kind of those that link to it.
type backlink struct {
	to   app.Ref
	from app.Kind
}

type agedKey struct {
	app.SubjectKey
	at app.Stamp
}

func newKnown() known {
	return known{map[string]int64{}, map[string]bool{}, map[app.Ref]knownRow{}, map[app.ID][]agedKey{}, map[backlink][]app.Ref{}, map[app.ID]bool{}}
}

// maxKnown records, and as many subjects, are remembered at once: a transaction
// may go through the whole database.
const maxKnown = 5_000

// room makes room for what comes next. Everything known is in the database, too.
func (k *known) room() {
	if len(k.records) > maxKnown {
		clear(k.records)
	}
	if len(k.subjects) > maxKnown {
		clear(k.subjects)
	}
	if len(k.linked) > maxKnown {
		clear(k.linked)
	}
	if len(k.erased) > maxKnown {
		clear(k.erased)
	}
}

// relink forgets who links to what, as far as a record's new links alter it.
func (k *known) relink(was knownRow, is Row) {
	for _, to := range slices.Concat(was.Links, is.Links) {
		delete(k.linked, backlink{to, is.Ref.Kind})
	}
	if !was.linked { // it may have linked to anything
		maps.DeleteFunc(k.linked, func(b backlink, _ []app.Ref) bool { return b.from == is.Ref.Kind })
	}
}

// older orders keys by age.
func older(a, b agedKey) int {
	x, y := a.ID(), b.ID()
	return cmp.Or(cmp.Compare(a.at, b.at), bytes.Compare(x[:], y[:]))
}

// putKey notes a key of a subject whose keys are known.
func (k *known) putKey(key agedKey) {
	all, there := k.subjects[key.Subject]
	if there && !slices.ContainsFunc(all, func(a agedKey) bool { return a.Key == key.Key }) {
		all = append(slices.Clone(all), key)
		slices.SortFunc(all, older)
		k.subjects[key.Subject] = all
	}
}

// settle writes what waits for the end of the transaction.
func (t *sqlTx) settle() error {
	for _, name := range slices.Sorted(maps.Keys(t.counted)) {
		if err := t.exec("INSERT INTO counter (name, n) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET n = $2", name, t.counters[name]); err != nil {
			return err
		}
	}
	clear(t.counted)
	return nil
}

// together is how many records one query asks for. There are always as many,
// so that it is prepared once.
const together = 50

var listOf = placeholders(2, together)

// placeholders are so many parameters, from one on: $2, $3 …
func placeholders(from, count int) string {
	s := make([]string, count)
	for i := range s {
		s[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(s, ", ")
}

// Expect reads rows and keys of records that are not known yet.
func (t *sqlTx) Expect(refs []app.Ref) error {
	t.room()
	news := map[app.Kind][]app.ID{}
	for _, ref := range refs {
		if _, there := t.records[ref]; !there {
			t.records[ref], t.subjects[ref.ID] = knownRow{Row: Row{Ref: ref}, linked: true}, nil // unless they are found
			news[ref.Kind] = append(news[ref.Kind], ref.ID)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(news)) {
		for ids := range slices.Chunk(news[kind], together) {
			if err := t.readAhead(kind, ids); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *sqlTx) readAhead(kind app.Kind, ids []app.ID) error {
	args := []any{string(kind)}
	for i := range together {
		args = append(args, ids[min(i, len(ids)-1)][:])
	}
	err := t.each("SELECT id, gsn, scope, doc, ticks FROM record WHERE kind = $1 AND id IN ("+listOf+")", args, func(scan func(...any) error) (bool, error) {
		r := knownRow{Row: Row{Ref: app.Ref{Kind: kind}}, there: true}
		err := scan(append([]any{blob(r.Ref.ID[:])}, t.columnsOfRow(&r)...)...)
		t.records[r.Ref] = r
		return true, err
	})
	if err != nil {
		return err
	}
	return t.readKeys("SELECT subject, key_id, key, received FROM subject_key WHERE received >= $1 AND subject IN ("+listOf+") ORDER BY received, key_id",
		append([]any{int64(0)}, args[1:]...)...)
}

// readKeys adds to the keys that are known.
func (t *sqlTx) readKeys(query string, args ...any) error {
	return t.each(query, args, func(scan func(...any) error) (bool, error) {
		var k agedKey
		var id app.KeyID
		err := scan(blob(k.Subject[:]), blob(id[:]), t.opened("subject_key.key", blob(k.Key[:]), k.Subject[:], id[:]), &k.at)
		if !slices.ContainsFunc(t.subjects[k.Subject], func(a agedKey) bool { return a.Key == k.Key }) { // asked for twice, for records of two kinds
			t.subjects[k.Subject] = append(t.subjects[k.Subject], k)
		}
		return true, err
	})
}

// row is a record, read once.
func (t *sqlTx) row(ref app.Ref) (knownRow, error) {
	if r, there := t.records[ref]; there {
		return r, nil
	}
	t.room()
	r := knownRow{Row: Row{Ref: ref}}
	found, err := t.one("SELECT gsn, scope, doc, ticks FROM record WHERE kind = $1 AND id = $2", []any{string(ref.Kind), ref.ID[:]}, t.columnsOfRow(&r)...)
	if err == nil {
		r.there, r.linked = found, !found // what is not there links to nothing
		t.records[ref] = r
	}
	return r, err
}

// columnsOfRow scan gsn, scope, doc and ticks.
func (t *sqlTx) columnsOfRow(r *knownRow) []any {
	return []any{&r.GSN, &r.scope, t.opened("record.doc", &r.Doc, &r.Ref.Kind, r.Ref.ID[:]), t.opened("record.ticks", &r.Ticks, &r.Ref.Kind, r.Ref.ID[:])}
}

// keysOf are a subject's keys, read once.
func (t *sqlTx) keysOf(subject app.ID) ([]agedKey, error) {
	if all, there := t.subjects[subject]; there {
		return all, nil
	}
	t.room()
	t.subjects[subject] = nil
	err := t.readKeys("SELECT subject, key_id, key, received FROM subject_key WHERE subject = $1 ORDER BY received, key_id", subject[:])
	if err != nil {
		delete(t.subjects, subject)
	}
	return t.subjects[subject], err
}
