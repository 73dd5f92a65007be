package simtest

import (
	"context"
	"io"
	"slices"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// Signed is part of [client.Port].
func (d *Device) Signed(_ context.Context, all bool) (list []app.Segment, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cut()
	for _, s := range d.segments {
		if all || s.Last > d.Acked {
			list = append(list, s)
		}
	}
	return list, nil
}

// Bodies is part of [client.Port].
func (d *Device) Bodies(_ context.Context, run app.Segment) ([][]byte, []app.SubjectKey, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	bodies := slices.Clone(d.bodies[run.First-1 : run.Last])
	return bodies, d.keys.needed(bodies), nil
}

// Cargo is part of [client.Port].
func (d *Device) Cargo(context.Context) ([]client.Cargo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.cargo), nil
}

// CargoBox is part of [client.Port].
func (d *Device) CargoBox(_ context.Context, n int64) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.cargo {
		if c.N == n {
			return c.Box.Sealed, nil
		}
	}
	return nil, nil
}

// KeepCargo is part of [client.Port].
func (d *Device) KeepCargo(_ context.Context, boxes []*wire.Box, via app.ID, at app.Stamp) (kept int, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range boxes {
		if slices.ContainsFunc(d.cargo, func(c client.Cargo) bool {
			return c.Box.Device == b.Device && c.Box.First == b.First && c.Box.Last == b.Last && c.Box.Head == b.Head
		}) {
			continue
		}
		kept++
		d.carried++
		d.cargo = append(d.cargo, client.Cargo{N: d.carried, Box: *b, Via: via, At: at, Size: len(b.Sealed)})
	}
	return kept, nil
}

// DropCargo is part of [client.Port].
func (d *Device) DropCargo(_ context.Context, device app.ID, upTo uint64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cargo = slices.DeleteFunc(d.cargo, func(c client.Cargo) bool { return c.Box.Device == device && c.Box.Last <= upTo })
	return nil
}

// RefuseCargo is part of [client.Port].
func (d *Device) RefuseCargo(_ context.Context, device app.ID, why string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range d.cargo {
		if d.cargo[i].Box.Device == device {
			d.cargo[i].Said = why
		}
	}
	return nil
}

// CarryBlob is part of [client.Port].
func (d *Device) CarryBlob(_ context.Context, id app.BlobID, src io.Reader) error {
	sealed, err := hashed(id, src)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.blobs[id], d.foreign[id] = sealed, true
	return nil
}
