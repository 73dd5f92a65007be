package wire

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/sha256"

	"daicho/app"
)

// The suite is for ever: it is how version 1 of boxes and bundles seals. It is
// both ML-KEM-768 and X25519, for a stick may be kept until there are other
// computers.
var kem, kdf, aead = hpke.MLKEM768X25519(), hpke.HKDFSHA256(), hpke.AES256GCM()

// Sizes of what is sealed to a key, in bytes.
const (
	BoxPublicSize = 1184 + 32      // a public key
	BoxOverhead   = 1088 + 32 + 16 // what sealing adds
)

// BoxKey is the key pair that grows from a secret of its holder: from a
// device's seed, or from what a server keeps for it.
func BoxKey(secret []byte) (hpke.PrivateKey, error) {
	seed, err := hkdf.Key(sha256.New, secret, nil, "daicho-box-key-1", 32)
	if err != nil {
		return nil, err
	}
	return kem.NewPrivateKey(seed)
}

// SealTo seals a short text to a public key. What for is said on both sides
// alike, so that nothing sealed for one thing is taken for another.
func SealTo(public, what, text []byte) ([]byte, error) {
	key, err := kem.NewPublicKey(public)
	if err != nil {
		return nil, app.Because(err, app.Damaged, "封をする相手の鍵が壊れています。もう一度同期してください。", "the key to seal to is damaged; sync again")
	}
	return hpke.Seal(key, kdf, aead, what, text)
}

// Unseal opens what SealTo sealed to the key.
func Unseal(key hpke.PrivateKey, what, sealed []byte) ([]byte, error) {
	return hpke.Open(key, kdf, aead, what, sealed)
}

// Box is a run of a device's changes as others carry them. Everybody may see
// whose they are and which, and that the device signed them; what they say, and
// the keys of their subjects, the server alone.
type Box struct {
	Device app.ID       `cbor:"1,keyasint"`
	First  uint64       `cbor:"2,keyasint"`
	Last   uint64       `cbor:"3,keyasint"`
	Head   app.Chain    `cbor:"4,keyasint"`
	Sig    []byte       `cbor:"5,keyasint"` // of the device, over the segment
	Public []byte       `cbor:"6,keyasint"` // its Ed25519 key
	Blobs  []app.BlobID `cbor:"7,keyasint,omitempty"`
	Sealed []byte       `cbor:"8,keyasint"`
}

// cargo is what stands in a box.
type cargo struct {
	Bodies [][]byte `cbor:"1,keyasint"`
	Keys   []Key    `cbor:"2,keyasint,omitempty"`
	Sig    []byte   `cbor:"3,keyasint"` // of the device, over the keys: nobody else may add any
}

// MaxBlobsOfBox is how many attachments one box may name.
const MaxBlobsOfBox = 4_096

// NewBox packs a signed segment for the server with this public key.
func NewBox(s Segment, keys []Key, blobs []app.BlobID, device ed25519.PrivateKey, server []byte) (*Box, error) {
	b := &Box{Device: s.Device, First: s.First, Last: s.Last, Head: s.Head, Sig: s.Sig, Public: device.Public().(ed25519.PublicKey), Blobs: blobs}
	signed, err := b.vouched(keys)
	if err != nil {
		return nil, err
	}
	text, err := Encode(cargo{s.Bodies, keys, ed25519.Sign(device, signed)})
	if err != nil {
		return nil, err
	}
	b.Sealed, err = SealTo(server, b.what(), Squeeze(text))
	return b, err
}

// Segment is what the device signed, without the changes.
func (b *Box) Segment() app.Segment {
	return app.Segment{Device: b.Device, First: b.First, Last: b.Last, Head: b.Head, Sig: b.Sig}
}

// what binds the sealed part to what stands outside.
func (b *Box) what() []byte {
	s := Segment{Device: b.Device, First: b.First, Last: b.Last, Head: b.Head}
	text, err := Encode(s)
	if err != nil {
		panic(err) // of four plain fields
	}
	return append([]byte("daicho-box-1"), text...)
}

// vouched is what a device signs of the keys that it sends along.
func (b *Box) vouched(keys []Key) ([]byte, error) {
	text, err := Encode(append([]Key{}, keys...)) // none is none, however it was read
	sum := sha256.Sum256(text)
	return append(append([]byte("daicho-box-keys-1"), b.Head[:]...), sum[:]...), err
}

var errBox = app.Refuse(app.Damaged, "", "運ばれた変更が壊れているか、端末の署名と一致しません。作成した端末でもう一度書き出してください。",
	"changes that were carried are damaged or not signed by their device; export them again on the device that made them")

// Check says whether the device signed what stands outside of the box.
func (b *Box) Check() error {
	s := b.Segment()
	if len(b.Public) != ed25519.PublicKeySize || !s.Verify(b.Public) || len(b.Sealed) < BoxOverhead || len(b.Blobs) > MaxBlobsOfBox {
		return errBox
	}
	return nil
}

// Open gives the server the changes and keys.
func (b *Box) Open(server hpke.PrivateKey) (Segment, []Key, error) {
	if err := b.Check(); err != nil {
		return Segment{}, nil, err
	}
	packed, err := Unseal(server, b.what(), b.Sealed)
	if err != nil {
		return Segment{}, nil, errBox
	}
	text, err := Unpack(packed, MaxRequest)
	if err != nil {
		return Segment{}, nil, errBox
	}
	var in cargo
	if err = Decode(text, &in); err != nil {
		return Segment{}, nil, errBox
	}
	signed, err := b.vouched(in.Keys)
	if err != nil || !ed25519.Verify(b.Public, signed, in.Sig) {
		return Segment{}, nil, errBox
	}
	return SegmentOf(b.Segment(), in.Bodies), in.Keys, nil
}

// Bytes is about how much the box takes in a message.
func (b *Box) Bytes() int { return len(b.Sealed) + len(b.Blobs)*len(app.BlobID{}) + 256 }

// Squeeze packs bytes by [Zstd], however many they are; [Unpack] reads them.
func Squeeze(text []byte) []byte { return packer.EncodeAll(text, nil) }
