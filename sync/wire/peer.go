package wire

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"slices"
)

// PeerTLS is the TLS by which two devices speak to each other, 1.3 alone: each
// shows its own key and what it makes itself known by, and verifies the other's
// before a byte is exchanged.
func PeerTLS(device crypto.Signer, me *Introduction, verify func(peer ed25519.PublicKey, in *Introduction) error) (*tls.Config, error) {
	cert, err := introduced(device, me)
	if err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion:             tls.VersionTLS13,
		Certificates:           []tls.Certificate{cert},
		ClientAuth:             tls.RequireAnyClientCert,
		SessionTicketsDisabled: true, // each connection proves itself anew
		InsecureSkipVerify:     true, // of public authorities; VerifyConnection does it all
		VerifyConnection: func(s tls.ConnectionState) error {
			peer, err := DeviceKey(&s)
			if err != nil {
				return err
			}
			in, err := IntroductionIn(&s)
			if err != nil {
				return err
			}
			return verify(peer, &in)
		},
	}, nil
}

// PairCode is what two people compare on the screens of two devices: twelve
// digits that only this pair has. It stands for the keys and not for one
// connection, so that comparing it once is enough.
func PairCode(a, b ed25519.PublicKey) string {
	pair := [][]byte{a, b}
	slices.SortFunc(pair, slices.Compare)
	sum := sha256.Sum256(append(append([]byte("daicho-pair-1"), pair[0]...), pair[1]...))
	n := binary.BigEndian.Uint64(sum[:]) % 1_000_000_000_000
	return fmt.Sprintf("%04d-%04d-%04d", n/1_0000_0000, n/1_0000%1_0000, n%1_0000)
}
