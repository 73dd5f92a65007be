package store

import (
	"context"
	"io"

	"daicho/app"
)

// Cargo is a signed run of another device's changes, on its way to the server.
type Cargo struct {
	N      int64 // number of the run here
	Run    app.Segment
	Public []byte       // Ed25519 key of its device
	Blobs  []app.BlobID // attachments that the changes name
	Via    app.ID       // device that brought it
	At     app.Stamp    // when, by this device's clock
	Said   string       // why the server did not take it; empty: it was not asked
	Size   int          // bytes of the box
	Box    []byte       // for the server alone; only in KeepCargo
}

// KeepCargo keeps runs until the server has them. What is here already stays;
// it says how many are new.
func (s *Replica) KeepCargo(ctx context.Context, list []Cargo) (kept int, err error) {
	err = s.transact(ctx, func(st *step) error {
		kept = 0
		for _, c := range list {
			var blobs []byte
			for _, id := range c.Blobs {
				blobs = append(blobs, id[:]...)
			}
			n, err := st.count("INSERT INTO cargo (device, first, last, head, sig, public, blobs, via, at, said, box) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?) ON CONFLICT DO NOTHING",
				c.Run.Device[:], int64(c.Run.First), int64(c.Run.Last), c.Run.Head[:], c.Run.Sig, c.Public, append([]byte{}, blobs...), c.Via[:], int64(c.At), c.Box)
			if err != nil {
				return err
			}
			kept += int(n)
		}
		return nil
	})
	return kept, err
}

// CargoList is what is carried, in the order of devices and of their changes,
// without the boxes.
func (s *Replica) CargoList(ctx context.Context) (list []Cargo, err error) {
	err = s.read(ctx, func(r *reader) error {
		list, err = r.cargo()
		return err
	})
	return list, err
}

func (r *reader) cargo() (list []Cargo, err error) {
	err = r.each("SELECT n, device, first, last, head, sig, public, blobs, via, at, said, length(box) FROM cargo ORDER BY device, first, n", nil,
		func(scan func(...any) error) error {
			c, err := cargoOf(scan)
			list = append(list, c)
			return err
		})
	return list, err
}

func cargoOf(scan func(...any) error) (c Cargo, err error) {
	var device, head, blobs, via []byte
	var first, last int64
	if err = scan(&c.N, &device, &first, &last, &head, &c.Run.Sig, &c.Public, &blobs, &via, (*int64)(&c.At), &c.Said, &c.Size); err != nil {
		return c, err
	}
	c.Run.First, c.Run.Last = uint64(first), uint64(last)
	copy(c.Run.Device[:], device)
	copy(c.Run.Head[:], head)
	copy(c.Via[:], via)
	for ; len(blobs) >= len(app.BlobID{}); blobs = blobs[len(app.BlobID{}):] {
		c.Blobs = append(c.Blobs, app.BlobID(blobs[:len(app.BlobID{})]))
	}
	return c, nil
}

// CargoBox is the box of a run; nil if it is not here any more.
func (s *Replica) CargoBox(ctx context.Context, n int64) (box []byte, err error) {
	err = s.read(ctx, func(r *reader) error {
		_, err := r.one("SELECT box FROM cargo WHERE n = ?", []any{n}, &box)
		return err
	})
	return box, err
}

// DropCargo forgets a device's runs up to a change that the server has.
func (s *Replica) DropCargo(ctx context.Context, device app.ID, upTo uint64) error {
	return s.transact(ctx, func(st *step) error {
		return st.exec("DELETE FROM cargo WHERE device = ? AND last <= ?", device[:], int64(upTo))
	})
}

var (
	noCargo  = app.Refuse(app.NotFound, "", "この端末から預かっている変更はありません。", "nothing of this device is carried here")
	notAsked = app.Refuse(app.Invalid, "", "サーバーがまだ受け取りを断っていない変更があります。同期するか、持ち運び用ファイルでサーバーに届けてください。それでも破棄する場合は、その旨を指定してください。",
		"some of these changes were never refused: the server was not asked yet; sync, or bring them by a bundle; or say that they are to go all the same")
)

// AbandonCargo forgets a device's runs although the server does not have them: the
// decision of a person, who has seen what they are. Runs that the server was not
// asked to take go only if that is said, too. It gives what it forgot.
func (s *Replica) AbandonCargo(ctx context.Context, device app.ID, unasked bool) (gone []Cargo, err error) {
	err = s.transact(ctx, func(st *step) error {
		gone = nil
		all, err := st.cargo()
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.Run.Device != device {
				continue
			}
			if c.Said == "" && !unasked {
				return notAsked
			}
			gone = append(gone, c)
		}
		if len(gone) == 0 {
			return noCargo
		}
		return st.exec("DELETE FROM cargo WHERE device = ?", device[:])
	})
	return gone, err
}

// RefuseCargo notes why the server does not take a device's runs. They stay. With
// no reason they are offered to the server again.
func (s *Replica) RefuseCargo(ctx context.Context, device app.ID, why string) error {
	return s.transact(ctx, func(st *step) error {
		return st.exec("UPDATE cargo SET said = ? WHERE device = ?", why, device[:])
	})
}

// Signed are the runs of own changes that the server has not acknowledged, or
// all of them, in their order. What has no signature yet is signed first.
func (s *Replica) Signed(ctx context.Context, all bool) (list []app.Segment, err error) {
	if err = s.transact(ctx, (*step).sign); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(r *reader) error {
		list, err = r.signed("last > (SELECT acked FROM cursor) OR ? ORDER BY first", all)
		return err
	})
	return list, err
}

// Bodies are the changes of a run of this device, and the keys to read them.
func (s *Replica) Bodies(ctx context.Context, run app.Segment) (bodies [][]byte, keys []app.SubjectKey, err error) {
	err = s.read(ctx, func(r *reader) error {
		bodies, keys, err = r.run(run.First, run.Last)
		return err
	})
	return bodies, keys, err
}

// CarryBlob keeps sealed bytes of an attachment that changes on their way to
// the server name, if their hash is its id. They are sent to the server, too.
func (s *Replica) CarryBlob(ctx context.Context, id app.BlobID, sealed io.Reader) error {
	err := s.keepBlob(id, func(w io.Writer) error {
		_, err := io.Copy(w, reading{ctx, sealed})
		return err
	})
	if err != nil {
		return err
	}
	return s.noteBlob(ctx, id, "INSERT INTO blob (id, state) VALUES (?, 'unsent') ON CONFLICT (id) DO UPDATE SET unused = 0, state = CASE state WHEN 'missing' THEN 'here' ELSE state END")
}
