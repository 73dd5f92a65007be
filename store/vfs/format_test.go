package vfs

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/libc"
)

var write = flag.Bool("write", false, "write testdata that is missing; what is there never changes")

// page is a page as SQLite writes it: content of its own, 40 bytes of zeros.
func page(fill byte) []byte {
	return append(bytes.Repeat([]byte{fill}, usable), make([]byte, overhead)...)
}

func firstPage() []byte {
	p := page(1)
	copy(p, magic)
	p[16], p[17], p[20] = 0x10, 0, 40
	return p
}

// logHead and frameHeadOf are headers as SQLite writes them, as far as the format
// looks at them: salts at 16 and at 8.
func logHead() []byte {
	h := bytes.Repeat([]byte{'h'}, logHeader)
	copy(h[16:], "saltSALT")
	return h
}

func frameHeadOf(n byte) []byte {
	h := bytes.Repeat([]byte{n}, frameHead)
	copy(h[8:], "saltSALT")
	return h
}

// TestFormatIsForEver seals known content under a known key with known nonces and
// compares every byte with what the first version wrote. It must never be changed:
// replicas in the field have this format.
func TestFormatIsForEver(t *testing.T) {
	dir := t.TempDir()
	v, err := register(key(), counting())
	must(t, err)
	db := bare(t, v, filepath.Join(dir, "db"))
	wal := db.beside(filepath.Join(dir, "log"), (*file).logOf)
	journal := db.beside(filepath.Join(dir, "journal"), (*file).journalOf)
	for i, rc := range []int32{
		db.write(firstPage(), 0), db.write(page(3), 2*pageSize),
		wal.write(logHead(), 0), wal.write(frameHeadOf(1), 32), wal.write(page(5), 56),
		wal.write(frameHeadOf(2), 32+frameSize), wal.write(page(6), 56+frameSize),
		journal.write([]byte("journal"), 0), journal.write(bytes.Repeat([]byte{7}, 5000), 7),
	} {
		if rc != ok {
			t.Fatalf("write %d: %d", i, rc)
		}
	}
	for _, name := range []string{"db", "log", "journal"} {
		golden(t, filepath.Join("testdata", "format1."+name+".hex"), contentOf(t, filepath.Join(dir, name)))
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if _, err := os.Stat(path); err != nil && *write {
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(lines(hex.EncodeToString(got))), 0o644))
	}
	if string(contentOf(t, path)) != lines(hex.EncodeToString(got)) {
		t.Errorf("%s: the format has changed", path)
	}
}

func unhex(t *testing.T, path string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(string(contentOf(t, path)), "\n", ""))
	must(t, err)
	return b
}

func lines(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := min(96, len(s))
		b.WriteString(s[:n] + "\n")
		s = s[n:]
	}
	return b.String()
}

// TestFormatByTheBook opens the golden files with nothing but the standard library
// and what DESIGN.md says.
func TestFormatByTheBook(t *testing.T) {
	book := func(name string) []byte { return unhex(t, "testdata/format1."+name+".hex") }
	db, wal, journal := book("db"), book("log"), book("journal")
	id := db[:16]
	none := make([]byte, 8)
	salts := []byte("saltSALT")
	for _, c := range []struct {
		name, purpose string
		kind          byte
		place         uint64
		salts, unit   []byte
		want          []byte
	}{
		{"page 1", "page", 'P', 1, none, db[16:4096], firstPage()[16:usable]},
		{"page 2, a gap", "page", 'P', 2, none, db[4096:8192], make([]byte, usable)},
		{"page 3", "page", 'P', 3, none, db[8192:], page(3)[:usable]},
		{"log header", "log", 'H', 0, none, wal[:72], logHead()},
		{"frame 1", "log", 'F', 1, salts, wal[72:4192], append(frameHeadOf(1), page(5)[:usable]...)},
		{"frame 2", "log", 'F', 2, salts, wal[4192:], append(frameHeadOf(2), page(6)[:usable]...)},
		{"block 0", "journal", 'J', 0, none, journal[:4136], append([]byte("journal"), bytes.Repeat([]byte{7}, 4089)...)},
		{"block 1", "journal", 'J', 1, none, journal[4136:], bytes.Repeat([]byte{7}, 911)},
	} {
		aad := append([]byte{c.kind}, id...)
		aad = append(binary.BigEndian.AppendUint64(aad, c.place), c.salts...)
		if got := openByBook(t, c.purpose, id, c.unit, aad); !bytes.Equal(got, c.want) {
			t.Errorf("%s: got %.20x… (%d bytes)", c.name, got, len(got))
		}
	}
	k := key()
	check, err := hkdf.Key(sha256.New, k[:], id[:8], "daicho sealed file 1: identity", 8)
	if err != nil || !bytes.Equal(check, id[8:]) {
		t.Errorf("identity %x: check %x, %v", id, check, err)
	}
}

