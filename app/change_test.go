package app_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
)

var update = flag.Bool("update", false, "write the golden files anew: only before a format's first release")

// golden holds an encoding for ever: once released, a file here never changes.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "format", name+".hex")
	if *update {
		if err := os.WriteFile(path, []byte(hex.EncodeToString(got)+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text := hex.EncodeToString(got); text != strings.TrimSpace(string(want)) {
		t.Errorf("%s: the encoding has changed; changes already written could not be read:\n%s", name, text)
	}
}

// ring is a set of subject keys in memory.
type ring struct {
	keys   map[app.ID]app.SubjectKey
	erased map[app.ID]bool
}

func newRing() *ring { return &ring{map[app.ID]app.SubjectKey{}, map[app.ID]bool{}} }

func (r *ring) For(s app.ID) (app.SubjectKey, error) {
	k, ok := r.keys[s]
	if !ok {
		k = app.SubjectKey{Subject: s}
		copy(k.Key[:], s.String()) // a fixed key, for golden files
		r.keys[s] = k
	}
	return k, nil
}

func (r *ring) Find(s app.ID, id app.KeyID) (app.SubjectKey, error) {
	if r.erased[s] {
		return app.SubjectKey{}, app.ErrErased
	}
	if k, ok := r.keys[s]; ok && k.ID() == id {
		return k, nil
	}
	return app.SubjectKey{}, app.Refuse(app.Damaged, "", "鍵がありません。", "the key never came")
}

// counting is a source of bytes for golden files: 0, 1, 2 …
type counting byte

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func deviceKey() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)) }

func sampleChange() *app.Change {
	pub := deviceKey().Public().(ed25519.PublicKey)
	dev := app.DeviceID(pub)
	return &app.Change{
		Device: dev, Seq: 3, Author: app.LocalAuthor(dev), HLC: app.HLC(0).Next(1_795_000_000_000),
		Clock:  app.Reading{Wall: 1_795_000_000_000, Mono: 12_345_678, Boot: [8]byte{1, 2, 3, 4, 5, 6, 7, 8}, Offset: -400, Err: 30},
		App:    "0.1.0",
		Schema: app.SchemaVersion,
		Ref:    app.Ref{Kind: ticket.Kind, ID: app.ID{1: 0x9a, 6: 0x70, 8: 0x80, 15: 1}},
		Base:   12, New: true,
		Cells: []app.Cell{
			{Field: "title", Was: app.TextValue("障害"), Now: app.TextValue("障害の連絡")}, // sealed
			{Field: "minutes", Now: app.IntValue(15)},
			{Field: "of_tomorrow", Now: app.TextValue("x")}, // unknown: sealed to be safe
			{Field: "photos", Now: app.FilesValue([]app.Blob{{ID: app.BlobID{31: 7}, Name: "写真.jpg", Size: 9, Type: "image/jpeg"}})},
		},
	}
}

func TestChangeFormatIsForEver(t *testing.T) {
	kinds := modules.Book().Registers
	r := newRing()
	body, err := sampleChange().Encode(kinds, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "change-edit", body)

	command := sampleChange()
	command.Ref.Kind, command.New, command.Command, command.Cells = app.ConflictKind, false, "resolve", []app.Cell{{Field: "state"}}
	command.Args = app.Doc(nil).Patch([]app.Cell{{Field: "take", Now: app.TextValue("other")}})
	cbody, err := command.Encode(kinds, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "change-command", cbody)

	pub := deviceKey().Public().(ed25519.PublicKey)
	leased := sampleChange()
	leased.Leased = app.Leased{Lease: app.ID{1: 0x9b, 6: 0x70, 8: 0x80, 15: 2}, N: 4101}
	lbody, err := leased.Encode(kinds, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "change-leased", lbody)
	if back, err := app.DecodeChange(lbody, r); err != nil || back.Leased != leased.Leased {
		t.Errorf("came back as %+v, %v", back, err)
	}

	start := app.ChainStart(pub)
	golden(t, "chain-start", start[:])
	head := start.Next(app.BodyHash(body)).Next(app.BodyHash(cbody))
	golden(t, "chain-two", head[:])
	seg := app.Segment{Device: app.DeviceID(pub), First: 1, Last: 2, Head: head}
	seg.Sign(deviceKey())
	golden(t, "segment-signature", seg.Sig)
	dev, local := app.DeviceID(pub), app.LocalAuthor(app.DeviceID(pub))
	golden(t, "device-id", dev[:])
	golden(t, "local-author", local[:])
}

