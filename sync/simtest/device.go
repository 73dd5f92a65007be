package simtest

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"daicho/app"
	"daicho/sync/client"
)

// Device is a replica in memory: it journals, shows its own changes on top of
// what the server has said, and syncs. It implements [client.Port].
type Device struct {
	ID     app.ID
	Key    ed25519.PrivateKey
	Skew   time.Duration // of its clock
	Cut    int           // changes in a segment; 0: as many as may be
	Most   int           // changes that it hands out at once; 0: as many as asked for
	book   app.Book
	now    app.Clock
	random io.Reader

	mu       sync.Mutex
	hlc      app.HLC
	bodies   [][]byte
	chain    app.Chain // after the last body
	segments []app.Segment
	pending  []*app.Change // not judged yet
	Acked    uint64
	Said     map[uint64]app.Outcome // verdicts on its own changes

	Epoch     app.ID
	GSN       int64
	buried    map[app.ID]bool // subjects that were erased
	Gone      int64           // number of the last erasure
	holds     holding
	confirmed rows
	shown     rows                       // with what is pending on top
	history   map[app.Ref]map[int64]bool // the lines of the order that are kept of each record
	leaving   map[app.Ref]bool           // of which all goes once nothing of it is pending
	keys      keyring
	People    []app.Actor
	place     *client.Enrolment
	settings  map[string][]byte
	Offset    int64
	Err       int64
	blobs     map[app.BlobID][]byte
	blobOf    map[app.BlobID]app.Ref // the record that names it
	sent      map[app.BlobID]bool
	foreign   map[app.BlobID]bool // attachments that are carried for others
	cargo     []client.Cargo
	carried   int64 // boxes that ever came
}

// NewDevice makes a device with a clock and a source of randomness.
func NewDevice(book app.Book, now app.Clock, random io.Reader) (*Device, error) {
	pub, key, err := ed25519.GenerateKey(random)
	if err != nil {
		return nil, err
	}
	d := &Device{ID: app.DeviceID(pub), Key: key, book: book, now: now, random: random, chain: app.ChainStart(pub), Said: map[uint64]app.Outcome{}, buried: map[app.ID]bool{},
		confirmed: rows{}, shown: rows{}, history: map[app.Ref]map[int64]bool{}, leaving: map[app.Ref]bool{}, keys: keyring{random: random, all: map[app.ID][]app.SubjectKey{}}, settings: map[string][]byte{},
		blobs: map[app.BlobID][]byte{}, blobOf: map[app.BlobID]app.Ref{}, sent: map[app.BlobID]bool{}, foreign: map[app.BlobID]bool{}}
	d.keys.buried = d.buried
	return d, nil
}

// Clone is the device as its folder copied to another machine would be.
func (d *Device) Clone() *Device {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := &Device{ID: d.ID, Key: d.Key, Skew: d.Skew, Cut: d.Cut, Most: d.Most, book: d.book, now: d.now, random: d.random, hlc: d.hlc, bodies: slices.Clone(d.bodies),
		chain: d.chain, segments: slices.Clone(d.segments), pending: slices.Clone(d.pending), Acked: d.Acked, Said: maps.Clone(d.Said), Epoch: d.Epoch, GSN: d.GSN, buried: maps.Clone(d.buried), Gone: d.Gone,
		holds: d.holds.clone(), confirmed: maps.Clone(d.confirmed), shown: maps.Clone(d.shown), People: d.People, place: d.place, settings: maps.Clone(d.settings),
		blobs: maps.Clone(d.blobs), blobOf: maps.Clone(d.blobOf), sent: maps.Clone(d.sent), foreign: maps.Clone(d.foreign), cargo: slices.Clone(d.cargo), carried: d.carried}
	c.keys = keyring{random: d.random, all: maps.Clone(d.keys.all), buried: c.buried}
	c.leaving, c.history = maps.Clone(d.leaving), map[app.Ref]map[int64]bool{}
	for ref, lines := range d.history {
		c.history[ref] = maps.Clone(lines)
	}
	return c
}

// Seq is the number of its last change.
func (d *Device) Seq() uint64 { return uint64(len(d.bodies)) }

// Author is who acts on it.
func (d *Device) Author() app.ID {
	if d.place != nil {
		return d.place.Person.ID
	}
	return app.LocalAuthor(d.ID)
}

// Clock is its wall clock.
func (d *Device) Clock() time.Time { return d.now().Add(d.Skew) }

// Draft is an empty record.
func (d *Device) Draft(kind app.Kind) (app.Record, error) {
	g, err := d.book.Registers.Of(kind)
	if err != nil {
		return nil, err
	}
	r := g.New()
	id, err := app.NewID(app.StampOf(d.Clock()), d.random)
	r.Meta().Ref = app.Ref{Kind: kind, ID: id}
	return r, err
}

// Get is a record as the device shows it.
func (d *Device) Get(ref app.Ref) (app.Record, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	g, err := d.book.Registers.Of(ref.Kind)
	if err != nil {
		return nil, err
	}
	r := g.New()
	return r, g.Load(r, ref, d.shown[ref].gsn, d.shown[ref].doc)
}

// Refs are the records of a kind that it shows, in the order of their ids.
func (d *Device) Refs(kind app.Kind) []app.Ref {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.shown.refs(kind)
}

// Confirmed are the documents as the server has told them, by reference.
func (d *Device) Confirmed() map[app.Ref]app.Doc {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.confirmed.docs()
}

