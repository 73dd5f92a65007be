package app

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// Change is one act of one person on one record, as a device journals and
// sends it. Its encoding is for ever: see DESIGN.md in this folder.
type Change struct {
	Device  ID
	Seq     uint64 // 1, 2, 3 … on each device
	Author  ID     // a person, or the device's local author before enrolment
	HLC     HLC
	Clock   Reading
	App     string // version of the program
	Schema  uint64 // version of the registers
	Ref     Ref
	Scope   string // who may hold the record; empty: every device of the contract
	Base    int64  // version of the record that the author saw
	New     bool   // the first of its record; else the record must be there
	Cells   []Cell // fields set, or, for a command, fields it was decided on
	Command string // empty: an edit
	Args    Doc    // of the command
}

// changeVersion is the version of the encoding that this program writes.
const changeVersion = 1

// SchemaVersion counts the versions of the registers that changes were written with.
const SchemaVersion = 1

// body is a change as bytes: a map with small keys, so that a later version
// can add keys and an older one can still check the chain over them.
type body struct {
	V          uint64     `cbor:"1,keyasint"`
	Device     ID         `cbor:"2,keyasint"`
	Seq        uint64     `cbor:"3,keyasint"`
	Author     ID         `cbor:"4,keyasint"`
	HLC        uint64     `cbor:"5,keyasint"`
	Wall       int64      `cbor:"6,keyasint"`
	Mono       int64      `cbor:"7,keyasint"`
	Boot       [8]byte    `cbor:"8,keyasint"`
	Offset     int64      `cbor:"9,keyasint,omitempty"`
	Err        int64      `cbor:"10,keyasint"`
	App        string     `cbor:"11,keyasint,omitempty"`
	Schema     uint64     `cbor:"12,keyasint"`
	Kind       string     `cbor:"13,keyasint"`
	ID         ID         `cbor:"14,keyasint"`
	Scope      string     `cbor:"15,keyasint,omitempty"`
	Base       int64      `cbor:"16,keyasint,omitempty"`
	New        bool       `cbor:"17,keyasint,omitempty"`
	Cells      []wireCell `cbor:"18,keyasint,omitempty"`
	Command    string     `cbor:"19,keyasint,omitempty"`
	Args       []byte     `cbor:"20,keyasint,omitempty"`
	ArgsSealed bool       `cbor:"21,keyasint,omitempty"`
}

// wireCell is a cell as bytes; sealed, Was and Now hold a sealed value each.
type wireCell struct {
	Field  string `cbor:"1,keyasint"`
	Was    []byte `cbor:"2,keyasint,omitempty"`
	Now    []byte `cbor:"3,keyasint,omitempty"`
	Sealed bool   `cbor:"4,keyasint,omitempty"`
}

var (
	enc = must(cbor.CoreDetEncOptions().EncMode())
	dec = must(cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // of constant options
	}
	return v
}

// Encode writes the change; personal values are sealed to the record.
func (c *Change) Encode(all Registers, s *Sealer) ([]byte, error) {
	g := all[c.Ref.Kind]
	b := body{V: changeVersion, Device: c.Device, Seq: c.Seq, Author: c.Author, HLC: uint64(c.HLC),
		Wall: int64(c.Clock.Wall), Mono: c.Clock.Mono, Boot: c.Clock.Boot, Offset: c.Clock.Offset, Err: c.Clock.Err,
		App: c.App, Schema: c.Schema, Kind: string(c.Ref.Kind), ID: c.Ref.ID, Scope: c.Scope, Base: c.Base, New: c.New, Command: c.Command}
	var err error
	if b.Cells, err = sealCells(s, c.place(), g, c.Ref, c.Cells); err != nil {
		return nil, err
	}
	b.Args, b.ArgsSealed = c.Args, argsPersonal(g, c.Command)
	if b.ArgsSealed {
		if b.Args, err = s.seal(c.Ref.ID, c.place().of(c.Ref, "", "args"), c.Args); err != nil {
			return nil, err
		}
	}
	return enc.Marshal(b)
}

