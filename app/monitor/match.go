package monitor

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Match finds the targets that a tool means by a host and one of its items: those that
// have a name of that very item (HOST/ITEM), else those that have the host. More than one
// is for people to decide. Width and case of letters make no difference, nor do blanks,
// which the names of a target cannot hold.
func Match(targets []*Target, host, item string) []*Target {
	if item != "" {
		if found := named(targets, host+"/"+item); len(found) > 0 {
			return found
		}
	}
	return named(targets, host)
}

func named(targets []*Target, name string) (found []*Target) {
	name = folded(name)
	for _, t := range targets {
		for _, n := range append([]string{t.Host}, t.Names...) {
			if folded(n) == name {
				found = append(found, t)
				break
			}
		}
	}
	return found
}

func folded(name string) string {
	return strings.ToLower(blankless(norm.NFKC.String(name)))
}

func blankless(name string) string { return strings.Join(strings.Fields(name), "") }
