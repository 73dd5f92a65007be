package vfs

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
)

// sealer encrypts and authenticates with XAES-256-GCM (C2SP): a nonce of 24
// bytes whose first half makes a key for AES-256-GCM, whose second half is that
// cipher's nonce. One first half serves many units, so the derived cipher is
// kept and no unit costs an allocation.
//
// A sealer is safe for use by several goroutines.
type sealer struct {
	block  cipher.Block
	k1     [16]byte
	random func([]byte)

	mu   sync.RWMutex
	open map[prefix]cipher.AEAD // derived ciphers, at most maxPrefixes

	writer atomic.Pointer[writer]
}

type prefix [12]byte

// writer is the first half of the nonces that this process gives out, with the
// count of those given.
type writer struct {
	prefix prefix
	aead   cipher.AEAD
	given  atomic.Uint32
}

const (
	// maxPrefixes bounds the derived ciphers kept (about 1 kB each); a
	// database written in more sessions than that derives some again.
	maxPrefixes = 512
	// maxGiven is how many nonces share a first half before another is drawn.
	maxGiven = 1 << 31
)

func newSealer(key []byte, random func([]byte)) (*sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	s := &sealer{block: block, random: random, open: map[prefix]cipher.AEAD{}}
	s.k1 = subkey(block)
	return s, s.turn(nil)
}

// subkey is K1 of CMAC (NIST SP 800-38B, 6.1): the encrypted zero block, doubled.
func subkey(block cipher.Block) (k1 [16]byte) {
	block.Encrypt(k1[:], k1[:])
	hi, lo := binary.BigEndian.Uint64(k1[:8]), binary.BigEndian.Uint64(k1[8:])
	carry := hi >> 63
	binary.BigEndian.PutUint64(k1[:8], hi<<1|lo>>63)
	binary.BigEndian.PutUint64(k1[8:], lo<<1^carry*0x87)
	return k1
}

// derived makes the AES-256-GCM of one nonce prefix.
func (s *sealer) derived(p prefix) (cipher.AEAD, error) {
	var key [32]byte
	for i := range 2 {
		m := key[16*i:][:16]
		copy(m, []byte{0, byte(i + 1), 'X', 0})
		copy(m[4:], p[:])
		for j := range m {
			m[j] ^= s.k1[j]
		}
		s.block.Encrypt(m, m)
	}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return cipher.NewGCM(block)
}

// aead gives the cipher of a prefix, from the cache where it can.
func (s *sealer) aead(p prefix) (cipher.AEAD, error) {
	s.mu.RLock()
	a := s.open[p]
	s.mu.RUnlock()
	if a != nil {
		return a, nil
	}
	a, err := s.derived(p)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) >= maxPrefixes {
		clear(s.open)
	}
	s.open[p] = a
	return a, nil
}

// turn replaces the writer old, unless somebody else has done so.
func (s *sealer) turn(old *writer) error {
	w := &writer{}
	s.random(w.prefix[:])
	var err error
	if w.aead, err = s.aead(w.prefix); err != nil {
		return err
	}
	s.writer.CompareAndSwap(old, w)
	return nil
}

// next writes a nonce that no other unit has: the prefix of this opening, 8
// random bytes, a count. The count makes it unique within one opening; the
// random bytes keep it unique when a virtual machine is set back to a snapshot
// and counts again.
func (s *sealer) next(nonce []byte) (cipher.AEAD, error) {
	for {
		w := s.writer.Load()
		n := w.given.Add(1)
		if n < maxGiven {
			copy(nonce, w.prefix[:])
			s.random(nonce[12:20])
			binary.BigEndian.PutUint32(nonce[20:], n)
			return w.aead, nil
		}
		if err := s.turn(w); err != nil {
			return nil, err
		}
	}
}

// seal writes body, sealed and bound to aad, into unit, which is overhead bytes
// longer: ciphertext, tag, nonce. body may be the start of unit.
func (s *sealer) seal(unit, body, aad []byte) error {
	n := len(body)
	nonce := unit[n+tagSize : n+overhead]
	a, err := s.next(nonce)
	if err != nil {
		return err
	}
	a.Seal(unit[:0:n+tagSize], nonce[12:], body, aad)
	return nil
}

// unseal turns unit back in place; its first len-overhead bytes are the body.
// It reports false, and leaves nothing of the body, if the unit is not exactly
// what seal made for this aad.
func (s *sealer) unseal(unit, aad []byte) bool {
	n := len(unit) - overhead
	nonce := unit[n+tagSize:]
	a, err := s.aead(prefix(nonce))
	if err == nil {
		_, err = a.Open(unit[:0], nonce[12:], unit[:n+tagSize], aad)
	}
	if err != nil {
		clear(unit)
	}
	return err == nil
}
