package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

// rows is what the archives of testdata/made hold.
const rowsBegin, rowsEnd = "0,葉月見本0,055-241-4969\n", "59,葉月見本3,055-"

func TestLZH(t *testing.T) {
	for _, name := range []string{"lh5.lzh", "lh6.lzh", "lh7.lzh", "level0.lzh", "level2.lzh"} {
		r := told(t, name, made(t, name))
		r.want(t, name, LZH, ProtectNone, Full, "")
		r.want(t, name+"!/rows.csv", CSV, ProtectNone, Full, "")
		if got := r.text[name+"!/rows.csv"]; len(got) != 1790 || !strings.HasPrefix(got, rowsBegin) || !strings.Contains(got, rowsEnd) {
			t.Errorf("%s: %d bytes: %.40q", name, len(got), got)
		}
		whole := made(t, name)
		told(t, name, whole[:len(whole)/2]).want(t, name+"!/rows.csv", Other, ProtectUnknown, Failed, ReasonDamaged)
		whole[len(whole)/2] ^= 0x10
		if f := told(t, name, whole).file(t, name); f.Scanned == Full {
			t.Errorf("%s with a bit turned is %s", name, f.Scanned)
		}
	}
}

// lzhOf writes an entry of level 0, as MS-DOS did, without compression.
func lzhOf(t testing.TB, method, name, text string) []byte {
	t.Helper()
	raw, err := japanese.ShiftJIS.NewEncoder().String(name)
	if err != nil {
		t.Fatal(err)
	}
	h := append([]byte{byte(22 + len(raw)), 0}, method...)
	h = binary.LittleEndian.AppendUint32(h, uint32(len(text)))
	h = binary.LittleEndian.AppendUint32(h, uint32(len(text)))
	h = append(append(h, 0, 0, 0, 0, 0x20, 0, byte(len(raw))), raw...)
	h = binary.LittleEndian.AppendUint16(h, sum16(text))
	return append(append(h, text...), 0)
}

func sum16(text string) (c uint16) {
	for _, x := range []byte(text) {
		c ^= uint16(x)
		for range 8 {
			low := c & 1
			if c >>= 1; low != 0 {
				c ^= 0xA001
			}
		}
	}
	return c
}

// TestOldLZH: names in Shift_JIS, whose second byte may be a backslash, with the
// folders of MS-DOS; and methods that nobody reads.
func TestOldLZH(t *testing.T) {
	r := told(t, "a.lzh", lzhOf(t, "-lh0-", `表\ソ.csv`, sampleCSV))
	r.want(t, "a.lzh!/表/ソ.csv", CSV, ProtectNone, Full, "")
	if got := r.text["a.lzh!/表/ソ.csv"]; got != sampleCSV {
		t.Errorf("read %q", got)
	}
	r = told(t, "a.lzh", lzhOf(t, "-lh1-", "a.csv", sampleCSV))
	r.want(t, "a.lzh", LZH, ProtectNone, Partial, ReasonEntries)
	r.want(t, "a.lzh!/a.csv", CSV, ProtectUnknown, Unscannable, ReasonMethod)
}

func TestCabinet(t *testing.T) {
	r := told(t, "mszip.cab", made(t, "mszip.cab"))
	r.want(t, "mszip.cab", CAB, ProtectNone, Full, "")
	if got := r.text["mszip.cab!/rows.csv"]; len(got) != 1790 || !strings.HasPrefix(got, rowsBegin) {
		t.Errorf("%d bytes: %.40q", len(got), got)
	}
	r = told(t, "plain.cab", made(t, "plain.cab"))
	if got := r.text["plain.cab!/名簿.csv"]; got != sampleCSV {
		t.Errorf("read %q", got)
	}
	lzx := made(t, "plain.cab")
	lzx[36+6] = 3
	told(t, "a.cab", lzx).want(t, "a.cab!/名簿.csv", CSV, ProtectUnknown, Unscannable, ReasonMethod)
	broken := made(t, "plain.cab")
	broken[len(broken)-3] ^= 1
	told(t, "a.cab", broken).want(t, "a.cab!/名簿.csv", Other, ProtectUnknown, Failed, ReasonDamaged)
}

func FuzzCabinet(f *testing.F) {
	f.Add(made(f, "mszip.cab"))
	f.Add(made(f, "plain.cab"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for i := bytes.LastIndex(data, []byte("CK")) - 8; i > 36; i = 0 { // the check sum would keep all out
			copy(data[i:], "\x00\x00\x00\x00")
		}
		fuzzed(t, "a.cab", append([]byte("MSCF"), data[min(4, len(data)):]...))
	})
}

// cabEntry is an entry of a cabinet whose folders are stored.
type cabEntry struct{ folder, offset, size int }

// cabOf writes a cabinet ([MS-CAB] 2) of folders of zeros, of so many blocks each.
func cabOf(folders []int, entries []cabEntry) []byte {
	block := joined(make([]byte, 4), []byte{0, 0x80, 0, 0x80}, make([]byte, 32<<10))
	at := 36 + 8*len(folders)
	head := joined([]byte("MSCF"), make([]byte, 12))
	head = binary.LittleEndian.AppendUint32(head, uint32(at))
	head = joined(head, make([]byte, 4), []byte{3, 1, byte(len(folders)), 0, byte(len(entries)), 0}, make([]byte, 6))
	at += (16 + 2) * len(entries)
	var blocks []byte
	for _, n := range folders {
		head = binary.LittleEndian.AppendUint32(head, uint32(at+len(blocks)))
		head = append(head, byte(n), 0, 0, 0)
		blocks = append(blocks, bytes.Repeat(block, n)...)
	}
	for i, e := range entries {
		head = binary.LittleEndian.AppendUint32(head, uint32(e.size))
		head = binary.LittleEndian.AppendUint32(head, uint32(e.offset))
		head = append(head, byte(e.folder), 0, 0, 0, 0, 0, 0, 0, byte('a'+i), 0)
	}
	return append(head, blocks...)
}

// TestCabinetSkips: what lies before an entry costs as much as an entry, and nothing
// is unpacked twice.
func TestCabinetSkips(t *testing.T) {
	const end = 64*32<<10 - 10
	data := cabOf([]int{64}, []cabEntry{{0, end, 10}})
	told(t, "a.cab", data).want(t, "a.cab!/a", Binary, ProtectUnknown, Unscannable, ReasonBinary)
	toldWithin(t, "a.cab", data, Limits{Inflated: 1 << 20}).want(t, "a.cab!/a", Other, ProtectUnknown, Unscannable, ReasonInflated)
	r := told(t, "a.cab", cabOf([]int{1, 1}, []cabEntry{{0, 0, 10}, {1, 0, 10}, {0, 10, 10}}))
	r.want(t, "a.cab!/b", Binary, ProtectUnknown, Unscannable, ReasonBinary)
	r.want(t, "a.cab!/c", Other, ProtectUnknown, Failed, ReasonDamaged)
}
