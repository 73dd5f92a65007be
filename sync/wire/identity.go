package wire

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"time"

	"daicho/app"
)

// Pin is the SHA-256 of a server's identity key: what a device knows it by.
type Pin [32]byte

// PinOf is the pin of a key.
func PinOf(identity ed25519.PublicKey) Pin { return sha256.Sum256(identity) }

// A leaf is valid two days back and three ahead: clocks of devices are off,
// and a leaf that leaked must soon be worth nothing.
const (
	leafBack  = 48 * time.Hour
	leafAhead = 72 * time.Hour
)

// LeafLife is after what time a server makes itself a new leaf.
const LeafLife = 24 * time.Hour

// NewLeaf makes a key for TLS and lets the identity vouch for it at a time.
// Successions lead to the identity from those before it, the newest first.
func NewLeaf(identity ed25519.PrivateKey, now time.Time, random io.Reader, successions ...[]byte) (*tls.Certificate, error) {
	pub, key, err := ed25519.GenerateKey(random)
	if err != nil {
		return nil, err
	}
	above := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Daicho server identity"},
		NotBefore: now.Add(-leafBack), NotAfter: now.Add(leafAhead),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	root, err := x509.CreateCertificate(random, above, above, identity.Public(), identity)
	if err != nil {
		return nil, err
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixMilli()), Subject: pkix.Name{CommonName: "Daicho server"},
		NotBefore: above.NotBefore, NotAfter: above.NotAfter, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signed, err := x509.CreateCertificate(random, leaf, above, pub, identity)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: append([][]byte{signed, root}, successions...), PrivateKey: key}, nil
}

// ServerTLS speaks TLS 1.3 alone and wants a certificate from every device;
// who that is, the handler finds by [DeviceKey].
func ServerTLS(leaf func() (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{
		MinVersion:             tls.VersionTLS13,
		GetCertificate:         func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return leaf() },
		ClientAuth:             tls.RequireAnyClientCert,
		SessionTicketsDisabled: true, // each connection proves itself anew
		VerifyConnection: func(s tls.ConnectionState) error {
			_, err := DeviceKey(&s)
			return err
		},
	}
}

// ClientTLS speaks TLS 1.3 alone, with the device's key, to the one server
// with this pin. There is no authority that could vouch for another, and no
// host name that could be wrong.
func ClientTLS(device crypto.Signer, pin Pin, now app.Clock) (*tls.Config, error) {
	cert, err := deviceCertificate(device)
	if err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		Certificates:       []tls.Certificate{cert},
		InsecureSkipVerify: true, // of public authorities; VerifyConnection does it all
		VerifyConnection:   func(s tls.ConnectionState) error { return verifyServer(s.PeerCertificates, pin, now()) },
	}, nil
}

// forever is how a certificate says that it has no end: RFC 5280 4.1.2.5.
var forever = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// deviceCertificate wraps a device's key for TLS. To the server nothing but the key counts.
func deviceCertificate(device crypto.Signer, more ...pkix.Extension) (tls.Certificate, error) {
	pub, ok := device.Public().(ed25519.PublicKey)
	if !ok {
		return tls.Certificate{}, errDeviceKey
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Daicho device " + app.DeviceID(pub).Short()},
		NotBefore: time.Unix(0, 0), NotAfter: forever,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		ExtraExtensions: more,
	}
	der, err := x509.CreateCertificate(nil, template, template, pub, device)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: device}, err
}

var (
	errDeviceKey = app.Refuse(app.Invalid, "", "端末の鍵の形式が正しくありません。", "a device's key is an Ed25519 key")
	errPin       = app.Refuse(app.Forbidden, "", "接続先は登録したサーバーではありません。暗号化された通信を検査する装置が間にある場合も、こうなります。何も送信していません。ネットワークの管理者に確認してください。",
		"this is not the server that the device was enrolled with, or something on the way opens encrypted connections; nothing was sent; ask the network's administrator")
	errClock = app.Refuse(app.Failed, "", "端末とサーバーの日時が 2 日以上違うため、接続できません。変更はこの端末に保存されています。端末の日時を合わせて、もう一度同期してください。端末の日時が正しければ、サーバーの管理者に連絡してください。",
		"the clocks of device and server differ by two days or more; changes are kept on this device; set its clock and sync again; if its clock is right, ask the server's administrator")
)

// verifyServer checks the leaf, the identity above it, where that follows from
// the pinned one, and then the dates.
func verifyServer(chain []*x509.Certificate, pin Pin, now time.Time) error {
	if len(chain) < 2 || len(chain) > 2+MaxSuccessions {
		return errPin
	}
	leaf := chain[0]
	identity, ok := chain[1].PublicKey.(ed25519.PublicKey)
	if !ok || !leads(pin, identity, chain[2:], now) || !ed25519.Verify(identity, leaf.RawTBSCertificate, leaf.Signature) || !isServerLeaf(leaf) {
		return errPin
	}
	if now.Before(leaf.NotBefore) || now.After(leaf.NotAfter) {
		return errClock
	}
	return nil
}

func isServerLeaf(c *x509.Certificate) bool {
	return c.SignatureAlgorithm == x509.PureEd25519 && !c.IsCA && len(c.ExtKeyUsage) == 1 && c.ExtKeyUsage[0] == x509.ExtKeyUsageServerAuth
}

// DeviceKey is the key that the other side of a connection proved to hold.
func DeviceKey(s *tls.ConnectionState) (ed25519.PublicKey, error) {
	if s == nil || len(s.PeerCertificates) == 0 {
		return nil, errDeviceKey
	}
	pub, ok := s.PeerCertificates[0].PublicKey.(ed25519.PublicKey)
	if !ok {
		return nil, errDeviceKey
	}
	return pub, nil
}
