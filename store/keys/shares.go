package keys

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
)

// Share is one of three sheets, of which any two open a replica and one alone
// tells nothing: for three people who do so only together.
type Share struct {
	number byte // 1 to 3
	set    [2]byte
	part   secret
}

// Pair is two different shares of one set.
type Pair [2]Share

// NewShares makes a set of three shares, in place of an earlier one, which opens
// nothing any more but copies of the envelope. Only who holds the data key can.
func (f Folder) NewShares(id ID, key DataKey) ([3]Share, error) {
	s := newSecret()
	shares := s.split()
	err := f.change(id, key, func(e *envelope) error {
		w, err := boxWrap(id, ByShares, shares[0].Set(), s, key)
		if err == nil {
			e.put(w)
		}
		return err
	})
	if err != nil {
		return [3]Share{}, err
	}
	return shares, nil
}

// Number is the number of the sheet, 1 to 3. It is no secret.
func (s Share) Number() int { return int(s.number) }

// Set is the name of the set, four hexadecimal digits. It is no secret.
func (s Share) Set() string { return hex.EncodeToString(s.set[:]) }

// Text is the share as it is printed and typed: 13 groups of four characters, of
// which the first is the sheet's number. It is for the paper and the screen that
// shows it, never for a log or an error.
func (s Share) Text() string {
	return sharePaper.spell('0'+s.number, append(s.set[:], s.part[:]...))
}

// ParseShare reads what [Share.Text] gives, as people type it; see
// [ParseRecoveryKey].
func ParseShare(text string) (Share, error) {
	mark, b, err := sharePaper.read(text)
	if err != nil {
		return Share{}, err
	}
	defer clear(b)
	return Share{mark - '0', [2]byte(b), secret(b[2:])}, nil
}

// split makes three shares (Shamir's scheme of degree 1 over GF(256), byte by
// byte): the part of sheet x is the secret plus x times a random slope.
func (s secret) split() (shares [3]Share) {
	var set [2]byte
	rand.Read(set[:])
	slope := newSecret()
	for i := range shares {
		x := byte(i + 1)
		shares[i] = Share{x, set, s.along(slope, x)}
	}
	return shares
}

// along is s + x·slope.
func (s secret) along(slope secret, x byte) secret {
	for i := range s {
		s[i] ^= times(x, slope[i])
	}
	return s
}

// join gives back the secret that two shares were made from. Shares that were
// made up give some other one.
func (p Pair) join() (secret, error) {
	a, b := p[0], p[1]
	switch {
	case a.set != b.set:
		return secret{}, otherSet(a, b)
	case a.number == b.number:
		return secret{}, sameShare(a)
	}
	// The slope is (a+b) / (x₁+x₂).
	slope, over := secret{}, inverse(a.number^b.number)
	for i := range slope {
		slope[i] = times(over, a.part[i]^b.part[i])
	}
	return a.part.along(slope, a.number), nil
}

// times multiplies in GF(256), modulo x⁸ + x⁴ + x³ + x + 1, in the same steps
// whatever b is.
func times(a, b byte) (product byte) {
	for i := 7; i >= 0; i-- {
		product = product<<1 ^ (product>>7)*0x1b
		product ^= (a >> i & 1) * b
	}
	return product
}

// inverse is a²⁵⁴, with which times a gives 1.
func inverse(a byte) byte {
	power := byte(1)
	for range 254 {
		power = times(power, a)
	}
	return power
}

// Format writes "(secret)".
func (Share) Format(s fmt.State, _ rune) { io.WriteString(s, "(secret)") }

// Format writes "(secret)".
func (Pair) Format(s fmt.State, _ rune) { io.WriteString(s, "(secret)") }

// MarshalText refuses.
func (Share) MarshalText() ([]byte, error) { return nil, errSecret }
