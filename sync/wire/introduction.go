package wire

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"

	"daicho/app"
)

// Introduction is by what a device makes itself known to one that never heard of
// it: it was enrolled since the other one's last contact with the server.
type Introduction struct {
	Certificate []byte `cbor:"1,keyasint,omitempty"` // as the server signed it
	Box         []byte `cbor:"2,keyasint,omitempty"` // the device's own key for what is sealed to it
}

// oidIntroduction names the extension in which an introduction stands in a device's
// TLS certificate. The arc needs no registration (ITU-T X.667); package x509 reads
// numbers up to 31 bits.
var oidIntroduction = asn1.ObjectIdentifier{2, 25, 1683437541}

// introduced is a device's TLS certificate with its introduction: who speaks TLS by
// it has signed both.
func introduced(device crypto.Signer, in *Introduction) (tls.Certificate, error) {
	text, err := Encode(in)
	if err != nil {
		return tls.Certificate{}, err
	}
	return deviceCertificate(device, pkix.Extension{Id: oidIntroduction, Value: text})
}

// IntroductionIn is what the other side of a connection made itself known by; an
// empty one if it did not.
func IntroductionIn(s *tls.ConnectionState) (in Introduction, err error) {
	if len(s.PeerCertificates) == 0 {
		return in, errDeviceKey
	}
	for _, e := range s.PeerCertificates[0].Extensions {
		if e.Id.Equal(oidIntroduction) {
			return in, Decode(e.Value, &in)
		}
	}
	return in, nil
}

// Trust is by what a device knows others where the server is out of reach.
type Trust struct {
	Roster *Roster
	Pins   []Pin // of the server's identities
	Shut   Revocations
	Now    app.Stamp
}

// Listed is when the server said last who is shut out, as far as the device has
// heard; zero: never.
func (t *Trust) Listed() app.Stamp { return max(t.Roster.At, t.Shut.At) }

var (
	errPeerOver = app.Refuse(app.Forbidden, FieldCertificate, "相手の端末の証明書の有効期間外です（または、どちらかの端末の日時が違います）。データは受け渡していません。相手の端末をサーバーと同期してから、やり直してください。",
		"the other device's certificate is not valid now, or the clock of one is wrong; nothing was exchanged; sync that device with the server, then try again")
	errOtherCity = app.Refuse(app.Forbidden, FieldCertificate, "相手の端末の証明書は、登録したサーバーが発行したものではありません。データは受け渡していません。",
		"the other device's certificate is not of the server that this one is enrolled with; nothing was exchanged")
)

// Admit says who holds a key, or why one must not deal with him: a device that the
// roster names, or one that the server vouches for since.
func (t *Trust) Admit(peer ed25519.PublicKey, in *Introduction) (*Card, error) {
	id := app.DeviceID(peer)
	if slices.Contains(t.Shut.Devices, id) {
		return nil, errBarred
	}
	card, err := t.Roster.Card(id)
	switch {
	case err == nil && card.Barred:
		return nil, errBarred
	case err == nil:
		return card, nil
	case len(in.Certificate) == 0:
		return nil, err
	}
	return t.vouched(peer, in)
}

// vouched is the card of a device that only its certificate speaks for. One that was
// certified before the roster was made, which does not name it, is the server's no more.
func (t *Trust) vouched(peer ed25519.PublicKey, in *Introduction) (*Card, error) {
	c, err := ReadCertificate(in.Certificate, t.Pins...)
	switch {
	case err != nil || !bytes.Equal(c.Public, peer):
		return nil, errOtherCity
	case c.Issued < t.Roster.At:
		return nil, errStranger
	}
	if err = c.ValidAt(t.Now); err != nil {
		return nil, errPeerOver
	}
	card := &Card{Public: c.Public, Person: c.Person}
	if len(in.Box) == BoxPublicSize {
		card.Box = in.Box
	}
	return card, nil
}
