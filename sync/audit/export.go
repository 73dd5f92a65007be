package audit

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

// An export is [Magic] and then frames: four bytes of length, big-endian, and a
// message in deterministic CBOR. The first frame is a header, all others are
// pages; together they hold as many leaves as the header's last note says.

// Magic begins an export.
const Magic = "DCA1"

const (
	exportVersion = 1
	maxFrame      = 1 << 20 // bytes
)

type header struct {
	Version  int      `cbor:"1,keyasint"`
	Identity []byte   `cbor:"2,keyasint"` // the server's public key
	Notes    [][]byte `cbor:"3,keyasint"` // the export's own last; before it, what a device has kept
}

// Page is a run of leaves, and the hash of each as it stood in the tree when
// its line was written: who alters a line is caught at that line.
type Page struct {
	Leaves [][]byte `cbor:"1,keyasint"`
	Hashes []Hash   `cbor:"2,keyasint"`
}

// MaxPage is how many leaves a page holds at most.
const MaxPage = 1024

// Exporter writes an export.
type Exporter struct{ to io.Writer }

// NewExporter begins an export of a server's order: its public key, and notes
// of which the last is of the tree that the pages will hold. The ones before it
// are checked against that tree, too, by whoever verifies the file.
func NewExporter(to io.Writer, identity ed25519.PublicKey, notes [][]byte) (*Exporter, error) {
	if _, err := io.WriteString(to, Magic); err != nil {
		return nil, err
	}
	e := &Exporter{to}
	return e, e.frame(header{exportVersion, identity, notes})
}

// Page writes the next leaves.
func (e *Exporter) Page(p Page) error { return e.frame(p) }

func (e *Exporter) frame(v any) error {
	b, err := wire.Encode(v)
	if err != nil {
		return err
	}
	if len(b) > maxFrame {
		return errFrame
	}
	_, err = e.to.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...))
	return err
}

var (
	errFrame = app.Refuse(app.Damaged, "", "監査記録のファイルが壊れています。もう一度書き出してください。", "the audit file is damaged; export it again")
	errCut   = app.Refuse(app.Damaged, "", "監査記録のファイルが途中で切れています。もう一度書き出してください。", "the audit file is cut off; export it again")
	errMagic = app.Refuse(app.Invalid, "", "監査記録のファイルではありません。", "not a file of the audit log")
	errNewer = app.Refuse(app.Invalid, "", "監査記録のファイルは新しい版で書き出されています。プログラムを更新してください。", "the audit file is of a newer version; update the program")
)

// importer reads an export a frame at a time.
type importer struct {
	from  io.Reader
	frame []byte
}

// begin reads what stands before the pages.
func (i *importer) begin() (h header, err error) {
	var magic [len(Magic)]byte
	if _, err = io.ReadFull(i.from, magic[:]); err != nil || string(magic[:]) != Magic {
		return h, errMagic
	}
	if err = i.next(&h); errors.Is(err, io.EOF) {
		return h, errCut
	}
	switch {
	case err != nil:
		return h, err
	case h.Version > exportVersion:
		return h, errNewer
	case h.Version != exportVersion || len(h.Identity) != ed25519.PublicKeySize || len(h.Notes) == 0:
		return h, errFrame
	}
	return h, nil
}

// next reads a frame; io.EOF where the file ends. A frame is written in one way
// alone, so that no byte of a file is without a meaning.
func (i *importer) next(v any) error {
	var size [4]byte
	if _, err := io.ReadFull(i.from, size[:]); errors.Is(err, io.EOF) {
		return io.EOF
	} else if err != nil {
		return cut(err)
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > maxFrame {
		return errFrame
	}
	if cap(i.frame) < int(n) {
		i.frame = make([]byte, n)
	}
	i.frame = i.frame[:n]
	if _, err := io.ReadFull(i.from, i.frame); err != nil {
		return cut(err)
	}
	return exactly(i.frame, v)
}

// exactly reads a message that is written just as this version writes it.
func exactly(b []byte, v any) error {
	if wire.Decode(b, v) != nil {
		return errFrame
	}
	again, err := wire.Encode(v)
	if err == nil && !bytes.Equal(again, b) {
		err = errFrame
	}
	return err
}

// cut tells a file that ends too soon from a disk that does not read.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errCut
	}
	return err
}