func TestOutcomeFormatIsForEver(t *testing.T) {
	c := sampleChange()
	o := app.Outcome{GSN: 41, Device: c.Device, Seq: c.Seq, Author: app.ID{1}, At: 1_795_000_000_000, Received: 1_795_000_000_500, Err: app.Unknown, Ref: c.Ref,
		Verdict: app.Rejected, Code: app.Stale, Field: "state", Say: app.Label{JA: "先に変更されています。", EN: "changed meanwhile"},
		Effects: []app.Effect{{Ref: c.Ref, Cells: []app.Cell{{Field: "title", Now: app.TextValue("障害")}, {Field: "minutes", Now: app.IntValue(15)}}}}}
	r := newRing()
	b, err := o.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "outcome", b)
	back, err := app.DecodeOutcome(b, r)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := back.Effects[0].Cells[0].Now.Text(), "障害"; got != want || back.Say != o.Say || back.GSN != 41 {
		t.Errorf("came back as %+v", back)
	}
}

// TestOutcomeTellsTheClock holds the keys that servers write since 0.3.
func TestOutcomeTellsTheClock(t *testing.T) {
	for name, ms := range map[string]int64{"": app.Unknown, "outcome-clock": 30, "outcome-exact": 0} {
		o := app.Outcome{GSN: 41, Device: app.ID{2}, Seq: 3, Author: app.ID{1}, At: 1_795_000_000_000, Received: 1_795_000_000_500, Ref: sampleChange().Ref,
			Verdict: app.Accepted, Claimed: 1_794_999_999_600, Err: ms}
		b, err := o.Encode(modules.Book().Registers, &app.Sealer{Keys: newRing(), Random: new(counting)})
		if err != nil {
			t.Fatal(err)
		}
		if name != "" {
			golden(t, name, b)
		}
		back, err := app.DecodeOutcome(b, newRing())
		if err != nil || back.Err != ms || back.Claimed != o.Claimed {
			t.Errorf("%d ms came back as %+v, %v", ms, back, err)
		}
	}
}

