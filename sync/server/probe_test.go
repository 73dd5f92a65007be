package server_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// rows asks for records by HTTP.
func (o *office) rows(d *simtest.Device, q wire.Rows) (page wire.RowsPage) {
	o.Helper()
	q.Epoch = o.epoch
	status, _, body := o.ask(d, "POST", wire.PathRows, encode(o.T, &q))
	equal(o.T, status, 200)
	ok(o.T, wire.Decode(body, &page))
	page.Times = wire.Times{}
	return page
}

// withPhoto writes a file with an attachment and gives both.
func (o *office) withPhoto(d *simtest.Device, ref app.Ref, z app.Zone) (id app.BlobID, sealed []byte) {
	o.Helper()
	blob, err := d.Attach(ref, "写真.jpg", strings.NewReader("JPEG of "+string(z)))
	ok(o.T, err)
	r := o.Book.Registers[fileKind].New().(*file)
	r.Title, r.Zone, r.Files = "極秘"+string(z), z, []app.Blob{blob}
	o.put(d, ref, o.Book.Registers[fileKind].Diff(r)...)
	f, _, err := d.SealedBlob(o.Context(), blob.ID)
	ok(o.T, err)
	sealed, err = io.ReadAll(f)
	ok(o.T, err)
	return blob.ID, sealed
}

// TestProbing lets a device ask, in every way there is, for what its person may
// not read: it hears what it would hear if there were no such thing.
func TestProbing(t *testing.T) {
	logs(t, func(t *testing.T, open func() server.Log) {
		a := newArchive()
		o := strictOffice(t, a.Book, open())
		w, r := o.device("記入者"), o.device("読者")
		a.readers[r.Author()] = clearance("lgwan")
		mine, secret, never := fileRef(1), fileRef(2), fileRef(3)
		mineBlob, mineBytes := o.withPhoto(w, mine, app.ZoneLGWAN)
		secretBlob, secretBytes := o.withPhoto(w, secret, app.ZoneNumber)
		neverBlob := app.BlobID{1, 2, 3}
		o.pushed(w, o.outgoing(w))
		for id, sealed := range map[app.BlobID][]byte{mineBlob: mineBytes, secretBlob: secretBytes} {
			status, _, _ := o.ask(w, "PUT", wire.PathBlob+id.String(), sealed)
			equal(t, status, 204)
		}

		// By name.
		named := func(ref app.Ref) wire.Ref { return wire.Ref{Kind: string(ref.Kind), ID: ref.ID} }
		page := o.rows(r, wire.Rows{Refs: []wire.Ref{named(secret), named(mine), named(never)}})
		equal(t, len(page.Rows), 3)
		equal(t, page.Rows[0], wire.Row{Ref: named(secret)})
		equal(t, page.Rows[2], wire.Row{Ref: named(never)})
		equal(t, []any{page.Rows[1].GSN, len(page.Keys), page.Keys[0].Subject}, []any{int64(1), 1, mine.ID})

		// All, and more than all.
		for _, only := range [][]wire.Extent{nil, wire.ExtentsOf(app.ReadsAll), wire.ExtentsOf(clearance("number lgwan")), wire.ExtentsOf(clearance("number"))} {
			page = o.rows(r, wire.Rows{Only: only})
			var refs []wire.Ref
			for _, row := range page.Rows {
				refs = append(refs, row.Ref)
			}
			want, keys := []wire.Ref{named(mine)}, 1
			if len(only) == 1 && only[0].Zone == "number" {
				want, keys = nil, 0
			}
			equal(t, refs, want)
			equal(t, []any{len(page.Keys), page.Total, page.More}, []any{keys, int64(len(want)), false})
			status, _, body := o.ask(r, "POST", wire.PathPast, encode(t, &wire.Past{Epoch: o.epoch, Only: only, UpTo: 2}))
			equal(t, status, 200)
			var past wire.PastPage
			ok(t, wire.Decode(body, &past))
			equal(t, []any{len(past.Outcomes), past.UpTo}, []any{len(want), int64(2)})
			if bytes.Contains(body, secret.ID[:]) || bytes.Contains(body, []byte("number")) {
				t.Errorf("the history tells of what may not be read: %x", body)
			}
		}

		// From behind it, and page by page.
		equal(t, len(o.rows(r, wire.Rows{After: named(mine)}).Rows), 0)

		// Attachments.
		for _, c := range []struct{ verb, path string }{{"GET", wire.PathBlob}, {"PUT", wire.PathBlob}, {"GET", wire.PathHave}} {
			status, problem, _ := o.ask(r, c.verb, c.path+secretBlob.String(), secretBytes)
			none, sameProblem, _ := o.ask(r, c.verb, c.path+neverBlob.String(), secretBytes)
			equal(t, []any{status, problem}, []any{none, sameProblem})
			equal(t, status, 404)
		}
		status, _, got := o.ask(r, "GET", wire.PathBlob+mineBlob.String(), nil)
		equal(t, []any{status, got}, []any{200, mineBytes})

		// What was in the reader's reach and left it is as if it had never been.
		o.journal(w, &app.Change{Ref: mine, Cells: []app.Cell{set("zone", "lgwan", "number")}})
		o.pushed(w, o.outgoing(w))
		equal(t, o.rows(r, wire.Rows{Refs: []wire.Ref{named(mine)}}).Rows, []wire.Row{{Ref: named(mine)}})
		status, _, _ = o.ask(r, "GET", wire.PathBlob+mineBlob.String(), nil)
		equal(t, status, 404)
	})
}

