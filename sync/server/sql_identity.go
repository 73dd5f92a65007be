package server

import (
	"daicho/app"
	"daicho/sync/wire"
)

const standingColumns = "device, class, issued, until, pulled, pulled_at, lost, lost_by, reason, wiped, erased"

func (t *sqlTx) columnsOfStanding(s *Standing) []any {
	return []any{blob(s.Device[:]), &s.Class, &s.Issued, &s.Until, &s.Pulled, &s.PulledAt, &s.Lost,
		t.opened("standing.lost_by", &s.LostBy, s.Device[:]), t.opened("standing.reason", &s.Reason, s.Device[:]), &s.Wiped, &s.Erased}
}

func (t *sqlTx) Standing(device app.ID) (s Standing, err error) {
	s.Device = device
	_, err = t.one("SELECT "+standingColumns+" FROM standing WHERE device = $1", []any{device[:]}, t.columnsOfStanding(&s)...)
	return s, err
}

func (t *sqlTx) PutStanding(s Standing) error {
	return t.exec(`INSERT INTO standing (`+standingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (device) DO UPDATE SET class = $2, issued = $3, until = $4, pulled = $5, pulled_at = $6, lost = $7, lost_by = $8, reason = $9, wiped = $10, erased = $11`,
		s.Device[:], string(s.Class), int64(s.Issued), int64(s.Until), s.Pulled, int64(s.PulledAt), int64(s.Lost),
		t.seal("standing.lost_by", s.LostBy, s.Device[:]), t.seal("standing.reason", s.Reason, s.Device[:]), int64(s.Wiped), s.Erased)
}

const credentialColumns = "person, password, totp, step, recovery, tries, barred"

func (t *sqlTx) columnsOfCredential(c *Credential) []any {
	return []any{blob(c.Person[:]), t.opened("credential.password", &c.Password, c.Person[:]), t.opened("credential.totp", &c.TOTP, c.Person[:]), &c.Step,
		t.opened("credential.recovery", &c.Recovery, c.Person[:]), &c.Tries, &c.Barred}
}

func (t *sqlTx) Credential(person app.ID) (c Credential, err error) {
	c.Person = person
	_, err = t.one("SELECT "+credentialColumns+" FROM credential WHERE person = $1", []any{person[:]}, t.columnsOfCredential(&c)...)
	return c, err
}

func (t *sqlTx) PutCredential(c Credential) error {
	return t.exec(`INSERT INTO credential (`+credentialColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (person) DO UPDATE SET password = $2, totp = $3, step = $4, recovery = $5, tries = $6, barred = $7`,
		c.Person[:], t.seal("credential.password", c.Password, c.Person[:]), t.seal("credential.totp", column(c.TOTP), c.Person[:]), c.Step,
		t.seal("credential.recovery", column(c.Recovery), c.Person[:]), int64(c.Tries), int64(c.Barred))
}

func (t *sqlTx) Impounded(device app.ID) (out []Kept, err error) {
	err = t.each("SELECT first, head, segment, why, received, kept FROM impounded WHERE device = $1 ORDER BY first, head", []any{device[:]}, func(scan func(...any) error) (bool, error) {
		var first int64
		var head app.Chain
		var text []byte
		var one Kept
		if err := scan(&first, blob(head[:]), t.opened("impounded.segment", &text, device[:], &first, head[:]), &one.Why, &one.Received, &one.Kept); err != nil {
			return false, err
		}
		err := wire.Decode(text, &one.Segment)
		out = append(out, one)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Keep(device app.ID, first uint64, head app.Chain, at app.Stamp) error {
	return t.exec("UPDATE impounded SET kept = $4 WHERE device = $1 AND first = $2 AND head = $3", device[:], int64(first), head[:], int64(at))
}

func (t *sqlTx) Discharge(device app.ID, first uint64, head app.Chain) error {
	return t.exec("DELETE FROM impounded WHERE device = $1 AND first = $2 AND head = $3", device[:], int64(first), head[:])
}

func (t *sqlTx) ImpoundKey(device app.ID, k app.SubjectKey, at app.Stamp) error {
	if erased, err := t.IsErased(k.Subject); err != nil || erased {
		return err
	}
	id := k.ID()
	return t.exec("INSERT INTO impounded_key (device, subject, key_id, key, received) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (device, subject, key_id) DO NOTHING",
		device[:], k.Subject[:], id[:], t.seal("impounded_key.key", k.Key[:], device[:], k.Subject[:], id[:]), int64(at))
}

func (t *sqlTx) ImpoundedKeys(device app.ID, count int) (out []app.SubjectKey, err error) {
	query := "SELECT subject, key_id, key FROM impounded_key WHERE device = $1 ORDER BY subject, key_id LIMIT $2"
	err = t.each(query, []any{device[:], count}, func(scan func(...any) error) (bool, error) {
		var k app.SubjectKey
		var id app.KeyID
		err := scan(blob(k.Subject[:]), blob(id[:]), t.opened("impounded_key.key", blob(k.Key[:]), device[:], k.Subject[:], id[:]))
		out = append(out, k)
		return true, err
	})
	return out, err
}

func (t *sqlTx) ImpoundedKeysOf(subject app.ID) (out []app.SubjectKey, err error) {
	query := "SELECT device, key_id, key FROM impounded_key WHERE subject = $1 ORDER BY key_id, device"
	err = t.each(query, []any{subject[:]}, func(scan func(...any) error) (bool, error) {
		k, device, id := app.SubjectKey{Subject: subject}, app.ID{}, app.KeyID{}
		err := scan(blob(device[:]), blob(id[:]), t.opened("impounded_key.key", blob(k.Key[:]), device[:], k.Subject[:], id[:]))
		if n := len(out); n == 0 || out[n-1] != k {
			out = append(out, k)
		}
		return true, err
	})
	return out, err
}
