package app

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
)

// A sealed attachment is a header and chunks of a mebibyte, each with its
// number and whether it is the last one bound into its seal (the STREAM
// construction of Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015). The
// salt follows from key and content, so one file attached twice to one record
// is stored once, and nobody without the key can tell.
const (
	blobMagic  = "DCB1"
	blobHeader = len(blobMagic) + 16 + len(KeyID{}) + 16
	blobChunk  = 1 << 20
)

// SealBlob seals a file to a subject. It reads src twice. The size is that of
// the file; the id is the hash of what was written to dst. What it wrote before
// an error must be thrown away.
func SealBlob(dst io.Writer, src io.ReadSeeker, key SubjectKey) (id BlobID, size int64, err error) {
	content := sha256.New()
	if size, err = io.Copy(content, src); err != nil {
		return id, 0, err
	}
	if _, err = src.Seek(0, io.SeekStart); err != nil {
		return id, 0, err
	}
	header := key.blobHeader(content.Sum(nil))
	gcm, err := key.blobAEAD(header)
	if err != nil {
		return id, 0, err
	}
	sum := sha256.New()
	out := io.MultiWriter(dst, sum)
	if _, err = out.Write(header); err != nil {
		return id, 0, err
	}
	again := sha256.New()
	if err = sealChunks(out, io.TeeReader(io.LimitReader(src, size), again), gcm, header); err != nil {
		return id, 0, err
	}
	if !bytes.Equal(again.Sum(nil), content.Sum(nil)) {
		return id, 0, errRestless
	}
	return BlobID(sum.Sum(nil)), size, nil
}

// errRestless: key and nonces follow from the first reading, so another content
// must not be sealed under them.
var errRestless = Refuse(Invalid, "", "添付の途中でファイルが変更されました。保存が終わってから、もう一度添付してください。", "the file changed while it was being attached; attach it again")

func (k SubjectKey) blobHeader(contentHash []byte) []byte {
	mac := hmac.New(sha256.New, k.Key[:])
	mac.Write([]byte("daicho-blob-salt-1"))
	mac.Write(contentHash)
	id := k.ID()
	h := append([]byte(blobMagic), k.Subject[:]...)
	return append(append(h, id[:]...), mac.Sum(nil)[:16]...)
}

func (k SubjectKey) blobAEAD(header []byte) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, k.Key[:], header[blobHeader-16:], "daicho-blob-1", 32)
	if err != nil {
		return nil, err
	}
	return SubjectKey{Key: [32]byte(key)}.aead()
}

// blobNonce numbers chunks; no key ever seals two contents, so counting is enough.
func blobNonce(n uint64, last bool) []byte {
	var nonce [12]byte
	binary.BigEndian.PutUint64(nonce[3:], n)
	if last {
		nonce[11] = 1
	}
	return nonce[:]
}

func sealChunks(dst io.Writer, src io.Reader, gcm cipher.AEAD, header []byte) error {
	return eachChunk(src, blobChunk, func(n uint64, chunk []byte, last bool) error {
		_, err := dst.Write(gcm.Seal(nil, blobNonce(n, last), chunk, header))
		return err
	})
}

// eachChunk reads ahead by one chunk, to know which is the last.
func eachChunk(src io.Reader, size int, f func(n uint64, chunk []byte, last bool) error) error {
	chunk, next := make([]byte, size), make([]byte, size)
	have, err := readChunk(src, chunk)
	for n := uint64(0); err == nil; n++ {
		var more int
		if more, err = readChunk(src, next); err != nil {
			break
		}
		if err = f(n, chunk[:have], more == 0); err != nil || more == 0 {
			break
		}
		chunk, next, have = next, chunk, more
	}
	return err
}

func readChunk(src io.Reader, chunk []byte) (int, error) {
	n, err := io.ReadFull(src, chunk)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}

var errBlob = Refuse(Damaged, "", "添付ファイルが壊れています。同期してから、もう一度開いてください。", "damaged attachment; sync and open it again")

// OpenBlob writes the file that SealBlob sealed. What it wrote before an error
// is not to be used. An erased one fails with [ErrErased].
func OpenBlob(dst io.Writer, src io.Reader, keys SubjectKeys) error {
	header := make([]byte, blobHeader)
	if _, err := io.ReadFull(src, header); err != nil || !bytes.HasPrefix(header, []byte(blobMagic)) {
		return errBlob
	}
	key, err := keys.Find(ID(header[4:20]), KeyID(header[20:36]))
	if err != nil {
		return err
	}
	gcm, err := key.blobAEAD(header)
	if err != nil {
		return err
	}
	content := sha256.New()
	out := io.MultiWriter(dst, content)
	err = eachChunk(src, blobChunk+gcm.Overhead(), func(n uint64, chunk []byte, last bool) error {
		plain, err := gcm.Open(nil, blobNonce(n, last), chunk, header)
		if err != nil {
			return errBlob
		}
		_, err = out.Write(plain)
		return err
	})
	if err == nil && !bytes.Equal(key.blobHeader(content.Sum(nil)), header) {
		err = errBlob // sealed by somebody who holds the key, but not as SealBlob does
	}
	return err
}
