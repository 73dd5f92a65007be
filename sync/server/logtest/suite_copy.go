package logtest

import (
	"testing"

	"daicho/sync/server"
	"daicho/sync/server/second"
)

func copied(t *testing.T, l server.Log) {
	standing := server.Standing{Device: id(1), Class: "high", Issued: 1, Until: 2, Pulled: 3, PulledAt: 4, Lost: 5, LostBy: "花子", Reason: "電車", Wiped: 6}
	credential := server.Credential{Person: id(1), Password: "$argon2id$", TOTP: []byte{1}, Step: 2, Recovery: []byte{3}, Tries: 4, Barred: 5}
	code := server.Invitation{Secret: [32]byte{1}, Person: id(9), Until: 900, UsedBy: id(2), Class: "high"}
	mine := []server.Line{line(2, 1, 1, 3), line(4, 1, 2, 3), line(5, 1, 3, 3)}
	write(t, l, func(tx server.Tx) {
		fine(t, tx.PutStanding(server.Standing{Device: id(2), Until: 9}))
		fine(t, tx.PutStanding(standing))
		fine(t, tx.PutCredential(server.Credential{Person: id(2), TOTP: []byte{7}, Recovery: []byte{8}}))
		fine(t, tx.PutCredential(credential))
		fine(t, tx.PutInvitation(server.Invitation{Secret: [32]byte{2}, Person: id(9), Until: 5}))
		fine(t, tx.PutInvitation(code))
		for _, one := range []server.Line{mine[0], line(3, 2, 1, 3), mine[1], mine[2]} {
			fine(t, tx.Append(one))
		}
		fine(t, tx.Claim("R8-{n}", 7, 4))
		fine(t, tx.Claim("R7-{n}", 9, 4))
		fine(t, tx.Claim("R8-{n}", 8, 5))
	})
	read(t, l, func(tx server.Tx) {
		standings, err := tx.Standings()
		fine(t, err)
		same(t, standings, []server.Standing{standing, {Device: id(2), Until: 9}})
		credentials, err := tx.Credentials()
		fine(t, err)
		same(t, credentials, []server.Credential{credential, {Person: id(2), TOTP: []byte{7}, Recovery: []byte{8}}})
		codes, err := tx.Invitations()
		fine(t, err)
		same(t, codes, []server.Invitation{code, {Secret: [32]byte{2}, Person: id(9), Until: 5}})
		lines, err := tx.LinesOf(id(1), 1, 9)
		fine(t, err)
		same(t, lines, mine[1:])
		lines, err = tx.LinesOf(id(1), 0, 2)
		fine(t, err)
		same(t, lines, mine[:2])
		numbers, err := tx.NumbersOf(4)
		fine(t, err)
		same(t, numbers, []second.Count{{Series: "R7-{n}", N: 9}, {Series: "R8-{n}", N: 7}})
	})
}
