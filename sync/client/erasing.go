package client

import (
	"context"

	"daicho/app"
	"daicho/store"
	"daicho/sync/wire"
)

// Erasing is what sync needs of a replica to erase subjects.
type Erasing interface {
	// Erased is the number of the last erasure that was carried out, as the server
	// of this order counts; a renewal begins at 0.
	Erased(ctx context.Context) (int64, error)
	// Erase carries some out, in one transaction. It may be done again.
	Erase(ctx context.Context, e Erasures) error
}

// Erasures are the store's own word for them.
type Erasures = store.Erasures

// erase carries out erasures that the server told, and says whether that brought
// the replica further. A file may tell of some and not of those before them: they
// still come by network.
func (s *session) erase(ctx context.Context, told []wire.Erased) (further bool, err error) {
	done, err := s.port.Erased(ctx)
	if err != nil {
		return false, err
	}
	e := Erasures{UpTo: done}
	for _, one := range told {
		e.Refs = append(e.Refs, app.Ref{Kind: app.Kind(one.Ref.Kind), ID: one.Ref.ID})
		if one.N == e.UpTo+1 {
			e.UpTo = one.N
		}
	}
	if err = s.port.Erase(ctx, e); err != nil {
		return false, err
	}
	s.done.Erased += len(e.Refs)
	return e.UpTo > done, nil
}
