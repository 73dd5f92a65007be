package logtest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/wire"
)

// Memory is a log that forgets when the program ends: for tests and simulators.
type Memory struct {
	mu sync.RWMutex
	memory
}

// memory is the tables. Values in them are never altered in place.
type memory struct {
	lines     []server.Line // ascending gsn
	points    map[change]server.Point
	rows      map[app.Ref]server.Row
	counters  map[string]int64
	claims    map[claim]int64
	held      map[impound]wire.Segment
	impounded map[impound]server.Kept
	identity
	epochs
	erasures
	persons     map[app.ID]string
	devices     map[app.ID]server.Device
	invitations map[[32]byte]server.Invitation
	keys        map[server.NamedKey]aged
	attachments map[app.BlobID]attachment
	settings    map[string][]byte
	hashes      map[int64][]byte
	reaches     map[int64]server.Reach
	naming      map[named]bool
}

type (
	change struct {
		device app.ID
		seq    uint64
	}
	claim struct {
		series string
		n      int64
	}
	impound struct {
		change
		head app.Chain
	}
	aged struct {
		app.SubjectKey
		at app.Stamp
	}
	attachment struct {
		device app.ID
		here   bool
	}
)

// NewMemory makes an empty one.
func NewMemory() *Memory {
	return &Memory{memory: memory{
		points: map[change]server.Point{}, rows: map[app.Ref]server.Row{}, counters: map[string]int64{}, claims: map[claim]int64{},
		held: map[impound]wire.Segment{}, impounded: map[impound]server.Kept{}, identity: newIdentity(), epochs: newEpochs(), erasures: newErasures(), persons: map[app.ID]string{}, devices: map[app.ID]server.Device{},
		invitations: map[[32]byte]server.Invitation{}, keys: map[server.NamedKey]aged{}, attachments: map[app.BlobID]attachment{}, settings: map[string][]byte{}, hashes: map[int64][]byte{},
		reaches: map[int64]server.Reach{}, naming: map[named]bool{},
	}}
}

// Clone is the log as it is now: what is written to one of them does not reach
// the other.
func (m *Memory) Clone() *Memory {
	m.mu.RLock()
	defer m.mu.RUnlock()
	c := NewMemory()
	c.lines = slices.Clip(m.lines)
	maps.Copy(c.points, m.points)
	maps.Copy(c.rows, m.rows)
	maps.Copy(c.counters, m.counters)
	maps.Copy(c.claims, m.claims)
	maps.Copy(c.held, m.held)
	maps.Copy(c.impounded, m.impounded)
	maps.Copy(c.standings, m.standings)
	maps.Copy(c.credentials, m.credentials)
	maps.Copy(c.impoundedKeys, m.impoundedKeys)
	maps.Copy(c.reserved, m.reserved)
	maps.Copy(c.stood, m.stood)
	maps.Copy(c.erased, m.erased)
	maps.Copy(c.doomed, m.doomed)
	maps.Copy(c.persons, m.persons)
	maps.Copy(c.devices, m.devices)
	maps.Copy(c.invitations, m.invitations)
	maps.Copy(c.keys, m.keys)
	maps.Copy(c.attachments, m.attachments)
	maps.Copy(c.settings, m.settings)
	maps.Copy(c.hashes, m.hashes)
	maps.Copy(c.reaches, m.reaches)
	maps.Copy(c.naming, m.naming)
	return c
}

// Close does nothing.
func (m *Memory) Close() error { return nil }

// Write runs fn and takes back what it did if it fails or panics.
func (m *Memory) Write(_ context.Context, fn func(server.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := &memTx{memory: &m.memory}
	done := false
	defer func() {
		if !done {
			t.rollBack()
		}
	}()
	if err := fn(t); err != nil {
		return err
	}
	done = true
	return nil
}

// Read runs fn; writing in it fails.
func (m *Memory) Read(_ context.Context, fn func(server.Tx) error) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return fn(&memTx{memory: &m.memory, readOnly: true})
}

// memTx remembers how to take back what it does.
type memTx struct {
	*memory
	readOnly bool
	undo     []func()
}

func (t *memTx) rollBack() {
	for _, f := range slices.Backward(t.undo) {
		f()
	}
}

var (
	errReadOnly = errors.New("write in a read transaction")
	errThere    = errors.New("is there already")
)

