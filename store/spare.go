package store

import (
	"errors"
	"fmt"

	"daicho/app"
)

// What only this device has stands in its database twice, on different pages, for
// as long as it does: a page that goes bad loses no unsent change.

// spareColumns are those that the journal and its second copy share.
const spareColumns = "seq, kind, id, command, body, bh, link, hlc"

// spare writes the second copy of the change that was just journaled.
func (st *step) spare(seq uint64, body []byte) error {
	keys, err := st.spareKeys(body)
	if err != nil {
		return err
	}
	return st.exec("INSERT INTO spare SELECT "+spareColumns+", ? FROM journal WHERE seq = ?", keys, int64(seq))
}

// spareKeys are the keys that a change is sealed under, as far as they are here: of a
// record that this person may not read any more the device has let go of them.
func (r *reader) spareKeys(body []byte) ([]byte, error) {
	sealed, err := app.SealedBy(body)
	list := []byte{}
	for subject, id := range sealed {
		if err != nil {
			return nil, err
		}
		var key app.SubjectKey
		key, err = r.keys().Find(subject, id)
		if errors.Is(err, keyNeverCame) || errors.Is(err, app.ErrErased) {
			err = nil
			continue
		}
		list = append(append(list, subject[:]...), key.Key[:]...)
	}
	return list, err
}

// arrived drops the second copy of the changes that the server has.
func (st *step) arrived(upto uint64) error {
	return st.exec("DELETE FROM spare WHERE seq <= ?", int64(upto))
}

// heal makes both copies whole from what is left of each.
func (st *step) heal() error {
	for _, query := range []string{
		"INSERT INTO self SELECT * FROM spare_self WHERE true ON CONFLICT DO NOTHING",
		"INSERT INTO spare_self SELECT * FROM self WHERE true ON CONFLICT DO NOTHING",
		"INSERT INTO journal (" + spareColumns + ") SELECT " + spareColumns + " FROM spare WHERE true ON CONFLICT DO NOTHING",
	} {
		if err := st.exec(query); err != nil {
			return err
		}
	}
	if err := st.healKeys(); err != nil {
		return err
	}
	return st.exec("INSERT INTO spare SELECT " + spareColumns + ", x'' FROM journal WHERE state = 'pending' AND seq > (SELECT acked FROM cursor) ON CONFLICT DO NOTHING")
}

func (st *step) healKeys() error {
	var lists [][]byte
	err := st.each("SELECT keys FROM spare ORDER BY seq", nil, func(scan func(...any) error) error {
		var list []byte
		err := scan(&list)
		lists = append(lists, list)
		return err
	})
	for _, list := range lists {
		const one = len(app.ID{}) + 32
		for ; err == nil && len(list) >= one; list = list[one:] {
			err = st.storeKey(app.SubjectKey{Subject: app.ID(list), Key: [32]byte(list[len(app.ID{}):])})
		}
		if err == nil && len(list) > 0 {
			err = fmt.Errorf("a list of keys with %d bytes left", len(list))
		}
	}
	return err
}
