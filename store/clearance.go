package store

import (
	"context"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"daicho/app"
)

// phase is what a replica is doing about another clearance.
type phase int

const (
	still    phase = iota // nothing: it holds what it may
	dropping              // what may not be read any more
	filling               // what may be read now
)

// standing is which records the replica holds, and how far it is where that
// changes. Each piece of the work writes it anew in its own transaction, so that
// a killed program goes on at the next.
type standing struct {
	Held  []extent `cbor:"1,keyasint"`           // its records are whole in these
	To    []extent `cbor:"2,keyasint,omitempty"` // and shall be in these
	Step  phase    `cbor:"3,keyasint,omitempty"`
	Only  []extent `cbor:"4,keyasint,omitempty"` // to be filled
	Kind  app.Kind `cbor:"5,keyasint,omitempty"` // the last record that the step dealt with
	ID    app.ID   `cbor:"6,keyasint"`
	Head  int64    `cbor:"7,keyasint,omitempty"` // line from which on the order is followed once it is filled; 0: as before
	Done  int64    `cbor:"8,keyasint,omitempty"` // records filled
	Total int64    `cbor:"9,keyasint,omitempty"` // about as many as will come

	Ahead   int64      `cbor:"11,keyasint,omitempty"` // line up to which records may have come before the order did
	Strange []app.Kind `cbor:"10,keyasint,omitempty"` // kinds of which something was dropped that may be readable

	none bool // no server ever told of a clearance, and nothing is here
}

// extent is an [app.Extent] as it is kept.
type extent struct {
	Kind string `cbor:"1,keyasint"`
	Zone string `cbor:"2,keyasint,omitempty"`
	Org  app.ID `cbor:"3,keyasint"`
	All  bool   `cbor:"4,keyasint,omitempty"`
}

func extentsOf(c app.Clearance) []extent {
	out := []extent{}
	for _, e := range c {
		out = append(out, extent{string(e.Kind), string(e.Zone), e.Org, e.All})
	}
	return out
}

func clearanceOf(list []extent) app.Clearance {
	out := make([]app.Extent, len(list))
	for i, e := range list {
		out[i] = app.Extent{Kind: app.Kind(e.Kind), Zone: app.Zone(e.Zone), Org: e.Org, All: e.All}
	}
	return app.NewClearance(out...)
}

// clearanceKey is the setting that holds the standing.
const clearanceKey = "store/clearance"

// standing reads it. A replica of a program that knew no clearances holds all.
func (r *reader) standing() (w standing, err error) {
	b, err := r.setting(clearanceKey)
	if err != nil {
		return w, err
	}
	if b != nil {
		return w, cbor.Unmarshal(b, &w)
	}
	_, gsn, err := r.cursor()
	if w.none = gsn == 0; !w.none {
		w.Held = extentsOf(app.ReadsAll)
	}
	return w, err
}

func (st *step) stand(w standing) error {
	b, err := cbor.Marshal(w)
	if err != nil {
		return err
	}
	return st.exec("INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", clearanceKey, b)
}

// hash is by what the server knows the clearance; zero: there is none yet.
func (w *standing) hash() [32]byte {
	switch {
	case w.none:
		return [32]byte{}
	case w.Step != still:
		return clearanceOf(w.To).Hash()
	}
	return clearanceOf(w.Held).Hash()
}

func (w *standing) at() app.Ref { return app.Ref{Kind: w.Kind, ID: w.ID} }

func (w *standing) moveTo(ref app.Ref) { w.Kind, w.ID = ref.Kind, ref.ID }

// Clearance is the hash of what the replica holds, or is going over to; zero if
// it holds nothing yet.
func (s *Replica) Clearance(ctx context.Context) (hash [32]byte, err error) {
	err = s.read(ctx, func(r *reader) error {
		w, err := r.standing()
		hash = w.hash()
		return err
	})
	return hash, err
}

// Readable is what the person may read, as the server said last; all, where no
// server ever said.
func (s *Replica) Readable(ctx context.Context) (c app.Clearance, err error) {
	err = s.read(ctx, func(r *reader) error {
		w, err := r.standing()
		switch {
		case w.none:
			c = app.ReadsAll
		case w.Step != still:
			c = clearanceOf(w.To)
		default:
			c = clearanceOf(w.Held)
		}
		return err
	})
	return c, err
}

// Rescope has the replica hold what a clearance lets it, and no more. What may
// not be read any more is dropped before it returns; what is missing then,
// [Replica.Filling] says. Of a replica that follows no order yet, head is the
// line from which on it will, once it is filled; 0: from the first, without being
// filled. Killed or cancelled it goes on when it, or Filling, is called again.
func (s *Replica) Rescope(ctx context.Context, epoch app.ID, to app.Clearance, head int64) error {
	err := s.transact(ctx, func(st *step) error { return st.rescope(epoch, to, head) })
	if err != nil {
		return err
	}
	return s.drop(ctx)
}

// rescope notes where the replica is to go.
func (st *step) rescope(epoch app.ID, to app.Clearance, head int64) error {
	known, gsn, err := st.cursor()
	if err == nil && !known.IsZero() && known != epoch {
		err = otherEpoch
	}
	if err != nil {
		return err
	}
	w, err := st.standing()
	if err != nil || !w.none && w.hash() == to.Hash() {
		return err
	}
	if err := st.exec("UPDATE cursor SET epoch = ?", epoch[:]); err != nil {
		return err
	}
	begun := w.Step != still
	if gsn == 0 && !begun && head == 0 {
		return st.stand(standing{Held: extentsOf(to)})
	}
	held := clearanceOf(w.Held)
	if begun { // what the step before dropped, and did not fill, is not here
		held = held.Common(clearanceOf(w.To))
	}
	if gsn == 0 || gsn < w.Ahead { // what stands within a record that is of another moment cannot be judged by it
		held = nil
	}
	if gsn > 0 {
		head = 0
	}
	held = held.Common(to)
	return st.stand(standing{Held: extentsOf(held), To: extentsOf(to), Step: dropping, Only: extentsOf(to.Beyond(held)), Head: head, Ahead: w.Ahead, Strange: st.strangers(w)})
}

// strangers are the kinds, unknown to this version, of which something was dropped
// that was not filled again: a clearance alone does not tell that it is missing.
func (st *step) strangers(w standing) []app.Kind {
	kinds := slices.Clone(w.Strange)
	for _, e := range w.Only {
		if kind := app.Kind(e.Kind); kind != app.Any && st.s.tables[kind] == nil && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// arrive ends the work: the replica holds what it may.
func (st *step) arrive(w standing) error {
	_, gsn, err := st.cursor()
	if err != nil {
		return err
	}
	if w.Head > 0 && gsn == 0 {
		gsn = w.Head
		err = st.exec("UPDATE cursor SET gsn = ?", gsn)
	}
	if err == nil {
		err = st.clipPast(clearanceOf(w.To))
	}
	if err == nil && gsn > 0 && len(w.Only) > 0 {
		err = st.exec("UPDATE cursor SET base = max(base, ?)", gsn)
		if err == nil {
			err = st.addPast(0, gsn, w.Only)
		}
	}
	if err != nil {
		return err
	}
	return st.stand(standing{Held: slices.Clone(w.To), Ahead: w.Ahead})
}

var otherClearance = app.Refuse(app.Stale, "", "閲覧できる範囲が変更されました。もう一度同期してください。", "what may be read here has changed meanwhile; sync again")