// TestQuestionsThatMakeNoSense are refused, and tell nothing.
func TestQuestionsThatMakeNoSense(t *testing.T) {
	a := newArchive()
	o := strictOffice(t, a.Book, logtest.NewMemory())
	d, strange := o.device("読者"), o.device("")
	o.story(d)
	rows := func(q wire.Rows) []byte { return encode(t, &q) }
	past := func(q wire.Past) []byte { return encode(t, &q) }
	for _, c := range []struct {
		name, path string
		who        *simtest.Device
		body       []byte
		code       app.Code
	}{
		{"rows of another order", wire.PathRows, d, rows(wire.Rows{}), app.Stale},
		{"past of another order", wire.PathPast, d, past(wire.Past{}), app.Stale},
		{"rows for a stranger", wire.PathRows, strange, rows(wire.Rows{Epoch: o.epoch}), app.Forbidden},
		{"past for a stranger", wire.PathPast, strange, past(wire.Past{Epoch: o.epoch}), app.Forbidden},
		{"too many refs", wire.PathRows, d, rows(wire.Rows{Epoch: o.epoch, Refs: make([]wire.Ref, wire.PageChanges+1)}), app.Invalid},
		{"past of the future", wire.PathPast, d, past(wire.Past{Epoch: o.epoch, UpTo: 11}), app.Invalid},
		{"past backwards", wire.PathPast, d, past(wire.Past{Epoch: o.epoch, After: 2, UpTo: 1}), app.Invalid},
		{"past before the first", wire.PathPast, d, past(wire.Past{Epoch: o.epoch, After: -1, UpTo: 1}), app.Invalid},
		{"garbage for rows", wire.PathRows, d, []byte("garbage"), app.Damaged},
		{"garbage for the past", wire.PathPast, d, []byte{0xff}, app.Damaged},
		{"too large a question", wire.PathRows, d, make([]byte, 1<<20), app.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, p, _ := o.ask(c.who, "POST", c.path, c.body)
			if status < 400 || app.Code(p.Code) != c.code {
				t.Errorf("%d %+v, want %s", status, p, c.code)
			}
		})
	}
}

// TestAnotherClearance: rows and history are not told under a clearance that has
// changed since, or some of them would be missing for good.
func TestAnotherClearance(t *testing.T) {
	a := newArchive()
	o := strictOffice(t, a.Book, logtest.NewMemory())
	o.story(o.device("記入者"))
	d := o.device("読者")
	a.readers[d.Author()] = clearance("lgwan")
	before := clearance("lgwan number").Hash()
	page := o.rows(d, wire.Rows{Clearance: before[:]})
	equal(t, []any{wire.ClearanceOf(page.Clearance), len(page.Rows), len(page.Keys)}, []any{clearance("lgwan"), 0, 0})
	past, err := o.order.Past(t.Context(), d.ID, &wire.Past{Epoch: o.epoch, UpTo: 10, Clearance: before[:]}, 0)
	ok(t, err)
	equal(t, []any{wire.ClearanceOf(past.Clearance), len(past.Outcomes), past.UpTo}, []any{clearance("lgwan"), 0, int64(0)})
	a.readers[d.Author()] = nil // all his grants have ended
	now := clearance("lgwan").Hash()
	page = o.rows(d, wire.Rows{Clearance: now[:]})
	equal(t, wire.ClearanceOf(page.Clearance), app.ReadsNothing)
}

