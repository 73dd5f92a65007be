package bundle

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// Inside the seal a file is a row of frames: a byte for the kind, four for the
// length, and as many bytes. The manifest comes first, the end last.
const (
	frameManifest = 1
	frameBox      = 2
	frameWord     = 3
	frameBlob     = 4 // the attachment's id, then its bytes
	frameEnd      = 5
)

// frameLimits are the most bytes that a frame may have.
var frameLimits = map[byte]int64{
	frameManifest: 4 << 20,
	frameBox:      wire.MaxRequest,
	frameWord:     wire.MaxRequest,
	frameBlob:     blobIDSize + wire.MaxSealedBlob,
	frameEnd:      1 << 10,
}

const blobIDSize = int64(len(app.BlobID{}))

func frameHead(kind byte, size int64) []byte {
	return binary.BigEndian.AppendUint32([]byte{kind}, uint32(size))
}

// Manifest says what a file holds, to those who can open it.
type Manifest struct {
	Ranges    []Range         `cbor:"1,keyasint,omitempty"`
	Blobs     []Blob          `cbor:"2,keyasint,omitempty"`
	Cursor    int64           `cbor:"3,keyasint,omitempty"` // of a device's: up to which gsn it has the order
	People    int64           `cbor:"4,keyasint,omitempty"` // and which version of the directory
	Clearance []byte          `cbor:"5,keyasint,omitempty"` // and the hash of the clearance that it was filled under
	Have      []wire.CardHash `cbor:"6,keyasint,omitempty"` // and the cards of other devices
	Box       []byte          `cbor:"7,keyasint,omitempty"` // and its key for what is sealed to it
	Wants     []app.BlobID    `cbor:"8,keyasint,omitempty"` // and attachments that it misses
	Seen      int64           `cbor:"9,keyasint,omitempty"` // and the size of the last checkpoint that it accepted

	Certificate []byte `cbor:"10,keyasint,omitempty"` // of a device's: by which the server vouches for its maker
	Shut        []byte `cbor:"11,keyasint,omitempty"` // and the devices that are shut out, as the server signed them last
	Erased      int64  `cbor:"12,keyasint,omitempty"` // and one more than the number of the last erasure that it has carried out
}

// Range is a run of a device's changes in the file.
type Range struct {
	Device app.ID    `cbor:"1,keyasint"`
	First  uint64    `cbor:"2,keyasint"`
	Last   uint64    `cbor:"3,keyasint"`
	Before app.Chain `cbor:"4,keyasint"` // the chain before First; zero if the maker does not know it
	After  app.Chain `cbor:"5,keyasint"` // and after Last
}

// Blob is an attachment in the file.
type Blob struct {
	ID   app.BlobID `cbor:"1,keyasint"`
	Size int64      `cbor:"2,keyasint"` // bytes, sealed
}

// Add joins one more run to the list.
func (m *Manifest) Add(r Range) {
	if n := len(m.Ranges); n > 0 {
		if last := &m.Ranges[n-1]; last.Device == r.Device && last.Last+1 == r.First {
			last.Last, last.After = r.Last, r.After
			return
		}
	}
	m.Ranges = append(m.Ranges, r)
}

// Word is a message of the server, signed for one recipient: who carries it can
// neither read nor change it, nor hand it to another.
type Word struct {
	Kind string `cbor:"1,keyasint"`
	Text []byte `cbor:"2,keyasint"` // the message, squeezed
	Sig  []byte `cbor:"3,keyasint"`
}

// The kinds of words.
const (
	WordPage   = "page"   // Page
	WordAnswer = "answer" // Answer
	WordRoster = "roster" // wire.Roster, without the cards that the device has
)

// Page is a piece of the order as a pull answers it, with what was asked for.
type Page struct {
	From      int64       `cbor:"1,keyasint"`
	Clearance []byte      `cbor:"2,keyasint"` // hash of that which it was made under
	Pulled    wire.Pulled `cbor:"3,keyasint"`
}

// Answer is what the server says to what was brought to it.
type Answer struct {
	Watermarks []wire.Mark    `cbor:"1,keyasint,omitempty"`
	Refused    []wire.Refused `cbor:"2,keyasint,omitempty"`
	Stored     []app.BlobID   `cbor:"3,keyasint,omitempty"` // attachments of the bundle that it has now
}

// signed is what the server signs of a word: the n-th of this file, for whom.
func (w *Word) signed(h *Header, n uint64) []byte {
	b := append([]byte("daicho-bundle-word-1"), h.ID[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(h.Part))
	b = binary.BigEndian.AppendUint64(b, n)
	b = append(b, h.To[0].Device[:]...)
	sum := sha256.Sum256(append([]byte(w.Kind+"\x00"), w.Text...))
	return append(b, sum[:]...)
}

// Into reads the message.
func (w *Word) Into(message any) error {
	text, err := wire.Unpack(w.Text, wire.MaxAnswer)
	if err == nil {
		err = wire.Decode(text, message)
	}
	if err != nil {
		return errDamaged
	}
	return nil
}

// end closes a file: the maker's signature over all of it.
type end struct {
	Sig []byte `cbor:"1,keyasint"`
}

func endSigned(sum []byte) []byte { return append([]byte("daicho-bundle-end-1"), sum...) }

// Note adds what the server said to one more push; of each device the last
// word counts.
func (a *Answer) Note(marks []wire.Mark, refused []wire.Refused) {
	for _, m := range marks {
		a.Watermarks = slices.DeleteFunc(a.Watermarks, func(o wire.Mark) bool { return o.Device == m.Device })
		a.Watermarks = append(a.Watermarks, m)
	}
	for _, r := range refused {
		a.Refused = slices.DeleteFunc(a.Refused, func(o wire.Refused) bool { return o.Device == r.Device })
		a.Refused = append(a.Refused, r)
	}
}
