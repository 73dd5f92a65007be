package store_test

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store"
	"daicho/store/storetest"
)

// olderOptions open the replica of the first version by a book with a register
// more, and by migrations that rework a large table several times.
func olderOptions(dir string, seed uint64) store.Options {
	o := productOptions(dir, seed, storetest.Start.AddDate(0, 0, 1))
	o.Book.Registers = app.Collect(append(modules.All(), app.Module{Name: "storetest", Registers: []app.AnyRegister{storetest.Items, storetest.Parts}}))
	first, err := fs.ReadFile(storetest.Tables(), "migrations/storetest_0001.sql")
	if err != nil {
		panic(err) // it is part of the program
	}
	o.Tables = fstest.MapFS{
		"migrations/storetest_0001.sql": {Data: first},
		"migrations/older_0001.sql": {Data: []byte(`CREATE TABLE older (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
			WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO older SELECT i, hex(zeroblob(20)) || i FROM n;`)},
		"migrations/older_0002.sql": {Data: []byte(`CREATE INDEX older_a ON older (a); ALTER TABLE older ADD COLUMN b INTEGER NOT NULL DEFAULT 0;`)},
		"migrations/older_0003.sql": {Data: []byte(`UPDATE older SET b = id * 2; DELETE FROM older WHERE id % 3 = 0;`)},
	}
	return o
}

// prepareOlder takes the replica of the first version as a kill left it.
func prepareOlder(t *testing.T, home string) looker {
	from := filepath.Join(versions, "0.1.0")
	for _, c := range [][2]string{{"replica", "replica"}, {"hot", "replica"}, {"replica.keys", "replica.keys"}} {
		copyFiles(t, filepath.Join(from, c[0]), filepath.Join(home, c[1]))
	}
	want, err := os.ReadFile(filepath.Join(from, "hot.json"))
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, home string, r *store.Replica, _ []string) {
		finds(t, r, string(want))
		if n := r.Number(t.Context(), "SELECT count(*) + max(b) FROM older"); n != 2000+6000-2*1 { // 3000 went with every third
			t.Errorf("the migrations left %d", n)
		}
	}
}

func justOpen(home string, rnd *rand.Rand) error {
	r, err := working(olderOptions, home, rnd)
	if err != nil {
		return err
	}
	return r.Close()
}
