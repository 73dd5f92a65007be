package extract

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// deflated packs data for a ZIP file whose headers are written by hand.
func deflated(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 9)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestOverlappingEntries: a hundred entries that share one kernel are a bomb,
// however little each unpacks to.
func TestOverlappingEntries(t *testing.T) {
	text := []byte(strings.Repeat("0,1,2,3,4,5\n", 1000))
	kernel := deflated(t, text)
	local := append([]byte("PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00"), zipSizes(text, kernel)...)
	local = append(local, 1, 0, 0, 0, 'a')
	body := append(local, kernel...)
	var directory []byte
	for range 100 {
		directory = append(directory, "PK\x01\x02\x14\x00\x14\x00\x00\x00\x08\x00\x00\x00\x00\x00"...)
		directory = append(append(directory, zipSizes(text, kernel)...), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'a')
	}
	end := binary.LittleEndian.AppendUint32([]byte("PK\x05\x06\x00\x00\x00\x00\x64\x00\x64\x00"), uint32(len(directory)))
	end = append(binary.LittleEndian.AppendUint32(end, uint32(len(body))), 0, 0)
	told(t, "a.zip", joined(body, directory, end)).want(t, "a.zip", ZIP, ProtectNone, Unscannable, ReasonRatio)
}

func zipSizes(text, packed []byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(text))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(packed)))
	return binary.LittleEndian.AppendUint32(b, uint32(len(text)))
}

// TestNestedBomb: archives in archives, each within the ratio, are a bomb
// together, and what is told of it is never full.
func TestNestedBomb(t *testing.T) {
	data := make([]byte, 12<<20)
	for range 3 {
		var parts []part
		for i := range 8 {
			parts = append(parts, part{fmt.Sprintf("%d.zip", i), string(data)})
		}
		data = zipOf(t, parts...)
	}
	r := told(t, "a.zip", data)
	r.want(t, "a.zip", ZIP, ProtectNone, Partial, ReasonEntries)
	met := false
	for _, f := range r.files {
		met = met || f.Reason == ReasonRatio
	}
	if len(data) > 200_000 || !met {
		t.Errorf("%d bytes told %d files, none of them a bomb", len(data), len(r.files))
	}
}

// TestGzipQuine: what unpacks to itself ends at the depth. Each layer here holds
// the one before, which is what a quine looks like from inside.
func TestGzipQuine(t *testing.T) {
	data := []byte("text\n")
	for range 12 {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		data = b.Bytes()
	}
	r := told(t, "a.gz", data)
	r.want(t, "a.gz", GZIP, ProtectNone, Partial, ReasonEntries)
	deepest := r.files[0]
	if deepest.Scanned != Partial || deepest.Reason != ReasonTooDeep || len(r.files) != 6 {
		t.Errorf("%d files, the deepest is %s (%s)", len(r.files), deepest.Scanned, deepest.Reason)
	}
}

