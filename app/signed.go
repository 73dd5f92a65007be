package app

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
)

// ErrUnsigned says that a file was signed with none of the keys that are trusted.
var ErrUnsigned = errors.New("not signed with a key that is trusted")

// Signed puts an Ed25519 signature before what is handed out as a file, such as a
// pack of rules or a table of holidays: a line of base64, then the body as it is.
func Signed(body []byte, key ed25519.PrivateKey) []byte {
	line := base64.StdEncoding.EncodeToString(ed25519.Sign(key, body))
	return append([]byte(line+"\n"), body...)
}

// OpenSigned gives the body of a file of [Signed] that one of the keys has signed,
// else [ErrUnsigned].
func OpenSigned(file []byte, trusted ...ed25519.PublicKey) (string, error) {
	line, body, _ := strings.Cut(string(file), "\n")
	signature, err := base64.StdEncoding.DecodeString(strings.TrimSpace(line))
	if err != nil || !slices.ContainsFunc(trusted, func(k ed25519.PublicKey) bool {
		return len(k) == ed25519.PublicKeySize && ed25519.Verify(k, []byte(body), signature)
	}) {
		return "", ErrUnsigned
	}
	return body, nil
}
