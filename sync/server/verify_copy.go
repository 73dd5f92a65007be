package server

import (
	"context"

	"daicho/app"
	"daicho/store/keys"
	"daicho/sync/server/second"
)

// VerifiedCopy is what a look at a second place found.
type VerifiedCopy struct {
	Server  keys.ID
	Entries int
	Last    int64     // the newest entry
	At      app.Stamp // of it
	Changes int       // that were made at the server
	second.Found
}

// VerifyCopy reads a whole second place. Nothing is written; the key of a key file
// is not kept.
func VerifyCopy(ctx context.Context, o Options, dir string, file *KeyFile) (v VerifiedCopy, err error) {
	if v.Server, err = second.Server(dir); err != nil {
		return v, refusedCopy(err)
	}
	if v.Server == "" {
		return v, errNoCopy
	}
	key, err := o.keyOnly(ctx, v.Server, file)
	if err != nil {
		return v, err
	}
	m, err := recollect(dir, v.Server, key)
	if err != nil {
		return v, err
	}
	v.Entries, v.Last, v.At, v.Changes, v.Found = m.count, m.last, m.at, len(m.lines), m.found
	return v, nil
}
