package server

import "daicho/app"

func (t *sqlTx) Erase(e Erased) error {
	if there, err := t.IsErased(e.Ref.ID); err != nil || there {
		return err
	}
	kind, id := string(e.Ref.Kind), e.Ref.ID[:]
	if err := t.exec("INSERT INTO erased (n, kind, id, gsn, at) VALUES ($1, $2, $3, $4, $5)", e.N, kind, id, e.GSN, int64(e.At)); err != nil {
		return err
	}
	t.subjects[e.Ref.ID], t.erased[e.Ref.ID] = nil, true
	for _, table := range []string{"subject_key", "impounded_key"} {
		if err := t.exec("DELETE FROM "+table+" WHERE subject = $1", id); err != nil {
			return err
		}
	}
	const named = " (SELECT blob FROM naming WHERE kind = $1 AND id = $2)"
	for _, query := range []string{
		"INSERT INTO doomed (blob) SELECT blob FROM naming WHERE kind = $1 AND id = $2 ON CONFLICT (blob) DO NOTHING",
		"DELETE FROM attachment WHERE id IN" + named,
		"DELETE FROM naming WHERE blob IN" + named,
	} {
		if err := t.exec(query, kind, id); err != nil {
			return err
		}
	}
	return nil
}

// IsErased asks for one subject at most once, and for none where none was erased.
func (t *sqlTx) IsErased(subject app.ID) (bool, error) {
	if is, known := t.erased[subject]; known {
		return is, nil
	}
	if n, err := t.Counter(counterErased); err != nil || n == 0 {
		return false, err
	}
	is, err := t.one("SELECT n FROM erased WHERE id = $1", []any{subject[:]}, new(int64))
	if err == nil {
		t.erased[subject] = is
	}
	return is, err
}

func (t *sqlTx) Erasures(after int64, count int) (out []Erased, err error) {
	err = t.each("SELECT n, kind, id, gsn, at FROM erased WHERE n > $1 ORDER BY n LIMIT $2", []any{after, count}, func(scan func(...any) error) (bool, error) {
		var e Erased
		err := scan(&e.N, &e.Ref.Kind, blob(e.Ref.ID[:]), &e.GSN, &e.At)
		out = append(out, e)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Doomed(count int) (out []app.BlobID, err error) {
	err = t.each("SELECT blob FROM doomed ORDER BY blob LIMIT $1", []any{count}, func(scan func(...any) error) (bool, error) {
		var id app.BlobID
		err := scan(blob(id[:]))
		out = append(out, id)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Destroyed(id app.BlobID) error {
	return t.exec("DELETE FROM doomed WHERE blob = $1", id[:])
}
