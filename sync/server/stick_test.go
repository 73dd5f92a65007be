package server_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"testing"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/people"
	"daicho/sync/audit"
	"daicho/sync/bundle"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// stick is what a device writes for the server alone.
func (o *office) stick(d *simtest.Device) []byte {
	o.Helper()
	var b bytes.Buffer
	id, err := app.NewID(app.StampOf(o.Now), o.Random)
	ok(o.T, err)
	_, err = client.Export(context.Background(), d, o.Options(d), client.Shipment{ID: id}, func(int, int) (io.WriteCloser, error) { return closing{&b}, nil })
	ok(o.T, err)
	return b.Bytes()
}

type closing struct{ io.Writer }

func (closing) Close() error { return nil }

// answer is what the server writes to a device's stick.
func (o *office) answer(stick []byte) []byte {
	o.Helper()
	r, err := o.Server.ImportBundle(context.Background(), bytes.NewReader(stick))
	ok(o.T, err)
	var b bytes.Buffer
	_, err = o.Server.AnswerBundle(context.Background(), r, &b)
	ok(o.T, err)
	return b.Bytes()
}

func (o *office) unasked(d *simtest.Device, after int64) []byte {
	o.Helper()
	var b bytes.Buffer
	_, err := o.Server.ExportBundle(context.Background(), d.ID, after, &b)
	ok(o.T, err)
	return b.Bytes()
}

func (o *office) load(d *simtest.Device, file []byte) (client.Unpacked, error) {
	return client.Import(context.Background(), d, o.Options(d), bytes.NewReader(file))
}

func (o *office) loaded(d *simtest.Device, file []byte) client.Unpacked {
	o.Helper()
	got, err := o.load(d, file)
	ok(o.T, err)
	return got
}

// rewritten is a file of the server with other words, under a key.
func (o *office) rewritten(file []byte, to *simtest.Device, key ed25519.PrivateKey, word func(w *bundle.Word) (message any, keep bool)) []byte {
	o.Helper()
	box, err := wire.BoxKey(to.Key.Seed())
	ok(o.T, err)
	in, err := bundle.NewReader(bytes.NewReader(file), to.ID, box, func(*bundle.Header) error { return nil })
	ok(o.T, err)
	var b bytes.Buffer
	h := *in.Header
	h.Pin = wire.PinOf(key.Public().(ed25519.PublicKey))
	out, err := bundle.NewWriter(&b, h, []bundle.To{{Device: to.ID, Box: box.PublicKey().Bytes()}}, key, &in.Manifest)
	ok(o.T, err)
	for {
		item, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		ok(o.T, err)
		if message, keep := word(item.Word); keep {
			ok(o.T, out.Word(item.Word.Kind, message))
		}
	}
	ok(o.T, out.Close())
	return b.Bytes()
}

// into reads a word as what it is.
func into(t *testing.T, w *bundle.Word) any {
	t.Helper()
	var message any
	switch w.Kind {
	case bundle.WordSigned:
		message = &bundle.Signed{}
	case bundle.WordPage:
		message = &bundle.Page{}
	case bundle.WordAnswer:
		message = &bundle.Answer{}
	case bundle.WordRights:
		message = &bundle.Rights{}
	default:
		message = &wire.Roster{}
	}
	ok(t, w.Into(message))
	return message
}

// TestSticksInAnyOrder: each proves that it goes on from whatever the device heard
// last, by network or by another stick; an old one does no harm.
func TestSticksInAnyOrder(t *testing.T) {
	o := newOffice(t, openBook())
	a, b := o.device("青木"), o.device("馬場")
	o.open(a, "一")
	o.sync(a, b)
	asked := o.stick(a) // of a device that has one line
	var answers [][]byte
	for range 3 {
		o.open(b, "次")
		o.sync(b)
		answers = append(answers, o.answer(asked))
	}
	for _, n := range []int{0, 2, 1, 0} {
		if got := o.loaded(a, answers[n]); got.Unsigned {
			t.Error("not signed:", n)
		}
	}
	equal(t, a.GSN, int64(4))
	trail, err := client.Trail(t.Context(), a)
	ok(t, err)
	if last, _ := trail.Last(); last.Size != 4 {
		t.Error("the last checkpoint is of", last.Size, "lines")
	}
	o.open(b, "五")
	o.sync(b)
	if got := o.loaded(a, o.unasked(a, 4)); got.Pulled != 1 || got.Unsigned {
		t.Errorf("%+v", got)
	}
	o.sync(a)
	equal(t, a.GSN, int64(5))
}

