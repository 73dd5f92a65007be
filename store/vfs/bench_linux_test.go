package vfs

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The benchmarks of this file do the same work sealed and in the clear by
// turns, so that whatever else the machine does hits both, and report the CPU
// time of the one as a multiple of the other's. Wall time would count the waits
// for the disk, which are the same for both.

// pragmas are the product's settings for both sides of a comparison.
var pragmas = []string{"journal_mode(WAL)", "synchronous(FULL)", "cache_size(-2000)"}

const (
	many    = 20_000 // rows, of about 300 bytes
	commits = 500
	scans   = 10
	layout  = "CREATE TABLE t (id INTEGER PRIMARY KEY, k INT, s TEXT)"
	text    = "庁内ネットワークの障害について、原因を調査し、再発防止策をまとめて報告する。担当は情報政策課。"
)

// inTheClear is the name of a database that the driver opens without us.
func inTheClear(path string) string {
	return "file:" + path + "?_pragma=" + strings.Join(pragmas, "&_pragma=")
}

// sealedName is the name of a new database as the product opens its own.
func sealedName(b *testing.B, path string) string {
	d, err := Create(path, key())
	must(b, err)
	must(b, d.Close())
	v := keyed(b, key())
	v.tagged = true
	return v.dsn(path, "rw", "", pragmas...)
}

func single(b *testing.B, dsn string) *sql.DB {
	db, err := sql.Open("sqlite", dsn)
	must(b, err)
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { db.Close() })
	return db
}

// beside does a work on two databases of so many rows, by turns.
func beside(b *testing.B, rows int, work func(b *testing.B, db *sql.DB, round int)) {
	dir := b.TempDir()
	plain := single(b, inTheClear(filepath.Join(dir, "plain.db")))
	sealed := single(b, sealedName(b, filepath.Join(dir, "sealed.db")))
	for _, db := range []*sql.DB{plain, sealed} {
		run(b, db, layout)
		load(b, db, 0, rows)
		run(b, db, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	var times []float64
	for round := range b.N {
		usual := cpu(b, func() { work(b, plain, round) })
		times = append(times, cpu(b, func() { work(b, sealed, round) })/usual)
	}
	reportTimes(b, "sealed", times)
}

// cpu is the seconds that the processor worked for this process during f.
func cpu(b *testing.B, f func()) float64 {
	runtime.GC() // of what was done before
	before := usage(b)
	f()
	return (usage(b) - before).Seconds()
}

func usage(b *testing.B) time.Duration {
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// reportTimes reports the median of all rounds, the lowest and the highest.
func reportTimes(b *testing.B, way string, times []float64) {
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], way)
	b.ReportMetric(times[0], way+"-low")
	b.ReportMetric(times[len(times)-1], way+"-high")
}

// load puts n rows after row from, in one transaction.
func load(b *testing.B, db *sql.DB, from, n int) {
	tx, err := db.Begin()
	must(b, err)
	insert, err := tx.Prepare("INSERT INTO t VALUES (?, ?, ?)")
	must(b, err)
	for i := range n {
		_, err := insert.Exec(from+i+1, i*7919%100003, fmt.Sprint(text, text, i))
		must(b, err)
	}
	must(b, tx.Commit())
}

func BenchmarkBulkInsert(b *testing.B) {
	beside(b, 0, func(b *testing.B, db *sql.DB, round int) { load(b, db, round*many, many) })
}

func BenchmarkSingleTransactions(b *testing.B) {
	beside(b, many, func(b *testing.B, db *sql.DB, round int) {
		for i := range commits {
			load(b, db, many+round*commits+i, 1)
		}
	})
}

func BenchmarkPointReads(b *testing.B) {
	beside(b, many, func(b *testing.B, db *sql.DB, _ int) {
		read, err := db.Prepare("SELECT s FROM t WHERE id = ?")
		must(b, err)
		defer read.Close()
		for n := range many {
			var s string
			must(b, read.QueryRow(1+n*7919%many).Scan(&s))
		}
	})
}

func BenchmarkScans(b *testing.B) {
	beside(b, many, func(b *testing.B, db *sql.DB, _ int) {
		for range scans {
			var sum int
			must(b, db.QueryRow("SELECT sum(length(s) + k) FROM t").Scan(&sum))
		}
	})
}

// scripts are the same works as SQL text, which any program can be given. Each
// stands after what must be there before, which is not measured.
var scripts = []struct {
	name string
	rows int
	text func(round int) string
}{
	{"BulkInsert", 0, func(round int) string { return "BEGIN;\n" + inserts(round*many, many) + "COMMIT;\n" }},
	{"SingleTransactions", many, func(round int) string { return inserts(many+round*commits, commits) }},
	{"PointReads", many, func(int) string {
		var s strings.Builder
		for n := range many {
			fmt.Fprintf(&s, "SELECT s FROM t WHERE id = %d;\n", 1+n*7919%many)
		}
		return s.String()
	}},
	{"Scans", many, func(int) string { return strings.Repeat("SELECT sum(length(s) + k) FROM t;\n", scans) }},
}

func inserts(from, n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "INSERT INTO t VALUES (%d, %d, '%s%s%d');\n", from+i+1, i*7919%100003, text, text, i)
	}
	return s.String()
}

