//go:build !windows

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/ticket"
	"daicho/ui"
)

// opensWith has the system open files by a script; it gives the name of a file into
// which that may write.
func opensWith(t *testing.T, script string) (said string) {
	t.Helper()
	dir := t.TempDir()
	said = filepath.Join(dir, "said")
	for _, name := range []string{"xdg-open", "open"} {
		ok(t, os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+strings.ReplaceAll(script, "SAID", said)+"\n"), 0o700))
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	return said
}

// away is a register whose ticket has a file that stands open outside.
type away struct {
	*records
	log    bytes.Buffer
	ticket app.Ref
	path   string // of the copy
	told   chan error
}

func openAway(t *testing.T) *away {
	t.Helper()
	said := opensWith(t, `echo "$1" > SAID`)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	d := newTestDoor(t)
	a := &away{records: &records{door: d}, told: make(chan error, 9)}
	a.start()
	ok(t, d.Create(t.Context(), "葉月 花子", []byte(passphrase)))
	a.ticket = saveTicket(t, a.records, "端末の故障")
	rec, err := a.Get(t.Context(), a.ticket)
	ok(t, err)
	blob, err := a.Attach(t.Context(), rec, "山田太郎.txt", strings.NewReader("初め"))
	ok(t, err)
	rec.(*ticket.Ticket).Photos = []app.Blob{blob}
	ok(t, a.Save(t.Context(), rec))
	ok(t, a.OpenOutside(t.Context(), a.ticket, "photos", blob, func(_ app.Ref, _ app.Blob, err error) { a.told <- err }))
	path, err := os.ReadFile(said)
	ok(t, err)
	a.path = strings.TrimSpace(string(path))
	return a
}

// start is what every start of the program does.
func (a *away) start() {
	a.copies = newCopies(&a.log)
	a.copies.show(a.records)
	a.door.arrived = a.copies.takeWaiting
	a.copies.start()
}

// shut locks as the window does.
func (a *away) shut(t *testing.T) {
	t.Helper()
	ok(t, a.door.lock(ui.ByPerson, 0, ui.Status{})(a.copies.wipe))
}

// drafted is what the file in the draft of the ticket says.
func (a *away) draftedFile(t *testing.T) string {
	t.Helper()
	rec, draft, err := a.records.drafted(t.Context(), a.ticket)
	ok(t, err)
	if draft == nil {
		return ""
	}
	var kept struct{ Cells []app.Cell }
	ok(t, json.Unmarshal(draft, &kept))
	if len(kept.Cells) != 1 || kept.Cells[0].Field != "photos" {
		t.Fatalf("in the draft: %v", kept)
	}
	was := kept.Cells[0].Now.Blobs()
	if len(was) != 1 || was[0].ID == rec.(*ticket.Ticket).Photos[0].ID {
		t.Fatalf("in the draft: %v", was)
	}
	body, err := a.door.opened().OpenContent(t.Context(), was[0])
	ok(t, err)
	content := make([]byte, body.Len())
	_, err = body.Read(content)
	ok(t, err)
	return string(content)
}

func (a *away) nothingLeft(t *testing.T) {
	t.Helper()
	ok(t, filepath.WalkDir(a.copies.dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && !strings.HasSuffix(path, ".held") {
			t.Error("still readable:", path)
		}
		return err
	}))
	if strings.Contains(a.log.String(), "山田") {
		t.Error("the log names the file:", a.log.String())
	}
}

// TestSavedOutsideRightBeforeTheLock: what was saved a moment before, or twice, is in
// the draft of its record, though no screen took it; the copy is wiped.
func TestSavedOutsideRightBeforeTheLock(t *testing.T) {
	a := openAway(t)
	ok(t, os.WriteFile(a.path, []byte("直した"), 0o600))
	ok(t, <-a.told)
	ok(t, os.WriteFile(a.path, []byte("最後"), 0o600))
	a.shut(t)
	a.nothingLeft(t)
	ok(t, a.door.Unlock(t.Context(), []byte(passphrase)))
	if got := a.draftedFile(t); got != "最後" {
		t.Errorf("in the draft: %q", got)
	}
}

// TestSavedOutsideWhileLocked stays until the register is open again, and is counted.
func TestSavedOutsideWhileLocked(t *testing.T) {
	a := openAway(t)
	ok(t, a.door.lock(ui.ByPerson, 0, ui.Status{})(func() {}))
	ok(t, os.WriteFile(a.path, []byte("直した"), 0o600))
	a.copies.wipe()
	if a.copies.left() != 1 || !strings.Contains(a.log.String(), "1 copies") {
		t.Errorf("%d left: %s", a.copies.left(), a.log.String())
	}
	if err := <-a.told; !app.IsCode(err, app.Failed) {
		t.Errorf("told %v", err)
	}
	ok(t, a.door.Unlock(t.Context(), []byte(passphrase)))
	a.nothingLeft(t)
	if got := a.draftedFile(t); got != "直した" {
		t.Errorf("in the draft: %q", got)
	}
}

