package web

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"daicho/app"
)

// forms vouch that a form that comes back is one that was handed to that browser. Each
// has a number of its own, so that pressing the button twice opens one inquiry. Nothing
// is remembered of those handed out: the key follows from that of the replica, so they
// are known again after a restart.
type forms struct{ key []byte }

func newForms(device ed25519.PrivateKey) forms {
	m := hmac.New(sha256.New, device.Seed())
	m.Write([]byte("daicho desk forms\x00"))
	return forms{m.Sum(nil)}
}

const (
	nonceSize = 16
	formLife  = 12 * time.Hour
)

// hand makes the hidden field of a new form.
func (f *forms) hand(cookie string, now time.Time) string {
	var b [nonceSize + 8]byte
	rand.Read(b[:nonceSize])
	binary.BigEndian.PutUint64(b[nonceSize:], uint64(now.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(b[:], f.mac("form", cookie, b[:])...))
}

// read tells the number of a form that was handed to that browser lately.
func (f *forms) read(cookie, text string, now time.Time) (nonce []byte, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) != nonceSize+8+sha256.Size || cookie == "" {
		return nil, false
	}
	if !hmac.Equal(b[nonceSize+8:], f.mac("form", cookie, b[:nonceSize+8])) {
		return nil, false
	}
	age := now.Sub(time.Unix(int64(binary.BigEndian.Uint64(b[nonceSize:])), 0))
	return b[:nonceSize], age >= -time.Minute && age < formLife
}

func (f *forms) mac(what, cookie string, b []byte) []byte {
	m := hmac.New(sha256.New, f.key)
	m.Write([]byte(what + "\x00" + cookie + "\x00"))
	m.Write(b)
	return m.Sum(nil)
}

// letters are Crockford's base 32: none looks like another.
var letters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// wordSize is of the word without its hyphens: 60 bits.
const wordSize = 12

// word is what is told to who sent a form: the same for the same form.
func (f *forms) word(nonce []byte) string {
	w := letters.EncodeToString(f.mac("word", "", nonce))[:wordSize]
	return w[:4] + "-" + w[4:8] + "-" + w[8:]
}

// formID names a form in the register.
func formID(nonce []byte) string { return hex.EncodeToString(nonce) }

// noteID names what was told by a form: the same told twice is one entry of the course.
func (f *forms) noteID(nonce []byte, about app.ID, text string) app.ID {
	return app.DerivedID([sha256.Size]byte(f.mac("note", about.String()+"\x00"+text, nonce)))
}

// answer is what who was asked about texts sends back.
func (f *forms) answer(texts []string) string {
	return hex.EncodeToString(f.mac("sure", "", []byte(strings.Join(texts, "\x00"))))
}

// heard brings a word that was typed to one form: wide or small letters, with or
// without hyphens, O for 0, I and L for 1.
func heard(word string) string {
	word = strings.ToUpper(norm.NFKC.String(word))
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, word)
}

// proof is what a word is checked against. 60 random bits need no slow hash, and who
// reads the register reads the inquiry anyway.
func proof(slip app.ID, word string) string {
	sum := sha256.Sum256([]byte("daicho-slip-1\x00" + slip.String() + "\x00" + heard(word)))
	return hex.EncodeToString(sum[:])
}

const cookieName = "daicho-desk"

// cookie is the browser's number, empty if it has none.
func cookie(r *http.Request) string {
	c, err := r.Cookie(cookieName)
	if err != nil || len(c.Value) != 22 {
		return ""
	}
	return c.Value
}

// known gives a browser a number unless it has one. It stands for nobody: it binds
// forms to the browser that they were handed to, and goes when that is closed.
func known(w http.ResponseWriter, r *http.Request) string {
	if c := cookie(r); c != "" {
		return c
	}
	var b [nonceSize]byte
	rand.Read(b[:])
	c := base64.RawURLEncoding.EncodeToString(b[:])
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: c, Path: "/", HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode})
	return c
}
