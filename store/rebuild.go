package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daicho/app"
)

// rebuildBatch is how many records one transaction of a rebuild takes: it can
// be killed after any and goes on from there.
const rebuildBatch = 500

// What stands before what a projection is being made for: all of it, or its
// columns alone. Words take most of the time, and mostly they stay.
const (
	remaking  = "making "
	realigned = "making columns of "
	wordless  = "making words of " // what [Replica.Fill] brought; no opening waits for it
)

// complete brings the projections to this program's registers, and takes in
// what an older program could not.
func (s *Replica) complete(ctx context.Context) error {
	_ = s.collect(ctx) // it can be done later; and if something is damaged, who needs it says so
	for _, kind := range slices.Sorted(maps.Keys(s.tables)) {
		t := s.tables[kind]
		if err := s.hasColumns(t); err != nil {
			return err
		}
		var made string
		err := s.read(ctx, func(r *reader) error {
			_, err := r.one("SELECT made FROM projection WHERE kind = ?", []any{string(kind)}, &made)
			return err
		})
		if mark := t.wants(made); err == nil && mark != "" {
			err = s.remake(ctx, t, mark, made == mark+t.made())
		}
		if err == nil {
			err = s.takeDeferred(ctx, t)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hasColumns finds a migration that was forgotten.
func (s *Replica) hasColumns(t *table) error {
	cols := []string{"id", "gsn", "doc"}
	for _, f := range t.indexed {
		cols = append(cols, quote(f.Name))
	}
	rows, err := s.db.Read.Query(fmt.Sprintf("SELECT %s FROM %s LIMIT 0", strings.Join(cols, ", "), quote(string(t.kind))))
	if err != nil {
		return fmt.Errorf("the migrations do not fit the register of %s: %w", t.kind, err)
	}
	return rows.Close()
}

// Rebuild makes the columns, links, search text and count of a kind anew from
// its documents. Killed or cancelled, it goes on at the next opening.
func (s *Replica) Rebuild(ctx context.Context, kind app.Kind) error {
	t := s.tables[kind]
	if t == nil {
		_, err := s.book.Registers.Of(kind)
		return err
	}
	return s.remake(ctx, t, remaking, false)
}

// wants is the mark of what must be made anew where a projection was made, or
// was being made, for something; empty if nothing must.
func (t *table) wants(made string) string {
	switch {
	case made == t.made() || made == wordless+t.made():
		return ""
	case made == realigned+t.made() || beside(made) == beside(t.made()):
		return realigned
	}
	return remaking
}

// beside is what a projection was made for, without its columns.
func beside(made string) string {
	front, rest, _ := strings.Cut(made, " links ")
	words := slices.DeleteFunc(strings.Fields(front), func(word string) bool { return strings.Contains(word, ":") })
	return strings.Join(words, " ") + rest
}

func (s *Replica) remake(ctx context.Context, t *table, mark string, resume bool) error {
	if !resume {
		err := s.transact(ctx, func(st *step) error {
			return st.exec("INSERT INTO projection VALUES (?, ?, zeroblob(16)) ON CONFLICT (kind) DO UPDATE SET made = excluded.made, upto = excluded.upto",
				string(t.kind), mark+t.made())
		})
		if err != nil {
			return err
		}
	}
	n, total, err := s.remade(ctx, t)
	for done := false; err == nil && !done; {
		var some int
		err = s.transact(ctx, func(st *step) (err error) {
			some, done, err = st.remakeSome(t, mark)
			return err
		})
		if err == nil {
			n += some
			s.told(t.kind, n, max(n, total))
		}
	}
	return err
}

// remade is how many records of a kind have been made anew so far, and how
// many there are. It reads all ids before that point, so it is asked once.
func (s *Replica) remade(ctx context.Context, t *table) (n, total int, err error) {
	err = s.read(ctx, func(r *reader) error {
		_, err := r.one(fmt.Sprintf("SELECT count(*) FROM %s, projection WHERE projection.kind = ? AND id <= projection.upto", quote(string(t.kind))), []any{string(t.kind)}, &n)
		if err == nil {
			_, err = r.one("SELECT n FROM counter WHERE kind = ?", []any{string(t.kind)}, &total)
		}
		return err
	})
	return n, total, err
}

// remakeSome takes the next records. Another process may be at the same work:
// how far it is stands in the database.
func (st *step) remakeSome(t *table, mark string) (n int, done bool, err error) {
	var upto []byte
	there, err := st.one("SELECT upto FROM projection WHERE kind = ? AND made = ?", []any{string(t.kind), mark + t.made()}, &upto)
	if err != nil || !there {
		return 0, true, err
	}
	refs, err := st.refs(fmt.Sprintf("SELECT '%s', id FROM %s WHERE id > ? ORDER BY id LIMIT %d", t.kind, quote(string(t.kind)), rebuildBatch), upto)
	if err != nil {
		return 0, true, err
	}
	for _, ref := range refs {
		if err := st.reproject(t, ref, mark == remaking); err != nil {
			return 0, true, err
		}
		upto = ref.ID[:]
	}
	if len(refs) == rebuildBatch {
		return len(refs), false, st.exec("UPDATE projection SET upto = ? WHERE kind = ?", upto, string(t.kind))
	}
	if err := st.recount(t.kind); err != nil {
		return 0, true, err
	}
	return len(refs), true, st.exec("UPDATE projection SET made = ? WHERE kind = ?", t.made(), string(t.kind))
}

func (st *step) recount(kind app.Kind) error {
	return st.exec(fmt.Sprintf("INSERT INTO counter SELECT ?, count(*) FROM %s WHERE true ON CONFLICT (kind) DO UPDATE SET n = excluded.n", quote(string(kind))), string(kind))
}

// reproject makes a record's columns anew; if all is asked for, also what
// stands elsewhere: links, names of files, words.
func (st *step) reproject(t *table, ref app.Ref, all bool) error {
	doc, gsn, err := st.Row(ref)
	if err != nil {
		return err
	}
	rec := t.g.New()
	if err := t.g.Load(rec, ref, gsn, doc); err != nil {
		return err
	}
	st.note(ref)
	if err := st.exec(t.put, t.values(rec, doc)...); err != nil || !all {
		return err
	}
	if err := errors.Join(st.unlink(ref), st.detach(ref), st.putAside(t, rec, nil)); err != nil {
		return err
	}
	st.putText(ref, t.textOf(rec))
	return nil
}

// takeDeferred takes in records and effects that came while an older program did
// not know their kind.
func (s *Replica) takeDeferred(ctx context.Context, t *table) error {
	return s.transact(ctx, func(st *step) error {
		if err := st.takeStanding(t.kind); err != nil {
			return err
		}
		gsns, err := st.numbers("SELECT gsn FROM deferred WHERE kind = ? ORDER BY gsn", string(t.kind))
		if err != nil || len(gsns) == 0 {
			return err
		}
		for _, gsn := range gsns {
			if err := st.takeLate(t.kind, int64(gsn)); err != nil {
				return err
			}
		}
		return st.exec("DELETE FROM deferred WHERE kind = ?", string(t.kind))
	})
}

// takeStanding takes in records that came as they stood.
func (st *step) takeStanding(kind app.Kind) error {
	var rows []Row
	err := st.each("SELECT id, gsn, doc FROM deferred_row WHERE kind = ?", []any{string(kind)}, func(scan func(...any) error) error {
		var id, doc []byte
		r := Row{Ref: app.Ref{Kind: kind}}
		err := scan(&id, &r.GSN, &doc)
		copy(r.Ref.ID[:], id)
		r.Doc = doc
		rows = append(rows, r)
		return err
	})
	for _, r := range rows {
		if err == nil {
			err = st.put(r.Ref, r.GSN, r.Doc)
		}
	}
	if err != nil || len(rows) == 0 {
		return err
	}
	return st.exec("DELETE FROM deferred_row WHERE kind = ?", string(kind))
}

// takeLate takes the effects of one outcome on one kind in; there are none if
// the record has gone since.
func (st *step) takeLate(kind app.Kind, gsn int64) error {
	var body []byte
	there, err := st.one("SELECT body FROM outcome WHERE gsn = ?", []any{gsn}, &body)
	if err != nil || !there {
		return err
	}
	o, err := app.DecodeOutcome(body, st.keys())
	if err != nil {
		return err
	}
	o.Effects = slices.DeleteFunc(o.Effects, func(e app.Effect) bool { return e.Ref.Kind != kind })
	return st.takeAll([]news{{*o, body}})
}
