package server

import (
	"daicho/app"
	"daicho/sync/audit"
)

func (t *sqlTx) PutHashes(gsn int64, row []byte) error {
	return t.exec("INSERT INTO audit (gsn, hashes) VALUES ($1, $2)", gsn, column(row))
}

func (t *sqlTx) Hashes(gsns []int64) ([][]byte, error) {
	if len(gsns) == 0 {
		return nil, nil
	}
	rows := map[int64][]byte{}
	err := t.each("SELECT gsn, hashes FROM audit WHERE gsn IN ("+commas(gsns)+")", nil, func(scan func(...any) error) (bool, error) {
		var gsn int64
		var row []byte
		err := scan(&gsn, &row)
		rows[gsn] = row
		return true, err
	})
	out := make([][]byte, len(gsns))
	for i, gsn := range gsns {
		out[i] = rows[gsn]
	}
	return out, err
}

func (t *sqlTx) Hashed() (gsn int64, err error) {
	_, err = t.one("SELECT coalesce(max(gsn), 0) FROM audit", nil, &gsn)
	return gsn, err
}

func (t *sqlTx) Leaves(after int64, count int) (out []audit.Leaf, err error) {
	const query = "SELECT gsn, device, seq, body_hash, verdict, outcome, received FROM log WHERE gsn > $1 ORDER BY gsn LIMIT $2"
	err = t.each(query, []any{after, count}, func(scan func(...any) error) (bool, error) {
		var l audit.Leaf
		var verdict string
		var outcome []byte
		err := scan(&l.GSN, blob(l.Device[:]), &l.Seq, blob(l.Body[:]), &verdict, t.opened("log.outcome", &outcome, &l.GSN), &l.Received)
		l.Verdict, l.Outcome = app.Verdict(verdict), audit.OutcomeHash(outcome)
		out = append(out, l)
		return true, err
	})
	return out, err
}
