package vfs

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

// disk stands between a VFS and the platform's and knows what is on the disk for
// sure: each file as it was when it was last synced. From that, and from what was
// written since, it makes what a loss of power may leave.
type disk struct {
	path  string            // of the database
	sure  map[string][]byte // by name; no entry: the file may not be there
	crash func()            // called at every change of the disk
}

// platform is a file of a disk, with the platform's own methods.
type platform struct {
	on   *disk
	name string
	own  *sqlite3.Tsqlite3_io_methods
}

var (
	disks     table[*disk]     // by the address of their sqlite3_vfs
	platforms table[*platform] // by the address of their sqlite3_file
)

// install puts the disk below v, which has no open file yet.
func (d *disk) install(t *testing.T, v *VFS) {
	tls := libc.NewTLS()
	own := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	*cmem.At[sqlite3.Tsqlite3_vfs](own) = *v.platform()
	cmem.At[sqlite3.Tsqlite3_vfs](own).FxOpen = cmem.Address[fnFFFIF](diskOpen)
	cmem.At[sqlite3.Tsqlite3_vfs](own).FxDelete = cmem.Address[fnFFI](diskDelete)
	v.base = own
	disks.put(own, d)
	t.Cleanup(tls.Close)
}

func ownVFS(t *libc.TLS) uintptr { return sqlite3.Xsqlite3_vfs_find(t, 0) }

