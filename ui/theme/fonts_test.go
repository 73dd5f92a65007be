package theme

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

func file(t testing.TB, name string) []byte {
	b, err := os.ReadFile(filepath.Join("..", "..", "assets", "fonts", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// metrics reads what setMetrics wrote, by walking the table directory again.
func metrics(b []byte) map[string][2]int16 {
	out := map[string][2]int16{}
	at := func(i uint32) int16 { return int16(binary.BigEndian.Uint16(b[i:])) }
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		rec := b[12+16*i:]
		off := binary.BigEndian.Uint32(rec[8:])
		switch string(rec[:4]) {
		case "hhea":
			out["hhea"] = [2]int16{at(off + 4), at(off + 6)}
		case "OS/2":
			out["typo"], out["win"] = [2]int16{at(off + 68), at(off + 70)}, [2]int16{at(off + 74), at(off + 76)}
		}
	}
	return out
}

func TestMetricsOfEveryFace(t *testing.T) {
	for _, name := range fontFiles() {
		b := file(t, name)
		kept, mended := b, bytes.Clone(b)
		if err := setMetrics(mended, ascent, descent); err != nil {
			t.Fatal(name, err)
		}
		m := metrics(mended)
		if m["hhea"] != [2]int16{2130, -720} || m["typo"] != [2]int16{2130, -720} || m["win"] != [2]int16{2130, 720} {
			t.Error(name, m)
		}
		if metrics(kept)["hhea"] == m["hhea"] {
			t.Error(name, "nothing was to mend: the constants are stale")
		}
	}
}

func TestDamagedFont(t *testing.T) {
	b := file(t, fontFiles()[0])
	for name, damaged := range map[string][]byte{"none": nil, "short": b[:10], "directory cut": b[:40], "tables cut": b[:400], "text": []byte("this is not a font")} {
		if err := setMetrics(damaged, ascent, descent); err == nil {
			t.Error(name, "was taken for a font")
		}
	}
}

func FuzzSetMetrics(f *testing.F) {
	f.Add(file(f, fontFiles()[0])[:600])
	f.Add([]byte{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 'h', 'h', 'e', 'a', 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 4})
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = setMetrics(bytes.Clone(b), ascent, descent) // does not panic
	})
}
