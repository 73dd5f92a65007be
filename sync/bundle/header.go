package bundle

import (
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// magic and version begin every file; both are for ever.
const (
	magic   = "DCHB"
	version = 1
)

// Bounds of a header.
const (
	MaxRecipients = 64
	maxHeader     = 256 << 10 // bytes
	keySize       = 32
)

// Header stands in clear at the front of a file: enough to know where it
// belongs and whether it came whole, nothing of what it says.
type Header struct {
	ID      app.ID      `cbor:"1,keyasint"` // of the whole export; its parts share it
	Part    int         `cbor:"2,keyasint"` // 1, 2, 3 …
	Parts   int         `cbor:"3,keyasint"`
	Pin     wire.Pin    `cbor:"4,keyasint"` // of the server that it belongs to
	Epoch   app.ID      `cbor:"5,keyasint"` // of that server's order
	From    []byte      `cbor:"6,keyasint"` // Ed25519 key of who made it: a device, or the server
	Created app.Stamp   `cbor:"7,keyasint"`
	To      []Recipient `cbor:"8,keyasint"`
	Counts  Counts      `cbor:"9,keyasint"`
}

// Recipient is one who can open the file.
type Recipient struct {
	Device app.ID `cbor:"1,keyasint"` // zero: the server
	Sealed []byte `cbor:"2,keyasint"` // the file's key, sealed to the recipient
}

// Counts say how much is in a file.
type Counts struct {
	Segments  int   `cbor:"1,keyasint,omitempty"`
	Changes   int   `cbor:"2,keyasint,omitempty"`
	Blobs     int   `cbor:"3,keyasint,omitempty"`
	BlobBytes int64 `cbor:"4,keyasint,omitempty"`
}

// Plus adds them up.
func (c Counts) Plus(d Counts) Counts {
	return Counts{c.Segments + d.Segments, c.Changes + d.Changes, c.Blobs + d.Blobs, c.BlobBytes + d.BlobBytes}
}

// FromServer says whether the server made it.
func (h *Header) FromServer() bool { return wire.PinOf(h.From) == h.Pin }

// Device is which device made it.
func (h *Header) Device() app.ID { return app.DeviceID(h.From) }

// Check refuses a file of another server, or of another order of this one.
// The server is known by any of some pins: its key may have had a successor.
func (h *Header) Check(epoch app.ID, pins ...wire.Pin) error {
	switch {
	case !slices.Contains(pins, h.Pin):
		return errCity
	case h.Epoch != epoch:
		return errEpoch
	}
	return nil
}

// sane says whether the header is one that this version would write.
func (h *Header) sane() bool {
	ok := h.Part >= 1 && h.Part <= h.Parts && h.Parts <= MaxParts && len(h.From) == ed25519.PublicKeySize && len(h.To) >= 1 && len(h.To) <= MaxRecipients
	for _, r := range h.To {
		ok = ok && len(r.Sealed) == keySize+wire.BoxOverhead
	}
	c := h.Counts
	return ok && c.Segments >= 0 && c.Changes >= 0 && c.Blobs >= 0 && c.BlobBytes >= 0
}

// what binds a recipient's key to its file.
func (h *Header) what(to app.ID) []byte {
	b := append([]byte("daicho-bundle-1"), h.ID[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(h.Part))
	return append(b, to[:]...)
}

// To is somebody to seal a bundle to.
type To struct {
	Device app.ID // zero: the server
	Box    []byte // the public key
}

// seal makes a key for the file and seals it to all.
func (h *Header) seal(to []To) (key []byte, err error) {
	key = make([]byte, keySize)
	rand.Read(key)
	h.To = nil
	for _, r := range to {
		sealed, err := wire.SealTo(r.Box, h.what(r.Device), key)
		if err != nil {
			return nil, err
		}
		h.To = append(h.To, Recipient{r.Device, sealed})
	}
	return key, nil
}

// unseal finds the file's key.
func (h *Header) unseal(me app.ID, box hpke.PrivateKey) ([]byte, error) {
	for _, r := range h.To {
		if r.Device != me {
			continue
		}
		key, err := wire.Unseal(box, h.what(me), r.Sealed)
		if err != nil || len(key) != keySize {
			return nil, errDamaged
		}
		return key, nil
	}
	return nil, errNotForUs
}

// front is the header as bytes, with its length and signature.
func (h *Header) front(from ed25519.PrivateKey) ([]byte, error) {
	text, err := wire.Encode(h)
	if err != nil || len(text) > maxHeader {
		return nil, errTooMuch
	}
	b := binary.BigEndian.AppendUint32(append([]byte(magic), version), uint32(len(text)))
	b = append(b, text...)
	return append(b, ed25519.Sign(from, headSigned(b))...), nil
}

func headSigned(front []byte) []byte {
	sum := sha256.Sum256(front)
	return append([]byte("daicho-bundle-head-1"), sum[:]...)
}

// readHeader reads the front of a file. Whoever the header names as its maker
// did make it.
func readHeader(r io.Reader) (h *Header, front []byte, err error) {
	front = make([]byte, len(magic)+1+4)
	switch n, err := io.ReadFull(r, front); {
	case n < len(magic) || string(front[:len(magic)]) != magic:
		return nil, nil, notOne(err)
	case n > len(magic) && front[len(magic)] != version:
		return nil, nil, errNewer
	case err != nil:
		return nil, nil, short(err)
	}
	size := binary.BigEndian.Uint32(front[len(magic)+1:])
	if size > maxHeader {
		return nil, nil, errDamaged
	}
	rest := make([]byte, int(size)+ed25519.SignatureSize)
	if _, err = io.ReadFull(r, rest); err != nil {
		return nil, nil, short(err)
	}
	h = &Header{}
	if wire.Decode(rest[:size], h) != nil || !h.sane() {
		return nil, nil, errDamaged
	}
	front = append(front, rest[:size]...)
	if !ed25519.Verify(h.From, headSigned(front), rest[size:]) {
		return nil, nil, errDamaged
	}
	return h, append(front, rest[size:]...), nil
}

// ReadHeader reads what can be read of a file without any key.
func ReadHeader(r io.Reader) (*Header, error) {
	h, _, err := readHeader(r)
	return h, err
}
