package server

import "daicho/app"

func (t *sqlTx) Key(subject app.ID, id app.KeyID) (app.SubjectKey, bool, error) {
	all, err := t.keysOf(subject)
	for _, k := range all {
		if k.ID() == id {
			return k.SubjectKey, true, err
		}
	}
	return app.SubjectKey{Subject: subject}, false, err
}

func (t *sqlTx) KeysOf(subject app.ID) (out []app.SubjectKey, err error) {
	all, err := t.keysOf(subject)
	for _, k := range all {
		out = append(out, k.SubjectKey)
	}
	return out, err
}

func (t *sqlTx) KeysNeeded(after, upTo int64) ([]app.SubjectKey, error) {
	return t.keys(`SELECT DISTINCT k.subject, k.key_id, k.key FROM log_key l JOIN subject_key k ON k.subject = l.subject AND k.key_id = l.key_id
		WHERE l.gsn > $1 AND l.gsn <= $2 ORDER BY k.subject, k.key_id`, after, upTo)
}

// keys reads subject, name and key from the table of subjects' keys.
func (t *sqlTx) keys(query string, args ...any) (out []app.SubjectKey, err error) {
	err = t.each(query, args, func(scan func(...any) error) (bool, error) {
		var k app.SubjectKey
		var id app.KeyID
		err := scan(blob(k.Subject[:]), blob(id[:]), t.opened("subject_key.key", blob(k.Key[:]), k.Subject[:], id[:]))
		out = append(out, k)
		return true, err
	})
	return out, err
}

func (t *sqlTx) PutKey(k app.SubjectKey, at app.Stamp) error {
	if erased, err := t.IsErased(k.Subject); err != nil || erased {
		return err
	}
	id := k.ID()
	t.putKey(agedKey{k, at})
	return t.exec("INSERT INTO subject_key (subject, key_id, key, received) VALUES ($1, $2, $3, $4) ON CONFLICT (subject, key_id) DO NOTHING",
		k.Subject[:], id[:], t.seal("subject_key.key", k.Key[:], k.Subject[:], id[:]), int64(at))
}

func (t *sqlTx) Want(id app.BlobID, device app.ID) error {
	return t.exec("INSERT INTO attachment (id, device, here) VALUES ($1, $2, 0) ON CONFLICT (id) DO NOTHING", id[:], device[:])
}

func (t *sqlTx) Got(id app.BlobID) error {
	return t.exec("UPDATE attachment SET here = 1 WHERE id = $1", id[:])
}

func (t *sqlTx) Attachment(id app.BlobID) (wanted, here bool, err error) {
	var n int
	wanted, err = t.one("SELECT here FROM attachment WHERE id = $1", []any{id[:]}, &n)
	return wanted, n == 1, err
}

func (t *sqlTx) Missing(device app.ID, count int) (out []app.BlobID, err error) {
	err = t.each("SELECT id FROM attachment WHERE device = $1 AND here = 0 ORDER BY id LIMIT $2", []any{device[:], count}, func(scan func(...any) error) (bool, error) {
		var id app.BlobID
		err := scan(blob(id[:]))
		out = append(out, id)
		return true, err
	})
	return out, err
}
