package wire

import "daicho/app"

// The paths of the protocol. A later protocol gets paths of its own beside
// these; a server keeps the old ones.
const (
	PathEnroll = "/v1/enroll" // POST Enroll → Enrolled
	PathPush   = "/v1/push"   // POST Push → Pushed
	PathPull   = "/v1/pull"   // POST Pull → Pulled
	PathRows   = "/v1/rows"   // POST Rows → RowsPage
	PathPast   = "/v1/past"   // POST Past → PastPage
	PathWait   = "/v1/wait"   // GET ?gsn= → Waited, at once or when there is news
	PathRoster = "/v1/roster" // POST RosterAsk → Roster
	PathBlob   = "/v1/blob/"  // PUT and GET followed by the id, as sealed bytes
	PathHave   = "/v1/have/"  // GET followed by the id → Have
)

// Times stand in every answer: when the server had read the request and when
// it began to answer, in milliseconds since 1970 UTC. With its own two times a
// device learns its clock's offset, and the error of that.
type Times struct {
	Received app.Stamp `cbor:"1,keyasint"`
	Sent     app.Stamp `cbor:"2,keyasint"`
}

// Segment is a signed run of changes.
type Segment struct {
	Device app.ID    `cbor:"1,keyasint"`
	First  uint64    `cbor:"2,keyasint"`
	Last   uint64    `cbor:"3,keyasint"`
	Head   app.Chain `cbor:"4,keyasint"`
	Sig    []byte    `cbor:"5,keyasint"`
	Bodies [][]byte  `cbor:"6,keyasint"`
}

// SegmentOf joins a signed segment and its changes.
func SegmentOf(s app.Segment, bodies [][]byte) Segment {
	return Segment{s.Device, s.First, s.Last, s.Head, s.Sig, bodies}
}

// Signed is what the device signed.
func (s *Segment) Signed() app.Segment {
	return app.Segment{Device: s.Device, First: s.First, Last: s.Last, Head: s.Head, Sig: s.Sig}
}

// Bytes is the size of the changes.
func (s *Segment) Bytes() (n int) {
	for _, b := range s.Bodies {
		n += len(b)
	}
	return n
}

// Key is a subject's key. It travels inside TLS only.
type Key struct {
	Subject app.ID   `cbor:"1,keyasint"`
	Key     [32]byte `cbor:"2,keyasint"`
}

// KeysOf makes them of what package app calls so.
func KeysOf(keys []app.SubjectKey) []Key {
	out := make([]Key, len(keys))
	for i, k := range keys {
		out[i] = Key(k)
	}
	return out
}

// SubjectKeys are they again.
func SubjectKeys(keys []Key) []app.SubjectKey {
	out := make([]app.SubjectKey, len(keys))
	for i, k := range keys {
		out[i] = app.SubjectKey(k)
	}
	return out
}

// Push carries changes up, each device's in its order, and the keys that the
// server needs to judge them.
type Push struct {
	Epoch    app.ID    `cbor:"1,keyasint"`
	Segments []Segment `cbor:"2,keyasint,omitempty"`
	Keys     []Key     `cbor:"3,keyasint,omitempty"`
	Boxes    []Box     `cbor:"4,keyasint,omitempty"` // changes of others, as they were brought to the device
}

// Mark says that the server holds a device's changes 1 to Seq, without a gap.
type Mark struct {
	Device app.ID `cbor:"1,keyasint"`
	Seq    uint64 `cbor:"2,keyasint"`
}

// Pushed acknowledges. Verdicts come with the next pages.
type Pushed struct {
	Times      Times        `cbor:"1,keyasint"`
	Watermarks []Mark       `cbor:"2,keyasint,omitempty"` // of every device in the push
	Missing    []app.BlobID `cbor:"3,keyasint,omitempty"` // attachments that the server waits for
	Refused    []Refused    `cbor:"4,keyasint,omitempty"` // devices whose changes were brought in vain
}

