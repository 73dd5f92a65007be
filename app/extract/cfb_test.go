package extract

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// olePart is a stream of a compound file made for a test; a name with a slash
// lies in a storage.
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
	dir := make([]byte, (2*len(parts)/4+1)*sector)
	tree := oleTree{dir: dir, last: map[string]int{}, count: 1}
	dirStart := chain(dir)
	for _, p := range parts {
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
		tree.add(p.name, typeStream, start, len(p.data))
	}
	writeEntry(dir, "Root Entry", typeRoot, chain(mini), len(mini))
	copy(body, dir)
	return append(append(append(oleHeader(dirStart), sectorOf(fat)...), sectorOf(miniFAT)...), body...)
}

// oleTree writes a directory whose trees are lists.
type oleTree struct {
	dir   []byte
	last  map[string]int // entry of each storage, then of the last one in it
	count int
}

func (d *oleTree) add(name string, typ byte, start uint32, size int) int {
	from, link := 0, 76
	if at := strings.LastIndexByte(name, '/'); at >= 0 {
		parent := name[:at]
		if d.last[parent+"/"] == 0 {
			d.last[parent+"/"] = d.add(parent, typeStorage, 0, 0)
		}
		from = d.last[parent+"/"]
		name = name[at+1:]
		if d.last[parent+"//"] != 0 {
			from, link = d.last[parent+"//"], 72
		}
		d.last[parent+"//"] = d.count
	} else {
		if d.last[""] != 0 {
			from, link = d.last[""], 72
		}
		d.last[""] = d.count
	}
	n := d.count
	d.count++
	binary.LittleEndian.PutUint32(d.dir[from*cfbEntrySize+link:], uint32(n))
	writeEntry(d.dir[n*cfbEntrySize:], name, typ, start, size)
	return n
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
			t.Fatalf("no stream %q in %v", name, c.entries)
		}
		if got, err := c.read(s, s.size); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes (%v), want %d", name, len(got), err, len(want))
		}
	}
}

// TestStorages: what lies in a storage is not found at the root, and a tree
// that leads back to itself ends.
func TestStorages(t *testing.T) {
	data := oleOf(t, olePart{"A", []byte("a")}, olePart{"S/B", []byte("b")}, olePart{"S/C", []byte("c")}, olePart{"D", []byte("d")})
	root, err := openCompound(bytesAt(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := root.find("B"); ok || len(root.entries) != 3 {
		t.Errorf("at the root: %v", root.entries)
	}
	inner := root.open(root.storages("")[0])
	if _, ok := inner.find("C"); !ok || len(inner.entries) != 2 {
		t.Errorf("in the storage: %v", inner.entries)
	}
	for i := range root.dir {
		root.dir[i].left, root.dir[i].right, root.dir[i].child = 1, 2, 1
	}
	if n := len(root.open(root.dir[0]).entries); n != 2 {
		t.Errorf("%d entries in a cycle of two", n)
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
	f.Add(oleOf(f, olePart{"Workbook", biff(rc4Pass(defaultPassword))}, olePart{"MBD1/Workbook", biff(nil)}))
	f.Add(oleOf(f, olePart{"EncryptedPackage", make([]byte, 100)}, olePart{"EncryptionInfo", make([]byte, 300)}))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.doc", data) })
}