// TestAnswerCutAnywhere: half of an answer is kept as far as it came; the whole of it
// brings the rest, and no half raises the alarm. Of an older answer there is nothing
// to keep while the newer one is not here in full.
func TestAnswerCutAnywhere(t *testing.T) {
	o := newOffice(t, openBook())
	a, b := o.device("青木"), o.device("馬場")
	o.sync(a, b)
	o.open(a, "持ち帰り")
	asked := o.stick(a)
	o.open(b, "一")
	o.sync(b)
	older := o.answer(asked)
	for range 400 { // sealed, so that it fills some chunks
		o.open(b, "二")
	}
	o.sync(b)
	newer := o.answer(asked)
	begun, kept := false, 0
	for at := 5_000; at < len(newer); at += 12_000 {
		_, err := o.load(a, newer[:at])
		o.refused(err, app.Damaged, "cut off")
		trail, err := client.Trail(t.Context(), a)
		ok(t, err)
		if last, _ := trail.Last(); last.Size == 402 && a.GSN == 0 && !begun {
			begun = true
			_, err = o.load(a, older)
			o.refused(err, app.Stale, "a newer file was begun")
		}
		if a.Acked > 0 {
			kept++
		}
	}
	if o.loaded(a, newer); !begun || kept == 0 || a.GSN != 402 || a.Acked != a.Seq() {
		t.Errorf("begun %v, kept %d, at %d, acknowledged %d", begun, kept, a.GSN, a.Acked)
	}
	o.loaded(a, older)
	alarm, err := client.AlarmOf(t.Context(), a)
	if err != nil || alarm.At != 0 {
		t.Errorf("%+v, %v", alarm, err)
	}
	o.sync(a, b)
	equal(t, a.GSN, int64(402))
}

// TestFirstFillingByStick: a device that was enrolled and never synced gets all that its
// person may read by a file of the server. Once his rights have changed, none does:
// it keeps what it has until it syncs.
func TestFirstFillingByStick(t *testing.T) {
	o := strict(t)
	o.granted("青木", access.Helpdesk)
	o.granted("馬場", access.FieldEngineer)
	a, b := o.device("青木"), o.device("馬場")
	k := o.open(a, "印刷できない")
	o.sync(a)
	if got := o.loaded(b, o.unasked(b, 0)); got.Unsigned || got.More || b.GSN != a.GSN {
		t.Errorf("%+v, at %d of %d", got, b.GSN, a.GSN)
	}
	equal(t, o.get(b, k.Ref).Title, "印刷できない")
	grants := len(b.Refs(people.GrantKind))
	equal(t, grants, 1) // his own
	k2 := o.get(b, k.Ref)
	k2.Site = "本庁舎"
	ok(t, b.Save(k2))
	file := o.answer(o.stick(b))
	o.granted("馬場", access.Security)
	o.loaded(b, file)
	equal(t, b.Acked, b.Seq())
	at := b.GSN
	_, err := o.load(b, o.answer(o.stick(b)))
	o.refused(err, app.Stale, "sync once by network")
	equal(t, b.GSN, at)
	o.open(b, "書き続ける")
	o.sync(b)
	if b.Acked != b.Seq() || len(b.Refs(people.GrantKind)) <= grants {
		t.Errorf("acknowledged %d of %d, %d grants", b.Acked, b.Seq(), len(b.Refs(people.GrantKind)))
	}
}

// TestStickAfterPulls: a device pulled more often than the server notes; a file that
// it did not ask for goes on from there all the same.
func TestStickAfterPulls(t *testing.T) {
	o := newOffice(t, openBook())
	a, b := o.device("青木"), o.device("馬場")
	o.sync(a, b)
	for range 5 { // within a minute
		o.open(b, "次")
		o.sync(b, a)
	}
	o.open(b, "三")
	o.sync(b)
	if got := o.loaded(a, o.unasked(a, 1)); got.Unsigned || a.GSN != 6 {
		t.Errorf("%+v, at %d", got, a.GSN)
	}
}

