package extract

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
)

const sampleCSV = "氏名,電話\n葉月 見本,03-1234-5678\n"

func TestSevenZip(t *testing.T) {
	r := told(t, "plain.7z", made(t, "plain.7z"))
	r.want(t, "plain.7z", SevenZip, ProtectNone, Full, "")
	r.want(t, "plain.7z!/名簿.csv", CSV, ProtectNone, Full, "")
	if got := r.text["plain.7z!/名簿.csv"]; got != sampleCSV {
		t.Errorf("read %q", got)
	}
	for _, name := range []string{"content.7z", "stored.7z"} {
		r = told(t, name, made(t, name))
		r.want(t, name, SevenZip, ProtectPassword, Unscannable, ReasonPassword)
		r.want(t, name+"!/note.txt", Text, ProtectPassword, Unscannable, ReasonPassword)
		if len(r.text) != 0 {
			t.Errorf("%s: what was not opened has a text", name)
		}
	}
	r = told(t, "names.7z", made(t, "names.7z"))
	r.want(t, "names.7z", SevenZip, ProtectPassword, Unscannable, ReasonPassword)
	if len(r.files) != 1 {
		t.Errorf("names behind a password were told: %v", r.files)
	}
	r = told(t, "mixed.7z", made(t, "mixed.7z"))
	r.want(t, "mixed.7z", SevenZip, ProtectPartial, Partial, ReasonEntries)
	r.want(t, "mixed.7z!/Makefile", Other, ProtectPassword, Unscannable, ReasonPassword)
	r.want(t, "mixed.7z!/名簿.csv", CSV, ProtectNone, Full, "")
	told(t, "cut.7z", made(t, "plain.7z")[:120]).want(t, "cut.7z", SevenZip, ProtectUnknown, Failed, ReasonDamaged)
}

func TestStreams(t *testing.T) {
	for _, name := range []string{"list.csv.xz", "list.csv.zst"} {
		r := told(t, name, made(t, name))
		r.want(t, name+"!/list.csv", CSV, ProtectNone, Full, "")
		if got := r.text[name+"!/list.csv"]; got != sampleCSV {
			t.Errorf("%s reads %q", name, got)
		}
	}
}

// TestPackedZeros: forty megabytes in a few kilobytes end at the ratio.
func TestPackedZeros(t *testing.T) {
	for _, name := range []string{"zeros.7z", "zeros.bin.xz", "zeros.bin.zst"} {
		told(t, name, made(t, name)).want(t, name+"!/zeros.bin", Other, ProtectUnknown, Unscannable, ReasonRatio)
	}
}

const twoMails = `From a@example.jp Mon Apr  6 09:00:00 2026
From: a@example.jp
To: b@example.jp
Subject: =?utf-8?B?5Lu25ZCN?=
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

5pys5paH

From c@example.jp Mon Apr  6 09:00:01 2026
From: c@example.jp
To: d@example.jp

From here on it is text
>From there, too
`

func TestMailbox(t *testing.T) {
	r := told(t, "a.mbox", []byte(twoMails))
	r.want(t, "a.mbox", Mailbox, ProtectNone, Full, "")
	if len(r.files) != 3 {
		t.Errorf("told of %v, want two messages", r.files)
	}
	for name, want := range map[string]string{"1.eml": "本文", "2.eml": "From here on it is text\n>From there, too\n"} {
		if got := r.text["a.mbox!/"+name]; !strings.HasSuffix(got, want) {
			t.Errorf("%s reads %q", name, got)
		}
	}
}

// TestMailboxLimit: what a limit leaves over of a message is none of the next.
func TestMailboxLimit(t *testing.T) {
	long := strings.Replace(twoMails, "5pys5paH", strings.Repeat("5pys5paH\n", 2000), 1)
	r := toldWithin(t, "a.mbox", []byte(long), Limits{Text: 4000})
	r.want(t, "a.mbox!/1.eml", Mail, ProtectNone, Partial, ReasonTooMuchText)
	r.want(t, "a.mbox!/2.eml", Mail, ProtectNone, Full, "")
}

