package bundle

import (
	"crypto/ed25519"
	"crypto/sha256"
	"hash"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

// Writer writes one file.
type Writer struct {
	head  Header
	from  ed25519.PrivateKey
	out   *sealer
	sum   hash.Hash // of all that stands before the end
	words uint64
}

// NewWriter begins a file. Its counts must be those of what will be written.
func NewWriter(w io.Writer, h Header, to []To, from ed25519.PrivateKey, m *Manifest) (*Writer, error) {
	h.From = from.Public().(ed25519.PublicKey)
	key, err := h.seal(to)
	if err != nil {
		return nil, err
	}
	if !h.sane() {
		return nil, errTooMuch
	}
	front, err := h.front(from)
	if err != nil {
		return nil, err
	}
	gcm, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(front); err != nil {
		return nil, err
	}
	at := sha256.Sum256(front)
	b := &Writer{head: h, from: from, out: &sealer{w: w, gcm: gcm, front: at[:]}, sum: sha256.New()}
	b.sum.Write(front)
	return b, b.packed(frameManifest, m)
}

// Header is what stands at the front of the file.
func (b *Writer) Header() Header { return b.head }

// packed writes a message, squeezed, as a frame.
func (b *Writer) packed(kind byte, message any) error {
	text, err := wire.Encode(message)
	if err != nil {
		return err
	}
	return b.frame(kind, wire.Squeeze(text))
}

func (b *Writer) frame(kind byte, text []byte) error {
	if int64(len(text)) > frameLimits[kind] {
		return errTooMuch
	}
	if err := b.write(frameHead(kind, int64(len(text)))); err != nil {
		return err
	}
	return b.write(text)
}

func (b *Writer) write(p []byte) error {
	b.sum.Write(p)
	_, err := b.out.Write(p)
	return err
}

// Box writes a run of changes.
func (b *Writer) Box(x *wire.Box) error {
	text, err := wire.Encode(x)
	if err != nil {
		return err
	}
	return b.frame(frameBox, text)
}

// Word writes a message of the server, whose key the writer must have.
func (b *Writer) Word(kind string, message any) error {
	text, err := wire.Encode(message)
	if err != nil {
		return err
	}
	w := Word{Kind: kind, Text: wire.Squeeze(text)}
	w.Sig = ed25519.Sign(b.from, w.signed(&b.head, b.words))
	b.words++
	if text, err = wire.Encode(w); err != nil {
		return err
	}
	return b.frame(frameWord, text)
}

// Blob writes an attachment's sealed bytes, of which there must be so many.
func (b *Writer) Blob(id app.BlobID, size int64, sealed io.Reader) error {
	if size < 0 || size > wire.MaxSealedBlob {
		return errTooMuch
	}
	if err := b.write(append(frameHead(frameBlob, blobIDSize+size), id[:]...)); err != nil {
		return err
	}
	n, err := io.Copy(io.MultiWriter(b.out, b.sum), io.LimitReader(sealed, size))
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// Close signs and ends the file. What was written to is not closed.
func (b *Writer) Close() error {
	text, err := wire.Encode(end{ed25519.Sign(b.from, endSigned(b.sum.Sum(nil)))})
	if err != nil {
		return err
	}
	if err = b.frame(frameEnd, text); err != nil {
		return err
	}
	return b.out.flush(true)
}
