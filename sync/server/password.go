package server

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of a try: what OWASP's Password Storage Cheat Sheet asks of Argon2id
// at least, in one thread. Tries are few and one at a time.
const (
	passes  = 1
	kibs    = 46 * 1024
	threads = 1
	sumSize = 32
	maxKiBs = 1 << 20 // a gibibyte: beyond that it is no hash of ours
)

var plain = base64.RawStdEncoding

// hashPassword is a password as it is kept: as others write Argon2id's
// parameters, salt and sum, so that later costs can stand beside it.
func hashPassword(password string, random io.Reader) (string, error) {
	salt := make([]byte, 16)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", err
	}
	sum := argon2.IDKey(typed(password), salt, passes, kibs, threads, sumSize)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, kibs, passes, threads, plain.EncodeToString(salt), plain.EncodeToString(sum)), nil
}

// typed is a password in the form in which every keyboard gives the same bytes.
func typed(password string) []byte { return norm.NFKC.Bytes([]byte(password)) }

// isPassword says whether a password is the one that was hashed.
func isPassword(hash, password string) bool {
	var version, kib int
	var time uint32
	var threads uint8
	var rest string
	if _, err := fmt.Sscanf(hash, "$argon2id$v=%d$m=%d,t=%d,p=%d$%s", &version, &kib, &time, &threads, &rest); err != nil || version != argon2.Version {
		return false
	}
	salt, sum, ok := cutSalt(rest)
	if !ok || kib <= 0 || kib > maxKiBs || time == 0 || threads == 0 || len(sum) == 0 {
		return false
	}
	return subtle.ConstantTimeCompare(sum, argon2.IDKey(typed(password), salt, time, uint32(kib), threads, uint32(len(sum)))) == 1
}

func cutSalt(text string) (salt, sum []byte, ok bool) {
	a, b, found := strings.Cut(text, "$")
	salt, err := plain.DecodeString(a)
	sum, also := plain.DecodeString(b)
	return salt, sum, found && err == nil && also == nil
}
