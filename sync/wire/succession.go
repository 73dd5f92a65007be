package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"time"

	"daicho/app"
)

// Notice is how long before it serves a server's next identity is announced.
const Notice = 90 * 24 * time.Hour

// MaxSuccessions is how many identities one chain can lead over.
const MaxSuccessions = 8

// Succession says that one identity of a server follows another. It is a
// certificate around the new key under the old one's signature, which also
// travels in the chain of the handshake.
type Succession struct {
	Old, New ed25519.PublicKey
	From     time.Time // when the new one may serve
}

// Sign encodes the succession under the signature of the old identity.
func (s Succession) Sign(old ed25519.PrivateKey, random io.Reader) ([]byte, error) {
	next := &x509.Certificate{
		SerialNumber: big.NewInt(s.From.UnixMilli()), Subject: pkix.Name{CommonName: "Daicho server identity"}, NotBefore: s.From, NotAfter: forever,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, SubjectKeyId: s.New, AuthorityKeyId: old.Public().(ed25519.PublicKey),
	}
	return x509.CreateCertificate(random, next, next, s.New, old)
}

// ReadSuccession reads a succession that its old identity has signed. Whether
// that is anybody's to follow is for the caller to know.
func ReadSuccession(der []byte) (Succession, error) {
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return Succession{}, app.Because(err, app.Damaged, "サーバーの鍵の交代の知らせが壊れています。もう一度同期してください。", "damaged succession of the server's key; sync again")
	}
	return successionOf(c)
}

func successionOf(c *x509.Certificate) (Succession, error) {
	next, ok := c.PublicKey.(ed25519.PublicKey)
	old := ed25519.PublicKey(c.AuthorityKeyId)
	if !ok || len(old) != ed25519.PublicKeySize || !c.IsCA || c.SignatureAlgorithm != x509.PureEd25519 ||
		!ed25519.Verify(old, c.RawTBSCertificate, c.Signature) {
		return Succession{}, errPin
	}
	return Succession{old, next, c.NotBefore}, nil
}

// leads says whether successions, the newest first, lead from the pinned
// identity to the one that serves. A device's clock may be two days behind.
func leads(pin Pin, serving ed25519.PublicKey, chain []*x509.Certificate, now time.Time) bool {
	for _, c := range chain {
		if PinOf(serving) == pin {
			break
		}
		s, err := successionOf(c)
		if err != nil || !bytes.Equal(s.New, serving) || now.Add(leafBack).Before(s.From) {
			return false
		}
		serving = s.Old
	}
	return PinOf(serving) == pin
}

// Follow is the pin that successions lead to from another, of those that are
// in force.
func Follow(pin Pin, successions []Succession, now time.Time) Pin {
	for range successions {
		for _, s := range successions {
			if PinOf(s.Old) == pin && !now.Before(s.From) {
				pin = PinOf(s.New)
			}
		}
	}
	return pin
}
