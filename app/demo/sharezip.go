package demo

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"encoding/binary"
	"hash/crc32"

	"golang.org/x/text/encoding/japanese"
)

// fold is the entries of an archive, in order.
type fold []entry

type entry struct {
	name    string
	content content
}

const zipPassword = "hazuki-2026"

// plainZip makes an archive; with old its names are in CP932 and not marked,
// as Windows has long written them.
func plainZip(entries fold, old bool) content {
	return zipped(entries, func(w *zip.Writer, name string, plain []byte) error {
		h, err := zipHeader(name, old)
		if err != nil {
			return err
		}
		to, err := w.CreateHeader(h)
		if err != nil {
			return err
		}
		_, err = to.Write(plain)
		return err
	})
}

func zipHeader(name string, old bool) (*zip.FileHeader, error) {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: shareTime}
	if !old {
		return h, nil
	}
	raw, err := japanese.ShiftJIS.NewEncoder().String(name)
	h.Name, h.NonUTF8 = raw, true
	return h, err
}

func zipped(entries fold, add func(w *zip.Writer, name string, plain []byte) error) content {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, e := range entries {
			plain, err := e.content()
			if err != nil {
				return nil, err
			}
			if err := add(w, e.name, plain); err != nil {
				return nil, err
			}
		}
		err := w.Close()
		return b.Bytes(), err
	}
}

func deflated(plain []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// cryptoZip makes an archive in which only the named entry has a password, in
// the old cipher (APPNOTE 6.1).
func cryptoZip(entries fold, secret string) content {
	return zipped(entries, func(w *zip.Writer, name string, plain []byte) error {
		packed, err := deflated(plain)
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: shareTime, CRC32: crc32.ChecksumIEEE(plain)}
		if name == secret {
			h.Flags |= 1
			packed = zipCrypto(zipPassword, h.CRC32, packed)
		}
		return writeRaw(w, h, plain, packed)
	})
}

func writeRaw(w *zip.Writer, h *zip.FileHeader, plain, packed []byte) error {
	h.Flags |= 0x800 // the name is UTF-8
	h.CompressedSize64, h.UncompressedSize64 = uint64(len(packed)), uint64(len(plain))
	to, err := w.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = to.Write(packed)
	return err
}

// zipCrypto puts the 12-byte header in front and encrypts. Its first bytes
// ought to be random; here they are fixed, so that the share is.
func zipCrypto(password string, crc uint32, packed []byte) []byte {
	keys := [3]uint32{0x12345678, 0x23456789, 0x34567890}
	update := func(c byte) {
		keys[0] = crc32.IEEETable[byte(keys[0])^c] ^ keys[0]>>8
		keys[1] = (keys[1]+keys[0]&0xff)*134775813 + 1
		keys[2] = crc32.IEEETable[byte(keys[2])^byte(keys[1]>>24)] ^ keys[2]>>8
	}
	for i := range len(password) {
		update(password[i])
	}
	plain := append([]byte("fixed-head-"), byte(crc>>24))
	plain = append(plain, packed...)
	for i, c := range plain {
		t := keys[2] | 2
		plain[i] = c ^ byte((t*(t^1))>>8)
		update(c)
	}
	return plain
}

// aesZip makes an archive with every entry in WinZip AES-256 (AE-2).
func aesZip(entries fold) content {
	return zipped(entries, func(w *zip.Writer, name string, plain []byte) error {
		packed, err := deflated(plain)
		if err != nil {
			return err
		}
		sealed, err := winZipAES(zipPassword, packed)
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: name, Method: 99, Flags: 1, Modified: shareTime}
		h.Extra = []byte{0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 3, 8, 0}
		return writeRaw(w, h, plain, sealed)
	})
}

// winZipAES returns salt, password check, ciphertext and authentication code.
// The salt ought to be random; here it is fixed, so that the share is.
func winZipAES(password string, packed []byte) ([]byte, error) {
	salt := []byte("hazuki-fixedsalt")
	keys, err := pbkdf2.Key(sha1.New, password, salt, 1000, 2*32+2)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(keys[:32])
	if err != nil {
		return nil, err
	}
	secret := littleCTR(block, packed)
	mac := hmac.New(sha1.New, keys[32:64])
	mac.Write(secret)
	out := append(append(salt, keys[64:]...), secret...)
	return append(out, mac.Sum(nil)[:10]...), nil
}

// littleCTR is counter mode with a little-endian counter that begins at 1.
func littleCTR(block cipher.Block, plain []byte) []byte {
	out := make([]byte, len(plain))
	var counter, stream [aes.BlockSize]byte
	for i := range plain {
		if i%aes.BlockSize == 0 {
			binary.LittleEndian.PutUint64(counter[:], uint64(i/aes.BlockSize+1))
			block.Encrypt(stream[:], counter[:])
		}
		out[i] = plain[i] ^ stream[i%aes.BlockSize]
	}
	return out
}
