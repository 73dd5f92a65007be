package store_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"daicho/app"
	"daicho/store"
)

// inventory is what can be found in a replica, as plain data: documents as they
// are stored, not as this version's fields show them, so that a later version,
// which has more fields, finds the same.
type inventory struct {
	Device      string
	Actor       string
	Status      status
	Settings    map[string]string
	Records     map[app.Kind][]entry
	Outbox      []line            // what the server has not judged or has rejected
	Attachments map[string]string // content by id; empty: the bytes have not come
	Found       map[string][]string
}

// status is what [store.Status] says of this version's things.
type status struct {
	Pending, Rejected, Conflicts, MissingBlobs, UnsentBlobs int

	Epoch string
	GSN   int64
}

// entry is one record with its history, the newest first.
type entry struct {
	ID, Number string
	GSN        int64
	Doc        fields
	History    []line
}

// line is one change.
type line struct {
	At                   app.Stamp
	GSN                  int64
	Device, Author, Name string
	Seq                  uint64
	Command              string `json:",omitempty"`
	Verdict              string `json:",omitempty"`
	Say                  string `json:",omitempty"`
	Now                  fields // the cells of the change
}

// fields is values by the names of their fields.
type fields map[string]json.RawMessage

// taken takes the inventory of a replica. The words are searched for.
func taken(t *testing.T, r *store.Replica, words ...string) inventory {
	t.Helper()
	v := inventory{Device: r.Device().String(), Actor: r.Actor().ID.String() + " " + r.Actor().Name, Settings: map[string]string{},
		Records: map[app.Kind][]entry{}, Attachments: map[string]string{}, Found: map[string][]string{}}
	v.state(t, r)
	for kind := range r.Book().Registers {
		v.records(t, r, kind)
	}
	for _, sent := range outbox(t, r) {
		v.Outbox = append(v.Outbox, lineOf(t, sent.Event))
	}
	for _, word := range words {
		v.Found[word] = found(t, r, word)
	}
	return v
}

// state is what the device says of itself.
func (v *inventory) state(t *testing.T, r *store.Replica) {
	t.Helper()
	s, err := r.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v.Status = status{s.Pending, s.Rejected, s.Conflicts, s.MissingBlobs, s.UnsentBlobs, s.Epoch.String(), s.GSN}
	settings, err := r.Settings(t.Context(), "draft/")
	if err != nil {
		t.Fatal(err)
	}
	for key, value := range settings {
		v.Settings[key] = string(value)
	}
}

// records lists a kind; one without records is left out, so that a later
// version may have more kinds.
func (v *inventory) records(t *testing.T, r *store.Replica, kind app.Kind) {
	t.Helper()
	recs, next, err := r.List(t.Context(), kind, app.Query{})
	if err != nil || next != nil {
		t.Fatalf("%s: %v; more pages: %v", kind, err, next != nil)
	}
	slices.SortFunc(recs, func(a, b app.Record) int { return bytes.Compare(a.Meta().Ref.ID[:], b.Meta().Ref.ID[:]) })
	for _, rec := range recs {
		head := rec.Meta()
		events, err := r.History(t.Context(), head.Ref)
		if err != nil {
			t.Fatal(err)
		}
		e := entry{ID: head.Ref.ID.String(), Number: head.Number, GSN: head.GSN, Doc: fields{}}
		if err := head.Seen().Each(func(name string, value app.Value) { e.Doc[name] = json.RawMessage(value.JSON()) }); err != nil {
			t.Fatal(err)
		}
		for _, event := range events {
			e.History = append(e.History, lineOf(t, event))
		}
		v.Records[kind] = append(v.Records[kind], e)
		v.attachments(t, r, rec)
	}
}

func lineOf(t *testing.T, e app.Event) line {
	t.Helper()
	l := line{At: e.At, GSN: e.GSN, Device: e.Device.String(), Author: e.Author.String(), Name: e.Name, Seq: e.Seq,
		Command: e.Command, Verdict: string(e.Verdict), Say: e.Say.JA, Now: fields{}}
	for _, c := range e.Cells {
		l.Now[c.Field] = json.RawMessage(c.Now.JSON())
	}
	return l
}

// attachments reads what a record's fields name.
func (v *inventory) attachments(t *testing.T, r *store.Replica, rec app.Record) {
	t.Helper()
	g := r.Book().Registers[rec.Meta().Ref.Kind]
	for _, f := range g.About().Fields {
		if f.Type != app.TFiles {
			continue
		}
		for _, b := range g.Column(rec, f.Name).Blobs() {
			here, err := r.HasBlob(t.Context(), b.ID)
			var out bytes.Buffer
			if err == nil && here {
				err = r.OpenBlob(t.Context(), b, &out)
			}
			if err != nil {
				t.Fatal(err)
			}
			v.Attachments[b.ID.String()] = out.String()
		}
	}
}

// found are the records that a search finds, in the order of their ids.
func found(t *testing.T, r *store.Replica, word string) (refs []string) {
	t.Helper()
	hits, err := r.Search(t.Context(), word, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range hits {
		refs = append(refs, hit.Ref.String())
	}
	slices.Sort(refs)
	return refs
}

// text is the inventory as it stands in testdata.
func (v inventory) text(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
