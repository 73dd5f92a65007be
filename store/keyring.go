package store

import (
	"context"

	"daicho/store/keys"
)

// AddKeyring lets the system's keyring open the replica, too.
func (s *Replica) AddKeyring(ctx context.Context) error { return s.from.AddKeyring(ctx, s.id, s.data) }

// DropKeyring leaves the passphrase as the only way to open the replica.
func (s *Replica) DropKeyring(ctx context.Context) error {
	return s.from.DropKeyring(ctx, s.id, s.data)
}

// ChangePassphrase sets another passphrase for who knows the old one. The
// database is not written again.
func (s *Replica) ChangePassphrase(old, new keys.Passphrase) error {
	return s.from.ChangePassphrase(s.id, old, new, s.cost)
}
