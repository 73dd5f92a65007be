package wire

import (
	"crypto/ed25519"
	"slices"

	"daicho/app"
)

// statement is what a server's identity says and signs. The bytes that were
// signed travel as they are: a reader that does not know all their keys can
// check them all the same.
type statement struct {
	Body   []byte `cbor:"1,keyasint"`
	Server []byte `cbor:"2,keyasint"` // the identity's public key
	Sig    []byte `cbor:"3,keyasint"`
}

var errStatement = app.Refuse(app.Forbidden, "", "登録したサーバーの署名ではありません。管理者に連絡してください。", "this is not signed by the server that the device was enrolled with; ask the administrator")

// sign encodes what is said for a purpose, under the identity's signature.
func sign(purpose string, said any, identity ed25519.PrivateKey) ([]byte, error) {
	body, err := Encode(said)
	if err != nil {
		return nil, err
	}
	return Encode(statement{body, identity.Public().(ed25519.PublicKey), ed25519.Sign(identity, append([]byte(purpose), body...))})
}

// read decodes what one of the identities with these pins said for a purpose,
// and refuses everything else.
func read(purpose string, text []byte, said any, pins []Pin) (ed25519.PublicKey, error) {
	var s statement
	if err := Decode(text, &s); err != nil {
		return nil, err
	}
	server := ed25519.PublicKey(s.Server)
	if len(server) != ed25519.PublicKeySize || !slices.Contains(pins, PinOf(server)) || !ed25519.Verify(server, append([]byte(purpose), s.Body...), s.Sig) {
		return nil, errStatement
	}
	return server, Decode(s.Body, said)
}
