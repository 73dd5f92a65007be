package store

import (
	"encoding/binary"

	"daicho/app"
)

// leaseGiven begins the setting that says how far a lease was used: a number that
// was put on something, be it refused since, may stand on paper somewhere.
const leaseGiven = "store/given/"

// unused is part of [app.Act].
func (st *step) unused(lease app.ID, n int64) (int64, error) {
	key := leaseGiven + lease.String()
	b, err := st.setting(key)
	if err != nil {
		return 0, err
	}
	if len(b) == 8 {
		n = max(n, int64(binary.BigEndian.Uint64(b))+1)
	}
	return n, (&LocalTx{step: st}).Set(key, binary.BigEndian.AppendUint64(nil, uint64(n)))
}
