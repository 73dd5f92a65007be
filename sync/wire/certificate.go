package wire

import (
	"crypto/ed25519"
	"time"

	"daicho/app"
)

// CertificateLife is how long a certificate is valid. A device has it renewed
// at a contact when less than half of that is left.
const CertificateLife = 30 * 24 * time.Hour

// Certificate says whose a device is, so that another device can know it
// without asking the server.
type Certificate struct {
	Device app.ID    `cbor:"1,keyasint"`
	Public []byte    `cbor:"2,keyasint"` // the device's Ed25519 key
	Person app.ID    `cbor:"3,keyasint"`
	Issued app.Stamp `cbor:"4,keyasint"` // by the server's clock
	Until  app.Stamp `cbor:"5,keyasint"`
	Lease  int64     `cbor:"6,keyasint"` // milliseconds that the device may be opened after a contact
	// Server is the identity that signed it: what reading it has proved.
	Server ed25519.PublicKey `cbor:"-"`
}

const purposeCertificate = "daicho-certificate-1"

// Sign encodes the certificate under the signature of a server's identity.
func (c Certificate) Sign(identity ed25519.PrivateKey) ([]byte, error) {
	return sign(purposeCertificate, c, identity)
}

// ReadCertificate reads a certificate that one of the identities with these pins
// has signed. It does not look at the dates: see [Certificate.ValidAt].
func ReadCertificate(text []byte, pins ...Pin) (c Certificate, err error) {
	if c.Server, err = read(purposeCertificate, text, &c, pins); err != nil {
		return Certificate{}, err
	}
	if len(c.Public) != ed25519.PublicKeySize || app.DeviceID(c.Public) != c.Device || c.Until < c.Issued {
		return Certificate{}, errStatement
	}
	return c, nil
}

var errCertificateOver = app.Refuse(app.Forbidden, FieldCertificate, "端末の証明書の有効期間外です。サーバーに接続して同期してください。", "the device's certificate is not valid now; connect to the server and sync")

// ValidAt refuses a certificate outside of its dates. Clocks of devices are
// off: it may be read up to two days before the server issued it.
func (c *Certificate) ValidAt(now app.Stamp) error {
	if now < c.Issued-app.Stamp(leafBack.Milliseconds()) || now > c.Until {
		return errCertificateOver
	}
	return nil
}

// IsDue says whether it is time to renew the certificate.
func (c *Certificate) IsDue(now app.Stamp) bool { return 2*(c.Until-now) < c.Until-c.Issued }

// Revocations are the devices that a server has shut out, at a time.
type Revocations struct {
	At      app.Stamp `cbor:"1,keyasint"`
	Devices []app.ID  `cbor:"2,keyasint,omitempty"` // in ascending order
}

const purposeRevocations = "daicho-revocations-1"

// Sign encodes the list under the signature of a server's identity.
func (r Revocations) Sign(identity ed25519.PrivateKey) ([]byte, error) {
	return sign(purposeRevocations, r, identity)
}

// ReadRevocations reads a list that one of the identities with these pins has signed.
func ReadRevocations(text []byte, pins ...Pin) (r Revocations, err error) {
	_, err = read(purposeRevocations, text, &r, pins)
	return r, err
}

// Wipe orders one device to erase itself: it was reported lost.
type Wipe struct {
	Device app.ID    `cbor:"1,keyasint"`
	Epoch  app.ID    `cbor:"2,keyasint"` // of the server's order
	At     app.Stamp `cbor:"3,keyasint"`
}

const purposeWipe = "daicho-wipe-1"

// Sign encodes the order under the signature of a server's identity.
func (w Wipe) Sign(identity ed25519.PrivateKey) ([]byte, error) {
	return sign(purposeWipe, w, identity)
}

// ReadWipe reads an order that one of the identities with these pins has signed.
func ReadWipe(text []byte, pins ...Pin) (w Wipe, err error) {
	_, err = read(purposeWipe, text, &w, pins)
	return w, err
}
