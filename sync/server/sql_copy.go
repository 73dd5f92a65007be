package server

import (
	"daicho/app"
	"daicho/sync/server/second"
)

func (t *sqlTx) Standings() (out []Standing, err error) {
	err = t.each("SELECT "+standingColumns+" FROM standing ORDER BY device", nil, func(scan func(...any) error) (bool, error) {
		var s Standing
		err := scan(t.columnsOfStanding(&s)...)
		out = append(out, s)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Credentials() (out []Credential, err error) {
	err = t.each("SELECT "+credentialColumns+" FROM credential ORDER BY person", nil, func(scan func(...any) error) (bool, error) {
		var c Credential
		err := scan(t.columnsOfCredential(&c)...)
		out = append(out, c)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Invitations() (out []Invitation, err error) {
	err = t.each("SELECT secret, person, until, used_by, class FROM invitation ORDER BY secret", nil, func(scan func(...any) error) (bool, error) {
		var i Invitation
		err := scan(blob(i.Secret[:]), blob(i.Person[:]), &i.Until, blob(i.UsedBy[:]), &i.Class)
		out = append(out, i)
		return true, err
	})
	return out, err
}

func (t *sqlTx) LinesOf(device app.ID, after uint64, count int) ([]Line, error) {
	return t.linesWhere("device = $1 AND seq > $2 ORDER BY seq LIMIT $3", device[:], int64(after), count)
}

func (t *sqlTx) NumbersOf(gsn int64) (out []second.Count, err error) {
	err = t.each("SELECT series, n FROM number WHERE gsn = $1 ORDER BY series, n", []any{gsn}, func(scan func(...any) error) (bool, error) {
		var series []byte
		var n int64
		err := scan(&series, &n)
		out = append(out, second.Count{Series: string(series), N: n})
		return true, err
	})
	return out, err
}
