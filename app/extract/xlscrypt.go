package extract

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
)

// opensByDefault says whether the FILEPASS record of an xls file belongs to
// the default password ([MS-XLS] 2.4.117).
func opensByDefault(filepass []byte) bool {
	if len(filepass) < 6 {
		return false
	}
	kind, body := binary.LittleEndian.Uint16(filepass), filepass[2:]
	if kind == 0 {
		return binary.LittleEndian.Uint16(body[2:]) == xorVerifier(defaultPassword)
	}
	major, minor := binary.LittleEndian.Uint16(body), binary.LittleEndian.Uint16(body[2:])
	switch {
	case kind == 1 && major == 1 && minor == 1:
		return rc4Opens(body[4:], defaultPassword)
	case kind == 1 && minor == 2:
		return cryptoAPIOpens(body[4:], defaultPassword)
	}
	return false
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

// rc4Opens checks the 40-bit RC4 scheme of Office 97 ([MS-OFFCRYPTO] 2.3.6).
func rc4Opens(b []byte, password string) bool {
	if len(b) < 48 {
		return false
	}
	first := digest(md5.New, utf16Bytes(password))[:5]
	second := digest(md5.New, bytes.Repeat(append(first, b[:16]...), 16))[:5]
	key := digest(md5.New, second, make([]byte, 4))
	plain, err := rc4Plain(key, b[16:48])
	return err == nil && bytes.Equal(digest(md5.New, plain[:16]), plain[16:])
}

// cryptoAPIOpens checks RC4 of Office 2002 ([MS-OFFCRYPTO] 2.3.5).
func cryptoAPIOpens(b []byte, password string) bool {
	if len(b) < 8 {
		return false
	}
	size := int(binary.LittleEndian.Uint32(b[4:]))
	if size < 32 || len(b) < 8+size+4+16+16+4+20 {
		return false
	}
	header, rest := b[8:8+size], b[8+size:]
	bits := binary.LittleEndian.Uint32(header[16:])
	if bits == 0 {
		bits = 40
	}
	if bits > 128 || bits%8 != 0 {
		return false
	}
	h := digest(sha1.New, digest(sha1.New, rest[4:20], utf16Bytes(password)), make([]byte, 4))
	key := h[:bits/8]
	if bits == 40 {
		key = append(key[:5:5], make([]byte, 11)...)
	}
	plain, err := rc4Plain(key, append(rest[20:36:36], rest[40:60]...))
	return err == nil && bytes.Equal(digest(sha1.New, plain[:16]), plain[16:])
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
