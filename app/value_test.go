package app_test

import (
	"bytes"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"daicho/app"
)

// drawValue draws any value a document may hold.
func drawValue(t *rapid.T, depth int) any {
	top := 5
	if depth == 0 {
		top = 3
	}
	switch rapid.IntRange(0, top).Draw(t, "type") {
	case 0:
		return rapid.Int64().Draw(t, "int")
	case 1:
		return rapid.String().Draw(t, "text")
	case 2:
		return rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
	case 3:
		return true
	case 4:
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "len"))
		for i := range list {
			list[i] = drawValue(t, depth-1)
		}
		return list
	}
	return drawMap(t, depth-1)
}

func drawMap(t *rapid.T, depth int) map[string]any {
	m := map[string]any{}
	for range rapid.IntRange(0, 4).Draw(t, "size") {
		m[rapid.StringN(1, 30, -1).Draw(t, "key")] = drawValue(t, depth)
	}
	return m
}

// TestDocIsDeterministicCBOR holds our writer against a library of others.
func TestDocIsDeterministicCBOR(t *testing.T) {
	enc, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t, 2)
		want, err := enc.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var patch []app.Cell
		for k, v := range m {
			b, err := enc.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			patch = append(patch, app.Cell{Field: k, Now: b})
		}
		got := app.Doc(nil).Patch(patch)
		if !bytes.Equal(got, want) {
			t.Fatalf("wrote %x, want %x", got, want)
		}
		if err := got.Check(); err != nil {
			t.Fatal(err)
		}
		for k := range m {
			got = got.Patch([]app.Cell{{Field: k}})
		}
		if !got.IsEmpty() {
			t.Fatalf("left over: %x", got)
		}
	})
}

func TestCheckRefusesWhatIsNotDeterministic(t *testing.T) {
	for name, b := range map[string][]byte{
		"long form of a small number": {0x18, 0x05},
		"two-byte form of 200":        {0x19, 0x00, 0xc8},
		"indefinite list":             {0x9f, 0xff},
		"float":                       {0xfa, 0, 0, 0, 0},
		"null":                        {0xf6},
		"false":                       {0xf4},
		"tag":                         {0xc1, 0x01},
		"keys out of order":           {0xa2, 0x61, 'b', 1, 0x61, 'a', 1},
		"a key twice":                 {0xa2, 0x61, 'a', 1, 0x61, 'a', 1},
		"a key that is no text":       {0xa1, 1, 1},
		"text that is not UTF-8":      {0x61, 0xff},
		"too short":                   {0x62, 'a'},
		"something behind":            {1, 1},
		"too deep":                    bytes.Repeat([]byte{0x81}, 20),
		"number beyond int64":         {0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
	} {
		if app.Value(b).Check() == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

func FuzzDoc(f *testing.F) {
	f.Add([]byte{0xa1, 0x61, 'a', 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		v := app.Value(b)
		_, _, _, _, _ = v.Int(), v.Text(), v.Bytes(), v.Refs(), v.Blobs()
		v.JSON()
		d := app.Doc(b)
		if d.Check() != nil {
			return
		}
		if same := d.Patch(nil); len(b) > 0 && !bytes.Equal(same, b) {
			t.Errorf("%x became %x by changing nothing", b, same)
		}
	})
}
