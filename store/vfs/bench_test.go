package vfs

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

// compared runs the same work on a sealed and on a plain database, side by side.
func compared(b *testing.B, rows int, work func(b *testing.B, db *sql.DB, n int)) {
	sealed := keyed(b, key())
	sealed.tagged = true
	for _, way := range []string{"plain", "sealed"} {
		b.Run(way, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "a.db")
			dsn := sealed.dsn(path, "rw", "", "journal_mode(WAL)", "synchronous(NORMAL)", "cache_size(-2000)")
			if way == "sealed" {
				d, err := Create(path, key())
				must(b, err)
				must(b, d.Close())
			} else {
				dsn = "file:" + path + "?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-2000)"
			}
			db, err := sql.Open("sqlite", dsn)
			must(b, err)
			defer db.Close()
			db.SetMaxOpenConns(1)
			run(b, db, "CREATE TABLE t(id INTEGER PRIMARY KEY, k INT, s TEXT)")
			load(b, db, 0, rows)
			run(b, db, "PRAGMA wal_checkpoint(TRUNCATE)")
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				work(b, db, n)
			}
		})
	}
}

const text = "庁内ネットワークの障害について、原因を調査し、再発防止策をまとめて報告する。担当は情報政策課。"

// load puts n rows of about 300 bytes after row from, in one transaction.
func load(b *testing.B, db *sql.DB, from, n int) {
	tx, err := db.Begin()
	must(b, err)
	insert, err := tx.Prepare("INSERT INTO t VALUES(?, ?, ?)")
	must(b, err)
	for i := range n {
		_, err := insert.Exec(from+i+1, i*7919%100003, fmt.Sprint(text, text, i))
		must(b, err)
	}
	must(b, tx.Commit())
}

const many = 20000

func BenchmarkBulkInsert(b *testing.B) {
	compared(b, 0, func(b *testing.B, db *sql.DB, n int) { load(b, db, n*many, many) })
}

func BenchmarkOneRowCommit(b *testing.B) {
	compared(b, many, func(b *testing.B, db *sql.DB, n int) { load(b, db, many+n, 1) })
}

func BenchmarkPointRead(b *testing.B) {
	compared(b, many, func(b *testing.B, db *sql.DB, n int) {
		var s string
		must(b, db.QueryRow("SELECT s FROM t WHERE id=?", 1+n*7919%many).Scan(&s))
	})
}

func BenchmarkScan(b *testing.B) {
	compared(b, many, func(b *testing.B, db *sql.DB, n int) {
		var sum int
		must(b, db.QueryRow("SELECT sum(length(s)+k) FROM t").Scan(&sum))
	})
}