func TestVouched(t *testing.T) {
	const now = app.Stamp(1_795_000_000_000)
	for name, c := range map[string]struct {
		reading app.Reading
		taken   app.Stamp
		want    int64
	}{
		"as it said":                    {app.Reading{Wall: now - 400, Offset: 400, Err: 30}, now, 30},
		"nobody knows":                  {app.Reading{Wall: now, Err: app.Unknown}, now, app.Unknown},
		"pulled back by less than that": {app.Reading{Wall: now + 20, Err: 30}, now, 30},
		"pulled back by more":           {app.Reading{Wall: now + 31, Err: 30}, now, app.Unknown},
		"brought forward by more":       {app.Reading{Wall: now - 31, Err: 30}, now, app.Unknown},
		"a claim that cannot be":        {app.Reading{Wall: now, Err: -7}, now, app.Unknown},
	} {
		if got := c.reading.Vouched(c.taken); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestCertaintyIsRoundedUp(t *testing.T) {
	for ms, want := range map[int64]string{app.Unknown: "端末の時計（誤差不明）", 0: "±1秒", 1000: "±1秒", 1001: "±2秒", 60_000: "±60秒", 60_001: "±2分", 3_600_001: "±2時間"} {
		if got := app.Certainty(ms).JA; got != want {
			t.Errorf("%d ms: %s, want %s", ms, got, want)
		}
	}
}

func TestBlobFormatIsForEver(t *testing.T) {
	key, _ := newRing().For(app.ID{15: 9})
	var out bytes.Buffer
	id, size, err := app.SealBlob(&out, strings.NewReader("写真のバイト"), key)
	if err != nil || size != int64(len("写真のバイト")) {
		t.Fatal(size, err)
	}
	golden(t, "blob", out.Bytes())
	golden(t, "blob-id", id[:])
}

func TestChangeComesBack(t *testing.T) {
	r := newRing()
	c := sampleChange()
	body, err := c.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"障害", "連絡", "写真", "x\x00"} {
		if bytes.Contains(body, []byte(word)) {
			t.Errorf("%q stands readable in the change", word)
		}
	}
	back, err := app.DecodeChange(body, r)
	if err != nil {
		t.Fatal(err)
	}
	again, err := back.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil || !bytes.Equal(again, body) {
		t.Errorf("not the same after decoding: %+v, %v", back, err)
	}
}

func TestErasedIsGoneAndMissingIsSaid(t *testing.T) {
	r := newRing()
	body, err := sampleChange().Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = app.DecodeChange(body, newRing()); !app.IsCode(err, app.Damaged) {
		t.Errorf("without its key: %v", err)
	}
	r.erased[sampleChange().Ref.ID] = true
	c, err := app.DecodeChange(body, r)
	if err != nil || len(c.Cells[0].Now) != 0 || c.Cells[1].Now.Int() != 15 {
		t.Errorf("after erasing: %+v, %v", c, err)
	}
}

// TestSealedValueCannotMove puts sealed values of one change into another.
// TestWhatSaysNothingPersonalNeedsNoKey: a conflict of an erased record can still be
// resolved by taking one side, but not by words of one's own.
func TestWhatSaysNothingPersonalNeedsNoKey(t *testing.T) {
	about := app.Ref{Kind: app.ConflictKind, ID: app.ID{9}}
	all := app.Registers{app.ConflictKind: app.Conflicts}
	for side, c := range map[string]struct {
		args app.Doc
		ok   bool
	}{
		"theirs": {app.Doc(nil).Patch([]app.Cell{{Field: "take", Now: app.TextValue(string(app.TakeOther))}}), true},
		"own":    {app.Doc(nil).Patch([]app.Cell{{Field: "take", Now: app.TextValue(string(app.TakeTyped))}, {Field: "value", Now: app.TextValue("山田")}}), false},
		"newer":  {app.Doc(nil).Patch([]app.Cell{{Field: "take", Now: app.TextValue(string(app.TakeOther))}, {Field: "remark", Now: app.TextValue("山田")}}), false},
	} {
		_, err := (&app.Change{Device: app.ID{1}, Seq: 1, Ref: about, Command: "resolve", Args: c.args}).Encode(all, &app.Sealer{Keys: none{}, Random: new(counting)})
		if got := err == nil; got != c.ok || err != nil && !errors.Is(err, app.ErrErased) {
			t.Errorf("%s: %v", side, err)
		}
	}
}

// none is a ring in which every key was erased.
type none struct{}

func (none) For(app.ID) (app.SubjectKey, error) { return app.SubjectKey{}, app.ErrErased }

func (none) Find(app.ID, app.KeyID) (app.SubjectKey, error) { return app.SubjectKey{}, app.ErrErased }

func TestSealedValueCannotMove(t *testing.T) {
	kinds, r := modules.Book().Registers, newRing()
	one, two := sampleChange(), sampleChange()
	two.Seq++
	a, _ := one.Encode(kinds, &app.Sealer{Keys: r, Random: new(counting)})
	b, _ := two.Encode(kinds, &app.Sealer{Keys: r, Random: new(counting)})
	i := bytes.Index(a, []byte{3, 0x03}) // key 3 (seq) = 3
	moved := bytes.Clone(a)
	moved[i+1] = 4
	if bytes.Equal(moved, b) {
		t.Fatal("the seal does not depend on its place")
	}
	if _, err := app.DecodeChange(moved, r); !app.IsCode(err, app.Damaged) {
		t.Errorf("a moved value opened: %v", err)
	}
}

func TestSealedByNamesWhatIsNeeded(t *testing.T) {
	r := newRing()
	c := sampleChange()
	body, _ := c.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	got, err := app.SealedBy(body)
	if err != nil || len(got) != 1 || got[c.Ref.ID] != r.keys[c.Ref.ID].ID() {
		t.Errorf("%v, %v", got, err)
	}
}

func TestSegmentVerifies(t *testing.T) {
	pub := deviceKey().Public().(ed25519.PublicKey)
	good := app.Segment{Device: app.DeviceID(pub), First: 1, Last: 2, Head: app.ChainStart(pub)}
	good.Sign(deviceKey())
	if !good.Verify(pub) {
		t.Fatal("a good segment does not verify")
	}
	for name, spoil := range map[string]func(*app.Segment){
		"head":      func(s *app.Segment) { s.Head[0] ^= 1 },
		"range":     func(s *app.Segment) { s.Last++ },
		"device":    func(s *app.Segment) { s.Device[0] ^= 1 },
		"signature": func(s *app.Segment) { s.Sig = append([]byte{s.Sig[0] ^ 1}, s.Sig[1:]...) },
		"too long":  func(s *app.Segment) { s.Last = s.First + app.MaxSegment; s.Sign(deviceKey()) },
		"backwards": func(s *app.Segment) { s.First = 3; s.Sign(deviceKey()) },
	} {
		s := good
		spoil(&s)
		if s.Verify(pub) {
			t.Errorf("%s: a spoiled segment verifies", name)
		}
	}
}

func FuzzDecodeChange(f *testing.F) {
	r := newRing()
	body, _ := sampleChange().Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	f.Add(body)
	f.Add([]byte{0xa0})
	f.Fuzz(func(t *testing.T, p []byte) {
		if c, err := app.DecodeChange(p, r); err == nil {
			if _, err = c.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)}); err != nil {
				t.Errorf("what was read cannot be written: %v", err)
			}
		}
		app.DecodeOutcome(p, r)
		app.SealedBy(p)
	})
}

