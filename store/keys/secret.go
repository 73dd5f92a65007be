package keys

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/unicode/norm"
)

// DataKey is the key that everything of one replica is sealed under. It is the
// key that package vfs takes.
type DataKey [32]byte

func newDataKey() (key DataKey) {
	rand.Read(key[:])
	return key
}

// For derives the key for another purpose of the same replica, such as its
// attachments. The same purpose always gives the same key; it is for ever.
func (k DataKey) For(purpose string) ([32]byte, error) {
	b, err := hkdf.Key(sha256.New, k[:], nil, "daicho key 1: "+purpose, 32)
	if err != nil {
		return [32]byte{}, fmt.Errorf("derive a key: %w", err)
	}
	return [32]byte(b), nil
}

// Passphrase is what a person types or a file holds.
type Passphrase []byte

// canonical is the passphrase in one spelling, so that it opens wherever it is
// typed: keyboards and systems compose kana and accents differently (Unicode NFC,
// as RFC 8265 wants it for passwords).
func (p Passphrase) canonical() []byte { return norm.NFC.Append(nil, p...) }

// What is secret never prints, whatever the verb, and never becomes JSON.

// Format writes "(secret)".
func (DataKey) Format(s fmt.State, _ rune) { io.WriteString(s, "(secret)") }

// Format writes "(secret)".
func (Passphrase) Format(s fmt.State, _ rune) { io.WriteString(s, "(secret)") }

var errSecret = errors.New("a secret is not to be written")

// MarshalText refuses.
func (DataKey) MarshalText() ([]byte, error) { return nil, errSecret }

// MarshalText refuses.
func (Passphrase) MarshalText() ([]byte, error) { return nil, errSecret }
