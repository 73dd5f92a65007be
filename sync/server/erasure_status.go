package server

import (
	"context"
	"slices"

	"daicho/app"
)

// ErasureStatus is one erasure and who has not carried it out.
type ErasureStatus struct {
	GSN     int64     // of the line that decided it; 0: it was known from before the server was restored
	At      app.Stamp // when the server did it
	Refs    []app.Ref
	Records int      // so many
	Waiting []Device // in use, that have not carried it out
	Shut    []Device // revoked, frozen or lost, that never said that they had
}

// ErasureStatus tells all erasures, the oldest first. A device that was enrolled
// after one, or never asked for anything, holds nothing of it.
func (s *Server) ErasureStatus(ctx context.Context) (out []ErasureStatus, err error) {
	err = s.log.Read(ctx, func(tx Tx) error {
		all, err := allErasures(tx)
		if err != nil {
			return err
		}
		late, err := latecomers(tx)
		if err != nil {
			return err
		}
		out = nil
		for _, e := range all {
			last := len(out) - 1
			if last < 0 || out[last].GSN != e.GSN || out[last].At != e.At {
				out = append(out, ErasureStatus{GSN: e.GSN, At: e.At})
				last++
			}
			out[last].note(e, late)
		}
		return nil
	})
	return out, err
}

// latecomer is a device with the number of the last erasure that it carried out.
type latecomer struct {
	Device
	done int64
}

// latecomers are the devices that ever asked for anything, without the server's own.
func latecomers(tx Tx) (out []latecomer, err error) {
	devices, err := tx.Devices()
	for _, d := range devices {
		if err != nil {
			return nil, err
		}
		var st Standing
		if st, err = tx.Standing(d.ID); !d.isOwn() && (st.PulledAt != 0 || d.Watermark > 0) {
			out = append(out, latecomer{d, st.Erased})
		}
	}
	return out, err
}

// note adds a record of an erasure, and the devices that have not carried it out.
func (s *ErasureStatus) note(e Erased, all []latecomer) {
	s.Refs, s.Records = append(s.Refs, e.Ref), s.Records+1
	for _, d := range all {
		if d.done >= e.N || d.Enrolled > e.At {
			continue
		}
		list := &s.Waiting
		if d.State != Active {
			list = &s.Shut
		}
		if !slices.ContainsFunc(*list, func(o Device) bool { return o.ID == d.ID }) {
			*list = append(*list, d.Device)
		}
	}
}
