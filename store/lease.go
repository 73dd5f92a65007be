package store

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"github.com/fxamacker/cbor/v2"

	"daicho/app"
	"daicho/store/keys"
)

// A device that is enrolled may be opened for a time after its last contact with
// the server: one that was stolen, or whose person has left, is told so at a
// contact and can be shut out only there. It is a rule of this program, not
// cryptography.

// pairExtends is how long a replica may be opened again after two people have
// opened it together: as long as the shortest lease that cities ask for.
const pairExtends = 72 * time.Hour

// LeaseTerm is the setting that says how long a contact lasts on this device, in
// milliseconds as eight bytes, big-endian: the server says so by the device's
// class. It can be shorter than [Options].Lease, never longer.
const LeaseTerm = "store/term"

// leaseKey is the setting that says how long the device may be opened.
const leaseKey = "store/lease"

// lease is what a device knows of its lease, in ms since 1970 UTC.
type lease struct {
	Contact app.Stamp `cbor:"1,keyasint"` // the last one with the server
	Until   app.Stamp `cbor:"2,keyasint"` // up to when two people have extended it
	Seen    app.Stamp `cbor:"3,keyasint"` // the highest clock that was read since
	Journal app.Stamp `cbor:"4,keyasint"` // the journal's clock at the contact
}

func (r *reader) lease() (l lease, there bool, err error) {
	b, err := r.setting(leaseKey)
	if err != nil || b == nil {
		return l, false, err
	}
	return l, true, cbor.Unmarshal(b, &l)
}

// term is how long a contact lasts, of what the program allows at most.
func (r *reader) term(most time.Duration) (time.Duration, error) {
	b, err := r.setting(LeaseTerm)
	if err != nil || len(b) != 8 {
		return most, err
	}
	if said := binary.BigEndian.Uint64(b); said < uint64(most.Milliseconds()) {
		return time.Duration(said) * time.Millisecond, nil
	}
	return most, nil
}

func (st *step) setLease(l lease) error {
	b, err := cbor.Marshal(l)
	if err != nil {
		return err
	}
	return (&LocalTx{step: st}).Set(leaseKey, b)
}

// highest is the time, and never less than what this device has seen since its
// last contact: at an opening, or in its journal.
func (r *reader) highest(l lease) (app.Stamp, error) {
	last, err := r.lastPoint()
	if err != nil {
		return 0, err
	}
	now := max(app.StampOf(r.s.clock()), l.Seen)
	if at := last.hlc.Stamp(); at > l.Journal {
		now = max(now, at)
	}
	return now, nil
}

// Contacted notes that the server has just dealt with this device: the lease runs
// from now, by the device's clock. A clock that was ahead before, and has been
// set right, counts no more.
func (s *Replica) Contacted(ctx context.Context) error {
	return s.transact(ctx, (*step).contacted)
}

func (st *step) contacted() error {
	last, err := st.lastPoint()
	if err != nil {
		return err
	}
	now := app.StampOf(st.s.clock())
	return st.setLease(lease{Contact: now, Seen: now, Journal: last.hlc.Stamp()})
}

// leased makes sure, at an opening, that the device may be opened. One that was
// enrolled by a program which knew of no lease begins its own now.
func (s *Replica) leased(ctx context.Context, o Options, how keys.Opener) error {
	s.term = o.Lease
	if o.Lease == 0 {
		return nil
	}
	_, pair := how.(keys.Pair)
	return s.transact(ctx, func(st *step) error {
		_, enrolled, err := st.enrolment()
		if err != nil || !enrolled {
			return err
		}
		l, there, err := st.lease()
		if err == nil && !there {
			err = st.contacted()
		}
		if err != nil || !there {
			return err
		}
		now, err := st.highest(l)
		if err != nil {
			return err
		}
		if pair {
			l.Until = now + app.Stamp(pairExtends.Milliseconds())
		}
		term, err := st.term(o.Lease)
		if err != nil {
			return err
		}
		if until := l.end(term); now > until && !o.ToSync {
			return leaseOver(until)
		}
		l.Seen = now
		return st.setLease(l)
	})
}

// end is up to when the device may be opened.
func (l lease) end(term time.Duration) app.Stamp {
	return max(l.Contact+app.Stamp(term.Milliseconds()), l.Until)
}

// Lease is up to when this device may be opened without a contact with its
// server; zero if there is no such rule, or it belongs to none.
func (s *Replica) Lease(ctx context.Context) (until time.Time, err error) {
	if s.term == 0 {
		return until, nil
	}
	err = s.read(ctx, func(r *reader) error {
		l, there, err := r.lease()
		if err != nil || !there {
			return err
		}
		term, err := r.term(s.term)
		until = l.end(term).Time()
		return err
	})
	return until, err
}

// ErrLeaseOver is why a device may not be opened before a contact with its
// server; ask with errors.Is. See [Options].ToSync.
var ErrLeaseOver = errors.New("lease over")

func leaseOver(until app.Stamp) error {
	day := until.Time().Format("2006-01-02 15:04")
	return app.Because(ErrLeaseOver, app.Forbidden, "サーバーに接続しないまま使える期限（"+day+"）を過ぎているため、開けません。サーバーに接続して同期するか、管理者に二人での解錠を依頼してください。",
		"the time for work without the server ended at "+day+" (Japan): connect and sync, or have two custodians unlock it")
}
