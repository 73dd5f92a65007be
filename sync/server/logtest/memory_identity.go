package logtest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/server"
)

// identity is the tables of how devices and people prove themselves.
type identity struct {
	standings     map[app.ID]server.Standing
	credentials   map[app.ID]server.Credential
	impoundedKeys map[app.ID]map[server.NamedKey]app.SubjectKey
}

func newIdentity() identity {
	return identity{map[app.ID]server.Standing{}, map[app.ID]server.Credential{}, map[app.ID]map[server.NamedKey]app.SubjectKey{}}
}

func (t *memTx) Standing(device app.ID) (server.Standing, error) {
	s := t.standings[device]
	s.Device = device
	return s, nil
}

func (t *memTx) PutStanding(s server.Standing) error { return put(t, t.standings, s.Device, s) }

func (t *memTx) Credential(person app.ID) (server.Credential, error) {
	c := t.credentials[person]
	c.Person = person
	return c, nil
}

func (t *memTx) PutCredential(c server.Credential) error { return put(t, t.credentials, c.Person, c) }

func (t *memTx) Impounded(device app.ID) (out []server.Kept, err error) {
	for k, one := range t.impounded {
		if k.device == device {
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b server.Kept) int {
		return cmp.Or(cmp.Compare(a.Segment.First, b.Segment.First), bytes.Compare(a.Segment.Head[:], b.Segment.Head[:]))
	})
	return out, nil
}

func (t *memTx) Keep(device app.ID, first uint64, head app.Chain, at app.Stamp) error {
	k := impound{change{device, first}, head}
	one, there := t.impounded[k]
	if !there {
		return nil
	}
	one.Kept = at
	return put(t, t.impounded, k, one)
}

func (t *memTx) Discharge(device app.ID, first uint64, head app.Chain) error {
	return drop(t, t.impounded, impound{change{device, first}, head})
}

func (t *memTx) ImpoundKey(device app.ID, k app.SubjectKey, _ app.Stamp) error {
	if _, erased := t.erased[k.Subject]; erased {
		return nil
	}
	with := maps.Clone(t.impoundedKeys[device])
	if with == nil {
		with = map[server.NamedKey]app.SubjectKey{}
	}
	with[server.NamedKey{Subject: k.Subject, Key: k.ID()}] = k
	return put(t, t.impoundedKeys, device, with)
}

func (t *memTx) ImpoundedKeys(device app.ID, count int) ([]app.SubjectKey, error) {
	all := slices.SortedFunc(maps.Values(t.impoundedKeys[device]), byID)
	return all[:min(count, len(all))], nil
}

func (t *memTx) ImpoundedKeysOf(subject app.ID) ([]app.SubjectKey, error) {
	all := map[app.KeyID]app.SubjectKey{}
	for _, keys := range t.impoundedKeys {
		for name, k := range keys {
			if name.Subject == subject {
				all[name.Key] = k
			}
		}
	}
	return slices.SortedFunc(maps.Values(all), byID), nil
}
