// Package app is the vocabulary that every other package speaks: references,
// changes, verdicts, errors, and the description of a kind of record.
//
// A module describes each of its kinds once, as a [Register]: a typed Go
// struct, a list of fields, pure rules. Store, sync, screens, command line,
// CSV and PDF work from that description and never see the struct's type.
//
// Everything here is pure: it reads no clock, rolls no dice and opens no file.
// What touches the disk belongs into package store, what knows a clause of the
// contract into a module of its own below this folder; a rule that only one
// module needs does not belong here.
package app

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// Kind names a kind of record: "ticket". It is for ever: rows, changes and
// tables carry it.
type Kind string

// ID names one record, device or person: a UUIDv7, or a UUIDv8 where it is
// derived from what made it.
type ID [16]byte

// NewID makes a UUIDv7 (RFC 9562) of a moment and ten random bytes.
func NewID(at Stamp, random io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(random, id[6:]); err != nil {
		return ID{}, fmt.Errorf("random bytes for an id: %w", err)
	}
	for i := range 6 {
		id[i] = byte(at >> (40 - 8*i))
	}
	return id.marked(7), nil
}

// DerivedID makes a UUIDv8 out of a hash.
func DerivedID(sum [32]byte) ID { return ID(sum[:16]).marked(8) }

// marked sets the version and variant bits of RFC 9562.
func (id ID) marked(version byte) ID {
	id[6] = id[6]&0x0f | version<<4
	id[8] = id[8]&0x3f | 0x80
	return id
}

// IsZero says whether the id names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// String is the id as 32 hexadecimal digits.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// ParseID reads what [ID.String] wrote; hyphens are welcome.
func ParseID(s string) (ID, error) {
	b, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(b) != 16 {
		return ID{}, Refuse(Invalid, "", "「"+s+"」は記録の ID ではありません。32 桁の 16 進数を指定してください。",
			fmt.Sprintf("%q is not a record id; give its 32 hexadecimal digits", s))
	}
	return ID(b), nil
}

// shortAlphabet is Crockford's base 32: no letter looks like a digit.
const shortAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Short is a name of four letters for people, as in 端末 7QK4 and 仮-7QK4-1.
// Two ids may share it: nothing is decided by it.
func (id ID) Short() string {
	n := uint32(id[0])<<16 | uint32(id[1])<<8 | uint32(id[2])
	var b [4]byte
	for i := range b {
		b[i] = shortAlphabet[n>>(19-5*i)&31]
	}
	return string(b[:])
}

// Ref points to one record.
type Ref struct {
	Kind Kind
	ID   ID
}

// IsZero says whether the reference points to nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// String is the reference as kind:id; empty if it points to nothing.
func (r Ref) String() string {
	if r.IsZero() {
		return ""
	}
	return string(r.Kind) + ":" + r.ID.String()
}

// ParseRef reads what [Ref.String] wrote.
func ParseRef(s string) (Ref, error) {
	if s == "" {
		return Ref{}, nil
	}
	kind, rest, ok := strings.Cut(s, ":")
	id, err := ParseID(rest)
	if !ok || kind == "" || err != nil {
		return Ref{}, Refuse(Invalid, "", "「"+s+"」は記録への参照ではありません。「種類:ID」の形で指定してください。",
			fmt.Sprintf("%q is not a reference; write kind:id", s))
	}
	return Ref{Kind(kind), id}, nil
}

// Actor is who acts: every write needs one.
type Actor struct {
	ID   ID     // the person, or the device's local author before enrolment
	Name string // for the screen; never sent
}

// Lang is a language of the screen.
type Lang string

// The two languages, Japanese first.
const (
	JA Lang = "ja"
	EN Lang = "en"
)

// Label is a word or a sentence in both languages.
type Label struct{ JA, EN string }

// In is the label in one language.
func (l Label) In(lang Lang) string {
	if lang == EN {
		return l.EN
	}
	return l.JA
}

// Module is one folder under app: what it adds to the product.
type Module struct {
	Name      string
	Registers []AnyRegister
}

// Registers finds a register by kind.
type Registers map[Kind]AnyRegister

// Collect gathers the registers of all modules. It panics on a kind described
// twice: no program start survives that mistake.
func Collect(modules []Module) Registers {
	all := Registers{}
	for _, m := range modules {
		for _, g := range m.Registers {
			kind := g.About().Kind
			if all[kind] != nil {
				panic(fmt.Sprintf("kind %s is described twice", kind))
			}
			all[kind] = g
		}
	}
	return all
}

// Of finds the register of a kind, or says that this version has none.
func (all Registers) Of(kind Kind) (AnyRegister, error) {
	if g := all[kind]; g != nil {
		return g, nil
	}
	return nil, Refuse(Invalid, "", fmt.Sprintf("「%s」という台帳はこの版にありません。", kind),
		fmt.Sprintf("this version has no register %q", kind))
}
