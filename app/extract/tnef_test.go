package extract

import (
	"encoding/binary"
	"testing"
)

// tnefAttribute writes one attribute with its check sum.
func tnefAttribute(id uint32, data []byte) []byte {
	level := byte(1)
	if id == tnefBegin || id == tnefData || id == tnefTitle || id == tnefFile {
		level = 2
	}
	b := binary.LittleEndian.AppendUint32([]byte{level}, id)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(len(data))), data...)
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	return binary.LittleEndian.AppendUint16(b, sum)
}

// mapiProperty writes a property of one value that says its own length.
func mapiProperty(id, kind uint16, value []byte) []byte {
	b := binary.LittleEndian.AppendUint16(nil, kind)
	b = binary.LittleEndian.AppendUint16(b, id)
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(value)))
	return append(append(b, value...), make([]byte, (4-len(value)%4)%4)...)
}

func mapiList(properties ...[]byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(properties)))
	return append(b, joined(properties...)...)
}

// winmail is what Outlook sends: a message with a list attached, in the order of
// [MS-OXTNEF] 2.1.3.
func winmail() []byte {
	wide := func(s string) []byte { return append(utf16Bytes(s), 0, 0) }
	named := joined([]byte{0x1F, 0, 0x01, 0x80}, make([]byte, 16), []byte{1, 0, 0, 0, 6, 0, 0, 0}, utf16Bytes("abc"), []byte{0, 0},
		[]byte{1, 0, 0, 0, 4, 0, 0, 0}, utf16Bytes("ab"))
	return joined([]byte("\x78\x9F\x3E\x22\x01\x00"),
		tnefAttribute(0x00089006, []byte{0, 0, 1, 0}),
		tnefAttribute(0x00069007, []byte{0xA4, 3, 0, 0, 0, 0, 0, 0}),
		tnefAttribute(tnefSubject, []byte("\x8C\x8F\x96\xBC\x00")),
		tnefAttribute(tnefPeople, joined([]byte{1, 0, 0, 0}, mapiList(mapiProperty(0x3001, typeLPWSTR, wide("葉月 見本")), mapiProperty(0x3003, typeLPSTR, []byte("mihon@example.jp\x00"))))),
		tnefAttribute(tnefProps, mapiList(
			joined([]byte{3, 0, 0x17, 0}, []byte{1, 0, 0, 0}), named,
			mapiProperty(0x1000, typeLPWSTR, wide("本文の行\n")))),
		tnefAttribute(tnefBegin, make([]byte, 14)),
		tnefAttribute(tnefTitle, []byte("list.csv\x00")),
		tnefAttribute(tnefData, []byte(sampleCSV)),
		tnefAttribute(tnefFile, mapiList(mapiProperty(0x3707, typeLPWSTR, wide("名簿.csv")))))
}

func TestTNEF(t *testing.T) {
	r := told(t, "winmail.dat", winmail())
	r.want(t, "winmail.dat", TNEF, ProtectNone, Full, "")
	if got, want := r.text["winmail.dat"], "Subject: 件名\nTo: 葉月 見本\nTo: mihon@example.jp\n本文の行\n"; got != want {
		t.Errorf("read %q, want %q", got, want)
	}
	r.want(t, "winmail.dat!/名簿.csv", CSV, ProtectNone, Full, "")
	if got := r.text["winmail.dat!/名簿.csv"]; got != sampleCSV {
		t.Errorf("attached %q", got)
	}
	told(t, "a.dat", winmail()[:200]).want(t, "a.dat", TNEF, ProtectNone, Partial, ReasonTruncated)
	told(t, "a.dat", append(winmail(), 2, 0x10)).want(t, "a.dat", TNEF, ProtectNone, Partial, ReasonTruncated)
	told(t, "a.dat", append(winmail(), '\r', '\n', 0)).want(t, "a.dat", TNEF, ProtectNone, Full, "")
	few := joined([]byte("\x78\x9F\x3E\x22\x01\x00"), tnefAttribute(tnefPeople, joined([]byte{2, 0, 0, 0}, mapiList())))
	told(t, "a.dat", few).want(t, "a.dat", TNEF, ProtectNone, Partial, ReasonDamaged)
}

func FuzzTNEF(f *testing.F) {
	f.Add(winmail()[6:])
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzed(t, "winmail.dat", append([]byte("\x78\x9F\x3E\x22\x01\x00"), data...))
	})
}