func diskOpen(t *libc.TLS, p, name, f uintptr, flags int32, out uintptr) int32 {
	own := ownVFS(t)
	rc := cmem.Func[fnFFFIF](cmem.At[sqlite3.Tsqlite3_vfs](own).FxOpen)(t, own, name, f, flags, out)
	if rc != ok {
		return rc
	}
	file := cmem.At[sqlite3.Tsqlite3_file](f)
	methods := libc.Xcalloc(t, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
	h := &platform{disks.get(p), libc.GoString(name), cmem.At[sqlite3.Tsqlite3_io_methods](file.FpMethods)}
	m := cmem.At[sqlite3.Tsqlite3_io_methods](methods)
	*m = *h.own
	m.FxSync = cmem.Address[fnFI](diskSync)
	m.FxWrite = cmem.Address[fnFFIL](diskWrite)
	m.FxTruncate = cmem.Address[fnFL](diskTruncate)
	file.FpMethods = methods
	platforms.put(f, h)
	return rc
}

func diskSync(t *libc.TLS, f uintptr, flags int32) int32 {
	h := platforms.get(f)
	h.on.happens()
	h.on.settled(tableOf(h.on.path)) // written and synced before, by package os
	rc := cmem.Func[fnFI](h.own.FxSync)(t, f, flags)
	h.on.settled(h.name)
	h.on.happens()
	return rc
}

func diskWrite(t *libc.TLS, f, b uintptr, n int32, off int64) int32 {
	h := platforms.get(f)
	if strings.HasSuffix(h.name, "-wal") && off == 0 {
		h.on.settled(tableOf(h.on.path))
	}
	h.on.happens()
	return cmem.Func[fnFFIL](h.own.FxWrite)(t, f, b, n, off)
}

func diskTruncate(t *libc.TLS, f uintptr, size int64) int32 {
	h := platforms.get(f)
	if strings.HasSuffix(h.name, "-wal") {
		h.on.settled(tableOf(h.on.path))
	}
	h.on.happens()
	return cmem.Func[fnFL](h.own.FxTruncate)(t, f, size)
}

func diskDelete(t *libc.TLS, p, name uintptr, sync int32) int32 {
	d, own := disks.get(p), ownVFS(t)
	d.settled(tableOf(d.path))
	rc := cmem.Func[fnFFI](cmem.At[sqlite3.Tsqlite3_vfs](own).FxDelete)(t, own, name, sync)
	d.happens()
	return rc
}

func tableOf(path string) string {
	list, err := tables(path)
	if err != nil || len(list) == 0 {
		panic("no table")
	}
	return list[0]
}

func (d *disk) settled(name string) {
	if b, err := os.ReadFile(name); err == nil {
		d.sure[name] = b
	}
}

func (d *disk) happens() {
	if d.crash != nil {
		d.crash()
	}
}

// left is what may be found after power was lost just now.
func (d *disk) left() files {
	table := tableOf(d.path)
	d.madeAnew(table)
	f := files{db: d.mixed(d.path), log: d.mixed(d.path + "-wal"), tags: d.mixed(table)}
	f.suffix = strings.TrimPrefix(table, d.path)
	return f
}

// madeAnew notes that a table was replaced by a shorter one, which is either there
// or not: it was synced before it got its name.
func (d *disk) madeAnew(table string) {
	now, err := os.ReadFile(table)
	if err != nil || bytes.Equal(now[:tagHead], d.sure[table][:tagHead]) {
		return
	}
	db, err := os.ReadFile(d.path)
	if err != nil {
		panic(err)
	}
	c, _, err := stateOf(files{db: db, tags: now})
	if err != nil {
		panic(err)
	}
	d.sure[table] = now[:c.start]
}

// mixed takes each 4096 bytes of a file from before or from after what was written
// since the last sync; new ones may be zeros. A file that was deleted may still be
// there.
func (d *disk) mixed(name string) []byte {
	sure, was := d.sure[name]
	now, err := os.ReadFile(name)
	switch {
	case err != nil && (!was || rand.IntN(2) == 0), err == nil && !was && rand.IntN(2) == 0:
		return nil
	case err != nil:
		return sure
	}
	size := len(now)
	if rand.IntN(2) == 0 {
		size = len(sure)
	}
	mixed := make([]byte, size)
	copy(mixed, sure)
	for at := 0; at < size; at += 4096 {
		if rand.IntN(3) > 0 && at < len(now) {
			clear(mixed[at:min(size, at+4096)])
			copy(mixed[at:min(size, at+4096)], now[at:])
		}
	}
	return mixed
}

// TestPowerCrash loses power at any moment of a history of commits, checkpoints and
// openings: whatever is left opens, no page counts as damaged, and every commit
// that returned is there.
func TestPowerCrash(t *testing.T) {
	for range times("DAICHO_KILLS", 40) / 10 {
		powerHistory(t, 60)
	}
}

func powerHistory(t *testing.T, steps int) {
	d := create(t)
	path := d.Path()
	run(t, d.Write, "CREATE TABLE t(id INTEGER PRIMARY KEY, s TEXT, b BLOB)")
	must(t, d.Close())
	on := &disk{path: path, sure: map[string][]byte{}}
	on.settled(path)
	on.settled(tableOf(path))
	rows, losses := 0, 0
	on.crash = func() {
		if rand.IntN(8) == 0 {
			losses++
			afterPower(t, on.left(), rows)
		}
	}
	open := func() *Database {
		v := keyed(t, key())
		on.install(t, v)
		v.tagged = true
		d, err := v.open(path)
		must(t, err)
		run(t, d.Write, "PRAGMA wal_autocheckpoint=20; PRAGMA cache_size=8; PRAGMA busy_timeout=1")
		return d
	}
	d = open()
	var reader interface{ Rollback() error }
	for range steps {
		switch rand.IntN(9) {
		case 0:
			must(t, bringIn(d.Write))
		case 1:
			run(t, d.Write, "UPDATE t SET b=randomblob(length(b)*3/2)")
		case 2:
			run(t, d.Write, "UPDATE t SET b=''; VACUUM")
		case 3:
			if reader != nil {
				must(t, reader.Rollback())
				reader = nil
				break
			}
			tx, err := d.Read.Begin()
			must(t, err)
			var n int
			must(t, tx.QueryRow("SELECT count(*) FROM t").Scan(&n))
			reader = tx
		case 4:
			if reader == nil {
				must(t, d.Close())
				d = open()
			}
		default:
			must(t, addRow(d.Write, rand.IntN(300)))
			rows++
		}
	}
	if reader != nil {
		must(t, reader.Rollback())
	}
	must(t, d.Close())
	if losses < 5 {
		t.Errorf("power was lost %d times", losses)
	}
}

// afterPower opens what is left after power was lost.
func afterPower(t *testing.T, f files, rows int) {
	path := filepath.Join(t.TempDir(), "left.db")
	f.put(t, path)
	before := fmt.Sprintf("%d bytes, log %d, table %d", len(f.db), len(f.log), len(f.tags))
	bad, err := damageOf(path)
	if err != nil || len(bad) > 0 {
		t.Errorf("%s: pages %v, %v", before, bad, err)
	}
	if n, err := rowsOf(path); err != nil || n < rows {
		t.Errorf("%s: %d rows of %d, %v", before, n, rows, err)
	}
}
