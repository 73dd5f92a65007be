package app

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

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
	Leased  Leased // the number that the device gave to the record, if it gave one
}

// Tick is the moment at which the change sets what it sets.
func (c *Change) Tick() Tick { return Tick{c.HLC, c.Author, c.Device, c.Clock.Err} }

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
	Blobs      []BlobID   `cbor:"22,keyasint,omitempty"` // attached by it, for who carries it without its keys
	Lease      []byte     `cbor:"23,keyasint,omitempty"`
	LeasedN    int64      `cbor:"24,keyasint,omitempty"`
}

// wireCell is a cell as bytes; sealed, Was and Now hold a sealed value each.
type wireCell struct {
	Field  string `cbor:"1,keyasint"`
	Was    []byte `cbor:"2,keyasint,omitempty"`
	Now    []byte `cbor:"3,keyasint,omitempty"`
	Sealed bool   `cbor:"4,keyasint,omitempty"`
}

var (
	enc    = must(cbor.CoreDetEncOptions().EncMode())
	dec    = must(decOptions.DecMode())
	strict = must(strictOptions().DecMode())
)

var decOptions = cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden}

func strictOptions() cbor.DecOptions {
	o := decOptions
	o.ExtraReturnErrors = cbor.ExtraDecErrorUnknownField
	return o
}

// decode reads what enc wrote into a struct. It must stand there exactly as enc
// writes it, so that nothing has two encodings; only beside keys of a later
// version, which are passed over, can that not be told.
func decode(p []byte, into any) error {
	err := strict.Unmarshal(p, into)
	var later *cbor.UnknownFieldError
	if errors.As(err, &later) {
		return dec.Unmarshal(p, into)
	}
	if err != nil {
		return err
	}
	again, err := enc.Marshal(into)
	if err == nil && !bytes.Equal(again, p) {
		err = errDamaged
	}
	return err
}

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
	b.Blobs = c.blobs()
	if c.Leased.N > 0 {
		b.Lease, b.LeasedN = c.Leased.Lease[:], c.Leased.N
	}
	b.Args, b.ArgsSealed = c.Args, argsPersonal(g, c.Command)
	if b.ArgsSealed {
		b.Args, err = s.seal(c.Ref.ID, c.place().of(c.Ref, "", "args"), c.Args)
		if errors.Is(err, ErrErased) && !c.saysPersonal(g) { // there is nothing to seal, and nothing to seal it with
			b.Args, b.ArgsSealed, err = c.Args, false, nil
		}
		if err != nil {
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
	if len(b.Lease) == 16 {
		c.Leased = Leased{ID(b.Lease), b.LeasedN}
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

// RefOf is the record that an encoded change is about; false if that cannot be
// told. Nothing else of the change is looked at.
func RefOf(p []byte) (Ref, bool) {
	var about struct {
		Kind string `cbor:"13,keyasint"`
		ID   ID     `cbor:"14,keyasint"`
	}
	err := dec.Unmarshal(p, &about)
	return Ref{Kind(about.Kind), about.ID}, err == nil && about.Kind != ""
}

func decodeBody(p []byte) (*body, error) {
	var b body
	err := decode(p, &b)
	if v := versionOf(p); v > changeVersion {
		return nil, Refuse(Invalid, "", "この変更は新しい版の Daicho で作られています。このプログラムを更新してください。",
			fmt.Sprintf("change of format %d: this program reads format %d; update it", v, changeVersion))
	}
	if err == nil && (b.V != changeVersion || b.Kind == "" || b.Seq == 0) {
		err = errDamaged
	}
	if err != nil {
		return nil, Because(err, Damaged, "変更のデータが壊れています。", "damaged change")
	}
	return &b, nil
}

// versionOf is the version of an encoding, whatever else stands in it: a later
// one may have other keys. 0 is none.
func versionOf(p []byte) uint64 {
	var v struct {
		V uint64 `cbor:"1,keyasint"`
	}
	if dec.Unmarshal(p, &v) != nil {
		return 0
	}
	return v.V
}

// blobs are the attachments that the change adds, each once, sorted.
func (c *Change) blobs() (ids []BlobID) {
	add := func(v Value, old []Blob) {
		for _, b := range v.Blobs() {
			if !slices.ContainsFunc(old, func(o Blob) bool { return o.ID == b.ID }) {
				ids = append(ids, b.ID)
			}
		}
	}
	for _, cell := range c.Cells {
		add(cell.Now, cell.Was.Blobs())
	}
	_ = c.Args.Each(func(_ string, v Value) { add(v, nil) }) // who reads it checks it
	slices.SortFunc(ids, func(a, b BlobID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}

// BlobsOf names the attachments that an encoded change adds. It needs no key:
// who carries the change carries them too, whether or not he may open it.
func BlobsOf(p []byte) ([]BlobID, error) {
	b, err := decodeBody(p)
	if err != nil {
		return nil, err
	}
	return b.Blobs, nil
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
