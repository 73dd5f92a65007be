package extract

import (
	"bytes"
	"encoding/binary"
	"encoding/pem"
	"io"
	"strings"
)

const maxPEM = 64 << 10 // bytes; keys and chains of certificates are smaller

var pemBegin = []byte("-----BEGIN ")

// onlyLockedKeys says whether a text is PEM and nothing else, with private keys
// that all ask for a password. What else stands in such a file anybody may read.
func (it *item) onlyLockedKeys() bool {
	var head [len("-----BEGIN ")]byte
	if it.size > maxPEM || it.rest != nil {
		return false
	}
	if _, err := it.r.ReadAt(head[:], 0); err != nil || !bytes.Equal(head[:], pemBegin) {
		return false
	}
	data, err := io.ReadAll(it.reader())
	return err == nil && lockedKeys(data)
}

func lockedKeys(data []byte) bool {
	keys := 0
	for data = bytes.TrimSpace(data); len(data) > 0; data = bytes.TrimSpace(data) {
		if !bytes.HasPrefix(data, pemBegin) {
			return false
		}
		block, rest := pem.Decode(data)
		if block == nil || bytes.Count(data[:len(data)-len(rest)], pemBegin) != 1 { // it skips what it cannot read
			return false
		}
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			if !lockedKey(block) {
				return false
			}
			keys++
		}
		data = rest
	}
	return keys > 0
}

// lockedKey says whether a private key asks for a password: by its name (RFC 7468,
// 11), its headers (RFC 1421, 4.6.1.1), or the cipher that OpenSSH's own format
// names first (PROTOCOL.key).
func lockedKey(b *pem.Block) bool {
	switch {
	case b.Type == "ENCRYPTED PRIVATE KEY":
		return true
	case b.Type != "OPENSSH PRIVATE KEY":
		return strings.HasSuffix(b.Headers["Proc-Type"], "ENCRYPTED")
	}
	cipher, ok := bytes.CutPrefix(b.Bytes, []byte("openssh-key-v1\x00"))
	if !ok || len(cipher) < 4 {
		return false
	}
	n := binary.BigEndian.Uint32(cipher)
	cipher = cipher[4:]
	return n > 0 && uint64(n) <= uint64(len(cipher)) && string(cipher[:n]) != "none"
}
