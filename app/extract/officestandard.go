package extract

import (
	"bytes"
	"crypto/aes"
	"crypto/sha1"
	"encoding/binary"
)

// openStandard is standard encryption: AES in ECB mode with SHA-1
// ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9).
func openStandard(b []byte, password string) (opener, error) {
	v, keySize, err := standardVerifier(b)
	if err != nil {
		return nil, err
	}
	h := digest(sha1.New, v.salt, utf16Bytes(password))
	var i [4]byte
	for n := range 50_000 {
		binary.LittleEndian.PutUint32(i[:], uint32(n))
		h = digest(sha1.New, i[:], h)
	}
	key := append(xorDigest(digest(sha1.New, h, make([]byte, 4)), 0x36),
		xorDigest(digest(sha1.New, h, make([]byte, 4)), 0x5c)...)[:keySize]
	verifier, err := ecb(key, v.verifier)
	if err != nil {
		return nil, err
	}
	hashed, err := ecb(key, v.hash)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(digest(sha1.New, verifier), hashed[:sha1.Size]) {
		return nil, nil
	}
	return func(pkg []byte) ([]byte, error) {
		size, body, err := packageSize(pkg)
		if err != nil {
			return nil, err
		}
		plain, err := ecb(key, body[:len(body)/aes.BlockSize*aes.BlockSize])
		return plain[:min(size, len(plain))], err
	}, nil
}

// verifier is what a right password is recognised by.
type verifier struct{ salt, verifier, hash []byte }

func standardVerifier(b []byte) (v verifier, keySize int, err error) {
	if len(b) < 4 {
		return v, 0, errScheme
	}
	size := int(binary.LittleEndian.Uint32(b))
	if size < 32 || len(b) < 4+size+4+16+16+4+32 {
		return v, 0, errScheme
	}
	header, rest := b[4:4+size], b[4+size:]
	algorithm, bits := binary.LittleEndian.Uint32(header[8:]), binary.LittleEndian.Uint32(header[16:])
	if algorithm < 0x660E || algorithm > 0x6610 || bits != 128 && bits != 192 && bits != 256 {
		return v, 0, errScheme
	}
	return verifier{rest[4:20], rest[20:36], rest[40:72]}, int(bits / 8), nil
}

func xorDigest(h []byte, with byte) []byte {
	b := bytes.Repeat([]byte{with}, 64)
	for i, c := range h {
		b[i] ^= c
	}
	return digest(sha1.New, b)
}

func ecb(key, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(data)%aes.BlockSize != 0 {
		return nil, errScheme
	}
	out := make([]byte, len(data))
	for i := 0; i < len(data); i += aes.BlockSize {
		block.Decrypt(out[i:], data[i:])
	}
	return out, nil
}
