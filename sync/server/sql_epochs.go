package server

import (
	"strings"

	"daicho/app"
)

const reservedColumns = "series, n, device, seq, at"

func (t *sqlTx) Reserve(r Reserved) error {
	return t.insert("reserved", reservedColumns, r.Series, r.N, r.Device[:], int64(r.Seq), int64(r.At))
}

func (t *sqlTx) ReservedAs(series string, n int64) (r Reserved, there bool, err error) {
	list, err := t.reserved("series = $1 AND n = $2", series, n)
	if err != nil || len(list) == 0 {
		return r, false, err
	}
	return list[0], true, nil
}

func (t *sqlTx) ReservedFor(device app.ID, seq uint64) ([]Reserved, error) {
	return t.reserved("device = $1 AND seq = $2 ORDER BY series, n", device[:], int64(seq))
}

func (t *sqlTx) reserved(where string, args ...any) (out []Reserved, err error) {
	err = t.each("SELECT "+reservedColumns+" FROM reserved WHERE "+where, args, func(scan func(...any) error) (bool, error) {
		var r Reserved
		var series []byte
		err := scan(&series, &r.N, blob(r.Device[:]), &r.Seq, &r.At)
		r.Series = string(series)
		out = append(out, r)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Stand(device app.ID, seq uint64) error {
	return t.exec("INSERT INTO stood (device, seq) VALUES ($1, $2) ON CONFLICT DO NOTHING", device[:], int64(seq))
}

func (t *sqlTx) Stood(device app.ID, seq uint64) (bool, error) {
	var n int64
	return t.one("SELECT seq FROM stood WHERE device = $1 AND seq = $2", []any{device[:], int64(seq)}, &n)
}

func (t *sqlTx) Series() (out []string, err error) {
	err = t.each("SELECT name FROM counter ORDER BY name", nil, func(scan func(...any) error) (bool, error) {
		var name []byte
		err := scan(&name)
		if series, is := strings.CutPrefix(string(name), counterNumber); is {
			out = append(out, series)
		}
		return true, err
	})
	return out, err
}

func (t *sqlTx) Claims(series string, after int64, count int) (out []Claimed, err error) {
	err = t.each("SELECT n, gsn FROM number WHERE series = $1 AND n > $2 ORDER BY n LIMIT $3", []any{series, after, count}, func(scan func(...any) error) (bool, error) {
		var c Claimed
		err := scan(&c.N, &c.GSN)
		out = append(out, c)
		return true, err
	})
	return out, err
}

func (t *sqlTx) VoidInvitations(at app.Stamp) error {
	var nobody app.ID
	return t.exec("UPDATE invitation SET until = $1 WHERE used_by = $2 AND until > $1", int64(at), nobody[:])
}