// TestSavedOutsideBeforeACrash: the next start keeps what was saved and not taken
// back, and takes it when the register is opened. What is as it was goes at once.
func TestSavedOutsideBeforeACrash(t *testing.T) {
	for content, want := range map[string]string{"初め": "", "直した": "直した"} {
		a := openAway(t)
		dead := filepath.Join(t.TempDir(), "opened") // as one that was killed leaves it
		ok(t, os.CopyFS(dead, os.DirFS(a.copies.dir)))
		a.shut(t)
		part, err := filepath.Rel(a.copies.dir, a.path)
		ok(t, err)
		ok(t, os.WriteFile(filepath.Join(dead, part), []byte(content), 0o600))
		ok(t, os.RemoveAll(a.copies.dir))
		ok(t, os.Rename(dead, a.copies.dir))
		a.start()
		if n := a.copies.left(); n != len(want)/len("直した") {
			t.Errorf("%q: %d left", content, n)
		}
		ok(t, a.door.Unlock(t.Context(), []byte(passphrase)))
		a.nothingLeft(t)
		if got := a.draftedFile(t); got != want {
			t.Errorf("in the draft: %q", got)
		}
	}
}

// TestErasedReplicaLeavesNoCopy, be it one that was saved and cannot be taken back.
func TestErasedReplicaLeavesNoCopy(t *testing.T) {
	a := openAway(t)
	r := a.door.opened()
	a.shut(t)
	a = openAway(t)
	a.copies.discard(r) // another one
	if a.copies.left() != 1 {
		t.Error("wiped for another replica")
	}
	ok(t, os.WriteFile(a.path, []byte("直した"), 0o600))
	a.copies.discard(a.door.opened())
	a.nothingLeft(t)
}

// TestNoProgramOpensIt: the starter says so late, and no copy stays.
func TestNoProgramOpensIt(t *testing.T) {
	a := openAway(t)
	a.shut(t)
	ok(t, a.door.Unlock(t.Context(), []byte(passphrase)))
	opensWith(t, "sleep 0.2; exit 3")
	rec, err := a.Get(t.Context(), a.ticket)
	ok(t, err)
	err = a.OpenOutside(context.Background(), a.ticket, "photos", rec.(*ticket.Ticket).Photos[0], func(app.Ref, app.Blob, error) {})
	if !app.IsCode(err, app.Failed) || !strings.Contains(app.ErrorOf(err).Say.JA, "開けませんでした") {
		t.Errorf("got %v", err)
	}
	a.nothingLeft(t)
	opensWith(t, "sleep 9; exit 1") // it is the program, and fails long after
	ok(t, startProgram("x"))
}

// TestSavedOutsideOfASubmittedVersion: the version stays as it was, and what was saved,
// once and again, is a new draft of the document, which can be recorded.
func TestSavedOutsideOfASubmittedVersion(t *testing.T) {
	a := openAway(t)
	rec, err := a.New(document.Kind)
	ok(t, err)
	doc := rec.(*document.Document)
	doc.Title, doc.Type = "運用計画書", document.Plan
	ok(t, a.Save(t.Context(), doc))
	rec, err = a.New(document.RevisionKind)
	ok(t, err)
	first := rec.(*document.Revision)
	blob, err := a.Attach(t.Context(), first, "運用計画書.txt", strings.NewReader("第1案"))
	ok(t, err)
	first.Document, first.Reason, first.Files = doc.Ref, "初版", []app.Blob{blob}
	ok(t, a.Save(t.Context(), first))
	now, err := a.Get(t.Context(), first.Ref)
	ok(t, err)
	ok(t, a.Do(t.Context(), now, "submit", nil))
	said := opensWith(t, `echo "$1" > SAID`)
	went := make(chan app.Ref, 9)
	ok(t, a.OpenOutside(t.Context(), first.Ref, "files", blob, func(at app.Ref, _ app.Blob, err error) {
		if err != nil {
			t.Error(err)
		}
		went <- at
	}))
	path, err := os.ReadFile(said)
	ok(t, err)
	var at app.Ref
	for _, content := range []string{"第2案", "第2案の2"} {
		ok(t, os.WriteFile(strings.TrimSpace(string(path)), []byte(content), 0o600))
		before := at
		if at = <-went; at == first.Ref || at.Kind != document.RevisionKind || !before.IsZero() && at != before {
			t.Fatalf("%s is in %v", content, at)
		}
	}
	_, draft, err := a.drafted(t.Context(), at)
	ok(t, err)
	var kept struct{ Cells []app.Cell }
	ok(t, json.Unmarshal(draft, &kept))
	next := document.Revisions.Draft(at.ID)
	for _, c := range kept.Cells {
		ok(t, document.Revisions.Put(next, c.Field, c.Now))
	}
	ok(t, a.Save(t.Context(), next))
	saved, err := a.Get(t.Context(), at)
	ok(t, err)
	old, err := a.Get(t.Context(), first.Ref)
	ok(t, err)
	v := saved.(*document.Revision)
	if v.Version != "0.2" || v.State != document.Draft || v.Document != doc.Ref || len(v.Files) != 1 || v.Files[0].Size != int64(len("第2案の2")) {
		t.Errorf("recorded %+v", v)
	}
	if o := old.(*document.Revision); o.State != document.Review1 || o.Files[0] != blob {
		t.Errorf("what was submitted is %+v", o)
	}
}
