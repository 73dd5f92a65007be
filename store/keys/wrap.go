package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/argon2"
)

// Way is how an envelope can be opened.
type Way string

// The ways that this version knows. One that a later version adds is kept when an
// envelope is written again.
const (
	ByPassphrase  Way = "passphrase"
	ByKeyring     Way = "keyring"
	ByRecoveryKey Way = "recovery" // since version 2 of the file
	ByShares      Way = "shares"   // since version 2 of the file
)

// wrap is the data key sealed under one other key.
type wrap struct {
	Way    Way    `json:"way"`
	Cost   *Cost  `json:"argon2id,omitempty"` // passphrase
	Salt   []byte `json:"salt,omitempty"`     // passphrase
	Entry  string `json:"entry,omitempty"`    // keyring: name of the entry; shares: name of the set
	Public []byte `json:"public,omitempty"`   // recovery, shares: what it is sealed to
	Vouch  []byte `json:"vouch,omitempty"`    // recovery, shares: who held the data key put Public there
	Nonce  []byte `json:"nonce,omitempty"`    // passphrase, keyring
	Sealed []byte `json:"sealed"`
}

// Cost is what one try of a passphrase costs (Argon2id, RFC 9106).
type Cost struct {
	Passes  uint32 `json:"passes"`  // 1 to 64
	KiB     uint32 `json:"kib"`     // memory, 8 a thread to 1 GiB
	Threads uint8  `json:"threads"` // 1 to 16
}

// UsualCost is RFC 9106's recommendation for machines short of memory: 64 MiB,
// three passes, four threads; about 0.1 s on an office computer.
func UsualCost() Cost { return Cost{Passes: 3, KiB: 64 << 10, Threads: 4} }

// sane reports whether the cost is one to try: a forged file must not take the
// machine's memory.
func (c *Cost) sane() bool {
	return c != nil && c.Passes >= 1 && c.Passes <= 64 && c.Threads >= 1 && c.Threads <= 16 &&
		c.KiB >= 8*uint32(c.Threads) && c.KiB <= 1<<20
}

const (
	saltSize  = 16
	nonceSize = 12
	tagSize   = 16
)

// intact reports whether w has the shape that its way needs.
func (w *wrap) intact() bool {
	switch w.Way {
	case ByPassphrase:
		return w.Cost.sane() && len(w.Salt) == saltSize && w.intactSealed()
	case ByKeyring:
		return w.Entry != "" && w.intactSealed()
	case ByRecoveryKey:
		return w.Entry == "" && w.intactBox()
	case ByShares:
		return w.Entry != "" && w.intactBox()
	}
	return w.Way != ""
}

func (w *wrap) intactSealed() bool {
	return len(w.Nonce) == nonceSize && len(w.Sealed) == len(DataKey{})+tagSize && !w.boxed()
}

func (w *wrap) intactBox() bool {
	return len(w.Public) == publicSize && len(w.Vouch) == vouchSize && len(w.Sealed) == boxSize
}

// boxed reports whether w has what only version 2 of the file knows.
func (w *wrap) boxed() bool { return w.Public != nil || w.Vouch != nil }

// passphraseWrap seals key under a passphrase.
func passphraseWrap(id ID, key DataKey, pass Passphrase, cost Cost) (*wrap, error) {
	if len(pass) == 0 {
		return nil, emptyPassphrase()
	}
	if !cost.sane() {
		return nil, fmt.Errorf("a passphrase cannot cost %+v", cost)
	}
	w := &wrap{Way: ByPassphrase, Cost: &cost, Salt: make([]byte, saltSize)}
	rand.Read(w.Salt)
	return w, w.seal(id, w.stretch(pass), key)
}

// keyringWrap seals key under a new random key and gives both.
func keyringWrap(id ID, key DataKey) (*wrap, []byte, error) {
	w := &wrap{Way: ByKeyring, Entry: string(id) + "/" + rand.Text()[:10]}
	under := make([]byte, 32)
	rand.Read(under)
	return w, under, w.seal(id, under, key)
}

func (w *wrap) stretch(pass Passphrase) []byte {
	p := pass.canonical()
	defer clear(p)
	return argon2.IDKey(p, w.Salt, w.Cost.Passes, w.Cost.KiB, w.Cost.Threads, 32)
}

// seal puts key into w under another one, once: that key is never used again, so
// a random nonce cannot repeat.
func (w *wrap) seal(id ID, under []byte, key DataKey) error {
	a, err := gcm(under)
	if err != nil {
		return err
	}
	w.Nonce = make([]byte, nonceSize)
	rand.Read(w.Nonce)
	w.Sealed = a.Seal(nil, w.Nonce, key[:], w.binding(id))
	return nil
}

// unseal gives the key back, and reports whether under was the right one.
func (w *wrap) unseal(id ID, under []byte) (DataKey, bool) {
	a, err := gcm(under)
	if err != nil {
		return DataKey{}, false
	}
	b, err := a.Open(nil, w.Nonce, w.Sealed, w.binding(id))
	if err != nil || len(b) != len(DataKey{}) {
		return DataKey{}, false
	}
	defer clear(b)
	return DataKey(b), true
}

// binding ties a wrap to the format's version, its replica, its way and how the
// key over it is found, so that none can be moved or weakened.
func (w *wrap) binding(id ID) []byte {
	b := []byte("daicho key file 1\x00" + string(id) + "\x00" + string(w.Way) + "\x00" + w.Entry + "\x00")
	if w.Cost != nil {
		b = binary.BigEndian.AppendUint32(b, w.Cost.Passes)
		b = binary.BigEndian.AppendUint32(b, w.Cost.KiB)
		b = append(b, w.Cost.Threads)
	}
	return append(b, w.Salt...)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("wrap: %w", err)
	}
	return cipher.NewGCM(block)
}
