package extract

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// pdfPadding fills up passwords (ISO 32000-1, 7.6.3.3, Algorithm 2).
var pdfPadding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08" +
	"\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// pdfOpens says whether the empty user password opens a document: then anyone
// can read it. It knows the standard security handler, revisions 2 to 6.
func pdfOpens(enc pdfDict, id []byte) (bool, error) {
	u, o := enc.text("U"), enc.text("O")
	if len(u) < 32 || len(o) < 32 {
		return false, errScheme
	}
	switch enc.number("R", 0) {
	case 2:
		key := pdfKey(enc, o, id, 5)
		return bytes.Equal(rc4Of(key, pdfPadding), u[:32]), nil
	case 3, 4:
		n := enc.number("Length", 40) / 8
		if enc.number("V", 0) == 4 {
			n = 16
		}
		if n < 5 || n > 16 {
			return false, errScheme
		}
		return bytes.Equal(pdfUser3(pdfKey(enc, o, id, n), id), u[:16]), nil
	case 5:
		return len(u) >= 40 && bytes.Equal(digest(sha256.New, u[32:40]), u[:32]), nil
	case 6:
		return len(u) >= 40 && bytes.Equal(pdfHash6(u[32:40]), u[:32]), nil
	}
	return false, errScheme
}

// pdfKey is Algorithm 2 for the empty password, n bytes long.
func pdfKey(enc pdfDict, o, id []byte, n int) []byte {
	var permissions [4]byte
	binary.LittleEndian.PutUint32(permissions[:], uint32(int32(enc.number("P", 0))))
	parts := [][]byte{pdfPadding, o[:32], permissions[:], id}
	r := enc.number("R", 0)
	if meta, ok := enc["EncryptMetadata"].(bool); ok && !meta && r >= 4 {
		parts = append(parts, []byte{0xFF, 0xFF, 0xFF, 0xFF})
	}
	key := digest(md5.New, parts...)
	if r >= 3 {
		for range 50 {
			key = digest(md5.New, key[:n])
		}
	}
	return key[:n]
}

// pdfUser3 is Algorithm 5: the first half of /U in revisions 3 and 4.
func pdfUser3(key, id []byte) []byte {
	x := digest(md5.New, pdfPadding, id)
	for i := range 20 {
		turn := make([]byte, len(key))
		for k, c := range key {
			turn[k] = c ^ byte(i)
		}
		x = rc4Of(turn, x)
	}
	return x
}

func rc4Of(key, data []byte) []byte {
	out, err := rc4Plain(key, data)
	if err != nil { // the key has 5 to 16 bytes
		return nil
	}
	return out
}

// pdfHash6 is Algorithm 2.B of ISO 32000-2 for the empty password.
func pdfHash6(salt []byte) []byte {
	k := digest(sha256.New, salt)
	for round := 0; ; round++ {
		k1 := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := make([]byte, len(k1))
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, k1)
		sum := 0
		for _, c := range e[:16] {
			sum += int(c)
		}
		switch sum % 3 {
		case 0:
			k = digest(sha256.New, e)
		case 1:
			k = digest(sha512.New384, e)
		default:
			k = digest(sha512.New, e)
		}
		if round >= 63 && int(e[len(e)-1]) <= round-31 {
			return k[:32]
		}
	}
}
