package bundle

import (
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

// Reader reads one file. Each thing that it gives is sound in itself: a box is
// signed by its device, a word by the server, an attachment has its hash for a
// name. So what comes before a damage may be kept.
type Reader struct {
	Header   *Header
	Manifest Manifest

	in     *opener
	sum    hash.Hash
	blob   io.Reader // the attachment that was given last
	words  uint64
	counts Counts
}

// NewReader opens a file for the server, or for a device by its id. What stands at
// its front is shown to belongs first: of a file of another city people should
// hear that, and not that its key does not fit.
func NewReader(r io.Reader, me app.ID, box hpke.PrivateKey, belongs func(*Header) error) (*Reader, error) {
	h, front, err := readHeader(r)
	if err == nil {
		err = belongs(h)
	}
	if err != nil {
		return nil, err
	}
	key, err := h.unseal(me, box)
	if err != nil {
		return nil, err
	}
	gcm, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	at := sha256.Sum256(front)
	b := &Reader{Header: h, in: &opener{r: r, gcm: gcm, front: at[:]}, sum: sha256.New()}
	b.sum.Write(front)
	kind, text, err := b.frame()
	if err != nil {
		return nil, err
	}
	if packed, wrong := wire.Unpack(text, wire.MaxRequest); wrong != nil || kind != frameManifest || wire.Decode(packed, &b.Manifest) != nil {
		return nil, errDamaged
	}
	return b, nil
}

// Item is one thing in a file; one field is set.
type Item struct {
	Box  *wire.Box
	Word *Word
	Blob *Blob
	Body io.Reader // the attachment's sealed bytes, until the next call
}

// Next is the next thing; io.EOF after the last, once the maker's signature over
// the whole was found right.
func (b *Reader) Next() (Item, error) {
	if b.blob != nil {
		if _, err := io.Copy(io.Discard, b.blob); err != nil {
			return Item{}, err
		}
		b.blob = nil
	}
	before := b.sum.Sum(nil)
	kind, text, err := b.frame()
	if err != nil {
		return Item{}, err
	}
	switch kind {
	case frameBox:
		return b.box(text)
	case frameWord:
		return b.word(text)
	case frameBlob:
		return b.attachment(text)
	case frameEnd:
		return Item{}, b.end(before, text)
	}
	return Item{}, errDamaged
}

// frame reads a frame; of an attachment only its name and size, in bytes.
func (b *Reader) frame() (kind byte, text []byte, err error) {
	head := make([]byte, 5)
	if err = b.read(head); err != nil {
		return 0, nil, err
	}
	kind, size := head[0], int64(binary.BigEndian.Uint32(head[1:]))
	if size > frameLimits[kind] || kind == frameBlob && size < blobIDSize {
		return 0, nil, errDamaged
	}
	if kind == frameBlob {
		id := make([]byte, blobIDSize)
		err = b.read(id)
		return kind, binary.BigEndian.AppendUint64(id, uint64(size-blobIDSize)), err
	}
	text, err = b.text(size)
	return kind, text, err
}

// text reads so many bytes, and takes memory only for those that come.
func (b *Reader) text(size int64) (text []byte, err error) {
	for int64(len(text)) < size {
		piece := make([]byte, min(size-int64(len(text)), 1<<20))
		if err = b.read(piece); err != nil {
			return nil, err
		}
		text = append(text, piece...)
	}
	return text, nil
}

func (b *Reader) read(p []byte) error {
	_, err := io.ReadFull(b.in, p)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errDamaged // the seal said that this was all
	}
	b.sum.Write(p)
	return err
}

func (b *Reader) box(text []byte) (Item, error) {
	var x wire.Box
	if wire.Decode(text, &x) != nil {
		return Item{}, errDamaged
	}
	if err := x.Check(); err != nil {
		return Item{}, err
	}
	b.counts.Segments++
	b.counts.Changes += int(x.Last - x.First + 1)
	return Item{Box: &x}, nil
}

func (b *Reader) word(text []byte) (Item, error) {
	var w Word
	if wire.Decode(text, &w) != nil {
		return Item{}, errDamaged
	}
	if !b.Header.FromServer() || len(b.Header.To) != 1 || !ed25519.Verify(b.Header.From, w.signed(b.Header, b.words), w.Sig) {
		return Item{}, errForeign
	}
	b.words++
	return Item{Word: &w}, nil
}

func (b *Reader) attachment(text []byte) (Item, error) {
	at := &Blob{ID: app.BlobID(text[:blobIDSize]), Size: int64(binary.BigEndian.Uint64(text[blobIDSize:]))}
	b.counts.Blobs++
	b.counts.BlobBytes += at.Size
	b.blob = &exactly{r: io.TeeReader(b.in, b.sum), left: at.Size}
	return Item{Blob: at, Body: b.blob}, nil
}

// end checks that the file holds what its header says, and who says so.
func (b *Reader) end(sum, text []byte) error {
	var e end
	if wire.Decode(text, &e) != nil || !ed25519.Verify(b.Header.From, endSigned(sum), e.Sig) || b.counts != b.Header.Counts {
		return errDamaged
	}
	if n, err := b.in.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		return errDamaged
	}
	return io.EOF
}

// exactly gives so many bytes; that the stream ends before is an error.
type exactly struct {
	r    io.Reader
	left int64
}

func (e *exactly) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	if errors.Is(err, io.EOF) {
		err = errDamaged
	}
	return n, err
}
