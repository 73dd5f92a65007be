package wire

import (
	"github.com/fxamacker/cbor/v2"

	"daicho/app"
)

// ContentType is the media type of every message.
const ContentType = "application/cbor"

var (
	enc = must(cbor.CoreDetEncOptions().EncMode())
	dec = must(cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		MaxNestedLevels: maxNesting, MaxArrayElements: maxElements, MaxMapPairs: 64,
	}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // of constant options
	}
	return v
}

// Encode writes a message.
func Encode(message any) ([]byte, error) { return enc.Marshal(message) }

// Decode reads a message. What is no such message is refused as [app.Damaged],
// and what holds more values than any message as [ErrLarge].
func Decode(p []byte, message any) error {
	if !fewItems(p) {
		return ErrLarge
	}
	if err := dec.Unmarshal(p, message); err != nil {
		return app.Because(err, app.Damaged, "受け取ったデータが壊れています。もう一度同期してください。", "damaged message; sync again")
	}
	return nil
}