func FuzzSevenZip(f *testing.F) {
	f.Add(made(f, "plain.7z"))
	f.Add(made(f, "content.7z"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.7z", data) })
}

func FuzzMailbox(f *testing.F) {
	f.Add([]byte(twoMails))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzed(t, "a.mbox", append([]byte("From a 09:00\nTo: a\nFrom: b\n\n"), data...))
	})
}

// rarBlock is one block of RAR 5: check sum, size, and what the block holds.
func rarBlock(body ...byte) []byte {
	b := append([]byte{byte(len(body))}, body...)
	return append(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(b)), b...)
}

// rarOf writes a RAR 5 archive of one stored file; extra is a record of its
// header, such as that of encryption.
func rarOf(name, text string, extra ...byte) []byte {
	header := []byte{2, 2}
	if len(extra) > 0 {
		header = []byte{2, 3, byte(len(extra) + 1)}
		extra = append([]byte{byte(len(extra))}, extra...)
	}
	header = append(header, byte(len(text)), 4, byte(len(text)), 0)
	header = binary.LittleEndian.AppendUint32(header, crc32.ChecksumIEEE([]byte(text)))
	header = append(append(append(header, 0, 1, byte(len(name))), name...), extra...)
	return joined([]byte("Rar!\x1A\x07\x01\x00"), rarBlock(1, 0, 0), rarBlock(header...), []byte(text), rarBlock(5, 0, 0))
}

func TestRAR(t *testing.T) {
	r := told(t, "a.rar", rarOf("dir/名簿.csv", sampleCSV))
	r.want(t, "a.rar", RAR, ProtectNone, Full, "")
	if got := r.text["a.rar!/dir/名簿.csv"]; got != sampleCSV {
		t.Errorf("read %q", got)
	}
	sealed := append([]byte{1, 0, 0, 1}, make([]byte, 32)...)
	r = told(t, "a.rar", rarOf("名簿.csv", sampleCSV, sealed...))
	r.want(t, "a.rar", RAR, ProtectPassword, Unscannable, ReasonPassword)
	r.want(t, "a.rar!/名簿.csv", CSV, ProtectPassword, Unscannable, ReasonPassword)
	names := joined([]byte("Rar!\x1A\x07\x01\x00"), rarBlock(append([]byte{4, 0, 0, 0, 1}, make([]byte, 16)...)...), make([]byte, 64))
	told(t, "a.rar", names).want(t, "a.rar", RAR, ProtectPassword, Unscannable, ReasonPassword)
	whole := rarOf("a.txt", sampleCSV)
	if f := told(t, "a.rar", whole[:len(whole)-20]).file(t, "a.rar"); f.Scanned == Full {
		t.Errorf("an archive cut short is %s", f.Scanned)
	}
}

func FuzzRAR(f *testing.F) {
	f.Add(rarOf("a.csv", sampleCSV))
	f.Add(rarOf("a.csv", sampleCSV, append([]byte{1, 0, 0, 1}, make([]byte, 32)...)...))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.rar", data) })
}

// sumlessSevenZip is a 7z archive of one stored file that leaves the check sum
// of its content out: only the headers have some (7zFormat.txt of the LZMA SDK).
func sumlessSevenZip(name, text string) []byte {
	names := append(append([]byte{0}, utf16Bytes(name)...), 0, 0)
	header := joined(
		[]byte{1, 4, 6, 0, 1, 9, byte(len(text)), 0},            // one packed stream
		[]byte{7, 11, 1, 0, 1, 1, 0, 12, byte(len(text)), 0, 0}, // one folder: copy
		[]byte{5, 1, 17, byte(len(names))}, names, []byte{0, 0})
	next := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	next = binary.LittleEndian.AppendUint64(next, uint64(len(header)))
	next = binary.LittleEndian.AppendUint32(next, crc32.ChecksumIEEE(header))
	start := binary.LittleEndian.AppendUint32([]byte("7z\xBC\xAF\x27\x1C\x00\x04"), crc32.ChecksumIEEE(next))
	return joined(start, next, []byte(text), header)
}

func TestSevenZipWithoutSums(t *testing.T) {
	r := told(t, "a.7z", sumlessSevenZip("名簿.csv", sampleCSV))
	r.want(t, "a.7z", SevenZip, ProtectNone, Full, "")
	if got := r.text["a.7z!/名簿.csv"]; got != sampleCSV {
		t.Errorf("read %q", got)
	}
}
