package server

import (
	"context"
	"slices"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// settingSigned is the sizes of the order that files for a device were signed
// at, the newest last: settingSigned and the device's id.
const settingSigned = "signed for "

// maxSigned is of how many files for one device the sizes are kept. Whoever imports
// files in another order than they were made in finds a proof from each.
const maxSigned = 8

// signFor signs the order for a file, and proves that it goes on from all that the
// device may have accepted last: what it says itself, what it pulled, and what files
// brought it that were made since.
func (s *Server) signFor(ctx context.Context, device app.ID, about *bundle.Manifest) (word bundle.Signed, size int64, err error) {
	err = s.log.Write(ctx, func(tx Tx) error {
		now, err := s.attest(tx, 0)
		if err != nil {
			return err
		}
		word, size = bundle.Signed{Note: now.Note, Identity: now.Identity}, now.size
		st, err := tx.Standing(device)
		if err != nil {
			return err
		}
		files, err := signedSizes(tx, device, size)
		if err != nil {
			return err
		}
		seen := append(files, about.Seen, about.Cursor)
		for n := st.Pulled; n <= st.Pulled+wire.PageChanges && n < size; n++ { // pulls are noted no better than that
			seen = append(seen, n)
		}
		word.Proofs, err = proofs(tx, size, seen)
		return err
	})
	return word, size, err
}

// proofs proves that an order goes on from each of some sizes. They share most of
// what they are made of.
func proofs(tx Tx, size int64, from []int64) (all []bundle.Proof, err error) {
	slices.Sort(from)
	h := hashes{tx, map[int64][]byte{}}
	for _, n := range slices.Compact(from) {
		if n <= 0 || n >= size {
			continue
		}
		p, err := audit.ProveContinued(size, n, h.read)
		if err != nil {
			return nil, err
		}
		all = append(all, bundle.Proof{Size: n, Hashes: p.Wire()})
	}
	return all, nil
}

// signedSizes are those of the files that were made for a device before; it
// notes that there is one more.
func signedSizes(tx Tx, device app.ID, size int64) (sizes []int64, err error) {
	text, err := tx.Setting(settingSigned + device.String())
	if err != nil {
		return nil, err
	}
	if len(text) > 0 {
		if err = wire.Decode(text, &sizes); err != nil {
			return nil, err
		}
	}
	if slices.Contains(sizes, size) {
		return sizes, nil
	}
	sizes = append(sizes, size)
	sizes = sizes[max(0, len(sizes)-maxSigned):]
	if text, err = wire.Encode(sizes); err != nil {
		return nil, err
	}
	return sizes, tx.PutSetting(settingSigned+device.String(), text)
}

// hashes remembers rows of the tree that it has read.
type hashes struct {
	tx   Tx
	rows map[int64][]byte
}

func (h *hashes) read(gsns []int64) ([][]byte, error) {
	var missing []int64
	for _, gsn := range gsns {
		if _, there := h.rows[gsn]; !there {
			missing = append(missing, gsn)
		}
	}
	if len(missing) > 0 {
		rows, err := h.tx.Hashes(missing)
		if err != nil {
			return nil, err
		}
		for i, row := range rows {
			h.rows[missing[i]] = row
		}
	}
	out := make([][]byte, len(gsns))
	for i, gsn := range gsns {
		out[i] = h.rows[gsn]
	}
	return out, nil
}