func put[K comparable, V any](t *memTx, m map[K]V, k K, v V) error {
	if t.readOnly {
		return errReadOnly
	}
	old, had := m[k]
	t.undo = append(t.undo, func() {
		if m[k] = old; !had {
			delete(m, k)
		}
	})
	m[k] = v
	return nil
}

func add[K comparable, V any](t *memTx, m map[K]V, k K, v V) error {
	if _, there := m[k]; there {
		return errThere
	}
	return put(t, m, k, v)
}

func drop[K comparable, V any](t *memTx, m map[K]V, k K) error {
	old, had := m[k]
	if !had {
		return nil
	}
	err := put(t, m, k, old)
	delete(m, k)
	return err
}

func (t *memTx) Expect([]app.Ref) error { return nil }

func (t *memTx) Setting(name string) ([]byte, error) { return t.settings[name], nil }
func (t *memTx) PutSetting(name string, value []byte) error {
	return put(t, t.settings, name, slices.Clone(value))
}

func (t *memTx) Row(ref app.Ref) (app.Doc, int64, error) {
	return t.rows[ref].Doc, t.rows[ref].GSN, nil
}
func (t *memTx) Ticks(ref app.Ref) (app.Doc, error) { return t.rows[ref].Ticks, nil }
func (t *memTx) PutRow(r server.Row) error          { return put(t, t.rows, r.Ref, r) }