// TestRefsInPieces: a page of named records ends where it is full, and says so.
func TestRefsInPieces(t *testing.T) {
	a := newArchive()
	o := strictOffice(t, a.Book, logtest.NewMemory())
	d := o.device("記入者")
	var refs []wire.Ref
	for n := range byte(5) {
		o.put(d, fileRef(n), set("colour", "", strings.Repeat("赤", 300_000)))
		refs = append(refs, wire.Ref{Kind: string(fileKind), ID: fileRef(n).ID})
	}
	o.pushed(d, o.outgoing(d))
	page := o.rows(d, wire.Rows{Refs: refs})
	equal(t, []any{len(page.Rows), page.More}, []any{2, true})
	page = o.rows(d, wire.Rows{Refs: refs[4:]})
	equal(t, []any{len(page.Rows), page.More}, []any{1, false})
}

// kinds is an [app.Access] by which everybody reads the same.
type kinds []app.Kind

// Clearance is part of [app.Access].
func (k kinds) Clearance(app.View, app.ID, app.Stamp) (app.Clearance, error) {
	var all []app.Extent
	for _, kind := range k {
		all = append(all, app.Extent{Kind: kind, Zone: app.Any, All: true})
	}
	return app.NewClearance(all...), nil
}

// May is part of [app.Access].
func (kinds) May(app.View, *app.Change, app.Stamp, app.Scope, app.Scope) error { return nil }

// TestOldDatabasesLearnTheirScopes opens what every version left, for somebody
// who may read one kind only.
func TestOldDatabasesLearnTheirScopes(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(versions, "*", "server"))
	ok(t, err)
	for _, from := range folders {
		t.Run(filepath.Base(filepath.Dir(from)), func(t *testing.T) {
			for _, c := range []struct {
				reads app.Kind
				rows  map[string]int // by kind
				blob  int            // status
			}{
				{ticket.Kind, map[string]int{"ticket": 1, "conflict": 1}, 200},
				{document.Kind, map[string]int{"document": 1}, 404},
			} {
				at := filepath.Join(t.TempDir(), "server")
				ok(t, os.CopyFS(at, os.DirFS(from)))
				ok(t, os.CopyFS(at+".keys", os.DirFS(from+".keys")))
				w := world(7)
				w.Book.Access = kinds{c.reads}
				w.Server, err = server.Open(t.Context(), optionsIn(at, w))
				ok(t, err)
				o := &office{T: t, World: w}
				d := o.device("読者")
				place, err := d.Enrolment(t.Context())
				ok(t, err)
				o.epoch = place.Epoch

				page, found := o.rows(d, wire.Rows{}), map[string]int{}
				var ticketDoc app.Doc
				for _, row := range page.Rows {
					found[row.Ref.Kind]++
					if row.Ref.Kind == string(ticket.Kind) {
						ticketDoc = row.Doc
					}
				}
				equal(t, found, c.rows)
				o.pastIs(d, page.Head, c.rows)
				blobs := []app.Blob{{ID: o.photoOf(from)}}
				if !ticketDoc.IsEmpty() {
					equal(t, ticketDoc.Get("photos").Blobs()[0].ID, blobs[0].ID)
				}
				status, _, _ := o.ask(d, "GET", wire.PathBlob+blobs[0].ID.String(), nil)
				equal(t, status, c.blob)
				ok(t, w.Server.Close())
			}
		})
	}
}

// photoOf is the one attachment in a folder.
func (o *office) photoOf(folder string) app.BlobID {
	o.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "blobs", "*", "*"))
	ok(o.T, err)
	id, err := app.ParseBlobID(filepath.Base(files[0]))
	ok(o.T, err)
	return id
}

// pastIs looks at the whole history: it is of these kinds, and of nothing else.
func (o *office) pastIs(d *simtest.Device, head int64, kinds map[string]int) {
	o.Helper()
	status, _, body := o.ask(d, "POST", wire.PathPast, encode(o.T, &wire.Past{Epoch: o.epoch, UpTo: head}))
	equal(o.T, status, 200)
	var past wire.PastPage
	ok(o.T, wire.Decode(body, &past))
	ring := ring{}
	for _, k := range past.Keys {
		ring[app.SubjectKey(k).ID()] = app.SubjectKey(k)
	}
	heard := map[string]int{}
	for _, text := range past.Outcomes {
		one, err := app.DecodeOutcome(text, ring)
		ok(o.T, err)
		for _, e := range one.Effects {
			heard[string(e.Ref.Kind)]++
		}
	}
	for kind := range heard {
		if kinds[kind] == 0 {
			o.Errorf("the history tells of a %s", kind)
		}
	}
	equal(o.T, len(heard), len(kinds))
}