// Shown are the documents as the device shows them.
func (d *Device) Shown() map[app.Ref]app.Doc {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.shown.docs()
}

// Save journals what was changed in a record, if the rules allow it here.
func (d *Device) Save(r app.Record) error {
	g, err := d.book.Registers.Of(r.Meta().Ref.Kind)
	if err != nil {
		return err
	}
	cells := g.Diff(r)
	if len(cells) == 0 {
		return nil
	}
	return d.act(&app.Change{Ref: r.Meta().Ref, Base: r.Meta().GSN, New: r.Meta().IsNew(), Cells: cells})
}

// Do journals a command on a record, if the rules allow it here.
func (d *Device) Do(r app.Record, command string, args app.Doc) error {
	g, err := d.book.Registers.Of(r.Meta().Ref.Kind)
	if err != nil {
		return err
	}
	spec, err := app.CommandOf(g, command)
	if err != nil {
		return err
	}
	c := &app.Change{Ref: r.Meta().Ref, Base: r.Meta().GSN, Command: command, Args: args}
	for _, f := range spec.Pre {
		c.Cells = append(c.Cells, app.Cell{Field: f, Was: r.Meta().Seen().Get(f)})
	}
	return d.act(c)
}

// act asks the rules first, as a replica does.
func (d *Device) act(c *app.Change) error {
	c.Author = d.Author()
	c.Device, c.Seq = d.ID, d.Seq()+1
	if err := d.shown.fold(d.book, c, d.isErased); err != nil {
		return err
	}
	_, err := d.Journal(c)
	return err
}

// Journal writes a change as it is, whatever the rules would say, and fills in
// what is not set. It gives the number of the change.
func (d *Device) Journal(c *app.Change) (uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	wall := app.StampOf(d.Clock())
	d.hlc = d.hlc.Next(wall + app.Stamp(d.Offset))
	if c.Device.IsZero() {
		c.Device = d.ID
	}
	if c.Seq == 0 {
		c.Seq = d.Seq() + 1
	}
	if c.Author.IsZero() {
		c.Author = d.Author()
	}
	c.HLC, c.App, c.Schema = d.hlc, "test", app.SchemaVersion
	c.Clock = app.Reading{Wall: wall, Offset: d.Offset, Err: d.Err}
	body, err := c.Encode(d.book.Registers, &app.Sealer{Keys: &d.keys, Random: d.random})
	if err != nil {
		return 0, err
	}
	d.pending = append(d.pending, c)
	d.JournalBytes(body)
	return d.Seq(), nil
}

// JournalBytes puts bytes into the chain, be they a change or not.
func (d *Device) JournalBytes(body []byte) {
	d.bodies = append(d.bodies, body)
	d.chain = d.chain.Next(app.BodyHash(body))
}

// Attach keeps a file sealed to a record. Put the blob into a field and save it.
func (d *Device) Attach(ref app.Ref, name string, src io.ReadSeeker) (app.Blob, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	key, err := d.keys.For(ref.ID)
	if errors.Is(err, app.ErrErased) {
		err = errToErased
	}
	if err != nil {
		return app.Blob{}, err
	}
	var sealed sink
	id, size, err := app.SealBlob(&sealed, src, key)
	d.blobs[id] = sealed
	return app.Blob{ID: id, Name: name, Size: size, Type: "image/jpeg"}, err
}

// OpenBlob is an attachment's content; nil if the device does not hold it.
func (d *Device) OpenBlob(id app.BlobID) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	var plain sink
	if app.OpenBlob(&plain, newReader(d.blobs[id]), &d.keys) != nil {
		return nil
	}
	return plain
}

// DeviceKey is part of [client.Port].
func (d *Device) DeviceKey() ed25519.PrivateKey { return d.Key }

// Outgoing is part of [client.Port].
func (d *Device) Outgoing(_ context.Context, after uint64, most int) (bodies [][]byte, segments []app.Segment, keys []app.SubjectKey, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cut()
	if d.Most > 0 {
		most = min(most, d.Most)
	}
	for _, s := range d.segments {
		if s.Last > max(d.Acked, after) && len(bodies) < most {
			segments = append(segments, s)
			bodies = append(bodies, d.bodies[s.First-1:s.Last]...)
		}
	}
	return bodies, segments, d.keys.needed(bodies), nil
}

// cut signs what has no segment yet.
func (d *Device) cut() {
	most := uint64(app.MaxSegment)
	if d.Cut > 0 {
		most = uint64(d.Cut)
	}
	done, head := uint64(0), app.ChainStart(d.Key.Public().(ed25519.PublicKey))
	if n := len(d.segments); n > 0 {
		done, head = d.segments[n-1].Last, d.segments[n-1].Head
	}
	for done < d.Seq() {
		s := app.Segment{Device: d.ID, First: done + 1, Last: min(done+most, d.Seq())}
		for _, b := range d.bodies[done:s.Last] {
			head = head.Next(app.BodyHash(b))
		}
		s.Head = head
		s.Sign(d.Key)
		d.segments = append(d.segments, s)
		done = s.Last
	}
}

// Acknowledge is part of [client.Port]. Like a real replica it notices that it
// is an older copy of itself.
func (d *Device) Acknowledge(_ context.Context, watermark uint64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if watermark > d.Seq() {
		return errOlder
	}
	d.Acked = max(d.Acked, watermark)
	return nil
}
