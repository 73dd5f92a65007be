package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
)

// database is a reader of SQLite files (sqlite.org/fileformat2). It reads pages
// and writes nothing: SQLite itself would make a journal beside the file, and
// trust what the file says of its own functions.
type database struct {
	*item
	page     int64 // size
	usable   int   // bytes of a page that hold content
	encoding uint32
	met      map[uint32]bool // pages on the way to rows: each is read once
	short    bool            // something did not fit together
	blobs    bool            // files lie in it
}

const (
	sqliteHeader = 100
	indexLeaf    = 10
	indexInner   = 2
	tableLeaf    = 13
	tableInner   = 5
	maxTreeDepth = 40
	maxSQLText   = 1 << 20 // bytes of one value; more is cut
	smallBlob    = 64      // bytes: keys and digests hold no text
)

var errSQLite = errors.New("extract: database is damaged")

// readSQLite reads every table as rows of cells under the names of its columns.
// What a write-ahead log beside it holds is not in it yet.
func (it *item) readSQLite() error {
	var h [sqliteHeader]byte
	if _, err := it.r.ReadAt(h[:], 0); err != nil {
		return readError(err)
	}
	d := &database{item: it, page: int64(binary.BigEndian.Uint16(h[16:])), encoding: binary.BigEndian.Uint32(h[56:])}
	if d.page == 1 {
		d.page = 1 << 16
	}
	d.usable = int(d.page) - int(h[20])
	if pages := binary.BigEndian.Uint32(h[28:]); bytes.Equal(h[24:28], h[92:96]) { // else an old program wrote it
		d.short = int64(pages)*d.page > d.size
	}
	if d.page < 512 || d.page&(d.page-1) != 0 || d.usable < 480 {
		return errSQLite
	}
	tables, err := d.tables()
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := d.table(t); err != nil {
			return err
		}
	}
	switch {
	case d.short:
		return partly(ReasonDamaged)
	case d.blobs:
		return partly(ReasonBlobs)
	}
	return nil
}

// sqlTable is what the schema says of a table.
type sqlTable struct {
	name, sql string
	root      uint32
}

// tables reads the schema: type, name, table, first page, SQL.
func (d *database) tables() ([]sqlTable, error) {
	var found []sqlTable
	err := d.rows(1, func(row []sqlValue) error {
		if len(row) < 5 || row[0].text() != "table" {
			return nil
		}
		if root := row[3].number; root > 1 && root < math.MaxUint32 {
			found = append(found, sqlTable{row[1].text(), row[4].text(), uint32(root)})
		}
		if len(found) > d.limits.Entries {
			return partly(ReasonTooMany)
		}
		return nil
	})
	return found, err
}

// table tells one table.
func (d *database) table(t sqlTable) error {
	w := d.writer(t.name)
	w.sep = Cell
	for i, column := range columnNames(t.sql) {
		if i > 0 {
			w.buf = append(w.buf, Cell)
		}
		w.cellText([]byte(column))
	}
	if err := w.endLine(); err != nil {
		return err
	}
	err := d.rows(t.root, func(row []sqlValue) error {
		for i := range row {
			if i > 0 {
				w.buf = append(w.buf, Cell)
			}
			w.cellText(row[i].shown())
		}
		return w.endLine()
	})
	if err != nil {
		return err
	}
	return w.turn(0)
}
