package store

import (
	"context"

	"daicho/store/keys"
)

// AddKeyring lets the system's keyring open the replica, too.
func (s *Replica) AddKeyring(ctx context.Context) error { return s.from.AddKeyring(ctx, s.id, s.data) }

// NewRecoveryKey makes a recovery key, in place of an earlier one.
func (s *Replica) NewRecoveryKey() (keys.RecoveryKey, error) {
	return s.from.NewRecoveryKey(s.id, s.data)
}

// NewShares makes three shares of which two open the replica, in place of an
// earlier set.
func (s *Replica) NewShares() ([3]keys.Share, error) { return s.from.NewShares(s.id, s.data) }

// DropWay takes one way of opening the replica back. The last that a person can
// use is refused.
func (s *Replica) DropWay(ctx context.Context, way keys.Way) error {
	return s.from.DropWay(ctx, s.id, s.data, way)
}

// ChangePassphrase sets another passphrase for who knows the old one, or has
// another way to open the replica. Wrong tries count as those of [Open]. The
// database is not written again.
func (s *Replica) ChangePassphrase(ctx context.Context, old keys.Opener, new keys.Passphrase) error {
	return s.from.ChangePassphrase(ctx, s.id, keys.Throttle(old, s.clock()), new, s.cost)
}
