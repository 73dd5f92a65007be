package server_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/erasure"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

const (
	aName = "秘密の件名は鱶鰭"
	aBody = "秘密の本文は饂飩"
	aFile = "秘密の写真は麤驫"
)

// ask asks for a record to be erased on one device.
func (o *office) askToErase(d *simtest.Device, about app.Ref) app.Ref {
	o.Helper()
	r, err := d.Draft(erasure.Kind)
	ok(o.T, err)
	e := r.(*erasure.Erasure)
	e.About, e.Basis, e.Reason = about, erasure.Claimed, "本人の請求"
	ok(o.T, d.Save(e))
	return e.Ref
}

func (o *office) approve(d *simtest.Device, ref app.Ref) error {
	o.Helper()
	r, err := d.Get(ref)
	ok(o.T, err)
	return d.Do(r, "approve", nil)
}

// secret is a ticket with a photo that two devices have.
func (o *office) secret(a, b *simtest.Device) (*ticket.Ticket, app.Blob) {
	o.Helper()
	k := o.open(a, aName)
	photo, err := a.Attach(k.Ref, "顔写真.jpg", strings.NewReader(aFile))
	ok(o.T, err)
	o.edit(a, k.Ref, func(k *ticket.Ticket) { k.Body, k.Photos = aBody, []app.Blob{photo} })
	o.sync(a, b, a, b)
	return o.get(b, k.Ref), photo
}

func (o *office) key(subject app.ID) (keys []app.SubjectKey) {
	o.Helper()
	o.read(func(tx server.Tx) (err error) {
		keys, err = tx.KeysOf(subject)
		return err
	})
	return keys
}

func TestErasureOnEachDriver(t *testing.T) {
	for _, d := range drivers {
		t.Run(d.name, func(t *testing.T) { erases(t, officeOver(t, openBook(), d.open(t))) })
	}
}

// erases lets two people erase a ticket, while a third is away with a change of it
// that nobody has seen yet.
func erases(t *testing.T, o *office) {
	a, b, away := o.device("窓口 一"), o.device("承認 二"), o.device("外出 三")
	k, photo := o.secret(a, b)
	o.sync(away)
	keys := o.key(k.Ref.ID)
	if len(keys) == 0 || b.OpenBlob(photo.ID) == nil {
		t.Fatal("there is nothing to erase")
	}
	o.edit(away, k.Ref, func(k *ticket.Ticket) { k.Body, k.Site = "外で書いた秘密", "本庁舎" })
	req := o.askToErase(a, k.Ref)
	if err := o.approve(a, req); !app.IsCode(err, app.Forbidden) {
		t.Errorf("approved by who asked: %v", err)
	}
	o.sync(a, b)
	ok(t, o.approve(b, req))
	o.sync(b, a)

	if left := o.key(k.Ref.ID); len(left) > 0 {
		t.Errorf("%d keys are left", len(left))
	}
	for _, d := range []*simtest.Device{a, b} {
		o.isErased(d, k.Ref, photo.ID)
	}
	o.read(func(tx server.Tx) error {
		doc, _, err := tx.Row(k.Ref)
		for _, s := range []string{aName, aBody} {
			if bytes.Contains(doc, []byte(s)) {
				t.Errorf("the row holds %s", s)
			}
		}
		return err
	})

	late := o.status(t)
	if len(late) != 1 || len(late[0].Waiting) != 1 || late[0].Waiting[0].ID != away.ID || late[0].Records != 1 {
		t.Errorf("%+v, want the device that is away", late)
	}
	o.sync(away) // brings its change, with the key
	if left := o.key(k.Ref.ID); len(left) > 0 {
		t.Error("the key came back with a device that was away")
	}
	o.isErased(away, k.Ref, photo.ID)
	o.sync(a)
	if got := o.get(a, k.Ref); got.Body != "" || got.Site != "本庁舎" {
		t.Errorf("%+v: of what was brought, what is not personal must stay, and nothing else", got)
	}
	if late = o.status(t); len(late[0].Waiting) > 0 {
		t.Errorf("%+v, though all have heard of it", late)
	}
	o.newcomer(k.Ref, photo.ID)
	o.older(k.Ref)
}

func (o *office) status(t *testing.T) []server.ErasureStatus {
	t.Helper()
	all, err := o.Server.ErasureStatus(t.Context())
	ok(t, err)
	return all
}

// isErased wants nothing personal of a record on a device.
func (o *office) isErased(d *simtest.Device, ref app.Ref, photo app.BlobID) {
	o.Helper()
	k := o.get(d, ref)
	if !k.IsErased() || k.Title != "" || k.Body != "" || len(k.Photos) > 0 || k.Number == "" {
		o.Errorf("%+v", k)
	}
	if got := ticket.Register.Show(k, "title", app.EN); got != "erased" {
		o.Errorf("the title reads %q", got)
	}
	if d.Holds(ref.ID) || d.OpenBlob(photo) != nil {
		o.Error("a key or an attachment is left on a device")
	}
}

// newcomer enrols a device that never had the record.
func (o *office) newcomer(ref app.Ref, photo app.BlobID) {
	o.Helper()
	d := o.device("新人 四")
	o.sync(d)
	o.isErased(d, ref, photo)
}

