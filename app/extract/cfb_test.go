package extract

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"
)

// olePart is a stream of a compound file made for a test.
type olePart struct {
	name string
	data []byte
}

// oleOf writes a compound file of version 3: header, one sector of FAT, one of
// mini FAT, directory, mini stream, then the streams. At most 64 KB.
func oleOf(t testing.TB, parts ...olePart) []byte {
	t.Helper()
	const sector = 512
	var body, mini []byte
	fat := []uint32{0xFFFFFFFD, endOfChain} // the FAT itself, the mini FAT
	miniFAT := []uint32{}
	chain := func(data []byte) uint32 {
		if len(data) == 0 {
			return endOfChain
		}
		start := uint32(len(fat))
		for n := 0; n < len(data); n += sector {
			fat = append(fat, uint32(len(fat)+1))
		}
		fat[len(fat)-1] = endOfChain
		body = append(body, data...)
		body = append(body, make([]byte, (sector-len(data)%sector)%sector)...)
		return start
	}
	dir := make([]byte, (len(parts)/4+1)*sector)
	dirStart := chain(dir)
	for i, p := range parts {
		start := uint32(0)
		if len(p.data) >= miniCutoff {
			start = chain(p.data)
		} else {
			start = uint32(len(miniFAT))
			for n := 0; n < len(p.data); n += 64 {
				miniFAT = append(miniFAT, uint32(len(miniFAT)+1))
			}
			miniFAT[len(miniFAT)-1] = endOfChain
			mini = append(mini, p.data...)
			mini = append(mini, make([]byte, (64-len(p.data)%64)%64)...)
		}
		writeEntry(dir[(i+1)*cfbEntrySize:], p.name, typeStream, start, len(p.data))
	}
	writeEntry(dir, "Root Entry", typeRoot, chain(mini), len(mini))
	copy(body, dir)
	return append(append(append(oleHeader(dirStart), sectorOf(fat)...), sectorOf(miniFAT)...), body...)
}

func oleHeader(dirStart uint32) []byte {
	h := make([]byte, cfbHeader)
	copy(h, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(h[30:], 9)
	binary.LittleEndian.PutUint16(h[32:], 6)
	binary.LittleEndian.PutUint32(h[44:], 1)
	binary.LittleEndian.PutUint32(h[48:], dirStart)
	binary.LittleEndian.PutUint32(h[56:], miniCutoff)
	binary.LittleEndian.PutUint32(h[60:], 1)
	binary.LittleEndian.PutUint32(h[64:], 1)
	binary.LittleEndian.PutUint32(h[68:], endOfChain)
	for i := 80; i < cfbHeader; i++ {
		h[i] = 0xFF
	}
	return h
}

func sectorOf(numbers []uint32) []byte {
	b := bytes.Repeat([]byte{0xFF}, 512)
	for i, n := range numbers {
		binary.LittleEndian.PutUint32(b[4*i:], n)
	}
	return b
}

func writeEntry(e []byte, name string, typ byte, start uint32, size int) {
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(e[2*i:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
	e[66] = typ
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], uint32(size))
}

func TestCompound(t *testing.T) {
	small, large := []byte("小さい"), bytes.Repeat([]byte("0123456789abcdef"), 400)
	data := oleOf(t, olePart{"Small", small}, olePart{"大きい", large})
	c, err := openCompound(bytesAt(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"small": small, "大きい": large} {
		s, ok := c.find(name)
		if !ok {
			t.Fatalf("no stream %q in %v", name, c.streams)
		}
		if got, err := c.read(s, s.size); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes (%v), want %d", name, len(got), err, len(want))
		}
	}
}

// TestCyclicCompound: chains that lead back to themselves end.
func TestCyclicCompound(t *testing.T) {
	data := oleOf(t, olePart{"Workbook", bytes.Repeat([]byte{1}, 5000)})
	for i := range 128 {
		if n := binary.LittleEndian.Uint32(data[512+4*i:]); n < maxRegular {
			binary.LittleEndian.PutUint32(data[512+4*i:], 2)
		}
	}
	f := told(t, "a.xls", data).file(t, "a.xls")
	if f.Scanned == Full {
		t.Errorf("a cyclic file is %s", f.Scanned)
	}
}

func FuzzCompound(f *testing.F) {
	f.Add(oleOf(f, olePart{"WordDocument", make([]byte, 64)}))
	f.Add(oleOf(f, olePart{"Workbook", bytes.Repeat([]byte{1}, 5000)}))
	f.Add(oleOf(f, olePart{"EncryptedPackage", make([]byte, 100)}, olePart{"EncryptionInfo", make([]byte, 300)}))
	f.Fuzz(func(t *testing.T, data []byte) { told(t, "a.doc", data) })
}
