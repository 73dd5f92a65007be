package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
)

func FuzzDecodeOutcome(f *testing.F) {
	r := newRing()
	c := sampleChange()
	o := app.Outcome{GSN: 41, Device: c.Device, Seq: c.Seq, Ref: c.Ref, Verdict: app.Accepted, Effects: []app.Effect{{Ref: c.Ref, Cells: c.Cells}}}
	b, err := o.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, p []byte) {
		_, _ = app.SealedBy(p)
		o, err := app.DecodeOutcome(p, r)
		if err != nil {
			return
		}
		if _, err := o.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)}); err != nil {
			t.Errorf("what was read cannot be written: %v", err)
		}
	})
}

func FuzzOpenBlob(f *testing.F) {
	r := newRing()
	key, _ := r.For(app.ID{15: 9})
	var b bytes.Buffer
	app.SealBlob(&b, strings.NewReader("写真のバイト"), key)
	good := b.Bytes()
	f.Add(good)
	f.Fuzz(func(t *testing.T, p []byte) {
		if app.OpenBlob(io.Discard, bytes.NewReader(p), r) == nil && !bytes.Equal(p, good) {
			t.Errorf("opened what nobody sealed: %x", p)
		}
	})
}

// FuzzLoad reads any document as any register: it fails, or what was read can
// be shown, written as JSON, and is no edit.
func FuzzLoad(f *testing.F) {
	n := notes.Draft(ref(1).ID)
	n.Title, n.Tags, n.Items = "題", []string{"甲"}, []item{{"a", "一"}}
	f.Add([]byte(app.Doc(nil).Patch(notes.Diff(n))))
	all := app.Collect(modules.All())
	all["note"], all["form"] = notes, forms
	f.Fuzz(func(t *testing.T, p []byte) {
		for kind, g := range all {
			rec := g.New()
			if app.Doc(p).Check() != nil || g.Load(rec, app.Ref{Kind: kind, ID: app.ID{1}}, 1, p) != nil {
				continue
			}
			for _, field := range g.About().Fields {
				g.Show(rec, field.Name, app.JA)
				g.Column(rec, field.Name).SQL(field.Type)
			}
			g.SearchText(rec)
			if j := app.JSON(nil, g, rec); !json.Valid(j) {
				t.Errorf("not JSON: %s", j)
			}
			if doc := rec.Meta().Seen().Patch(g.Diff(rec)); doc.Check() != nil {
				t.Errorf("%x became %x", p, []byte(doc))
			}
		}
	})
}

// FuzzDecide lets a stranger write any cells, command and arguments: a change
// is refused, or all rows can still be read.
func FuzzDecide(f *testing.F) {
	f.Add([]byte(app.Doc(nil).Patch([]app.Cell{{Field: "title", Now: app.TextValue("新題")}})), []byte(nil), []byte(nil), "", false)
	f.Add([]byte(nil), []byte(nil), []byte(app.Doc(nil).Patch([]app.Cell{{Field: "title", Now: app.TextValue("部")}})), "split", false)
	f.Add([]byte(nil), []byte(nil), []byte(app.Doc(nil).Patch([]app.Cell{{Field: "take", Now: app.TextValue("other")}})), "resolve", true)
	f.Fuzz(func(t *testing.T, now, was, args []byte, command string, onConflict bool) {
		if app.Doc(now).Check() != nil || app.Doc(was).Check() != nil || app.Doc(args).Check() != nil {
			return
		}
		w, seen := made(t, map[string]string{"title": "題", "body": "一\n二", "tags": "甲", "items": "a|1"})
		w.judge(edit(w, aya, 1, ref(1), seen, map[string]string{"title": "彩の題"}))
		w.judge(edit(w, ken, 2, ref(1), seen, map[string]string{"title": "健の題"}))
		c := &app.Change{Device: ken, Seq: 99, Author: ken, HLC: app.HLC(moment+3) << 16, Ref: ref(1), Command: command, Args: args}
		if onConflict {
			c.Ref = open(t, w)[0].Ref
		}
		_ = app.Doc(now).Each(func(name string, v app.Value) {
			c.Cells = append(c.Cells, app.Cell{Field: name, Was: app.Doc(was).Get(name), Now: v})
		})
		w.judge(c)
		for r, doc := range w.rows {
			g := w.book.Registers[r.Kind]
			if err := doc.Check(); err != nil {
				t.Fatalf("%s: %x: %v", r, []byte(doc), err)
			}
			if rec := g.New(); g.Load(rec, r, 1, doc) != nil || len(g.Diff(rec)) != 0 {
				t.Fatalf("%s cannot be read as it was written: %s, %v", r, app.Value(doc).JSON(), g.Diff(rec))
			}
		}
	})
}