// older asks as a program does that knows of no erasing: it can read every line.
func (o *office) older(ref app.Ref) {
	o.Helper()
	d := o.device("旧版 五")
	p, err := o.order.Pull(context.Background(), d.ID, &wire.Pull{Epoch: o.epoch}, 0)
	ok(o.T, err)
	ring, doc := ring{}, app.Doc(nil)
	for _, k := range p.Keys {
		ring[app.SubjectKey(k).ID()] = app.SubjectKey(k)
	}
	for _, text := range p.Outcomes {
		one, err := app.DecodeOutcome(text, ring)
		ok(o.T, err)
		for _, e := range one.Effects {
			if e.Ref == ref {
				doc = doc.Patch(e.Cells)
			}
		}
	}
	o.read(func(tx server.Tx) error {
		want, _, err := tx.Row(ref)
		equal(o.T, doc, want)
		return err
	})
}

// TestErasedBytesLeaveTheDisk: also if the server ends between the commit and that.
func TestErasedBytesLeaveTheDisk(t *testing.T) {
	o := officeOver(t, openBook(), sqlite(t))
	a, b := o.device("窓口 一"), o.device("承認 二")
	k, photo := o.secret(a, b)
	path := o.blobPath(photo.ID)
	bytes, err := os.ReadFile(path)
	ok(t, err)
	req := o.askToErase(a, k.Ref)
	o.sync(a, b)
	ok(t, o.approve(b, req))
	o.sync(b)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v: the bytes are still there", err)
	}
	ok(t, os.WriteFile(path, bytes, 0o600)) // it ended before it was removed
	ok(t, o.Log.Write(t.Context(), func(tx server.Tx) error { return server.Unfinished(tx, photo.ID) }))
	ok(t, o.Restart())
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v: the bytes are there after a start", err)
	}
}

// TestNothingOfTheErasedIsLeft looks for values and keys in everything that the
// server's database tells who has its key, on both drivers.
func TestNothingOfTheErasedIsLeft(t *testing.T) {
	for _, d := range drivers[1:] {
		t.Run(d.name, func(t *testing.T) {
			o := officeOver(t, openBook(), d.open(t))
			a, b := o.device("窓口 一"), o.device("承認 二")
			k, _ := o.secret(a, b)
			secrets := map[string][]byte{"the title": []byte(aName), "the body": []byte(aBody)}
			for _, key := range o.key(k.Ref.ID) {
				secrets["a key"] = bytes.Clone(key.Key[:])
			}
			found := func() (in []string) {
				ok(t, server.EachRow(t.Context(), o.Log, func(table string, cell []byte) {
					for name, s := range secrets {
						if bytes.Contains(cell, s) {
							in = append(in, name+" in "+table)
						}
					}
				}))
				return in
			}
			if len(found()) < 3 {
				t.Fatal("the search finds nothing at all")
			}
			req := o.askToErase(a, k.Ref)
			o.sync(a, b)
			ok(t, o.approve(b, req))
			o.sync(b, a)
			if left := found(); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

// blobPath is where the server keeps an attachment.
func (o *office) blobPath(id app.BlobID) string {
	return filepath.Join(o.Dir(), "blobs", id.String()[:2], id.String())
}

// TestWhatFollowsAnErasureInOnePushReadsNothing: keys that came along with it open
// nothing any more, though changes are read ahead.
func TestWhatFollowsAnErasureInOnePushReadsNothing(t *testing.T) {
	o := newOffice(t, openBook())
	a, b := o.device("窓口 一"), o.device("承認 二")
	k, _ := o.secret(a, b)
	req := o.askToErase(a, k.Ref)
	o.sync(a, b)
	b.Cut = 1 // each change in a segment of its own
	ok(t, o.approve(b, req))
	_, err := b.Journal(&app.Change{Ref: k.Ref, Cells: []app.Cell{set("body", aBody, "消去の後の秘密"), set("site", "", "分庁舎")}})
	ok(t, err)
	p := o.outgoing(b)
	if len(p.Keys) == 0 {
		t.Fatal("no key comes along")
	}
	o.pushed(b, p)
	o.read(func(tx server.Tx) error {
		doc, _, err := tx.Row(k.Ref)
		if got := doc.Get("site").Text(); got != "分庁舎" || len(doc.Get("body")) > 0 {
			t.Errorf("the row has %q and a text of %d bytes", got, len(doc.Get("body")))
		}
		return err
	})
}

// TestAnErasedPersonLeavesTheDirectory: of everybody's devices, too.
func TestAnErasedPersonLeavesTheDirectory(t *testing.T) {
	o := newOffice(t, openBook())
	a, b := o.device("窓口 一"), o.device("承認 二")
	gone, err := o.Server.AddUser(t.Context(), "秘密 花子")
	ok(t, err)
	ok(t, o.Server.Act(t.Context(), func(act *server.Acting) error {
		p := people.Persons.Draft(gone.ID)
		p.Name = gone.Name
		return act.Save(p)
	}))
	o.sync(a, b)
	if nameOf(a, gone.ID) != gone.Name {
		t.Fatal("nobody knows the person")
	}
	req := o.askToErase(a, app.Ref{Kind: app.PersonKind, ID: gone.ID})
	o.sync(a, b)
	ok(t, o.approve(b, req))
	o.sync(b, a)
	if name := nameOf(a, gone.ID); !strings.HasPrefix(name, "消去済み ") {
		t.Errorf("the directory says %q", name)
	}
}

// nameOf is what a device calls somebody.
func nameOf(d *simtest.Device, id app.ID) string {
	for _, who := range d.People {
		if who.ID == id {
			return who.Name
		}
	}
	return ""
}
