package app_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"daicho/app"
	"daicho/app/modules"
)

// encoded is the sample change as its device writes it.
func encoded(t testing.TB, r *ring, c *app.Change) []byte {
	t.Helper()
	body, err := c.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// rewrite decodes an encoded change as a plain map, lets f change it and writes it again.
func rewrite(t testing.TB, body []byte, f func(map[uint64]any)) []byte {
	t.Helper()
	var m map[uint64]any
	if err := cbor.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	f(m)
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	out, err := mode.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOneChangeHasOneEncoding(t *testing.T) {
	r := newRing()
	body := encoded(t, r, sampleChange())
	for name, f := range map[string]func(map[uint64]any){
		"device too long":      func(m map[uint64]any) { m[2] = append(m[2].([]byte), 0) },
		"id too short":         func(m map[uint64]any) { m[14] = m[14].([]byte)[:15] },
		"a zero written out":   func(m map[uint64]any) { m[15] = "" },
		"null for a number":    func(m map[uint64]any) { m[16] = nil },
		"false written out":    func(m map[uint64]any) { m[21] = false },
		"a list for an id":     func(m map[uint64]any) { m[14] = make([]int, 16) },
		"an empty list":        func(m map[uint64]any) { m[18] = []any{} },
		"an empty text to set": func(m map[uint64]any) { m[18] = []any{map[uint64]any{1: "asset", 3: []byte{0x60}}} },
	} {
		if _, err := app.DecodeChange(rewrite(t, body, f), r); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	long := slices.Concat(body[:1], []byte{0x01, 0x18, 0x01}, body[3:]) // version 1 in two bytes
	if _, err := app.DecodeChange(long, r); !app.IsCode(err, app.Damaged) {
		t.Errorf("a number in its long form: %v", err)
	}
}

func TestKeysOfALaterVersionArePassedOver(t *testing.T) {
	r := newRing()
	later := rewrite(t, encoded(t, r, sampleChange()), func(m map[uint64]any) { m[99] = "x" })
	c, err := app.DecodeChange(later, r)
	if err != nil || c.Seq != 3 || len(c.Cells) != len(sampleChange().Cells) {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestALaterFormatIsNotCalledDamage(t *testing.T) {
	r := newRing()
	later := rewrite(t, encoded(t, r, sampleChange()), func(m map[uint64]any) { m[1], m[14], m[99] = 2, "another type", 1 })
	if _, err := app.DecodeChange(later, r); !app.IsCode(err, app.Invalid) || !strings.Contains(err.Error(), "update") {
		t.Error(err)
	}
}

// TestAttachmentsAreNamedInTheOpen: who carries a change without its keys can
// bring its attachments, yet not read what the files were called.
func TestAttachmentsAreNamedInTheOpen(t *testing.T) {
	r := newRing()
	old, added := app.Blob{ID: app.BlobID{1}, Name: "前からある.jpg", Size: 3}, app.Blob{ID: app.BlobID{2}, Name: "山田太郎.pdf", Size: 4}
	c := sampleChange()
	c.Cells = []app.Cell{{Field: "photos", Was: app.FilesValue([]app.Blob{old}), Now: app.FilesValue([]app.Blob{old, added})}}
	body := encoded(t, r, c)
	if bytes.Contains(body, []byte("山田")) {
		t.Error("a file's name stands readable in the change")
	}
	ids, err := app.BlobsOf(body)
	if err != nil || !slices.Equal(ids, []app.BlobID{added.ID}) {
		t.Errorf("%v, %v", ids, err)
	}
	c.Cells = nil
	if ids, err = app.BlobsOf(encoded(t, r, c)); err != nil || len(ids) != 0 {
		t.Errorf("%v, %v", ids, err)
	}
}

// restless is a file that somebody writes to while it is attached.
type restless struct {
	*strings.Reader
	other string
}

func (r *restless) Seek(offset int64, whence int) (int64, error) {
	r.Reader = strings.NewReader(r.other)
	return 0, nil
}

// TestAFileThatChangesIsNotSealed: key and nonces follow from the first
// reading; another content under them would break both.
func TestAFileThatChangesIsNotSealed(t *testing.T) {
	key, _ := newRing().For(app.ID{15: 9})
	for _, other := range []string{"0123456780", "01234", "0123456789 and more"} {
		_, _, err := app.SealBlob(io.Discard, &restless{strings.NewReader("0123456789"), other}, key)
		if short := len(other) > 10; (err == nil) != short {
			t.Errorf("%q: %v", other, err)
		}
	}
}

// TestABlobOpensToOneContent: AES-GCM alone lets the holder of a key make one
// ciphertext that says two things under two keys.
func TestABlobOpensToOneContent(t *testing.T) {
	r := newRing()
	key, _ := r.For(app.ID{15: 9})
	var good, back bytes.Buffer
	app.SealBlob(&good, strings.NewReader("甲"), key)
	forged, err := app.ForgeBlob(good.Bytes(), key, "乙")
	if err != nil {
		t.Fatal(err)
	}
	if err := app.OpenBlob(&back, bytes.NewReader(forged), r); !app.IsCode(err, app.Damaged) {
		t.Errorf("opened to %q: %v", back.String(), err)
	}
}

func TestClocksBeforeTheirZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h app.HLC
		for range 20 {
			next := h.Next(app.Stamp(rapid.Int64().Draw(t, "wall")))
			if next <= h {
				t.Fatalf("%d after %d", next, h)
			}
			h = next
		}
	})
	if h := app.HLC(0).Next(-1); h.Stamp() != 0 {
		t.Errorf("a clock before 1970 reads %d", h.Stamp())
	}
}

// TestASeriesOutlivesItsDigits: more digits in a template must not begin a new
// series, which would give numbers out again.
func TestASeriesOutlivesItsDigits(t *testing.T) {
	for _, c := range []struct{ before, after app.NumberTemplate }{
		{"{FY}-{n:6}", "{FY}-{n:7}"}, {"{FY}-{n:6}", "{FY}-{n}"},
	} {
		if a, b := c.before.Series(moment), c.after.Series(moment); a != b {
			t.Errorf("%s counts %q, %s counts %q", c.before, a, c.after, b)
		}
	}
	if got := app.NumberTemplate("{FY}-{n:6}").Format(app.NumberTemplate("{FY}-{n:6}").Series(moment), 42); got != "2026-000042" {
		t.Error(got)
	}
}

func TestListsHoldNothingEmpty(t *testing.T) {
	f := forms.Draft(app.ID{})
	f.Tags, f.Links = []string{"", "甲", ""}, []app.Ref{{}, ref(1)}
	doc := app.Doc(nil).Patch(forms.Diff(f))
	if err := doc.Check(); err != nil {
		t.Fatalf("%x: %v", []byte(doc), err)
	}
	if err := forms.Load(f, f.Ref, 1, doc); err != nil || len(f.Tags) != 1 || len(f.Links) != 1 {
		t.Error(f.Tags, f.Links, err)
	}
	f.Tags = []string{""}
	if cells := forms.Diff(f); len(cells) != 1 || len(cells[0].Now) != 0 {
		t.Errorf("%v", cells)
	}
}

func TestValuesOfAnotherTypeAreNotRead(t *testing.T) {
	for field, v := range map[string]app.Value{
		"day":   app.IntValue(1 << 40),
		"rows":  {0x81, 0x01},
		"files": {0x81, 0x01},
		"yes":   app.IntValue(1),
	} {
		if err := forms.Put(forms.New(), field, v); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := app.Conflicts.Put(app.Conflicts.New(), "shown", app.TextValue("x")); !app.IsCode(err, app.Damaged) {
		t.Errorf("raw: %v", err)
	}
}
