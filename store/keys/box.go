package keys

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// A data key is sealed to a public key where the secret that opens it is not on
// this machine: a recovery key, or what two shares make. So another data key can
// be sealed to the same paper without it (HPKE, RFC 9180, with ML-KEM-768 and
// X25519 both: a copy of an envelope may be kept until there are other computers).

// secret is what grows into a key pair.
type secret [20]byte

func newSecret() (s secret) {
	rand.Read(s[:])
	return s
}

// The suite is for ever: it is how version 2 of the file seals.
var kem, kdf, aead = hpke.MLKEM768X25519(), hpke.HKDFSHA256(), hpke.AES256GCM()

const (
	publicSize = 1184 + 32                // ML-KEM-768 and X25519
	boxSize    = 1088 + 32 + 32 + tagSize // the same, as encapsulated, and the data key
	vouchSize  = sha256.Size
)

// pair is the key pair that grows from s, for one replica and one way only.
func (s secret) pair(id ID, by Way) (hpke.PrivateKey, error) {
	seed, err := hkdf.Key(sha256.New, s[:], []byte(id), format+" 2: "+string(by), 32)
	if err != nil {
		return nil, fmt.Errorf("key pair: %w", err)
	}
	return kem.NewPrivateKey(seed)
}

// boxWrap seals key so that s opens it. entry is the name of a set of shares.
func boxWrap(id ID, by Way, entry string, s secret, key DataKey) (*wrap, error) {
	pair, err := s.pair(id, by)
	if err != nil {
		return nil, err
	}
	w := &wrap{Way: by, Entry: entry, Public: pair.PublicKey().Bytes()}
	return w, w.sealBox(id, key)
}

// sealBox seals key to w's public key.
func (w *wrap) sealBox(id ID, key DataKey) error {
	public, err := kem.NewPublicKey(w.Public)
	if err != nil {
		return fmt.Errorf("public key: %w", err)
	}
	if w.Sealed, err = hpke.Seal(public, kdf, aead, w.binding(id), key[:]); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	w.Vouch, err = w.vouch(id, key)
	return err
}

// vouch says under the data key that the public key belongs here. Without it
// somebody who can write the file could put a key of their own there, and the
// next change of data key would be sealed to them.
func (w *wrap) vouch(id ID, key DataKey) ([]byte, error) {
	k, err := hkdf.Key(sha256.New, key[:], []byte(id), format+" 2: public key", 32)
	if err != nil {
		return nil, fmt.Errorf("vouch: %w", err)
	}
	h := hmac.New(sha256.New, k)
	h.Write(w.binding(id))
	h.Write(w.Public)
	return h.Sum(nil), nil
}

// genuine reports whether who held key put w's public key there.
func (w *wrap) genuine(id ID, key DataKey) bool {
	want, err := w.vouch(id, key)
	return err == nil && hmac.Equal(want, w.Vouch)
}

// unsealBy gives the data key back, and reports whether s was the right secret.
func (w *wrap) unsealBy(id ID, s secret) (DataKey, bool) {
	pair, err := s.pair(id, w.Way)
	if err != nil {
		return DataKey{}, false
	}
	b, err := hpke.Open(pair, kdf, aead, w.binding(id), w.Sealed)
	if err != nil || len(b) != len(DataKey{}) {
		return DataKey{}, false
	}
	defer clear(b)
	key := DataKey(b)
	return key, w.genuine(id, key)
}
