// Package cms takes apart the Cryptographic Message Syntax (RFC 5652), in which mail
// carries what is signed or encrypted: it tells which it is, and what a signature is
// of. Signatures are not checked and nothing is decrypted here.
//
// Use it for bytes of unknown origin, all of them in memory. Do not use it to decide
// whom a message is from.
package cms

import (
	"bytes"
	"errors"
)

// Kind is what a message is, by its object identifier as it is written.
type Kind string

// The kinds (RFC 5652 section 4, RFC 5083).
const (
	Data          Kind = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
	Signed        Kind = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
	Enveloped     Kind = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"
	Encrypted     Kind = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x06"
	Authenticated Kind = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"
)

// Secret says whether only a key opens a message of the kind.
func (k Kind) Secret() bool { return k == Enveloped || k == Encrypted || k == Authenticated }

// Looks knows a message by its first object identifier.
func Looks(head []byte) bool {
	if len(head) < 20 || head[0] != berSequence {
		return false
	}
	oid := head[2:]
	if head[1]&0x80 != 0 {
		oid = head[2+min(head[1]&0x7F, 4):]
	}
	return bytes.HasPrefix(oid, []byte("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07")) ||
		bytes.HasPrefix(oid, []byte("\x06\x0B"+Authenticated))
}

// Open is the kind of a message. Of a signed one it gives what was signed, and that
// content's kind in the place of Data; nil for a signature that stands apart.
func Open(b []byte) (kind Kind, signed []byte, of Kind, err error) {
	outer, _, err := cutBER(b, 0)
	if err != nil {
		return "", nil, "", err
	}
	kind, content, err := part(outer.body)
	if err != nil || kind != Signed {
		return kind, nil, "", err
	}
	sequence, _, err := cutBER(content, 0)
	if err != nil {
		return kind, nil, "", err
	}
	signed, of, err = encapsulated(sequence.body)
	return kind, signed, of, err
}

// encapsulated is the third value of what is signed, behind its version and digests.
func encapsulated(b []byte) (content []byte, of Kind, err error) {
	for n := 0; len(b) > 0; n++ {
		v, rest, err := cutBER(b, 0)
		if err != nil {
			return nil, "", err
		}
		if n == 2 {
			of, content, err = part(v.body)
			return content, of, err
		}
		b = rest
	}
	return nil, "", ErrDamaged
}

// part is an object identifier and what it says of, explicitly tagged.
func part(b []byte) (kind Kind, content []byte, err error) {
	oid, rest, err := cutBER(b, 0)
	if err != nil || oid.tag != berIdentifier {
		return "", nil, errors.Join(err, ErrDamaged)
	}
	if len(rest) == 0 {
		return Kind(oid.body), nil, nil
	}
	tagged, _, err := cutBER(rest, 0)
	if err != nil {
		return "", nil, err
	}
	if Kind(oid.body) != Data {
		return Kind(oid.body), tagged.body, nil
	}
	octets, _, err := cutBER(tagged.body, 0)
	if err != nil {
		return "", nil, err
	}
	content, err = octets.flat(0)
	return Data, content, err
}
