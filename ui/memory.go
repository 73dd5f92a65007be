package ui

import "context"

// Memory keeps what belongs to this device and is never synced: how wide
// columns are, what was typed and not recorded. It lies in the replica, sealed
// like everything there.
type Memory interface {
	// Recall are the values kept under names that begin with prefix.
	Recall(ctx context.Context, prefix string) (map[string][]byte, error)
	// Keep keeps a value under a name such as "table/ticket"; nil forgets it.
	Keep(ctx context.Context, name string, value []byte) error
}
