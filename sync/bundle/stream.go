package bundle

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"io"
)

// The sealed part of a file is a row of chunks, each with its length, its number
// and whether it is the last one bound into its seal: the STREAM construction of
// Hoang, Reyhanitabar, Rogaway and Vizár (CRYPTO 2015). Every file has a key of
// its own, so counting is enough for the nonces.
const (
	chunkSize = 64 << 10
	tagSize   = 16
	lastMark  = 1 << 31 // in the length of the last chunk
)

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func nonce(n uint64, last bool) []byte {
	var b [12]byte
	binary.BigEndian.PutUint64(b[3:], n)
	if last {
		b[11] = 1
	}
	return b[:]
}

// sealer writes what it is given in sealed chunks.
type sealer struct {
	w     io.Writer
	gcm   cipher.AEAD
	front []byte // that the chunks belong to
	n     uint64
	chunk []byte
}

func (s *sealer) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		if len(s.chunk) == chunkSize {
			if err = s.flush(false); err != nil {
				return n, err
			}
		}
		m := min(chunkSize-len(s.chunk), len(p))
		s.chunk, p, n = append(s.chunk, p[:m]...), p[m:], n+m
	}
	return n, nil
}

// flush seals what is there.
func (s *sealer) flush(last bool) error {
	size := uint32(len(s.chunk) + tagSize)
	if last {
		size |= lastMark
	}
	out := s.gcm.Seal(binary.BigEndian.AppendUint32(nil, size), nonce(s.n, last), s.chunk, s.front)
	s.n, s.chunk = s.n+1, s.chunk[:0]
	_, err := s.w.Write(out)
	return err
}

// opener reads what a sealer wrote, and ends where the last chunk does.
type opener struct {
	r     io.Reader
	gcm   cipher.AEAD
	front []byte
	n     uint64
	rest  []byte
	last  bool
}

func (o *opener) Read(p []byte) (int, error) {
	for len(o.rest) == 0 {
		if o.last {
			return 0, io.EOF
		}
		if err := o.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.rest)
	o.rest = o.rest[n:]
	return n, nil
}

func (o *opener) next() error {
	var head [4]byte
	if _, err := io.ReadFull(o.r, head[:]); err != nil {
		return short(err)
	}
	size := binary.BigEndian.Uint32(head[:])
	last := size&lastMark != 0
	if size &^= lastMark; size < tagSize || size > chunkSize+tagSize {
		return errDamaged
	}
	sealed := make([]byte, size)
	if _, err := io.ReadFull(o.r, sealed); err != nil {
		return short(err)
	}
	var err error
	if o.rest, err = o.gcm.Open(sealed[:0], nonce(o.n, last), sealed, o.front); err != nil {
		return errDamaged
	}
	o.n, o.last = o.n+1, last
	return nil
}

// Seal writes a stream in sealed chunks that belong to what stands in front of it.
// The key is for this one stream alone. Close writes the last chunk.
func Seal(w io.Writer, key, front []byte) (io.WriteCloser, error) {
	gcm, err := newAEAD(key)
	return &sealer{w: w, gcm: gcm, front: front}, err
}

// Close ends the stream.
func (s *sealer) Close() error { return s.flush(true) }

// Unseal reads what [Seal] wrote. One that was cut off or altered is refused as
// [app.Damaged].
func Unseal(r io.Reader, key, front []byte) (io.Reader, error) {
	gcm, err := newAEAD(key)
	return &opener{r: r, gcm: gcm, front: front}, err
}