func TestBlobsComeBack(t *testing.T) {
	r := newRing()
	key, _ := r.For(app.ID{15: 9})
	for _, size := range []int{0, 1, 1<<20 - 1, 1 << 20, 1<<20 + 1, 3 << 20} {
		plain := bytes.Repeat([]byte("障"), size/3+1)[:size]
		var out, back bytes.Buffer
		id, n, err := app.SealBlob(&out, bytes.NewReader(plain), key)
		if err != nil || n != int64(size) {
			t.Fatal(n, err)
		}
		if err = app.OpenBlob(&back, bytes.NewReader(out.Bytes()), r); err != nil || !bytes.Equal(back.Bytes(), plain) {
			t.Fatalf("%d bytes: %v", size, err)
		}
		var again bytes.Buffer
		if same, _, _ := app.SealBlob(&again, bytes.NewReader(plain), key); same != id {
			t.Errorf("%d bytes: one file of one record has two ids", size)
		}
		for _, cut := range []int{1, 16, 17, out.Len() / 2, out.Len() - 1} {
			if cut < out.Len() {
				spoiled := out.Bytes()[:out.Len()-cut]
				if err = app.OpenBlob(new(bytes.Buffer), bytes.NewReader(spoiled), r); err == nil {
					t.Errorf("%d bytes, %d cut off: opened", size, cut)
				}
			}
		}
	}
}

func TestBlobOfErasedSubject(t *testing.T) {
	r := newRing()
	key, _ := r.For(app.ID{15: 9})
	var out bytes.Buffer
	app.SealBlob(&out, strings.NewReader("x"), key)
	r.erased[key.Subject] = true
	if err := app.OpenBlob(new(bytes.Buffer), &out, r); !errors.Is(err, app.ErrErased) {
		t.Error(err)
	}
}