// TestPackedMessages: each side packs what the other can read, and nothing makes
// the server hold more than a message may be.
func TestPackedMessages(t *testing.T) {
	a := newArchive()
	o := strictOffice(t, a.Book, logtest.NewMemory())
	d := o.device("記入者")
	for n := range byte(100) {
		o.put(d, app.Ref{Kind: fileKind, ID: app.ID{n}}, set("colour", "", strings.Repeat("赤", 50)))
	}
	send := func(path string, body []byte, headers ...string) (*http.Response, []byte) {
		q, err := http.NewRequest("POST", "https://daicho"+path, bytes.NewReader(body))
		ok(t, err)
		for i := 0; i < len(headers); i += 2 {
			q.Header.Set(headers[i], headers[i+1])
		}
		answer, err := o.Line(d.Key).RoundTrip(q)
		ok(t, err)
		text, err := io.ReadAll(answer.Body)
		ok(t, err)
		equal(t, answer.Header.Get("Accept-Encoding"), "zstd")
		return answer, text
	}
	push, smaller := wire.Pack(encode(t, o.outgoing(d)))
	equal(t, smaller, true)
	answer, _ := send(wire.PathPush, push, "Content-Encoding", "zstd")
	equal(t, []any{answer.StatusCode, len(o.outcomes())}, []any{200, 100})

	ask := encode(t, &wire.Rows{Epoch: o.epoch})
	answer, plain := send(wire.PathRows, ask)
	equal(t, answer.Header.Get("Content-Encoding"), "")
	answer, packed := send(wire.PathRows, ask, "Accept-Encoding", "gzip, zstd")
	equal(t, answer.Header.Get("Content-Encoding"), "zstd")
	text, err := wire.Unpack(packed, wire.MaxAnswer)
	ok(t, err)
	var one, two wire.RowsPage
	ok(t, wire.Decode(plain, &one))
	ok(t, wire.Decode(text, &two))
	equal(t, one.Rows, two.Rows)
	if len(packed)*4 > len(plain) {
		t.Errorf("%d bytes became %d", len(plain), len(packed))
	}

	bomb, _ := wire.Pack(make([]byte, 5<<10))
	answer, text = send(wire.PathPull, bomb, "Content-Encoding", "zstd")
	var p wire.Problem
	ok(t, wire.Decode(text, &p))
	equal(t, []any{answer.StatusCode, p.EN}, []any{413, "the message is too large"})
	for _, coding := range []string{"zstd", "gzip"} {
		answer, _ = send(wire.PathPull, []byte("no such thing"), "Content-Encoding", coding)
		equal(t, answer.StatusCode, 400)
	}
}

// TestNoNewsIsSmall weighs a sync that has nothing to do: one question and its
// answer, of two kilobytes at most.
func TestNoNewsIsSmall(t *testing.T) {
	a := newArchive()
	o := strictOffice(t, a.Book, logtest.NewMemory())
	w, d := o.device("記入者"), o.device("読者")
	var all []app.Extent // a clearance of many parts must not be sent each time
	for n := range byte(200) {
		all = append(all, app.Extent{Kind: fileKind, Zone: app.ZoneLGWAN, Org: app.ID{n}})
		o.device(fmt.Sprintf("職員%d", n))
	}
	a.readers[d.Author()] = app.NewClearance(all...)
	o.story(w)
	o.sync(d)
	options, requests, weight := o.Options(d), 0, 0
	line := options.Transport
	options.Transport = carrier(func(q *http.Request) (*http.Response, error) {
		requests++
		weight += int(q.ContentLength)
		answer, err := line.RoundTrip(q)
		if err == nil {
			text, err := io.ReadAll(answer.Body)
			ok(t, err)
			weight += len(text)
			answer.Body = io.NopCloser(bytes.NewReader(text))
		}
		return answer, err
	})
	_, err := client.Sync(t.Context(), d, options)
	ok(t, err)
	if requests != 1 || weight > 2_000 || weight == 0 {
		t.Errorf("%d requests of %d bytes", requests, weight)
	}
}
