package client

import (
	"context"
	"io"

	"daicho/app"
	"daicho/store"
	"daicho/sync/wire"
)

// Carrying is what bundles need of a replica: own changes, whether or not they
// were sent, and those of others on their way to the server.
type Carrying interface {
	// Signed are the runs of own changes that the server has not acknowledged, or all.
	Signed(ctx context.Context, all bool) ([]app.Segment, error)
	// Bodies are the changes of such a run, and the keys to read them.
	Bodies(ctx context.Context, run app.Segment) (bodies [][]byte, keys []app.SubjectKey, err error)
	// Cargo is what is carried for others, in each device's order; the boxes'
	// sealed parts are left out.
	Cargo(ctx context.Context) ([]Cargo, error)
	// CargoBox is the sealed part of one; nil if it is gone.
	CargoBox(ctx context.Context, n int64) ([]byte, error)
	// KeepCargo keeps boxes that a device brought at a time, and says how many are new.
	KeepCargo(ctx context.Context, boxes []*wire.Box, via app.ID, at app.Stamp) (int, error)
	// DropCargo forgets a device's boxes up to a change that the server has.
	DropCargo(ctx context.Context, device app.ID, upTo uint64) error
	// RefuseCargo notes why the server does not take a device's boxes.
	RefuseCargo(ctx context.Context, device app.ID, why string) error
	// CarryBlob keeps an attachment for the server, if the hash of its sealed bytes is its id.
	CarryBlob(ctx context.Context, id app.BlobID, sealed io.Reader) error
}

// Cargo is a box on its way to the server.
type Cargo struct {
	N    int64 // number of it in the replica
	Box  wire.Box
	Via  app.ID    // who brought it
	At   app.Stamp // when
	Said string    // why the server did not take it; empty: it was not asked
	Size int       // bytes of the sealed part
}

func (r replica) Cargo(ctx context.Context) ([]Cargo, error) {
	list, err := r.CargoList(ctx)
	out := make([]Cargo, len(list))
	for i, c := range list {
		out[i] = Cargo{c.N, wire.Box{Device: c.Run.Device, First: c.Run.First, Last: c.Run.Last, Head: c.Run.Head, Sig: c.Run.Sig, Public: c.Public, Blobs: c.Blobs},
			c.Via, c.At, c.Said, c.Size}
	}
	return out, err
}

func (r replica) KeepCargo(ctx context.Context, boxes []*wire.Box, via app.ID, at app.Stamp) (int, error) {
	list := make([]store.Cargo, len(boxes))
	for i, b := range boxes {
		list[i] = store.Cargo{Run: b.Segment(), Public: b.Public, Blobs: b.Blobs, Via: via, At: at, Box: b.Sealed}
	}
	return r.Replica.KeepCargo(ctx, list)
}