// Refused says why the changes of a device, brought by another, were not taken.
type Refused struct {
	Device  app.ID  `cbor:"1,keyasint"`
	Problem Problem `cbor:"2,keyasint"`
}

// Watermark is one device's; zero if the answer does not speak of it.
func (p *Pushed) Watermark(device app.ID) uint64 {
	for _, m := range p.Watermarks {
		if m.Device == device {
			return m.Seq
		}
	}
	return 0
}

// Pull asks for what happened after a point.
type Pull struct {
	Epoch  app.ID `cbor:"1,keyasint"`
	GSN    int64  `cbor:"2,keyasint"`
	Max    int    `cbor:"3,keyasint,omitempty"` // outcomes; zero: PageChanges
	People int64  `cbor:"4,keyasint,omitempty"` // the version of the directory that the device has
	// Clearance is the hash of the one that the replica was filled under, that of
	// [app.ReadsNothing] before it has anything; empty: of a program that knew none.
	Clearance []byte `cbor:"5,keyasint,omitempty"`
	Notices   int64  `cbor:"20,keyasint,omitempty"` // the version of [Standing] that the device has
	Seen      int64  `cbor:"21,keyasint,omitempty"` // the size of the [Checkpoint] that it accepted last
	Erased    int64  `cbor:"22,keyasint,omitempty"` // one more than the number of the last of [Erased] that it has carried out; zero: a program that knew none
}

// Person is one line of the directory.
type Person struct {
	ID   app.ID `cbor:"1,keyasint"`
	Name string `cbor:"2,keyasint"`
}

// Pulled is a page: everything after the point that was asked for, up to UpTo,
// that the device's person may read. Where the clearance is another than the
// device named, the page holds that, and no outcomes.
type Pulled struct {
	Times     Times    `cbor:"1,keyasint"`
	Epoch     app.ID   `cbor:"2,keyasint"`
	UpTo      int64    `cbor:"3,keyasint"`
	Head      int64    `cbor:"4,keyasint"` // the last there is: more pages while UpTo is below
	Outcomes  [][]byte `cbor:"5,keyasint,omitempty"`
	Keys      []Key    `cbor:"6,keyasint,omitempty"`  // that the outcomes are sealed by
	Directory int64    `cbor:"7,keyasint"`            // version of the people
	People    []Person `cbor:"8,keyasint,omitempty"`  // all of them, if the version differs
	Clearance []Extent `cbor:"9,keyasint,omitempty"`  // the one of now, if it differs
	Notices   int64    `cbor:"20,keyasint,omitempty"` // version of the device's [Standing]: where it differs, the device asks for that

	// Checkpoint is of the whole order; nil: of a server that knew none.
	Checkpoint *Checkpoint `cbor:"21,keyasint,omitempty"`

	// Erased are erasures that the device has not carried out, the first ones: it
	// does, and asks again. The page then holds no outcomes.
	Erased []Erased `cbor:"22,keyasint,omitempty"`
}

// Waited says where the order ends now.
type Waited struct {
	Times Times `cbor:"1,keyasint"`
	Head  int64 `cbor:"2,keyasint"`
}

// Enroll asks to bind the device to the person whom a code was made for. The
// device's key is the one that it speaks TLS with.
type Enroll struct {
	Secret [16]byte `cbor:"1,keyasint"`
	Name   string   `cbor:"2,keyasint,omitempty"` // of the device, for its list of devices
	Proof  *Proof   `cbor:"3,keyasint,omitempty"` // wanted where the person has set any
}

// Enrolled says whose the device is now.
type Enrolled struct {
	Times  Times  `cbor:"1,keyasint"`
	Epoch  app.ID `cbor:"2,keyasint"`
	Person Person `cbor:"3,keyasint"`
	// Certificate is the device's first [Certificate], signed.
	Certificate []byte `cbor:"4,keyasint,omitempty"`
}
