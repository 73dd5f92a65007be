package extract

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
)

// biffSeal is how a workbook is encrypted with a password that is the right one.
type biffSeal struct {
	stream func(block uint32) []byte // RC4 key of 1024 bytes; nil for XOR obfuscation
}

// filePass reads a FILEPASS record ([MS-XLS] 2.4.117). seal is nil when the
// password is wrong or the scheme unknown; note tells a weak scheme.
func filePass(pass []byte, password string) (seal *biffSeal, note Note) {
	if len(pass) < 6 {
		return nil, ""
	}
	kind, body := binary.LittleEndian.Uint16(pass), pass[2:]
	if kind == 0 {
		if binary.LittleEndian.Uint16(body[2:]) == xorVerifier(password) {
			return &biffSeal{}, NoteXOR
		}
		return nil, NoteXOR
	}
	major, minor := binary.LittleEndian.Uint16(body), binary.LittleEndian.Uint16(body[2:])
	var key func(uint32) []byte
	switch {
	case kind == 1 && major == 1 && minor == 1:
		key, note = rc4Key(body[4:], password), NoteRC4
	case kind == 1 && minor == 2:
		key, note = cryptoAPIKey(body[4:], password)
	}
	if key == nil {
		return nil, note
	}
	return &biffSeal{key}, note
}

// decryptBIFF decrypts the records of a workbook. Their headers are open, some
// records too, but all count for the place in the stream of keys ([MS-XLS] 2.2.10).
func decryptBIFF(b []byte, key func(uint32) []byte) ([]byte, error) {
	out := bytes.Clone(b)
	s := &rc4Blocks{key: key, n: -1}
	for at := 0; at+4 <= len(out); {
		id, size := binary.LittleEndian.Uint16(out[at:]), int(binary.LittleEndian.Uint16(out[at+2:]))
		from, end := at+4, min(at+4+size, len(out))
		if id == biffSheet {
			from = min(from+4, end)
		}
		if !openRecord(id) {
			if err := s.xor(out, from, end); err != nil {
				return nil, err
			}
		}
		at = end
	}
	return out, nil
}

// openRecord says which records are never encrypted.
func openRecord(id uint16) bool {
	switch id {
	case biffBOF, biffFilePass, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138:
		return true
	}
	return false
}

// rc4Blocks is a stream of keys that starts anew every 1024 bytes.
type rc4Blocks struct {
	key  func(uint32) []byte
	n    int
	keys []byte
}

const rc4Block = 1024

func (s *rc4Blocks) xor(b []byte, from, end int) error {
	for i := from; i < end; i++ {
		if n := i / rc4Block; n != s.n {
			keys, err := rc4Plain(s.key(uint32(n)), make([]byte, rc4Block))
			if err != nil {
				return err
			}
			s.n, s.keys = n, keys
		}
		b[i] ^= s.keys[i%rc4Block]
	}
	return nil
}

// xorVerifier is the password verifier of XOR obfuscation ([MS-OFFCRYPTO] 2.3.7.1).
func xorVerifier(password string) uint16 {
	var v uint16
	for i := len(password) - 1; i >= 0; i-- {
		v = rotate15(v) ^ uint16(password[i])
	}
	return rotate15(v) ^ uint16(len(password)) ^ 0xCE4B
}

func rotate15(v uint16) uint16 { return v>>14&1 | v<<1&0x7FFF }

// rc4Key is the 40-bit RC4 scheme of Office 97 ([MS-OFFCRYPTO] 2.3.6), nil
// when the password is wrong.
func rc4Key(b []byte, password string) func(uint32) []byte {
	if len(b) < 48 {
		return nil
	}
	first := digest(md5.New, utf16Bytes(password))[:5]
	second := digest(md5.New, bytes.Repeat(append(first, b[:16]...), 16))[:5]
	key := func(n uint32) []byte { return digest(md5.New, second, binary.LittleEndian.AppendUint32(nil, n)) }
	plain, err := rc4Plain(key(0), b[16:48])
	if err != nil || !bytes.Equal(digest(md5.New, plain[:16]), plain[16:]) {
		return nil
	}
	return key
}

// cryptoAPIKey is RC4 of Office 2002 ([MS-OFFCRYPTO] 2.3.5).
func cryptoAPIKey(b []byte, password string) (func(uint32) []byte, Note) {
	salt, sealed, bits := cryptoAPIHeader(b)
	if bits == 0 {
		return nil, ""
	}
	note := Note("")
	if bits == 40 {
		note = NoteRC4
	}
	base := digest(sha1.New, salt, utf16Bytes(password))
	key := func(n uint32) []byte {
		h := digest(sha1.New, base, binary.LittleEndian.AppendUint32(nil, n))[:bits/8]
		if bits == 40 {
			h = append(h[:5:5], make([]byte, 11)...)
		}
		return h
	}
	plain, err := rc4Plain(key(0), sealed)
	if err != nil || !bytes.Equal(digest(sha1.New, plain[:16]), plain[16:]) {
		return nil, note
	}
	return key, note
}

// cryptoAPIHeader takes salt, verifier and key length out of the header; 0 bits
// when it is not sound.
func cryptoAPIHeader(b []byte) (salt, sealed []byte, bits uint32) {
	if len(b) < 8 {
		return nil, nil, 0
	}
	size := uint64(binary.LittleEndian.Uint32(b[4:]))
	if size < 32 || uint64(len(b)) < 8+size+4+16+16+4+20 {
		return nil, nil, 0
	}
	header, rest := b[8:8+size], b[8+size:]
	if bits = binary.LittleEndian.Uint32(header[16:]); bits == 0 {
		bits = 40
	}
	if bits < 40 || bits > 128 || bits%8 != 0 {
		return nil, nil, 0
	}
	return rest[4:20], append(rest[20:36:36], rest[40:60]...), bits
}

func rc4Plain(key, data []byte) ([]byte, error) {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out, nil
}
