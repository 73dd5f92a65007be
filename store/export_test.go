package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"

	"daicho/app"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// Pending are the own changes that are not judged, for tests that work out
// what a replica must show.
func (s *Replica) Pending(ctx context.Context) (list []*app.Change, err error) {
	err = s.read(ctx, func(r *reader) error {
		seqs, err := r.numbers("SELECT seq FROM journal WHERE state = 'pending' ORDER BY seq")
		for _, seq := range seqs {
			var c *app.Change
			if err == nil {
				c, _, err = r.change(seq)
				list = append(list, c)
			}
		}
		return err
	})
	return list, err
}

// PageOf finds the last page of a table or index of a closed database; 0 if it
// has none.
func PageOf(ctx context.Context, path string, key keys.DataKey, name string) (page int, err error) {
	s, err := vfs.OpenSalvage(path, key)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	w, err := survey(ctx, s, func() {})
	for n := int64(1); err == nil && n <= s.Pages(); n++ {
		if w.owner(n).name == name && !w.free[n] {
			page = int(n)
		}
	}
	return page, err
}

// Carried says whether a repair takes the rows of a table over.
func Carried(table string) bool { _, there := carried[table]; return there }

// Tables are the tables of a replica's database.
func Tables(ctx context.Context, s *Replica) (names []string, err error) {
	err = s.read(ctx, func(r *reader) error {
		return r.each("SELECT name FROM sqlite_schema WHERE type = 'table'", nil, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			names = append(names, name)
			return err
		})
	})
	return names, err
}

// Break makes a transaction meet a failure of the machine that its caller
// overlooks.
func (tx *Tx) Break(err error) { _ = tx.keep(err) }

// CheckpointAfter has the log brought into the database whenever it has so many
// pages: in programs it takes a thousand.
func (s *Replica) CheckpointAfter(pages int) error {
	_, err := s.db.Write.Exec(fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", pages))
	return err
}

// Number is what a query of one number gives; -1 if it fails.
func (s *Replica) Number(ctx context.Context, query string) int {
	n := -1
	if err := s.db.Read.QueryRowContext(ctx, query).Scan(&n); err != nil {
		return -1
	}
	return n
}

// Strings reads a query's only column past everything.
func (s *Replica) Strings(ctx context.Context, query string) (all []string) {
	_ = s.read(ctx, func(r *reader) error {
		return r.each(query, nil, func(scan func(...any) error) error {
			var one string
			err := scan(&one)
			all = append(all, one)
			return err
		})
	})
	return all
}

// WaitForOthers is how long a write waits for other processes: in programs it
// is ten seconds.
func (s *Replica) WaitForOthers(d time.Duration) error {
	_, err := s.db.Write.Exec(fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds()))
	return err
}

// Endless reads a page, as List does, whose last row never comes.
func (s *Replica) Endless(ctx context.Context) error {
	const rows = "WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 9 LIMIT 9"
	return s.read(ctx, func(r *reader) error {
		return r.each(whole(rows), nil, func(scan func(...any) error) error { return scan(new(int)) })
	})
}

// Part is what one part of the database takes on the disk.
type Part struct {
	Name  string
	Bytes int64
}

// Parts are the sizes of what the database is made of, the largest first.
func (s *Replica) Parts(ctx context.Context) (list []Part, err error) {
	err = s.read(ctx, func(r *reader) error {
		return r.each(`WITH page AS (
				SELECT CASE
					WHEN name LIKE 'search%' THEN 'search'
					WHEN name IN (SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name IN (SELECT kind FROM counter)) THEN 'indexes of records'
					WHEN name IN (SELECT kind FROM counter) THEN 'records'
					WHEN name LIKE '%subject_key%' THEN 'keys'
					WHEN name IN ('outcome', 'history') THEN name
					ELSE 'the rest' END AS part, pgsize FROM dbstat WHERE aggregate = TRUE)
			SELECT part, sum(pgsize) FROM page GROUP BY part ORDER BY 2 DESC`, nil, func(scan func(...any) error) error {
			var p Part
			err := scan(&p.Name, &p.Bytes)
			list = append(list, p)
			return err
		})
	})
	return list, err
}

// Projected is what stands in the columns, links and counter of a kind.
func (s *Replica) Projected(ctx context.Context, kind app.Kind) (string, error) {
	var text strings.Builder
	err := s.read(ctx, func(r *reader) error {
		names := []string{"hex(id)", "gsn"}
		for _, f := range s.tables[kind].indexed {
			names = append(names, "quote("+quote(f.Name)+")")
		}
		for _, query := range []string{
			"SELECT " + strings.Join(names, " || ' ' || ") + " FROM " + quote(string(kind)) + " ORDER BY id",
			"SELECT hex(from_id) || to_kind || hex(to_id) FROM link WHERE from_kind = '" + string(kind) + "' ORDER BY 1",
			"SELECT n FROM counter WHERE kind = '" + string(kind) + "'",
			"SELECT count(*) FROM searched WHERE kind = '" + string(kind) + "'",
		} {
			err := r.each(query, nil, func(scan func(...any) error) error {
				var row string
				err := scan(&row)
				text.WriteString(row + "\n")
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return text.String(), err
}

// Collect looks at all attachments and files at once.
func (s *Replica) Collect(ctx context.Context) error {
	err := s.collectRows(ctx, app.BlobID{}, lastOf(255))
	for folder := range 256 {
		err = errors.Join(err, s.collectFiles(ctx, byte(folder)))
	}
	return err
}

// TakeOut takes a field out of a record, as erasing does.
func (s *Replica) TakeOut(ctx context.Context, ref app.Ref, field string) error {
	return s.transact(ctx, func(st *step) error {
		doc, gsn, err := st.Row(ref)
		if err != nil {
			return err
		}
		return st.put(ref, gsn, doc.Patch([]app.Cell{{Field: field}}))
	})
}

// Pages are all pages of the database as SQLite sees them, free ones too.
func (s *Replica) Pages(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plain")
	conn, err := s.db.Write.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(driver any) error {
		b, err := driver.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		}).NewBackup(path)
		if err != nil {
			return err
		}
		_, err = b.Step(-1)
		return errors.Join(err, b.Finish())
	})
	pages, failed := os.ReadFile(path)
	if err = errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	return pages
}
