package memory

import "sync"

// visits are numbers that were met: a bit each, for there are millions of files.
type visits struct {
	mu   sync.Mutex
	bits []uint64
}

func (v *visits) add(n int64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for int64(len(v.bits)) <= n/64 {
		v.bits = append(v.bits, 0)
	}
	v.bits[n/64] |= 1 << (n % 64)
}

func (v *visits) has(n int64) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return n/64 < int64(len(v.bits)) && v.bits[n/64]&(1<<(n%64)) != 0
}

func (v *visits) reset() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.bits = nil
}