func openByBook(t *testing.T, purpose string, id, unit, aad []byte) []byte {
	k := key()
	under, err := hkdf.Key(sha256.New, k[:], id, "daicho sealed file 1: "+purpose, 32)
	must(t, err)
	nonce := unit[len(unit)-24:]
	c, err := aes.NewCipher(under)
	must(t, err)
	var l [16]byte
	c.Encrypt(l[:], l[:])
	k1, carry := make([]byte, 16), byte(0)
	for i := 15; i >= 0; i-- {
		k1[i], carry = l[i]<<1|carry, l[i]>>7
	}
	k1[15] ^= carry * 0x87
	var derived []byte
	for counter := byte(1); counter <= 2; counter++ {
		m := append([]byte{0, counter, 'X', 0}, nonce[:12]...)
		for i := range m {
			m[i] ^= k1[i]
		}
		c.Encrypt(m, m)
		derived = append(derived, m...)
	}
	c, err = aes.NewCipher(derived)
	must(t, err)
	a, err := cipher.NewGCM(c)
	must(t, err)
	b, err := a.Open(nil, nonce[12:], unit[:len(unit)-24], aad)
	if err != nil {
		t.Errorf("%s: %v", purpose, err)
	}
	return b
}

// TestXAESVectors holds the sealer to the published vectors of XAES-256-GCM
// (https://c2sp.org/XAES-256-GCM).
func TestXAESVectors(t *testing.T) {
	for _, c := range []struct {
		key       byte
		aad, want string
	}{
		{1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"},
		{3, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"},
	} {
		s, err := newSealer(bytes.Repeat([]byte{c.key}, 32), counting())
		must(t, err)
		nonce := []byte("ABCDEFGHIJKLMNOPQRSTUVWX")
		a, err := s.aead(prefix(nonce))
		must(t, err)
		got := a.Seal(nil, nonce[12:], []byte("XAES-256-GCM"), []byte(c.aad))
		if hex.EncodeToString(got) != c.want {
			t.Errorf("key %d: got %x", c.key, got)
		}
	}
}

func TestNoncesNeverRepeat(t *testing.T) {
	s, err := newSealer(make([]byte, 32), func(b []byte) { clear(b) })
	must(t, err)
	seen := map[[nonceSize]byte]bool{}
	for range 1000 {
		var n [nonceSize]byte
		_, err := s.next(n[:])
		must(t, err)
		if seen[n] {
			t.Fatalf("nonce %x again, though the random source gives zeros only", n)
		}
		seen[n] = true
	}
}

func TestPrefixTurns(t *testing.T) {
	s, err := newSealer(make([]byte, 32), counting())
	must(t, err)
	var a, b [nonceSize]byte
	s.writer.Load().given.Store(maxGiven - 2)
	for _, n := range []*[nonceSize]byte{&a, &b} {
		_, err := s.next(n[:])
		must(t, err)
	}
	if prefix(a[:]) == prefix(b[:]) {
		t.Error("one prefix served more nonces than it may")
	}
	for range 2 * maxPrefixes {
		must(t, s.turn(s.writer.Load()))
	}
	if n := len(s.open); n > maxPrefixes {
		t.Errorf("%d derived ciphers kept", n)
	}
}

func TestNoAllocationsPerPage(t *testing.T) {
	s, err := newSealer(make([]byte, 32), func(b []byte) { clear(b) })
	must(t, err)
	tls := libc.NewTLS()
	defer tls.Close()
	unit := scratch(tls, pageSize)
	defer free(tls, unit)
	var aad binding
	if n := testing.AllocsPerRun(100, func() {
		if s.seal(unit, unit[:usable], aad.place(7)) != nil || !s.unseal(unit, aad.place(7)) {
			t.Error("not opened")
		}
	}); n > 0 {
		t.Errorf("%v allocations a page", n)
	}
}
