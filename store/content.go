package store

import (
	"context"

	"daicho/app"
)

// Attachment is an attachment with a record that names it.
type Attachment struct {
	Of   app.Ref
	Blob app.Blob
}

// Content is what is written in an attachment.
type Content struct {
	Blob   app.BlobID
	Extent string // how much of it was read: full, partial, unscannable, error
	Reason string // why not all; empty if it was
	Text   string // UTF-8
}

// unread are attachments whose bytes are here and that nobody has read yet.
const unread = "FROM blob AS b WHERE b.state <> 'missing' AND NOT EXISTS (SELECT 1 FROM content AS c WHERE c.blob = b.id) AND EXISTS (SELECT 1 FROM attached AS a WHERE a.blob = b.id)"

// Unread are attachments of records whose bytes are here and of which it is not
// known what is written in them, in the order of their ids, from the one after
// which it is asked. A search finds no word of them.
func (s *Replica) Unread(ctx context.Context, after app.BlobID, limit int) (list []Attachment, last app.BlobID, err error) {
	err = s.read(ctx, func(r *reader) error {
		ids, err := r.blobs("SELECT id "+unread+" AND b.id > ? ORDER BY b.id LIMIT ?", after[:], limit)
		if err != nil {
			return err
		}
		for _, id := range ids {
			last = id
			named, err := r.naming(id)
			if err != nil {
				return err
			}
			list = append(list, named[:min(1, len(named))]...)
		}
		return nil
	})
	return list, last, err
}

// UnreadCount is how many they are.
func (s *Replica) UnreadCount(ctx context.Context) (n int, err error) {
	err = s.read(ctx, func(r *reader) error {
		_, err := r.one("SELECT count(*) "+unread, nil, &n)
		return err
	})
	return n, err
}

// naming are the records that name an attachment, with what they call it. One of a
// kind that this program does not know is none.
func (r *reader) naming(id app.BlobID) (all []Attachment, err error) {
	refs, err := r.refs("SELECT kind, id FROM attached WHERE blob = ? ORDER BY kind, id", id[:])
	for _, ref := range refs {
		t := r.s.tables[ref.Kind]
		if t == nil {
			continue
		}
		rec, err := r.load(ref)
		if err != nil {
			return nil, err
		}
		if b, is := t.blobOf(rec, id); is {
			all = append(all, Attachment{ref, b})
		}
	}
	return all, err
}

// blobOf is what a record says of one of its attachments.
func (t *table) blobOf(rec app.Record, id app.BlobID) (app.Blob, bool) {
	for _, f := range t.files {
		for _, b := range t.g.Column(rec, f).Blobs() {
			if b.ID == id {
				return b, true
			}
		}
	}
	return app.Blob{}, false
}

// TakeContents keeps what was read of attachments, so that a search finds it, in
// one transaction. What has gone meanwhile is left out: nothing is kept of an
// attachment that was erased while it was read.
func (s *Replica) TakeContents(ctx context.Context, all []Content) error {
	return s.transact(ctx, func(st *step) error {
		for _, c := range all {
			if err := st.takeContent(c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (st *step) takeContent(c Content) error {
	here, err := st.one("SELECT 1 FROM blob AS b WHERE b.id = ?1 AND EXISTS (SELECT 1 FROM attached WHERE blob = ?1) AND NOT EXISTS (SELECT 1 FROM content WHERE blob = ?1)", []any{c.Blob[:]}, new(int))
	if err != nil || !here {
		return err
	}
	if err := st.exec("INSERT INTO content VALUES (?, ?, ?, ?)", c.Blob[:], c.Extent, c.Reason, c.Text); err != nil || c.Text == "" {
		return err
	}
	var row int64
	if _, err := st.one("INSERT INTO searched (kind, id) VALUES ('', ?) RETURNING row", []any{c.Blob[:]}, &row); err != nil {
		return err
	}
	return st.exec("INSERT INTO search (rowid, text) VALUES (?, ?)", row, c.Text)
}

// ContentOf is what is written in an attachment; a NotFound error while nobody has
// read it.
func (s *Replica) ContentOf(ctx context.Context, id app.BlobID) (c Content, err error) {
	err = s.read(ctx, func(r *reader) error {
		c, err = r.content(id)
		return err
	})
	return c, err
}

func (r *reader) content(id app.BlobID) (Content, error) {
	c := Content{Blob: id}
	there, err := r.one("SELECT extent, reason, text FROM content WHERE blob = ?", []any{id[:]}, &c.Extent, &c.Reason, &c.Text)
	if err == nil && !there {
		err = notRead
	}
	return c, err
}

var notRead = app.Refuse(app.NotFound, "", "この添付ファイルは、まだ読み取られていません。しばらく待ってから、もう一度開いてください。", "the attachment has not been read yet; try again later")
