package wire

import (
	"bytes"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"daicho/app"
)

// Zstd is the content coding (RFC 8878) that messages may travel in. Either side
// uses it once the other has said, by Accept-Encoding, that it reads it; a server
// says so in its answers (RFC 7694).
const Zstd = "zstd"

// packFrom is the size of a message from which on packing it is worth the time.
const packFrom = 1 << 10

// maxWindow is how far back a packed message may refer, in bytes: memory that
// whoever reads it needs.
const maxWindow = 8 << 20

// ErrLarge is the error of a message that is larger than it may be.
var ErrLarge = app.Refuse(app.Invalid, "", "送信するデータが大きすぎます。", "the message is too large")

var (
	packer    = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true)))
	unpackers = sync.Pool{New: func() any {
		return must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow)))
	}}
)

// Pack is a message in [Zstd]; false, and the message as it is, if that does not
// make it smaller.
func Pack(p []byte) ([]byte, bool) {
	if len(p) < packFrom {
		return p, false
	}
	packed := packer.EncodeAll(p, make([]byte, 0, len(p)/2))
	if len(packed) >= len(p) {
		return p, false
	}
	return packed, true
}

// Unpack is the message again. It never makes more than most bytes of it:
// [ErrLarge] is the error of one that would be larger.
func Unpack(p []byte, most int64) ([]byte, error) {
	d := unpackers.Get().(*zstd.Decoder)
	defer unpackers.Put(d)
	if err := d.Reset(bytes.NewReader(p)); err != nil {
		return nil, damagedPack(err)
	}
	out := bytes.NewBuffer(make([]byte, 0, min(most, expected(p))))
	n, err := io.Copy(out, io.LimitReader(d, most+1))
	switch {
	case err != nil:
		return nil, damagedPack(err)
	case n > most:
		return nil, ErrLarge
	}
	return out.Bytes(), nil
}

// expected is the size that a packed message says it has, or a guess.
func expected(p []byte) int64 {
	var h zstd.Header
	if h.Decode(p) == nil && h.HasFCS {
		return int64(min(h.FrameContentSize, MaxAnswer)) + bytes.MinRead
	}
	return int64(4 * len(p))
}

func damagedPack(err error) error {
	return app.Because(err, app.Damaged, "受け取ったデータが壊れています。もう一度同期してください。", "damaged message; sync again")
}
