package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// seed is a secret of nobody.
func seed(n byte) []byte { return bytes.Repeat([]byte{n}, 32) }

// The server and two devices of every test.
var (
	identity = ed25519.NewKeyFromSeed(seed(1))
	maker    = ed25519.NewKeyFromSeed(seed(2))
	peer     = ed25519.NewKeyFromSeed(seed(3))
	pin      = wire.PinOf(identity.Public().(ed25519.PublicKey))
	epoch    = app.ID{9}
)

func device(k ed25519.PrivateKey) app.ID { return app.DeviceID(k.Public().(ed25519.PublicKey)) }

func box(t interface{ Fatal(...any) }, k ed25519.PrivateKey) hpke.PrivateKey {
	key, err := wire.BoxKey(k.Seed())
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func public(t interface{ Fatal(...any) }, k ed25519.PrivateKey) []byte {
	return box(t, k).PublicKey().Bytes()
}

// content is what a file holds, as whoever may open all of it sees it.
type content struct {
	Bodies [][]byte
	Keys   []wire.Key
	Blobs  []string
	Words  []string
}

// run packs bodies as a device's first changes.
func run(t interface{ Fatal(...any) }, bodies [][]byte, keys []wire.Key) *wire.Box {
	s := app.Segment{Device: device(maker), First: 1, Last: uint64(len(bodies)), Head: app.ChainStart(maker.Public().(ed25519.PublicKey))}
	for _, b := range bodies {
		s.Head = s.Head.Next(app.BodyHash(b))
	}
	s.Sign(maker)
	b, err := wire.NewBox(wire.SegmentOf(s, bodies), keys, nil, maker, public(t, identity))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// write writes a device's file for the server and the peer.
func write(t interface{ Fatal(...any) }, c content) []byte {
	h := bundle.Header{ID: app.ID{7}, Part: 1, Parts: 1, Pin: pin, Epoch: epoch, Created: 1_780_000_000_000}
	m := bundle.Manifest{Cursor: 5, Box: public(t, maker)}
	if len(c.Bodies) > 0 {
		h.Counts.Segments, h.Counts.Changes = 1, len(c.Bodies)
	}
	for _, b := range c.Blobs {
		h.Counts.Blobs++
		h.Counts.BlobBytes += int64(len(b))
		m.Blobs = append(m.Blobs, bundle.Blob{ID: sha256.Sum256([]byte(b)), Size: int64(len(b))})
	}
	var out bytes.Buffer
	w, err := bundle.NewWriter(&out, h, []bundle.To{{Box: public(t, identity)}, {Device: device(peer), Box: public(t, peer)}}, maker, &m)
	if err == nil && len(c.Bodies) > 0 {
		err = w.Box(run(t, c.Bodies, c.Keys))
	}
	for i, b := range c.Blobs {
		if err == nil {
			err = w.Blob(m.Blobs[i].ID, int64(len(b)), strings.NewReader(b))
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// writeServer writes a file of the server for the peer.
func writeServer(t interface{ Fatal(...any) }, words ...string) []byte {
	var out bytes.Buffer
	h := bundle.Header{ID: app.ID{8}, Part: 1, Parts: 1, Pin: pin, Epoch: epoch, Created: 1_780_000_000_000}
	w, err := bundle.NewWriter(&out, h, []bundle.To{{Device: device(peer), Box: public(t, peer)}}, identity, &bundle.Manifest{})
	for _, text := range words {
		if err == nil {
			err = w.Word(bundle.WordPage, text)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// ours is what every reader here expects of a file.
func ours(h *bundle.Header) error { return h.Check(epoch, pin) }

// read reads a file to its end, as the server does, or as the peer does.
func read(file []byte, key hpke.PrivateKey, me app.ID) (c content, err error) {
	r, err := bundle.NewReader(bytes.NewReader(file), me, key, ours)
	for err == nil {
		var item bundle.Item
		if item, err = r.Next(); err == nil {
			err = c.take(item, key, me)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return c, err
}

func (c *content) take(item bundle.Item, key hpke.PrivateKey, me app.ID) error {
	switch {
	case item.Box != nil && me.IsZero():
		s, keys, err := item.Box.Open(key)
		c.Bodies, c.Keys = append(c.Bodies, s.Bodies...), append(c.Keys, keys...)
		return err
	case item.Blob != nil:
		b, err := io.ReadAll(item.Body)
		if err == nil && sha256.Sum256(b) != item.Blob.ID {
			err = errors.New("another attachment")
		}
		c.Blobs = append(c.Blobs, string(b))
		return err
	case item.Word != nil:
		var text string
		err := item.Word.Into(&text)
		c.Words = append(c.Words, text)
		return err
	}
	return nil
}

var sample = content{
	Bodies: [][]byte{[]byte("change one"), []byte("change two")},
	Keys:   []wire.Key{{Subject: app.ID{4}, Key: [32]byte{5}}},
	Blobs:  []string{"an attachment", strings.Repeat("long ", 40_000)},
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := content{
			Bodies: rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 200), 0, 20).Draw(t, "bodies"),
			Blobs:  rapid.SliceOfN(rapid.StringN(0, 300_000, -1), 0, 3).Draw(t, "blobs"),
		}
		if len(want.Bodies) > 0 && rapid.Bool().Draw(t, "keys") {
			want.Keys = []wire.Key{{Subject: app.ID{1}, Key: [32]byte{2}}}
		}
		got, err := read(write(t, want), box(t, identity), app.ID{})
		if err != nil || !same(got, want) {
			t.Fatalf("%v: %+v, want %+v", err, got, want)
		}
	})
}

// same compares contents; none is none.
func same(a, b content) bool {
	return slices.EqualFunc(a.Bodies, b.Bodies, bytes.Equal) && slices.Equal(a.Keys, b.Keys) && slices.Equal(a.Blobs, b.Blobs) && slices.Equal(a.Words, b.Words)
}

// TestCarriersReadNothing: whoever carries a file on sees whose it is, and not
// what stands in it.
func TestCarriersReadNothing(t *testing.T) {
	file := write(t, sample)
	if bytes.Contains(file, sample.Bodies[0]) || bytes.Contains(file, []byte(sample.Blobs[0])) {
		t.Error("the file shows what is in it")
	}
	r, err := bundle.NewReader(bytes.NewReader(file), device(peer), box(t, peer), ours)
	if err != nil {
		t.Fatal(err)
	}
	item, err := r.Next()
	if err != nil || item.Box.Device != device(maker) || item.Box.Last != 2 {
		t.Fatal(item.Box, err)
	}
	if _, _, err = item.Box.Open(box(t, peer)); !app.IsCode(err, app.Damaged) {
		t.Errorf("a carrier opened a box: %v", err)
	}
}

// TestEveryByteCounts flips a bit of each byte, and cuts the file at each: it is
// refused, whatever it was.
func TestEveryByteCounts(t *testing.T) {
	small := content{Bodies: sample.Bodies, Keys: sample.Keys, Blobs: sample.Blobs[:1]}
	for name, f := range map[string]struct {
		file []byte
		key  hpke.PrivateKey
		me   app.ID
	}{
		"device's": {write(t, small), box(t, identity), app.ID{}},
		"server's": {writeServer(t, "page one", "page two"), box(t, peer), device(peer)},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := read(f.file, f.key, f.me); err != nil {
				t.Fatal(err)
			}
			for i := range f.file {
				altered := slices.Clone(f.file)
				altered[i] ^= 1 << (i % 8)
				refused(t, altered, f.key, f.me, i)
				refused(t, f.file[:i], f.key, f.me, i)
			}
		})
	}
}

func refused(t *testing.T, file []byte, key hpke.PrivateKey, me app.ID, at int) {
	t.Helper()
	_, err := read(file, key, me)
	if e := app.ErrorOf(err); err == nil || e.Code == app.Failed || e.Say.JA == "" {
		t.Errorf("at byte %d: %v", at, err)
	}
}

// TestWhatIsWholeIsGiven: of half a file all that came before is there.
func TestWhatIsWholeIsGiven(t *testing.T) {
	file := write(t, sample)
	got, err := read(file[:len(file)-100_000], box(t, identity), app.ID{})
	if !app.IsCode(err, app.Damaged) || len(got.Bodies) != 2 || got.Blobs[0] != sample.Blobs[0] {
		t.Errorf("%v: %d changes, %d attachments", err, len(got.Bodies), len(got.Blobs))
	}
}

func TestWrongHands(t *testing.T) {
	file := write(t, sample)
	stranger := ed25519.NewKeyFromSeed(seed(4))
	for name, err := range map[string]error{
		"nobody's":      second(read(file, box(t, stranger), device(stranger))),
		"another's key": second(read(file, box(t, stranger), app.ID{})),
		"the server's":  second(read(writeServer(t, "page"), box(t, identity), app.ID{})),
	} {
		if err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	// Another city's server cannot open the file, and still says whose it is not.
	_, err := bundle.NewReader(bytes.NewReader(file), app.ID{}, box(t, stranger), func(h *bundle.Header) error { return h.Check(epoch, wire.Pin{1}) })
	if !app.IsCode(err, app.Forbidden) {
		t.Errorf("another city: %v", err)
	}
	_, err = bundle.NewReader(bytes.NewReader(file), app.ID{}, box(t, identity), func(h *bundle.Header) error { return h.Check(app.ID{1}, pin) })
	if !app.IsCode(err, app.Stale) {
		t.Errorf("another order: %v", err)
	}
}

func second(_ content, err error) error { return err }

// TestDevicesDoNotSpeakForTheServer: a device writes a word, as if it were the server's.
func TestDevicesDoNotSpeakForTheServer(t *testing.T) {
	var out bytes.Buffer
	h := bundle.Header{ID: app.ID{8}, Part: 1, Parts: 1, Pin: pin, Epoch: epoch}
	w, err := bundle.NewWriter(&out, h, []bundle.To{{Device: device(peer), Box: public(t, peer)}}, maker, &bundle.Manifest{})
	if err = errors.Join(err, w.Word(bundle.WordPage, "all rights to the maker"), w.Close()); err != nil {
		t.Fatal(err)
	}
	if got, err := read(out.Bytes(), box(t, peer), device(peer)); !app.IsCode(err, app.Forbidden) || got.Words != nil {
		t.Errorf("%v, %q", err, got.Words)
	}
}

func TestNewerFilesAreTold(t *testing.T) {
	file := write(t, sample)
	file[4] = 2
	if _, err := read(file, box(t, identity), app.ID{}); !app.IsCode(err, app.Invalid) || !strings.Contains(err.Error(), "newer") {
		t.Error(err)
	}
}

func TestDivide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.Int64Range(0, 5<<20), 0, 60).Draw(t, "sizes")
		const most = 6 << 20
		first := 0
		for _, end := range bundle.Divide(sizes, most) {
			sum := int64(0)
			for _, n := range sizes[first:end] {
				sum += n
			}
			if sum > most || end == first && len(sizes) > 0 {
				t.Fatalf("part %d to %d has %d bytes", first, end, sum)
			}
			first = end
		}
		if first != len(sizes) {
			t.Fatalf("%d of %d things are in a part", first, len(sizes))
		}
	})
}

func TestPartNames(t *testing.T) {
	for _, c := range []struct {
		part, parts int
		want        string
	}{{1, 1, "a/b.daicho"}, {1, 2, "a/b.001.daicho"}, {12, 12, "a/b.012.daicho"}} {
		if got := bundle.PartName("a/b.daicho", c.part, c.parts); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	heads := []bundle.Header{{ID: app.ID{1}, Part: 2, Parts: 3}, {ID: app.ID{2}, Part: 1, Parts: 3}}
	if got := bundle.MissingParts(heads); !reflect.DeepEqual(got, []int{1, 3}) {
		t.Error(got)
	}
}

// TestLook sees what a file is without a key, and whether it is whole.
func TestLook(t *testing.T) {
	file := write(t, sample)
	path := filepath.Join(t.TempDir(), "a.daicho")
	for _, c := range []struct {
		file  []byte
		whole bool
	}{{file, true}, {file[:len(file)-1], false}, {append(slices.Clone(file), 0), false}, {file[:len(file)/2], false}} {
		if err := os.WriteFile(path, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		seen, err := bundle.Look(path)
		if err != nil || seen.Whole != c.whole || seen.Size != int64(len(c.file)) || seen.Hash != sha256.Sum256(c.file) || seen.Header.Counts.Changes != 2 {
			t.Errorf("%d bytes: %+v, %v", len(c.file), seen, err)
		}
	}
}

// TestGolden reads a file of each version that was ever written.
func TestGolden(t *testing.T) {
	small := content{Bodies: sample.Bodies, Keys: sample.Keys, Blobs: sample.Blobs[:1]}
	const up, down = "testdata/device-1.daicho", "testdata/server-1.daicho"
	if os.Getenv("DAICHO_GOLDEN") == "write" {
		for name, file := range map[string][]byte{up: write(t, small), down: writeServer(t, "page one", "page two")} {
			if err := os.WriteFile(name, file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := load(t, up)
	if got, err := read(file, box(t, identity), app.ID{}); err != nil || !same(got, small) {
		t.Errorf("%v: %+v", err, got)
	}
	r, err := bundle.NewReader(bytes.NewReader(file), device(peer), box(t, peer), ours)
	if err != nil {
		t.Fatal(err)
	}
	if h := r.Header; h.ID != (app.ID{7}) || h.Device() != device(maker) || h.Counts != (bundle.Counts{Segments: 1, Changes: 2, Blobs: 1, BlobBytes: 13}) || r.Manifest.Cursor != 5 {
		text, _ := json.Marshal(h)
		t.Errorf("%s", text)
	}
	if got, err := read(load(t, down), box(t, peer), device(peer)); err != nil || !slices.Equal(got.Words, []string{"page one", "page two"}) {
		t.Errorf("%v: %q", err, got.Words)
	}
}

// TestGoldenLaterWords reads the words and the parts of a manifest that came after the
// first files, as they were first written.
func TestGoldenLaterWords(t *testing.T) {
	for name, message := range map[string]any{
		"signed": &bundle.Signed{Note: []byte("note"), Identity: []byte{1}, Proofs: []bundle.Proof{{Size: 5, Hashes: [][32]byte{{2}}}}},
		"rights": &bundle.Rights{Clearance: []wire.Extent{{Kind: "file", Zone: "lgwan", All: true}}},
		"manifest": &bundle.Manifest{Ranges: []bundle.Range{{Device: app.ID{1}, First: 2, Last: 3}}, Cursor: 5, People: 6, Seen: 7,
			Certificate: []byte("certificate"), Shut: []byte("list")},
	} {
		now, err := wire.Encode(message)
		if err != nil {
			t.Fatal(err)
		}
		path := "testdata/" + name + ".cbor"
		if os.Getenv("DAICHO_GOLDEN") == "write" {
			if err = os.WriteFile(path, now, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got := reflect.New(reflect.TypeOf(message).Elem()).Interface()
		if err := wire.Decode(load(t, path), got); err != nil || !reflect.DeepEqual(got, message) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// FuzzWords reads anything as one of the messages in a file: what is read can be
// written, and is read as the same again.
func FuzzWords(f *testing.F) {
	f.Add([]byte{0xa0})
	for _, name := range []string{"signed", "manifest", "rights"} {
		text, err := os.ReadFile("testdata/" + name + ".cbor")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		for _, as := range []func() any{func() any { return &bundle.Signed{} }, func() any { return &bundle.Manifest{} }, func() any { return &bundle.Answer{} }, func() any { return &bundle.Page{} }, func() any { return &bundle.Rights{} }} {
			got, again := as(), as()
			if wire.Decode(p, got) != nil {
				continue
			}
			one, err := wire.Encode(got)
			if err != nil {
				t.Fatal(err)
			}
			if err = wire.Decode(one, again); err != nil {
				t.Fatal(err)
			}
			if two, err := wire.Encode(again); err != nil || !bytes.Equal(one, two) {
				t.Fatalf("%x is read as %x, %v", one, two, err)
			}
		}
	})
}

func load(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// FuzzHeader reads anything as a file.
func FuzzHeader(f *testing.F) {
	f.Add(write(f, content{Bodies: sample.Bodies}))
	f.Add([]byte("DCHB\x01\xff\xff\xff\xff"))
	f.Add([]byte("DCHB\x02"))
	key := box(f, identity)
	f.Fuzz(func(t *testing.T, file []byte) {
		var known *app.Error
		if _, err := read(file, key, app.ID{}); err != nil && !errors.As(err, &known) {
			t.Fatal(err)
		}
	})
}

// FuzzLook reads anything as a file without any key.
func FuzzLook(f *testing.F) {
	f.Add(write(f, content{Bodies: sample.Bodies}))
	f.Add([]byte("DCHB\x01\x00\x00\x00\x01"))
	path := filepath.Join(f.TempDir(), "look.daicho")
	f.Fuzz(func(t *testing.T, file []byte) {
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		var known *app.Error
		seen, err := bundle.Look(path)
		switch {
		case err != nil && !errors.As(err, &known):
			t.Fatal(err)
		case err == nil && (seen.Hash != sha256.Sum256(file) || seen.Size != int64(len(file))):
			t.Fatalf("%d bytes are seen as %d", len(file), seen.Size)
		}
	})
}

// FuzzFrames reads anything that somebody sealed and signed rightly.
func FuzzFrames(f *testing.F) {
	f.Add([]byte{2, 0, 0, 0, 1, 0xa0})
	f.Add([]byte{4, 0, 0, 0, 33})
	f.Add([]byte{3, 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{5, 0, 0, 0, 0})
	key := box(f, identity)
	f.Fuzz(func(t *testing.T, frames []byte) {
		file, err := bundle.Sealed(maker, []bundle.To{{Box: key.PublicKey().Bytes()}}, pin, epoch, frames)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := read(file, key, app.ID{}); err == nil {
			t.Fatal("frames without the maker's signature were taken")
		}
	})
}
