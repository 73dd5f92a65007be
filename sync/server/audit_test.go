package server_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store/keys"
	"daicho/store/vfs"
	"daicho/sync/audit"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// exported is the audit log as a device fetches it.
func (o *office) exported(d *simtest.Device) []byte {
	o.Helper()
	var b bytes.Buffer
	_, err := client.ExportAudit(context.Background(), d, o.Options(d), &b)
	ok(o.T, err)
	return b.Bytes()
}

func verified(t *testing.T, file []byte, kept ...[]byte) *audit.Report {
	t.Helper()
	r, err := audit.Verify(bytes.NewReader(file), kept...)
	ok(t, err)
	return r
}

// TestTreeIsOverTheLog lets devices work, carry, be refused and forked, and
// verifies what a third one exports, on every driver.
func TestTreeIsOverTheLog(t *testing.T) {
	for name, log := range map[string]func() server.Log{
		"sqlite": func() server.Log { return sqlite(t) }, "postgres": func() server.Log { return postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			o := officeOver(t, openBook(), log())
			a, b, auditor := o.device("青木"), o.device("馬場"), o.device("監査")
			for i := range 9 {
				o.open(a, "障害")
				o.open(b, "質問")
				o.sync(a)
				if i%3 == 0 {
					o.sync(auditor, b)
				}
			}
			copied := a.Clone()
			o.open(a, "本物")
			o.open(copied, "複製")
			o.sync(a, b)
			_, err := o.Sync(t.Context(), copied)
			o.refused(err, app.Forbidden, "frozen")
			r := verified(t, o.exported(auditor))
			if !r.Sound() || r.Lines != b.GSN || r.Checkpoint.Epoch != o.epoch || r.Devices != 2 || r.Earlier == 0 {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestOldLogGetsATree opens the database of a version that kept none.
func TestOldLogGetsATree(t *testing.T) {
	at := filepath.Join(t.TempDir(), "server")
	ok(t, os.CopyFS(at, os.DirFS(filepath.Join(versions, "0.2.0", "server"))))
	ok(t, os.CopyFS(at+".keys", os.DirFS(filepath.Join(versions, "0.2.0", "server.keys"))))
	o := officeIn(t, at, 7, server.Open)
	d := o.device("監査")
	o.sync(d)
	if r := verified(t, o.exported(d)); !r.Sound() || r.Lines != d.GSN || r.Lines < 4 {
		t.Errorf("%+v", r)
	}
}

// TestTreeIsMadeInSteps makes the tree of a log longer than one step.
func TestTreeIsMadeInSteps(t *testing.T) {
	o, dir := crafted(t)
	a := o.device("青木")
	for range 2_100 {
		o.open(a, "多い")
	}
	o.sync(a)
	before := a.GSN
	o.tamper(dir, "DELETE FROM audit")
	o.sync(a) // the tree that was made anew is the one that was there
	equal(t, a.GSN, before)
	if r := verified(t, o.exported(a)); !r.Sound() || r.Lines != before {
		t.Errorf("%+v", r)
	}
}

// crafted is an office whose server's database can be tampered with.
func crafted(t *testing.T) (*office, string) {
	dir := filepath.Join(t.TempDir(), "server")
	w := world(1)
	w.Book = openBook()
	s, err := server.Create(t.Context(), optionsIn(dir, w))
	ok(t, err)
	w.Server = s
	o := &office{T: t, World: w}
	t.Cleanup(func() { o.Server.Close() })
	return o, dir
}

// tamper ends the server, alters its database as whoever holds its keys can,
// and starts it again.
func (o *office) tamper(dir string, statements ...string) {
	o.Helper()
	ok(o.T, o.Server.Close())
	id, err := keys.FolderID(dir)
	ok(o.T, err)
	key, err := keys.In(dir+".keys").Open(context.Background(), id, passphrase())
	ok(o.T, err)
	db, err := vfs.Open(filepath.Join(dir, "server.db"), key)
	ok(o.T, err)
	for _, s := range statements {
		_, err = db.Write.Exec(s)
		ok(o.T, err)
	}
	ok(o.T, db.Close())
	o.Server, err = server.Open(context.Background(), optionsIn(dir, o.World))
	ok(o.T, err)
}

// TestRewrittenLog rewrites history in every way that leaves the server at one
// with itself. A device that had seen it takes nothing in, keeps both words of
// the server, and says so until a person has read it.
func TestRewrittenLog(t *testing.T) {
	for name, tricks := range map[string][]string{
		"a line in the middle": {"UPDATE log SET verdict = 'rejected' WHERE gsn = 2"},
		"its time":             {"UPDATE log SET received = received - 1 WHERE gsn = 3"},
		"what was told":        {"UPDATE log SET outcome = (SELECT outcome FROM log WHERE gsn = 4) WHERE gsn = 2"},
		"two lines swapped":    {"UPDATE log SET gsn = -2 WHERE gsn = 2", "UPDATE log SET gsn = 2 WHERE gsn = 3", "UPDATE log SET gsn = 3 WHERE gsn = -2"},
		"the last line":        {"UPDATE log SET seq = 99 WHERE gsn = 6"},
		"the end cut off":      {"DELETE FROM log WHERE gsn > 4", "DELETE FROM reach WHERE gsn > 4", "UPDATE counter SET n = 4 WHERE name = 'gsn'", "UPDATE device SET watermark = 2"},
	} {
		t.Run(name, func(t *testing.T) {
			o, dir := crafted(t)
			a, b := o.device("青木"), o.device("馬場")
			for range 3 {
				o.open(a, "障害")
				o.open(b, "質問")
				o.sync(a, b)
			}
			o.sync(a)
			honest := o.exported(a)
			o.tamper(dir, append(tricks, "DELETE FROM audit")...)
			for range 2 {
				_, err := o.Sync(t.Context(), a)
				if !errors.Is(err, audit.ErrRewritten) {
					t.Fatal(err)
				}
			}
			equal(t, a.GSN, int64(6))
			alarm, err := client.AlarmOf(t.Context(), a)
			ok(t, err)
			if !alarm.Sounds() || verified(t, honest, alarm.Kept).Findings != nil || verified(t, honest, alarm.Heard).Sound() && name != "the end cut off" {
				t.Errorf("%+v", alarm)
			}
			// Who has seen nothing cannot know; a note of who has opens his eyes.
			c := o.device("千葉")
			if name == "the end cut off" {
				o.sync(c)
			}
			if r := verified(t, o.exported(c), alarm.Kept); r.Sound() {
				t.Error("the note of before stands in the record of after")
			}
		})
	}
}

// TestForkedViews shows two devices two records, each at one with itself.
func TestForkedViews(t *testing.T) {
	o, dir := crafted(t)
	a, b := o.device("青木"), o.device("馬場")
	o.open(a, "共通")
	o.sync(a, b)
	ok(t, o.Server.Close())
	ok(t, os.CopyFS(dir+"2", os.DirFS(dir)))
	ok(t, os.CopyFS(dir+"2.keys", os.DirFS(dir+".keys")))
	serve := func(dir string) {
		var err error
		o.Server.Close()
		o.Server, err = server.Open(t.Context(), optionsIn(dir, o.World))
		ok(t, err)
	}
	serve(dir)
	o.open(a, "青木に見せるもの")
	o.sync(a)
	serve(dir + "2")
	o.open(b, "馬場に見せるもの")
	o.sync(b)
	_, err := o.Sync(t.Context(), a)
	if !errors.Is(err, audit.ErrRewritten) {
		t.Error("the first device:", err)
	}
	serve(dir)
	if _, err = o.Sync(t.Context(), b); !errors.Is(err, audit.ErrRewritten) {
		t.Error("the second device:", err)
	}
	o.sync(a) // its own view is as it was
	trail, err := client.Trail(t.Context(), b)
	ok(t, err)
	last, _ := trail.Last()
	if verified(t, o.exported(a), last.Note).Sound() {
		t.Error("what one was shown stands in the record of the other")
	}
}

// TestAlteredLineIsFound: where the tree was left as it was, devices that know
// the line are shown nothing else, and whoever verifies finds the very line.
func TestAlteredLineIsFound(t *testing.T) {
	o, dir := crafted(t)
	a := o.device("青木")
	for range 5 {
		o.open(a, "障害")
	}
	o.sync(a)
	o.tamper(dir, "UPDATE log SET received = received + 1 WHERE gsn = 3")
	o.sync(a)
	r := verified(t, o.exported(a))
	if r.Sound() || r.Findings[0].Check != audit.CheckLine || r.Findings[0].GSN != 3 {
		t.Errorf("%+v", r.Findings)
	}
	_, err := client.ProveLines(t.Context(), a, o.Options(a), []int64{3})
	o.refused(err, app.Damaged, "could not prove")
	p, err := client.ProveLines(t.Context(), a, o.Options(a), []int64{4, 1})
	ok(t, err)
	equal(t, len(p.Lines), 2)
}

func TestWhoMayAudit(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, strange, out := o.device("青木"), o.device(""), o.device("退職者")
	ok(t, o.Server.Revoke(t.Context(), out.ID))
	for _, path := range []string{wire.PathAudit, wire.PathProven} {
		for who, want := range map[*simtest.Device]int{strange: 403, out: 403} {
			status, _, _ := o.ask(who, "POST", path, encode(t, &wire.Audit{}))
			equal(t, status, want)
		}
		status, _, _ := o.ask(a, "POST", path, []byte("garbage"))
		equal(t, status, 400)
	}
	for _, gsn := range []int64{-1, 0, 1 << 40} {
		status, p, _ := o.ask(a, "POST", wire.PathProven, encode(t, &wire.Proving{Lines: []int64{gsn}}))
		equal(t, []any{status, p.Field}, []any{404, "gsn"})
	}
	status, _, _ := o.ask(a, "POST", wire.PathProven, encode(t, &wire.Proving{Lines: make([]int64, audit.MaxProven+1)}))
	equal(t, status, 400)
}

// TestSmallAnswer: what a device hears that has nothing to hear, at the longest
// proof that a thousand lines have.
func TestSmallAnswer(t *testing.T) {
	o := newOffice(t, openBook())
	a := o.device("青木")
	for range 1_500 {
		o.open(a, "障害")
	}
	o.sync(a)
	longest := 0
	for seen := int64(0); seen <= 1_500; seen += 7 {
		_, _, text := o.ask(a, "POST", wire.PathPull, encode(t, &wire.Pull{Epoch: o.epoch, GSN: a.GSN, Seen: seen, Clearance: clearanceOf(t, a)}))
		longest = max(longest, len(text))
	}
	if longest > 2_000 || longest < 400 {
		t.Errorf("%d bytes", longest)
	}
}

func clearanceOf(t *testing.T, d *simtest.Device) []byte {
	hash, err := d.Clearance(t.Context())
	ok(t, err)
	return hash[:]
}
