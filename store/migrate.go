package store

import (
	"cmp"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

//go:embed migrations/*.sql
var product embed.FS

// migration is one step of one module's tables.
type migration struct {
	module string
	n      int
	text   string
}

// coreModule is the module whose tables the others stand on.
const coreModule = "core"

// migrations reads folder "migrations" of each file system: files named
// <module>_NNNN.sql. Modules follow each other by name, core first.
func migrations(from ...fs.FS) (list []migration, err error) {
	for _, f := range from {
		names, err := fs.Glob(f, "migrations/*.sql")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			m, err := readMigration(f, name)
			if err != nil {
				return nil, err
			}
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b migration) int {
		return cmp.Or(rank(a.module)-rank(b.module), strings.Compare(a.module, b.module), a.n-b.n)
	})
	return list, numbered(list)
}

func rank(module string) int {
	if module == coreModule {
		return 0
	}
	return 1
}

func readMigration(f fs.FS, name string) (migration, error) {
	module, n, ok := strings.Cut(strings.TrimSuffix(path.Base(name), ".sql"), "_")
	number, err := strconv.Atoi(n)
	if !ok || err != nil || len(n) != 4 {
		return migration{}, fmt.Errorf("migration %s is not named <module>_NNNN.sql", name)
	}
	text, err := fs.ReadFile(f, name)
	return migration{module, number, string(text)}, err
}

// numbered makes sure that each module counts 1, 2, 3 …
func numbered(list []migration) error {
	last := map[string]int{}
	for _, m := range list {
		if m.n != last[m.module]+1 {
			return fmt.Errorf("migration %s_%04d does not follow on %04d", m.module, m.n, last[m.module])
		}
		last[m.module] = m.n
	}
	return nil
}

// stamps are the migrations that a database has seen, by module.
func stamps(q interface {
	Query(string, ...any) (*sql.Rows, error)
}) (map[string]int, error) {
	rows, err := q.Query("SELECT module, max(n) FROM migration GROUP BY module")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	done := map[string]int{}
	for rows.Next() {
		var module string
		var n int
		if err := rows.Scan(&module, &n); err != nil {
			return nil, err
		}
		done[module] = n
	}
	return done, rows.Err()
}

// fromFuture says whether a database has been migrated by a newer program, or
// by one with more modules.
func fromFuture(done map[string]int, list []migration) bool {
	last := map[string]int{}
	for _, m := range list {
		last[m.module] = m.n
	}
	for module, n := range done {
		if n > last[module] {
			return true
		}
	}
	return false
}

// migrate brings a database to what this program knows, all or nothing. It
// looks again at what is done already: another process may be at it too.
func migrate(db *sql.DB, list []migration) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	done, err := stamps(tx)
	if err != nil {
		return err
	}
	if fromFuture(done, list) {
		return newerReplica
	}
	list = slices.DeleteFunc(slices.Clone(list), func(m migration) bool { return m.n <= done[m.module] })
	if done[coreModule] >= postponedSince && len(list) > 0 {
		if err := makeAllPostponed(tx); err != nil {
			return err
		}
	}
	for _, m := range list {
		if _, err := tx.Exec(m.text); err != nil {
			return fmt.Errorf("migration %s_%04d: %w", m.module, m.n, err)
		}
		if _, err := tx.Exec("INSERT INTO migration VALUES (?, ?)", m.module, m.n); err != nil {
			return err
		}
	}
	return tx.Commit()
}
