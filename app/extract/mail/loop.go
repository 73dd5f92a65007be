package mail

import (
	"slices"
	"strings"
)

// OwnID begins every Message-ID that Daicho gives, so that its mail is known again.
const OwnID = "daicho."

// maxHops is how often a message may have been passed on: the usual limit of Sendmail
// is 25. People's mail has fewer than ten.
const maxHops = 25

// isLoop says whether a message was here before, or goes in a circle: it bears our
// sign or that of another program like ours, comes from ourselves, was delivered to
// one address twice, or passed too many servers (RFC 5321 6.3).
func isLoop(m *Message, own []string) bool {
	return m.Header.Has("x-loop") || isOwnID(m.ID) || isOwn(own, m.From.Addr) || len(m.Header.All("received")) > maxHops || deliveredTwice(m.Header)
}

func isOwnID(id string) bool { return strings.HasPrefix(id, OwnID) }

func isOwn(own []string, addr string) bool {
	return slices.ContainsFunc(own, func(o string) bool { return strings.EqualFold(o, addr) })
}

// deliveredTwice looks for an address in two fields Delivered-To, by which mail
// servers know a circle themselves.
func deliveredTwice(h Header) bool {
	seen := map[string]bool{}
	for _, to := range h.All("delivered-to") {
		if to = strings.ToLower(strings.Trim(to, "<> ")); seen[to] {
			return true
		}
		seen[to] = true
	}
	return false
}
