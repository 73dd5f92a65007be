package server_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store/keys"
	"daicho/sync/server"
	"daicho/sync/simtest"
)

// versions holds a small server of every version that was ever released, as
// store/testdata/versions does a replica. It is only ever added to.
const versions = "testdata/versions"

// TestEveryVersionOpens opens what every version left, also one that was
// killed, with this program: a new device finds all, and the server works on.
func TestEveryVersionOpens(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(versions, "*", "server"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("%d versions, %v", len(folders), err)
	}
	for _, f := range folders {
		from := filepath.Dir(f)
		t.Run(filepath.Base(from), func(t *testing.T) { versionOpens(t, from) })
	}
}

// TestThisVersionIsWritten makes what will be kept of this version, and opens
// it as any other's. DAICHO_WRITE_VERSION=0.2.0 keeps it.
func TestThisVersionIsWritten(t *testing.T) {
	to := t.TempDir()
	if version := os.Getenv("DAICHO_WRITE_VERSION"); version != "" {
		to = filepath.Join(versions, version)
		ok(t, os.Mkdir(to, 0o755)) // a version is written once
	}
	writeVersion(t, to)
	versionOpens(t, to)
}

func versionOpens(t *testing.T, from string) {
	for name, over := range map[string]string{"closed": "server", "hot": "hot"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			at := filepath.Join(dir, "server")
			ok(t, os.CopyFS(at, os.DirFS(filepath.Join(from, "server"))))
			ok(t, os.CopyFS(at+".keys", os.DirFS(filepath.Join(from, "server.keys"))))
			if over == "hot" {
				layOver(t, at, filepath.Join(from, over))
			}
			want, err := os.ReadFile(filepath.Join(from, name+".json"))
			ok(t, err)
			o := officeIn(t, at, 7, server.Open)
			if got := taken(o); got != string(want) {
				t.Errorf("found\n%s\nwant\n%s", got, want)
			}
			o.worksOn(at)
		})
	}
}

// layOver copies files over those of a folder.
func layOver(t *testing.T, dir, from string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(from, "*"))
	ok(t, err)
	for _, path := range files {
		b, err := os.ReadFile(path)
		ok(t, err)
		ok(t, os.WriteFile(filepath.Join(dir, filepath.Base(path)), b, 0o600))
	}
}

// worksOn lets a new device write, and opens the server again.
func (o *office) worksOn(at string) {
	o.Helper()
	d := o.device("新しい職員")
	o.sync(d)
	k := o.open(d, "今の版で書いた記録")
	o.sync(d)
	if n := o.get(d, k.Ref).Number; strings.HasPrefix(n, "仮") {
		o.Errorf("the new record has no number: %s", n)
	}
	ok(o.T, o.Server.Close())
	again := officeIn(o.T, at, 8, server.Open)
	e := again.device("新しい職員")
	again.sync(e)
	equal(o.T, again.get(e, k.Ref).Number, o.get(d, k.Ref).Number)
	ok(o.T, again.Server.Close())
}

// officeIn is an office whose server stands in a folder.
func officeIn(t *testing.T, at string, seed uint64, how func(context.Context, server.Options) (*server.Server, error)) *office {
	t.Helper()
	w := world(seed)
	var err error
	w.Server, err = how(context.Background(), optionsIn(at, w))
	ok(t, err)
	t.Cleanup(func() { w.Server.Close() })
	return &office{T: t, World: w}
}

// world is what surrounds a server in a folder.
func world(seed uint64) *simtest.World {
	return &simtest.World{Rand: rand.New(rand.NewPCG(seed, 1)), Random: rand.NewChaCha8([32]byte{byte(seed)}), Book: simtest.WithoutRights(modules.Book()),
		Now: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)}
}

func passphrase() keys.Passphrase { return keys.Passphrase("正しい馬 電池 ホチキス") }

func optionsIn(at string, w *simtest.World) server.Options {
	return server.Options{Dir: at, Passphrase: passphrase(), Keys: keys.In(at + ".keys"), Cost: cheap, Book: w.Book, Clock: w.Clock, Random: w.Random}
}

// writeVersion writes what is kept of a version: the folder of a closed server
// with its key file, what a kill leaves of one that was opened again, and what
// must be found in each.
func writeVersion(t *testing.T, to string) {
	t.Helper()
	at := filepath.Join(to, "server")
	o := officeIn(t, at, 1, server.Create)
	a, b := o.device("情報 花子"), o.device("青木 次郎")
	o.sync(a, b)
	o.tell(a, b)
	ok(t, o.Server.Close())
	ok(t, os.WriteFile(filepath.Join(to, "closed.json"), []byte(inventoryOf(t, at)), 0o644))

	open := filepath.Join(t.TempDir(), "open")
	ok(t, os.CopyFS(open, os.DirFS(at)))
	ok(t, os.CopyFS(open+".keys", os.DirFS(at+".keys")))
	again := officeIn(t, open, 2, server.Open)
	c := again.device("渡辺")
	again.sync(c)
	again.open(c, "強制終了の直前に書いた障害票")
	again.sync(c)
	ok(t, os.Mkdir(filepath.Join(to, "hot"), 0o755))
	for _, beside := range []string{"-wal", "-tags-*"} {
		files, err := filepath.Glob(filepath.Join(open, "server.db"+beside))
		ok(t, err)
		for _, path := range files {
			b, err := os.ReadFile(path)
			ok(t, err)
			ok(t, os.WriteFile(filepath.Join(to, "hot", filepath.Base(path)), b, 0o644))
		}
	}
	ok(t, again.Server.Close())
	ok(t, os.WriteFile(filepath.Join(to, "hot.json"), []byte(inventoryOf(t, open)), 0o644))
}

// inventoryOf is the inventory of a copy of a folder.
func inventoryOf(t *testing.T, at string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy")
	ok(t, os.CopyFS(copied, os.DirFS(at)))
	ok(t, os.CopyFS(copied+".keys", os.DirFS(at+".keys")))
	o := officeIn(t, copied, 7, server.Open)
	defer o.Server.Close()
	return taken(o)
}

// tell leaves a bit of everything behind: numbers, an attachment, rows of a
// table, a refused change, an open conflict, a device that was shut out.
func (o *office) tell(a, b *simtest.Device) {
	o.Helper()
	k := o.open(a, "庁舎三階の印刷ができない")
	blob, err := a.Attach(k.Ref, "プリンター.jpg", strings.NewReader("写真の中身"))
	ok(o.T, err)
	k.Photos, k.Requester = []app.Blob{blob}, "山田太郎"
	ok(o.T, a.Save(k))
	d := document.Register.Draft(app.ID{0xd0, 1})
	d.Title, d.Type, d.Summary = "VPN障害の議事録", document.Minutes, "再発防止に着手した。"
	d.Revisions = []document.Line{{Version: "0.1", Change: "初稿"}}
	ok(o.T, a.Save(d))
	o.sync(a, b)
	for dev, title := range map[*simtest.Device]string{a: "印刷障害（花子）", b: "印刷障害（次郎）"} {
		o.edit(dev, k.Ref, func(k *ticket.Ticket) { k.Title = title })
	}
	o.journal(b, &app.Change{Ref: k.Ref, Cells: []app.Cell{{Field: "number", Now: app.TextValue("偽")}}})
	o.sync(a, b, a)
	c := o.device("退職した職員")
	o.sync(c)
	ok(o.T, o.Server.Revoke(context.Background(), c.ID))
}
