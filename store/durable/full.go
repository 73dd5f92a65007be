package durable

import "errors"

// Full reports whether err says that there is no room on the disk, or none left
// for this person.
func Full(err error) bool {
	for _, why := range noRoom {
		if errors.Is(err, why) {
			return true
		}
	}
	return false
}
