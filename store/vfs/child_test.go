package vfs

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The test binary starts itself to have real processes: one that writes until it
// is killed, one that works beside another.
func TestMain(m *testing.M) {
	var err error
	switch os.Getenv("DAICHO_CHILD") {
	case "":
		os.Exit(m.Run())
	case "write":
		err = writeForEver(os.Getenv("DAICHO_CHILD_DB"), os.Getenv("DAICHO_CHILD_MODE"))
	case "move":
		err = moveMoney(os.Getenv("DAICHO_CHILD_DB"), 150)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(t *testing.T, what, path, mode string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "DAICHO_CHILD="+what, "DAICHO_CHILD_DB="+path, "DAICHO_CHILD_MODE="+mode)
	cmd.Stderr = os.Stderr
	return cmd
}

// times is how often a test repeats: usual, or what the variable says.
func times(variable string, usual int) int {
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil {
		return n
	}
	return usual
}

// TestKills kills a writing process again and again and looks at what is left:
// every commit that it told of is there, every row is whole, and so is the
// structure. Caches are tiny, so that logs and journals are written to throughout.
func TestKills(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		t.Run(mode, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			for range times("DAICHO_KILLS", 50) / 10 { // package store takes the rest
				told := killOne(t, path, mode)
				survey(t, path, mode, told)
			}
		})
	}
}

// killOne lets a process write for some time, kills it and gives the last row that
// it said to have committed.
func killOne(t *testing.T, path, mode string) (told int64) {
	cmd := child(t, "write", path, mode)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	kill := time.Duration(20+rand.IntN(300)) * time.Millisecond
	for first := true; lines.Scan(); first = false {
		told, err = strconv.ParseInt(lines.Text(), 10, 64)
		must(t, err)
		if first {
			time.AfterFunc(kill, func() { cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); told == 0 || err == nil {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return told
}

func survey(t *testing.T, path, mode string, told int64) {
	t.Helper()
	db := tuned(t, keyed(t, key()), path, "rw", "journal_mode("+mode+")")
	defer db.Close()
	var last, max int64
	must(t, db.QueryRow("SELECT (SELECT v FROM c), (SELECT max(id) FROM t)").Scan(&last, &max))
	if last < told || last != max {
		t.Errorf("told of row %d; counter %d, last row %d", told, last, max)
	}
	rows, err := db.Query("SELECT id, b FROM t")
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var id int64
		var b []byte
		must(t, rows.Scan(&id, &b))
		if !bytes.Equal(b, contentFor(id)) {
			t.Errorf("row %d is not what was written", id)
		}
	}
	must(t, rows.Err())
	var check string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
		t.Errorf("integrity: %s, %v", check, err)
	}
}

func contentFor(id int64) []byte {
	h := sha256.Sum256([]byte(strconv.FormatInt(id, 10)))
	return bytes.Repeat(h[:], int(id%200)+1)
}

// writeForEver adds and removes rows in transactions of all sizes and tells of
// each commit on standard output.
func writeForEver(path, mode string) error {
	v, err := Register(key())
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", v.dsn(path, "rwc", "&_txlock=immediate", "journal_mode("+mode+")",
		"synchronous(FULL)", "wal_autocheckpoint(60)", "cache_size(30)"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, n INT, b BLOB);
		CREATE TABLE IF NOT EXISTS c(k INTEGER PRIMARY KEY, v INT); CREATE INDEX IF NOT EXISTS i ON t(n)`); err != nil {
		return err
	}
	var n int64
	if err := db.QueryRow("SELECT coalesce(max(id), 0) FROM t").Scan(&n); err != nil {
		return err
	}
	for {
		if n, err = writeSome(db, n); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func writeSome(db *sql.DB, n int64) (int64, error) {
	tx, err := db.Begin()
	if err != nil {
		return n, err
	}
	defer tx.Rollback()
	size := 1 + rand.IntN(40)
	if rand.IntN(10) == 0 {
		size = 400
	}
	for range size {
		n++
		if _, err := tx.Exec("INSERT INTO t VALUES(?, ?, ?)", n, n*7919%1000, contentFor(n)); err != nil {
			return n, err
		}
	}
	_, err = tx.Exec("DELETE FROM t WHERE id IN (SELECT id FROM t WHERE id<?1-300 ORDER BY random() LIMIT ?2)", n, size)
	_, err2 := tx.Exec("INSERT INTO c VALUES(1, ?) ON CONFLICT DO UPDATE SET v=excluded.v", n)
	return n, errors.Join(err, err2, tx.Commit())
}

const accounts = 20

// TestTwoProcesses has two processes move money between the same accounts while
// readers add it up.
func TestTwoProcesses(t *testing.T) {
	d := create(t)
	run(t, d.Write, "CREATE TABLE a(id INTEGER PRIMARY KEY, yen INT, pad BLOB); CREATE TABLE moves(n INT)")
	for i := range accounts {
		run(t, d.Write, "INSERT INTO a VALUES(?, 1000, zeroblob(3000))", i)
	}
	cmd := child(t, "move", d.Path(), "")
	must(t, cmd.Start())
	must(t, moveMoney(d.Path(), 150))
	must(t, cmd.Wait())
	var sum, moves int
	must(t, d.Read.QueryRow("SELECT (SELECT sum(yen) FROM a), (SELECT count(*) FROM moves)").Scan(&sum, &moves))
	if sum != accounts*1000 || moves != 300 {
		t.Errorf("%d yen after %d moves", sum, moves)
	}
	var check string
	if err := d.Write.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
		t.Errorf("integrity: %s, %v", check, err)
	}
}

func moveMoney(path string, n int) error {
	d, err := Open(path, key())
	if err != nil {
		return err
	}
	stop, added := make(chan bool), make(chan error, 2)
	for range cap(added) {
		go func() { added <- addUp(d.Read, stop) }()
	}
	for range n {
		if err = moveOnce(d.Write); err != nil {
			break
		}
	}
	close(stop)
	return errors.Join(err, <-added, <-added, d.Close())
}

func moveOnce(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	yen := rand.IntN(100)
	_, err1 := tx.Exec("UPDATE a SET yen=yen-?, pad=randomblob(3000) WHERE id=?", yen, rand.IntN(accounts))
	_, err2 := tx.Exec("UPDATE a SET yen=yen+? WHERE id=?", yen, rand.IntN(accounts))
	_, err3 := tx.Exec("INSERT INTO moves VALUES(?)", yen)
	return errors.Join(err1, err2, err3, tx.Commit())
}

func addUp(db *sql.DB, stop chan bool) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		var sum int
		var pad []byte
		if err := db.QueryRow("SELECT sum(yen), max(pad) FROM a").Scan(&sum, &pad); err != nil {
			return err
		}
		if sum != accounts*1000 {
			return fmt.Errorf("a reader saw %d yen", sum)
		}
	}
}

// TestReadersCannotWrite holds the two halves of a Database apart.
func TestReadersCannotWrite(t *testing.T) {
	d := create(t)
	fillRows(t, d.Write, 3)
	for _, q := range []string{"DELETE FROM t", "CREATE TABLE u(a)", "PRAGMA query_only=0; DELETE FROM t"} {
		if _, err := d.Read.Exec(q); err == nil || !strings.Contains(err.Error(), "readonly") {
			t.Errorf("%s by a reader: %v", q, err)
		}
	}
	for pragma, want := range map[string]string{"synchronous": "2", "foreign_keys": "1", "temp_store": "2", "trusted_schema": "0", "journal_mode": "wal"} {
		for _, db := range []*sql.DB{d.Read, d.Write} {
			var got string
			if err := db.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
			}
		}
	}
}
