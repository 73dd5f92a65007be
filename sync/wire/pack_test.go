package wire_test

import (
	"bytes"
	"crypto/rand"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"daicho/app"
	"daicho/sync/wire"
)

func TestPacked(t *testing.T) {
	text := []byte(strings.Repeat("庁舎三階の印刷ができない。", 10_000))
	noise := make([]byte, 5_000)
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		p       []byte
		smaller bool
	}{"text": {text, true}, "noise": {noise, false}, "short": {text[:900], false}, "nothing": {nil, false}} {
		packed, smaller := wire.Pack(c.p)
		if smaller != c.smaller {
			t.Errorf("%s: %d bytes became %d", name, len(c.p), len(packed))
		}
		if !smaller {
			continue
		}
		got, err := wire.Unpack(packed, int64(len(c.p)))
		if err != nil || !bytes.Equal(got, c.p) {
			t.Errorf("%s: came back as %d bytes, %v", name, len(got), err)
		}
		if _, err = wire.Unpack(packed, int64(len(c.p))-1); err != wire.ErrLarge {
			t.Errorf("%s: one byte too many: %v", name, err)
		}
		if _, err = wire.Unpack(packed[:len(packed)/2], 1<<20); !app.IsCode(err, app.Damaged) {
			t.Errorf("%s: cut in the middle: %v", name, err)
		}
	}
}

// TestBombs are small messages that would become large ones, whatever they say
// of their size, or want much memory.
func TestBombs(t *testing.T) {
	bomb := func(o ...zstd.EOption) []byte {
		var out bytes.Buffer
		w, err := zstd.NewWriter(&out, o...)
		if err != nil {
			t.Fatal(err)
		}
		zeros := make([]byte, 1<<20)
		for range 100 {
			if _, err = w.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
		if err = w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	whole, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string][]byte{
		"tells its size":     whole.EncodeAll(make([]byte, 100<<20), nil),
		"says nothing of it": bomb(),
		"two frames":         append(bomb(), bomb()...),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := wire.Unpack(p, 1<<20); err != wire.ErrLarge || len(p) > 1<<20 {
			t.Errorf("%s, %d bytes: %v", name, len(p), err)
		}
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 50<<20 {
			t.Errorf("%s: %d MiB of memory were taken for a message of 1 MiB", name, (after.TotalAlloc-before.TotalAlloc)>>20)
		}
	}
	if _, err := wire.Unpack(bomb(zstd.WithWindowSize(64<<20)), 1<<30); !app.IsCode(err, app.Damaged) {
		t.Errorf("a window of 64 MiB: %v", err)
	}
	if _, err := wire.Unpack([]byte("no such thing"), 1<<20); !app.IsCode(err, app.Damaged) {
		t.Errorf("garbage: %v", err)
	}
}

func FuzzUnpack(f *testing.F) {
	packed, _ := wire.Pack(bytes.Repeat([]byte("台帳"), 1000))
	f.Add(packed)
	f.Add(append(packed, packed...))
	f.Fuzz(func(t *testing.T, p []byte) {
		got, err := wire.Unpack(p, 1<<16)
		if len(got) > 1<<16 || err != nil && !app.IsCode(err, app.Damaged) && err != wire.ErrLarge {
			t.Fatal(len(got), err)
		}
		if err == nil {
			if again, smaller := wire.Pack(got); smaller {
				if twice, err := wire.Unpack(again, 1<<16); err != nil || !bytes.Equal(twice, got) {
					t.Fatal(err)
				}
			}
		}
	})
}

// TestWhatDoesNotPackStaysAsItIs packs keys and sealed bytes.
func TestWhatDoesNotPackStaysAsItIs(t *testing.T) {
	p := make([]byte, 4<<10)
	if _, err := rand.Read(p); err != nil {
		t.Fatal(err)
	}
	if got, smaller := wire.Pack(p); smaller || !bytes.Equal(got, p) {
		t.Errorf("%d bytes, %v", len(got), smaller)
	}
}