func (t *memTx) Linked(to app.Ref, from app.Kind) (refs []app.Ref, err error) {
	for ref, r := range t.rows {
		if ref.Kind == from && slices.Contains(r.Links, to) {
			refs = append(refs, ref)
		}
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return refs, nil
}

func (t *memTx) Counter(name string) (int64, error) { return t.counters[name], nil }
func (t *memTx) Count(name string, by int64) (int64, error) {
	n := t.counters[name] + by
	return n, put(t, t.counters, name, n)
}
func (t *memTx) Claim(series string, n, gsn int64) error {
	return add(t, t.claims, claim{series, n}, gsn)
}

func (t *memTx) Append(l server.Line) error {
	if err := add(t, t.points, change{l.Device, l.Seq}, l.Point); err != nil {
		return err
	}
	if n := len(t.lines); n > 0 && t.lines[n-1].GSN >= l.GSN {
		return errThere
	}
	before := t.lines
	t.undo = append(t.undo, func() { t.lines = before })
	t.lines = append(t.lines, l)
	return t.PutReach(server.Reach{GSN: l.GSN, Device: l.Device, About: l.Reach.About, Moves: l.Reach.Moves})
}

func (t *memTx) Point(device app.ID, seq uint64) (server.Point, bool, error) {
	p, ok := t.points[change{device, seq}]
	return p, ok, nil
}

// after are the lines behind a gsn.
func (t *memTx) after(gsn int64) []server.Line {
	i, found := slices.BinarySearchFunc(t.lines, gsn, func(l server.Line, gsn int64) int { return cmp.Compare(l.GSN, gsn) })
	if found {
		i++
	}
	return t.lines[i:]
}

func (t *memTx) Since(gsn int64, count, size int) (out []server.Told, err error) {
	for _, l := range t.after(gsn) {
		size -= len(l.Outcome)
		if len(out) == count || size < 0 && len(out) > 0 {
			break
		}
		out = append(out, server.Told{GSN: l.GSN, Outcome: l.Outcome})
	}
	return out, nil
}

func (t *memTx) Hold(s wire.Segment, _ app.Stamp) error {
	return put(t, t.held, impound{change{s.Device, s.First}, s.Head}, s)
}

func (t *memTx) Held(device app.ID, seq uint64) (out []wire.Segment, err error) {
	for k, s := range t.held {
		if k.device == device && k.seq <= seq {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b wire.Segment) int {
		return cmp.Or(cmp.Compare(a.First, b.First), bytes.Compare(a.Head[:], b.Head[:]))
	})
	return out, nil
}

func (t *memTx) HeldCount(device app.ID) (n int, err error) {
	for k := range t.held {
		if k.device == device {
			n++
		}
	}
	return n, nil
}

func (t *memTx) Release(device app.ID, first uint64) error {
	for k := range t.held {
		if k.device == device && k.seq == first {
			if err := drop(t, t.held, k); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *memTx) Impound(s wire.Segment, why server.Impounded, at app.Stamp) error {
	k := impound{change{s.Device, s.First}, s.Head}
	if _, there := t.impounded[k]; there {
		return nil
	}
	return put(t, t.impounded, k, server.Kept{Segment: s, Why: why, Received: at})
}

func (t *memTx) ImpoundedCount(device app.ID) (n int, err error) {
	for k := range t.impounded {
		if k.device == device {
			n++
		}
	}
	return n, nil
}

func (t *memTx) Persons() (out []server.Person, err error) {
	for id, name := range t.persons {
		out = append(out, server.Person{ID: id, Name: name})
	}
	slices.SortFunc(out, func(a, b server.Person) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return out, nil
}

func (t *memTx) PutPerson(p server.Person) error {
	for id, name := range t.persons {
		if name == p.Name && id != p.ID {
			return errThere
		}
	}
	return put(t, t.persons, p.ID, p.Name)
}

func (t *memTx) Devices() ([]server.Device, error) {
	return slices.SortedFunc(maps.Values(t.devices), func(a, b server.Device) int {
		return cmp.Or(cmp.Compare(a.Enrolled, b.Enrolled), bytes.Compare(a.ID[:], b.ID[:]))
	}), nil
}

func (t *memTx) Device(id app.ID) (server.Device, bool, error) {
	d, ok := t.devices[id]
	return d, ok, nil
}
func (t *memTx) PutDevice(d server.Device) error { return put(t, t.devices, d.ID, d) }

func (t *memTx) Invitation(secret [32]byte) (server.Invitation, bool, error) {
	i, ok := t.invitations[secret]
	i.Secret = secret
	return i, ok, nil
}
func (t *memTx) PutInvitation(i server.Invitation) error { return put(t, t.invitations, i.Secret, i) }

func (t *memTx) Key(subject app.ID, id app.KeyID) (app.SubjectKey, bool, error) {
	k, ok := t.keys[server.NamedKey{Subject: subject, Key: id}]
	k.Subject = subject
	return k.SubjectKey, ok, nil
}

func (t *memTx) KeysOf(subject app.ID) (out []app.SubjectKey, err error) {
	var found []aged
	for name, k := range t.keys {
		if name.Subject == subject {
			found = append(found, k)
		}
	}
	slices.SortFunc(found, func(a, b aged) int { return cmp.Or(cmp.Compare(a.at, b.at), byID(a.SubjectKey, b.SubjectKey)) })
	for _, k := range found {
		out = append(out, k.SubjectKey)
	}
	return out, nil
}

func byID(a, b app.SubjectKey) int {
	x, y := a.ID(), b.ID()
	return cmp.Or(bytes.Compare(a.Subject[:], b.Subject[:]), bytes.Compare(x[:], y[:]))
}

func (t *memTx) PutKey(k app.SubjectKey, at app.Stamp) error {
	name := server.NamedKey{Subject: k.Subject, Key: k.ID()}
	if _, erased := t.erased[k.Subject]; erased {
		return nil
	}
	if _, there := t.keys[name]; there {
		return nil
	}
	return put(t, t.keys, name, aged{k, at})
}

func (t *memTx) KeysNeeded(after, upTo int64) ([]app.SubjectKey, error) {
	return t.needed(after, func(gsn int64) bool { return gsn <= upTo }), nil
}

func (t *memTx) Want(id app.BlobID, device app.ID) error {
	if _, there := t.attachments[id]; there {
		return nil
	}
	return put(t, t.attachments, id, attachment{device, false})
}

func (t *memTx) Got(id app.BlobID) error {
	a, there := t.attachments[id]
	if !there {
		return nil
	}
	return put(t, t.attachments, id, attachment{a.device, true})
}

func (t *memTx) Attachment(id app.BlobID) (wanted, here bool, err error) {
	a, ok := t.attachments[id]
	return ok, a.here, nil
}

func (t *memTx) Missing(device app.ID, count int) (out []app.BlobID, err error) {
	for id, a := range t.attachments {
		if a.device == device && !a.here {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b app.BlobID) int { return bytes.Compare(a[:], b[:]) })
	return out[:min(count, len(out))], nil
}