// DecodeChange reads what [Change.Encode] wrote. A value whose key has been
// erased is gone; one whose key never came is [Damaged].
func DecodeChange(p []byte, k SubjectKeys) (*Change, error) {
	b, err := decodeBody(p)
	if err != nil {
		return nil, err
	}
	c := &Change{Device: b.Device, Seq: b.Seq, Author: b.Author, HLC: HLC(b.HLC),
		Clock: Reading{Stamp(b.Wall), b.Mono, b.Boot, b.Offset, b.Err},
		App:   b.App, Schema: b.Schema, Ref: Ref{Kind(b.Kind), b.ID}, Scope: b.Scope, Base: b.Base, New: b.New, Command: b.Command}
	if c.Cells, err = openCells(k, c.place(), c.Ref, b.Cells); err != nil {
		return nil, err
	}
	args := b.Args
	if b.ArgsSealed {
		if args, err = open(k, c.place().of(c.Ref, "", "args"), b.Args); err != nil {
			return nil, err
		}
	}
	c.Args = args
	return c, c.Args.Check()
}

func decodeBody(p []byte) (*body, error) {
	var b body
	if err := dec.Unmarshal(p, &b); err != nil {
		return nil, Because(err, Damaged, "変更のデータが壊れています。", "damaged change")
	}
	if b.V != changeVersion {
		return nil, Refuse(Invalid, "", "この変更は新しい版の Daicho で作られています。このプログラムを更新してください。",
			fmt.Sprintf("change of format %d: this program reads format %d; update it", b.V, changeVersion))
	}
	if b.Kind == "" || b.Seq == 0 {
		return nil, Refuse(Damaged, "", "変更のデータが壊れています。", "damaged change: no kind or number")
	}
	return &b, nil
}

// place is where a sealed value stands; it cannot be moved elsewhere.
func (c *Change) place() place { return place{"change", c.Device, c.Seq} }

// LocalAuthor is the author of changes that a device makes before it is enrolled.
func LocalAuthor(device ID) ID {
	return DerivedID(sha256.Sum256(append([]byte("daicho-local-author-1"), device[:]...)))
}

// DeviceID is the id of the device that holds a key.
func DeviceID(pub ed25519.PublicKey) ID {
	return DerivedID(sha256.Sum256(append([]byte("daicho-device-1"), pub...)))
}

// Chain is a point of a device's hash chain: it stands for all changes up to it.
type Chain [32]byte

// ChainStart is the point before a device's first change.
func ChainStart(pub ed25519.PublicKey) Chain {
	return sha256.Sum256(append([]byte("daicho-chain-1"), pub...))
}

// BodyHash stands for one change in the chain.
func BodyHash(body []byte) [32]byte { return sha256.Sum256(append([]byte{0}, body...)) }

// Next is the point after one more change.
func (c Chain) Next(bodyHash [32]byte) Chain {
	return sha256.Sum256(append(append([]byte{1}, c[:]...), bodyHash[:]...))
}

// Segment is a run of changes under one signature.
type Segment struct {
	Device      ID
	First, Last uint64
	Head        Chain // after Last
	Sig         []byte
}

// MaxSegment is the most changes under one signature.
const MaxSegment = 256

// Sign signs the segment with its device's key.
func (s *Segment) Sign(key ed25519.PrivateKey) { s.Sig = ed25519.Sign(key, s.signed()) }

// Verify says whether the device that holds pub signed the segment.
func (s *Segment) Verify(pub ed25519.PublicKey) bool {
	return DeviceID(pub) == s.Device && s.First > 0 && s.First <= s.Last && s.Last-s.First < MaxSegment && ed25519.Verify(pub, s.signed(), s.Sig)
}

func (s *Segment) signed() []byte {
	b := append([]byte("daicho-segment-1"), s.Device[:]...)
	b = binary.BigEndian.AppendUint64(b, s.First)
	b = binary.BigEndian.AppendUint64(b, s.Last)
	return append(b, s.Head[:]...)
}
