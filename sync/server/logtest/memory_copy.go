package logtest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/server/second"
)

func (t *memTx) Standings() ([]server.Standing, error) {
	return slices.SortedFunc(maps.Values(t.standings), func(a, b server.Standing) int { return bytes.Compare(a.Device[:], b.Device[:]) }), nil
}

func (t *memTx) Credentials() ([]server.Credential, error) {
	return slices.SortedFunc(maps.Values(t.credentials), func(a, b server.Credential) int { return bytes.Compare(a.Person[:], b.Person[:]) }), nil
}

func (t *memTx) Invitations() ([]server.Invitation, error) {
	return slices.SortedFunc(maps.Values(t.invitations), func(a, b server.Invitation) int { return bytes.Compare(a.Secret[:], b.Secret[:]) }), nil
}

func (t *memTx) LinesOf(device app.ID, after uint64, count int) (out []server.Line, err error) {
	for _, l := range t.lines {
		if l.Device == device && l.Seq > after && len(out) < count {
			l.Needs, l.Reach = nil, server.Reach{}
			out = append(out, l)
		}
	}
	return out, nil
}

func (t *memTx) NumbersOf(gsn int64) (out []second.Count, err error) {
	for c, of := range t.claims {
		if of == gsn {
			out = append(out, second.Count{Series: c.series, N: c.n})
		}
	}
	slices.SortFunc(out, func(a, b second.Count) int { return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.N, b.N)) })
	return out, nil
}
