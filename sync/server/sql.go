package server

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"daicho/app"
)

//go:embed migrations/*.sql
var migrations embed.FS

// sqlTx is a transaction of a driver that speaks SQL. Its statements are what
// SQLite and PostgreSQL both read.
type sqlTx struct {
	statements
	known
	vault  *vault  // seals what would lie open in the database; nil: its pages are sealed
	scopes *scopes // read when first needed
}

// transact lets fn work in a transaction that is to be committed then.
func transact(s statements, v *vault, fn func(Tx) error) error {
	t := &sqlTx{statements: s, known: newKnown(), vault: v}
	if err := fn(t); err != nil {
		return err
	}
	return t.settle()
}

// statements runs SQL in a transaction.
type statements interface {
	// exec runs a statement. That it failed may be told by a later one, and is
	// told by the commit at the latest.
	exec(query string, args ...any) error
	// insert adds a row to a table that nothing in a transaction but it writes to.
	// It, too, may fail later.
	insert(table, columns string, values ...any) error
	// one reads one row, if there is any.
	one(query string, args []any, into ...any) (found bool, err error)
	// each reads all rows, until f has had enough.
	each(query string, args []any, f func(scan func(...any) error) (more bool, err error)) error
	// script runs the statements of a migration.
	script(text string) error
}

var errNewer = app.Refuse(app.Invalid, "", "データベースは新しい版の Daicho で作られています。サーバーのプログラムを更新してください。",
	"the database is of a newer version; update the server")

// migrationFiles are the steps of the schema, in their order.
func migrationFiles() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	slices.Sort(names)
	return names, err
}

// migrate applies the files that a database has not had yet.
func migrate(ctx context.Context, l Log) error {
	names, err := migrationFiles()
	if err != nil {
		return err
	}
	return l.Write(ctx, func(tx Tx) error { return tx.(*sqlTx).migrate(names) })
}

func (t *sqlTx) migrate(names []string) error {
	if err := t.script("CREATE TABLE IF NOT EXISTS migration (n INTEGER NOT NULL PRIMARY KEY)"); err != nil {
		return err
	}
	done, err := t.migrated()
	if err != nil {
		return err
	}
	for _, name := range names {
		n, err := strconv.Atoi(path.Base(name)[:4])
		if err == nil && !done[n] {
			err = t.apply(name, n)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		delete(done, n)
	}
	if len(done) > 0 {
		return errNewer
	}
	return nil
}

// migrated are the numbers of the files that the database has had.
func (t *sqlTx) migrated() (map[int]bool, error) {
	done := map[int]bool{}
	return done, t.each("SELECT n FROM migration", nil, func(scan func(...any) error) (bool, error) {
		var n int
		err := scan(&n)
		done[n] = true
		return true, err
	})
}

func (t *sqlTx) apply(name string, n int) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	if err = t.script(string(text)); err != nil {
		return err
	}
	return t.exec("INSERT INTO migration (n) VALUES ($1)", n)
}