// TestManyEntries: more entries than anyone has end at the limit, and the archive
// is not told as read.
func TestManyEntries(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 5000 {
		if _, err := z.Create(fmt.Sprintf("%d.txt", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r := toldWithin(t, "a.zip", b.Bytes(), Limits{Entries: 1000})
	r.want(t, "a.zip", ZIP, ProtectNone, Partial, ReasonTooMany)
}

// TestDictionaries: what an archive says of its dictionary is not reserved.
func TestDictionaries(t *testing.T) {
	xz := made(t, "list.csv.xz")
	at := 12 + bytes.Index(xz[12:], []byte("\x21\x01")) + 2
	xz[at] = 40 // 4 GiB
	size := 4 * (int(xz[12]) + 1)
	binary.LittleEndian.PutUint32(xz[12+size-4:], crc32.ChecksumIEEE(xz[12:12+size-4]))
	told(t, "a.xz", xz).want(t, "a.xz", XZ, ProtectNone, Unscannable, ReasonMemory)

	for _, coder := range map[string][]byte{
		"LZMA":  {0x23, 3, 1, 1, 5, 0x5D, 0xFF, 0xFF, 0xFF, 0xFF},
		"LZMA2": {0x21, 0x21, 1, 40},
		"PPMd":  {0x23, 3, 4, 1, 5, 6, 0xFF, 0xFF, 0xFF, 0xEF},
	} {
		size := []byte{0xF0, 0, 0, 0, 0x80} // 2 GiB, as 7z writes numbers
		names := append(append([]byte{0}, utf16Bytes("a.csv")...), 0, 0)
		header := joined([]byte{1, 4, 6, 0, 1, 9, 4, 0}, []byte{7, 11, 1, 0, 1}, coder, []byte{12}, size, []byte{0, 0},
			[]byte{5, 1, 17, byte(len(names))}, names, []byte{0, 0})
		told(t, "a.7z", sevenZipOf([]byte("abcd"), header)).want(t, "a.7z!/a.csv", Other, ProtectUnknown, Unscannable, ReasonMemory)
	}
}

// TestXMLEntities: entities are not resolved, so they cannot multiply.
func TestXMLEntities(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;&c;&c;</a>`
	for _, name := range []string{"a.xml", "a.docx"} {
		data := []byte(laughs)
		if name == "a.docx" {
			data = zipOf(t, part{"word/document.xml", strings.ReplaceAll(laughs, "<a>", "<a><t>")})
		}
		if got := told(t, name, data).text[name]; strings.Contains(got, "haha") || len(got) > 200 {
			t.Errorf("%s reads %q", name, got)
		}
	}
}

// TestDeepJSON: nesting beyond any use is told as such.
func TestDeepJSON(t *testing.T) {
	told(t, "a.json", []byte(strings.Repeat(`{"a":`, 100_000)+"1")).want(t, "a.json", JSON, ProtectNone, Partial, ReasonTooDeep)
	told(t, "b.json", []byte(strings.Repeat(`[`, 5_000_000))).want(t, "b.json", JSON, ProtectNone, Partial, ReasonTooDeep)
}

// TestCutShort: no file that was cut short is told as read, unless what is left is
// whole by itself, as text is.
func TestCutShort(t *testing.T) {
	for _, name := range []string{"letter.doc", "letter.docx", "letter.odt", "letter.pdf", "list.ods", "list.xls", "list.xlsx", "talk.ppt", "talk.pptx",
		"plain.7z", "list.csv.xz", "list.csv.zst", "lh5.lzh", "mszip.cab", "people.db", "signed.p7m"} {
		whole := made(t, name)
		for _, n := range []int{len(whole) / 4, len(whole) / 2, len(whole) * 3 / 4, len(whole) * 9 / 10} {
			r := told(t, name, whole[:n])
			if f := r.file(t, name); f.Scanned == Full {
				t.Errorf("%s cut to %d of %d bytes is %s", name, n, len(whole), f.Scanned)
			}
		}
	}
}

// sparse is a file of zeros that takes no room.
type sparse int64

func (s sparse) ReadAt(b []byte, at int64) (int, error) {
	n := min(int64(len(b)), int64(s)-at)
	if n <= 0 {
		return 0, io.EOF
	}
	clear(b[:n])
	if n < int64(len(b)) {
		return int(n), io.EOF
	}
	return int(n), nil
}

// TestSparse: ten gigabytes of nothing are not read through.
func TestSparse(t *testing.T) {
	r := newTranscript()
	const size = 10 << 30
	for _, name := range []string{"a.txt", "a.csv", "a.xlsx"} {
		if err := new(Reader).Extract(t.Context(), Source{Path: name, Size: size, R: sparse(size)}, r); err != nil {
			t.Fatal(err)
		}
		r.want(t, name, Binary, ProtectUnknown, Unscannable, ReasonBinary)
	}
}
