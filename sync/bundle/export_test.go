package bundle

import (
	"bytes"
	"crypto/ed25519"

	"daicho/app"
	"daicho/sync/wire"
)

// Sealed is a file that holds any bytes after its manifest, sealed as it should be.
func Sealed(from ed25519.PrivateKey, to []To, pin wire.Pin, epoch app.ID, frames []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := NewWriter(&out, Header{ID: app.ID{7}, Part: 1, Parts: 1, Pin: pin, Epoch: epoch}, to, from, &Manifest{})
	if err != nil {
		return nil, err
	}
	if err = w.write(frames); err != nil {
		return nil, err
	}
	err = w.out.flush(true)
	return out.Bytes(), err
}
