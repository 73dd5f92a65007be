package client

import (
	"context"
	"crypto/ed25519"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

// Port is what sync needs of a replica.
type Port interface {
	Carrying
	// DeviceKey is the key that the device signs and speaks TLS with.
	DeviceKey() ed25519.PrivateKey
	// Outgoing is what the server has not acknowledged and what lies behind a change
	// of the device, oldest first: whole signed segments of about max changes, at
	// least one if there is any; the bodies of all of them one after another; the
	// keys to read them.
	Outgoing(ctx context.Context, after uint64, max int) (bodies [][]byte, segments []app.Segment, keys []app.SubjectKey, err error)
	// Acknowledge says that the server holds the changes up to a number.
	Acknowledge(ctx context.Context, watermark uint64) error
	// Cursor is how far the replica has followed the server's order.
	Cursor(ctx context.Context) (epoch app.ID, gsn int64, err error)
	// Apply takes in a page, in one transaction. One it knows already does nothing.
	Apply(ctx context.Context, p Page) error

	// UnsentBlobs are attachments that are not known to be at the server.
	UnsentBlobs(ctx context.Context, max int) ([]app.BlobID, error)
	// SealedBlob are an attachment's bytes as they lie here.
	SealedBlob(ctx context.Context, id app.BlobID) (io.ReadSeekCloser, int64, error)
	// BlobSent says that an attachment is at the server.
	BlobSent(ctx context.Context, id app.BlobID) error
	// MissingBlobs are attachments that records name and that are not here.
	MissingBlobs(ctx context.Context, max int) ([]app.BlobID, error)
	// PartialBlob is how many bytes are here of one whose download was cut off.
	PartialBlob(ctx context.Context, id app.BlobID) (int64, error)
	// StoreBlob keeps an attachment's bytes, or those from an offset on that
	// PartialBlob named, if the hash of the whole is its id.
	StoreBlob(ctx context.Context, id app.BlobID, from int64, sealed io.Reader) error

	// Enrolment is where the replica belongs; an [app.NotFound] error if nowhere.
	Enrolment(ctx context.Context) (Enrolment, error)
	// Enroll says where it belongs from now on.
	Enroll(ctx context.Context, e Enrolment) error
	// Measured says what a contact told of the device's clock: milliseconds to
	// add to it, and by how much that may be off.
	Measured(ctx context.Context, offset, err int64) error
	// Contacted says that a whole exchange with the server has succeeded.
	Contacted(ctx context.Context) error
	// Setting is a value of this device, kept by SetSetting; nil if there is none.
	Setting(ctx context.Context, name string) ([]byte, error)
	SetSetting(ctx context.Context, name string, value []byte) error

	Scoped
	Renewing
	Erasing
}

// Enrolment is where a replica belongs, and to whom.
type Enrolment struct {
	Servers []string // host:port, tried in this order
	Pin     wire.Pin // of the server's identity
	Epoch   app.ID   // of its order
	Person  app.Actor
}

// Page is all that may be read of the order after From, up to UpTo. It may
// overlap what was applied.
type Page struct {
	Epoch     app.ID
	Clearance [32]byte // hash of that which it was asked for under; zero: of a server that knows none
	From      int64
	UpTo      int64
	Outcomes  [][]byte
	Keys      []app.SubjectKey
	People    []app.Actor // the whole directory; nil: as before
}
