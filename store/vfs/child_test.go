package vfs

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
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
	fewRecords, fewAtClose = 300, 60 // so that tables are made anew under everything
	switch os.Getenv("DAICHO_CHILD") {
	case "":
		os.Exit(m.Run())
	case "write":
		err = writeForEver(os.Getenv("DAICHO_CHILD_DB"), os.Getenv("DAICHO_CHILD_MODE"))
	case "move":
		err = moveMoney(os.Getenv("DAICHO_CHILD_DB"), 150)
	case "rewrite":
		err = rewriteAll(os.Getenv("DAICHO_CHILD_DB"))
	case "open":
		err = openOften(os.Getenv("DAICHO_CHILD_DB"), 60)
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

// TestKills kills writing processes again and again and looks at what is left:
// every commit that they told of is there, every row is whole, and so are the
// structure and every page. Caches are tiny, and checkpoints come often, so that
// all files are written to throughout. Mode WAL has a table of tags.
func TestKills(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		t.Run(mode, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			for i := range times("DAICHO_KILLS", 50) / 10 { // package store takes the rest
				told := killSome(t, path, mode, 1+i%2)
				survey(t, path, mode, told)
			}
		})
	}
}

// killSome lets n processes write for some time, kills them one after the other
// and gives the last row that one of them said to have committed.
func killSome(t *testing.T, path, mode string, n int) (told int64) {
	ended := make(chan int64)
	for range n {
		go func() { ended <- killOne(t, path, mode) }()
	}
	for range n {
		told = max(told, <-ended)
	}
	if told == 0 {
		t.Fatal("nothing was written")
	}
	return told
}

// killOne gives 0 if something failed, which it reports.
func killOne(t *testing.T, path, mode string) (told int64) {
	cmd := child(t, "write", path, mode)
	out, err := cmd.StdoutPipe()
	if err = errors.Join(err, cmd.Start()); err != nil {
		t.Error(err)
		return 0
	}
	lines := bufio.NewScanner(out)
	kill := time.Duration(20+rand.IntN(300)) * time.Millisecond
	for first := true; lines.Scan(); first = false {
		if told, err = strconv.ParseInt(lines.Text(), 10, 64); err != nil {
			t.Error(err)
		}
		if first {
			time.AfterFunc(kill, func() { cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); told == 0 || cmd.ProcessState.ExitCode() >= 0 {
		t.Errorf("the writer ended by itself: %v", err)
	}
	return told
}

// openedFor gives one connection to the database, which is made if there is none.
func openedFor(path, mode string) (*sql.DB, error) {
	v, err := Register(key())
	if err != nil {
		return nil, err
	}
	if v.tagged = mode == "WAL"; v.tagged {
		d, err := Create(path, key())
		if err == nil {
			err = d.Close()
		}
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	access := map[bool]string{true: "rw", false: "rwc"}[v.tagged]
	db, err := sql.Open("sqlite", v.dsn(path, access, "&_txlock=immediate", "journal_mode("+mode+")",
		"synchronous(FULL)", "wal_autocheckpoint(60)", "cache_size(30)"))
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

func survey(t *testing.T, path, mode string, told int64) {
	t.Helper()
	if mode == "WAL" {
		if bad, err := damageOf(path); err != nil || len(bad) > 0 {
			t.Errorf("pages %v are damaged, %v", bad, err)
		}
	}
	db, err := openedFor(path, mode)
	must(t, err)
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
	db, err := openedFor(path, mode)
	if err != nil {
		return err
	}
	if _, err := db.Exec(`CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, n INT, b BLOB);
		CREATE TABLE IF NOT EXISTS c(k INTEGER PRIMARY KEY, v INT); CREATE INDEX IF NOT EXISTS i ON t(n)`); err != nil {
		return err
	}
	for {
		n, err := writeSome(db)
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func writeSome(db *sql.DB) (n int64, err error) {
	tx, err := db.Begin()
	if err != nil {
		return n, err
	}
	defer tx.Rollback()
	if err := tx.QueryRow("SELECT coalesce(max(id), 0) FROM t").Scan(&n); err != nil {
		return n, err
	}
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

// TestOpenedOften has two processes open, write and close a database over and over,
// so that one opens it while the other brings the log in and deletes it.
func TestOpenedOften(t *testing.T) {
	d := create(t)
	run(t, d.Write, "CREATE TABLE n(id INTEGER PRIMARY KEY, pad BLOB)")
	must(t, d.Close())
	cmd := child(t, "open", d.Path(), "")
	must(t, cmd.Start())
	must(t, openOften(d.Path(), 60))
	must(t, cmd.Wait())
	if bad, err := damageOf(d.Path()); err != nil || len(bad) > 0 {
		t.Errorf("pages %v, %v", bad, err)
	}
	d, err := Open(d.Path(), key())
	must(t, err)
	defer d.Close()
	var n int
	if err := d.Read.QueryRow("SELECT count(*) FROM n").Scan(&n); err != nil || n != 120 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func openOften(path string, n int) error {
	for range n {
		d, err := Open(path, key())
		if err != nil {
			return err
		}
		_, err = d.Write.Exec("INSERT INTO n(pad) VALUES(randomblob(9000))")
		if err = errors.Join(err, d.Close()); err != nil {
			return err
		}
	}
	return nil
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
	for i := range n {
		if err = moveOnce(d.Write); err != nil {
			break
		}
		if i%20 == 7 {
			err = bringIn(d.Write)
		}
		if err != nil {
			break
		}
	}
	close(stop)
	return errors.Join(err, <-added, <-added, d.Close())
}

// bringIn brings the log into the database in any of SQLite's ways, as far as
// others let it.
func bringIn(db *sql.DB) error {
	modes := []string{"PASSIVE", "FULL", "RESTART", "TRUNCATE"}
	_, err := db.Exec("PRAGMA wal_checkpoint(" + modes[rand.IntN(len(modes))] + ")")
	if Busy(err) {
		return nil
	}
	return err
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
		time.Sleep(time.Millisecond) // else a checkpoint that waits for readers may never find none
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