// What SQLCipher is told first: pages and settings as ours, and a raw key, so
// that no passphrase is stretched.
const (
	settings = "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\nPRAGMA cache_size = -2000;\n"
	unkeyed  = "PRAGMA page_size = 4096;\n" + settings
	rawKey   = "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\";\nPRAGMA cipher_page_size = 4096;\n" + settings
)

// BenchmarkScript does the works as scripts: ours beside plain, and SQLCipher
// beside the same program without a key. All four open the database anew each
// time, so what starting costs is in every figure.
func BenchmarkScript(b *testing.B) {
	cipher, err := exec.LookPath("sqlcipher")
	if err != nil {
		b.Skip("sqlcipher is not installed; make bench installs it")
	}
	for _, w := range scripts {
		b.Run(w.name, func(b *testing.B) {
			dir := b.TempDir()
			sealed := sealedName(b, filepath.Join(dir, "sealed.db"))
			runners := []func(script string) float64{
				func(s string) float64 { return script(b, inTheClear(filepath.Join(dir, "plain.db")), s) },
				func(s string) float64 {
					return script(b, sealed, s)
				},
				func(s string) float64 { return shell(b, cipher, filepath.Join(dir, "peer.db"), unkeyed+s) },
				func(s string) float64 { return shell(b, cipher, filepath.Join(dir, "cipher.db"), rawKey+s) },
			}
			for _, do := range runners {
				do(layout + ";\nBEGIN;\n" + inserts(0, w.rows) + "COMMIT;\n")
			}
			var ours, theirs []float64
			for round := range b.N {
				s := w.text(round)
				var took [4]float64
				for i, do := range runners {
					took[i] = do(s)
				}
				ours, theirs = append(ours, took[1]/took[0]), append(theirs, took[3]/took[2])
			}
			reportTimes(b, "sealed", ours)
			reportTimes(b, "sqlcipher", theirs)
		})
	}
}

// script runs SQL text on a database that is opened for it.
func script(b *testing.B, dsn, text string) float64 {
	return cpu(b, func() {
		db, err := sql.Open("sqlite", dsn)
		must(b, err)
		db.SetMaxOpenConns(1)
		run(b, db, text)
		must(b, db.Close())
	})
}

// shell runs SQL text through a program that reads it from a file, and gives
// the seconds that the processor worked for it.
func shell(b *testing.B, program, path, text string) float64 {
	file := filepath.Join(b.TempDir(), "script.sql")
	must(b, os.WriteFile(file, []byte(text), 0o600))
	in, err := os.Open(file)
	must(b, err)
	defer in.Close()
	c := exec.Command(program, "-bail", path)
	c.Stdin, c.Stderr = in, os.Stderr
	must(b, c.Run())
	return (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
}
