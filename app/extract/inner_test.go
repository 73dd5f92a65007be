package extract

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"
)

// What a container's tables and check sums keep out of a parser is mutated here by
// itself: the container around it is right.

// streamOf takes a stream out of a compound file.
func streamOf(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	d, err := openCompound(bytesAt(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	s, ok := d.find(name)
	if !ok {
		t.Fatalf("no stream %q", name)
	}
	b, err := d.read(s, s.size)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fits says whether oleOf, which has one sector of each table, has room for streams.
func fits(streams ...[]byte) bool {
	sectors, small := 10, 0
	for _, b := range streams {
		switch {
		case len(b) == 0:
			return false
		case len(b) < miniCutoff:
			small += len(b)/64 + 1
		default:
			sectors += len(b)/512 + 1
		}
	}
	return sectors+small/8 < 128 && small < 128
}

// FuzzWordStreams mutates the text of a document and its tables.
func FuzzWordStreams(f *testing.F) {
	letter := made(f, "letter.doc")
	f.Add(streamOf(f, letter, "WordDocument"), streamOf(f, letter, "1Table"))
	f.Fuzz(func(t *testing.T, word, table []byte) {
		if fits(word, table, table) {
			fuzzed(t, "a.doc", oleOf(t, olePart{"WordDocument", word}, olePart{"1Table", table}, olePart{"0Table", table}))
		}
	})
}

// FuzzSummary mutates the properties of an old document.
func FuzzSummary(f *testing.F) {
	f.Add(streamOf(f, made(f, "letter.doc"), "\x05SummaryInformation"))
	f.Add(streamOf(f, made(f, "list.xls"), "\x05DocumentSummaryInformation"))
	f.Fuzz(func(t *testing.T, set []byte) {
		if fits(set, set) {
			fuzzed(t, "a.xls", oleOf(t, olePart{"Workbook", joined(bof8, eof)}, olePart{"\x05SummaryInformation", set}, olePart{"MBD1/\x01Ole10Native", set}))
		}
	})
}

// FuzzMessageStreams mutates the properties of a message.
func FuzzMessageStreams(f *testing.F) {
	f.Add(utf16Bytes("件名"), []byte("<html>本文"), []byte("\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67"), []byte(sampleCSV))
	f.Fuzz(func(t *testing.T, subject, page, rich, file []byte) {
		if !fits(make([]byte, 32), subject, subject, subject, subject, page, rich, file) {
			return
		}
		fuzzed(t, "a.msg", oleOf(t, olePart{"__properties_version1.0", make([]byte, 32)},
			olePart{msgProperty + msgSubject + "001F", subject}, olePart{msgProperty + msgSender + "001E", subject},
			olePart{msgProperty + msgRTF + "0102", rich}, olePart{msgRecipient + "#1/" + msgProperty + msgMail + "001F", subject},
			olePart{msgAttached + "#1/" + msgProperty + msgData + "0102", file}, olePart{msgAttached + "#1/" + msgProperty + msgLongName + "001F", subject},
			olePart{msgAttached + "#2/" + msgProperty + msgData + "000D/" + msgProperty + msgHTML + "0102", page}))
	})
}

// sevenZipOf writes a 7z archive around its header and what is packed; the check
// sums are right.
func sevenZipOf(packed, header []byte) []byte {
	next := binary.LittleEndian.AppendUint64(nil, uint64(len(packed)))
	next = binary.LittleEndian.AppendUint64(next, uint64(len(header)))
	next = binary.LittleEndian.AppendUint32(next, crc32.ChecksumIEEE(header))
	start := binary.LittleEndian.AppendUint32([]byte("7z\xBC\xAF\x27\x1C\x00\x04"), crc32.ChecksumIEEE(next))
	return joined(start, next, packed, header)
}

// sevenZipMethods are the decoders of an archive that are not a filter.
var sevenZipMethods = [][]byte{{0}, {0x21}, {3, 1, 1}, {3, 4, 1}, {4, 1, 8}, {4, 2, 2}, {4, 0xF7, 0x11, 1}, {4, 0xF7, 0x11, 2}, {4, 0xF7, 0x11, 4}, {3}, {3, 3, 1, 3}, {0xA}}

// FuzzSevenZipCoder mutates what is packed, and how a decoder is told of it. Of the
// header itself nobody can: its counts are reserved at its word, which only a
// process of its own withstands (cmd/worker has a test).
func FuzzSevenZipCoder(f *testing.F) {
	f.Add(uint8(0), byte(41), []byte{}, []byte(sampleCSV))
	f.Add(uint8(1), byte(41), []byte{12}, append([]byte("\x01\x00\x28"), sampleCSV+"\x00"...))
	f.Add(uint8(2), byte(41), []byte{0x5D, 0, 0, 1, 0}, []byte("\x00\x30\x98\x88\x98\x46\x7e\x1e\xb2\xff\xfa\x1c\x80"))
	f.Add(uint8(3), byte(41), []byte{6, 0, 0, 1, 0}, []byte("\x00\x61\x8a\x10\x6f\x54\x88\x25\xe3"))
	f.Add(uint8(9), byte(41), []byte{0}, []byte("too short"))
	f.Fuzz(func(t *testing.T, method uint8, size byte, properties, packed []byte) {
		if len(properties) > 100 || size > 127 || len(packed) > 127 {
			return
		}
		id := sevenZipMethods[int(method)%len(sevenZipMethods)]
		if bytes.Equal(id, []byte{3}) && bytes.HasPrefix(properties, []byte{0xFF}) {
			return // a distance of 256 is none to the library, which never ends: a process of its own is ended for it
		}
		coder := append([]byte{0x20 | byte(len(id))}, id...)
		coder = append(append(coder, byte(len(properties))), properties...)
		names := append(utf16Bytes("a.csv"), 0, 0)
		header := joined([]byte{1, 4, 6, 0, 1, 9, byte(len(packed)), 0}, []byte{7, 11, 1, 0, 1}, coder, []byte{12, size, 0, 0},
			[]byte{5, 1, 17, byte(len(names) + 1), 0}, names, []byte{0, 0})
		fuzzed(t, "a.7z", sevenZipOf(packed, header))
	})
}

// FuzzRARBlock mutates the header of a file in an archive, and what is packed.
func FuzzRARBlock(f *testing.F) {
	f.Add([]byte("\x02\x02\x29\x04\x29\x00\x00\x00\x00\x00\x80\x00\x00\x05a.csv"), []byte(sampleCSV))
	f.Add([]byte("\x02\x02\x08\x04\x29\x00\x00\x00\x00\x00\x80\x03\x00\x05a.csv"), []byte("\x80\x04\x00\x00abcdefgh"))
	f.Fuzz(func(t *testing.T, header, packed []byte) {
		if len(header) > 0 && len(header) < 128 {
			fuzzed(t, "a.rar", joined([]byte("Rar!\x1A\x07\x01\x00"), rarBlock(1, 0, 0), rarBlock(header...), packed, rarBlock(5, 0, 0)))
		}
	})
}
