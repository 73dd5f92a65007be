package server

import (
	"crypto/hmac"
	"crypto/sha1" // what authenticators speak: RFC 6238, and HMAC does not need more
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// A code of RFC 6238 as authenticators of all makers show it.
const (
	totpStep   = 30 // seconds
	totpDigits = 6
	totpSecret = 20 // bytes: the size of SHA-1's sum, as RFC 4226 recommends
	totpSkew   = 1  // steps that a phone's clock may be off
)

// totp is the code of one step.
func totp(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[at:at+4]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, n%1_000_000)
}

// stepOf is the step that a code is of, among those that count now and come
// after the last one: a code that was seen over a shoulder works for nobody.
func stepOf(secret []byte, code string, last int64, now time.Time) (step int64, ok bool) {
	for step := now.Unix()/totpStep - totpSkew; step <= now.Unix()/totpStep+totpSkew; step++ {
		if step > last && subtle.ConstantTimeCompare([]byte(totp(secret, step)), []byte(code)) == 1 {
			return step, true
		}
	}
	return last, false
}

// totpURL is what an authenticator reads from a QR code.
func totpURL(secret []byte, person string) string {
	q := url.Values{"secret": {base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)}, "issuer": {"Daicho"}}
	return "otpauth://totp/" + url.PathEscape("Daicho:"+person) + "?" + q.Encode()
}