// TestStickOfARewrittenLog: what a stick brings is held against what the server
// signed before, as a pull is, and is the same alarm.
func TestStickOfARewrittenLog(t *testing.T) {
	o, dir := crafted(t)
	a, b := o.device("青木"), o.device("馬場")
	for range 3 {
		o.open(a, "障害")
		o.sync(a, b)
	}
	o.open(a, "持ち帰り")
	asked, gsn := o.stick(a), a.GSN
	o.tamper(dir, "UPDATE log SET verdict = 'rejected' WHERE gsn = 2", "DELETE FROM audit")
	file := o.answer(asked)
	for range 2 {
		if _, err := o.load(a, file); !errors.Is(err, audit.ErrRewritten) {
			t.Fatal(err)
		}
	}
	alarm, err := client.AlarmOf(t.Context(), a)
	if err != nil || !alarm.Sounds() || a.GSN != gsn || a.Acked == a.Seq() {
		t.Errorf("%+v, %v, at %d, acknowledged %d of %d", alarm, err, a.GSN, a.Acked, a.Seq())
	}
}

// TestServerThatLiesOnAStick puts words into the server's mouth, under its own
// key and others: nothing of such a file is taken in.
func TestServerThatLiesOnAStick(t *testing.T) {
	strange := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))
	signed := func(alter func(*bundle.Signed)) func(any) bool {
		return func(m any) bool {
			if s, is := m.(*bundle.Signed); is {
				alter(s)
			}
			return true
		}
	}
	page := func(alter func(*bundle.Page)) func(any) bool {
		return func(m any) bool {
			if p, is := m.(*bundle.Page); is {
				alter(p)
			}
			return true
		}
	}
	for name, c := range map[string]struct {
		lie   func(any) bool
		key   ed25519.PrivateKey
		code  app.Code
		alarm bool
	}{
		"another proof":           {lie: signed(func(s *bundle.Signed) { s.Proofs[0].Hashes[0][3] ^= 1 }), code: app.Damaged, alarm: true},
		"no proof":                {lie: signed(func(s *bundle.Signed) { s.Proofs = nil }), code: app.Stale},
		"a note altered":          {lie: signed(func(s *bundle.Signed) { s.Note[70] ^= 1 }), code: app.Damaged},
		"no note":                 {lie: signed(func(s *bundle.Signed) { s.Note = nil }), code: app.Damaged},
		"another's key":           {lie: signed(func(s *bundle.Signed) { s.Identity = strange.Public().(ed25519.PublicKey) }), code: app.Damaged},
		"an end beyond it":        {lie: page(func(p *bundle.Page) { p.Pulled.Head += 100 }), code: app.Damaged, alarm: true},
		"a page beyond it":        {lie: page(func(p *bundle.Page) { p.Pulled.UpTo += 100 }), code: app.Damaged, alarm: true},
		"another city":            {lie: func(any) bool { return true }, key: strange, code: app.Forbidden},
		"no signed record at all": {lie: func(m any) bool { _, is := m.(*bundle.Signed); return !is }, code: app.Stale},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, openBook())
			a, b := o.device("青木"), o.device("馬場")
			o.open(a, "一")
			o.sync(a)
			o.loaded(a, o.answer(o.stick(a))) // from now on files are signed
			o.open(b, "二")
			o.sync(b)
			file, key := o.answer(o.stick(a)), c.key
			if key == nil {
				var err error
				key, err = o.Server.Secret(t.Context())
				ok(t, err)
			}
			bad := o.rewritten(file, a, key, func(w *bundle.Word) (any, bool) {
				m := into(t, w)
				return m, c.lie(m)
			})
			_, err := o.load(a, bad)
			if !app.IsCode(err, c.code) || errors.Is(err, audit.ErrRewritten) != c.alarm || a.GSN != 1 {
				t.Errorf("%v, at %d", err, a.GSN)
			}
			alarm, err := client.AlarmOf(t.Context(), a)
			if err != nil || alarm.Sounds() != c.alarm {
				t.Errorf("%+v, %v", alarm, err)
			}
			o.loaded(a, file)
			equal(t, a.GSN, int64(2))
		})
	}
}

// TestUnsignedStick: a file of a server that signed none is read, and that is told.
func TestUnsignedStick(t *testing.T) {
	o := newOffice(t, openBook())
	a, b := o.device("青木"), o.device("馬場")
	o.sync(a)
	o.open(b, "一")
	o.sync(b)
	key, err := o.Server.Secret(t.Context())
	ok(t, err)
	old := o.rewritten(o.answer(o.stick(a)), a, key, func(w *bundle.Word) (any, bool) { return into(t, w), w.Kind != bundle.WordSigned })
	if got := o.loaded(a, old); !got.Unsigned || a.GSN != 1 {
		t.Errorf("%+v, at %d", got, a.GSN)
	}
}
