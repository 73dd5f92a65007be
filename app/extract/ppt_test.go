package extract

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"strings"
	"testing"
)

// atom is one record of a presentation.
func atom(head, kind uint16, body ...byte) []byte {
	b := binary.LittleEndian.AppendUint16(nil, head)
	b = binary.LittleEndian.AppendUint16(b, kind)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)))
	return append(b, body...)
}

func pptOf(t testing.TB, records []byte) []byte {
	return oleOf(t, olePart{"PowerPoint Document", records}, olePart{"Current User", make([]byte, 40)})
}

func TestPPTRecords(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(oleOf(t, olePart{"Workbook", joined(bof8, rec(biffNumber, 0, 0, 0, 9.0), eof)})); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r := told(t, "a.ppt", pptOf(t, joined(
		atom(pptContainer, pptSlide, atom(0, pptChars, utf16Bytes("題\r行\v続き")...)...),
		atom(pptContainer, pptNotes, atom(0, pptBytes, []byte("note \xE9")...)...),
		atom(0x10, pptObject, append([]byte{0, 0, 0, 0}, packed.Bytes()...)...))))
	r.want(t, "a.ppt", PPT, ProtectNone, Full, "")
	if got := r.text["a.ppt"]; got != "題\n行 続き\nnote é\n" {
		t.Errorf("read %q", got)
	}
	if got := strings.Join(r.parts["a.ppt"], " "); got != "slide 1:1 notes 1:1" {
		t.Errorf("parts %q", got)
	}
	if got := r.text["a.ppt!/object1"]; got != "9\n" {
		t.Errorf("the embedded workbook reads %q", got)
	}
}

// TestPPTDepth: containers in containers end at a limit, and are not clean.
func TestPPTDepth(t *testing.T) {
	b := atom(0, pptChars, utf16Bytes("底")...)
	for range 100 {
		b = atom(pptContainer, pptSlide, b...)
	}
	told(t, "a.ppt", pptOf(t, b)).want(t, "a.ppt", PPT, ProtectNone, Partial, ReasonTooDeep)
	told(t, "a.ppt", pptOf(t, b[:len(b)-1])).want(t, "a.ppt", PPT, ProtectNone, Partial, ReasonTruncated)
}

func FuzzPPT(f *testing.F) {
	f.Add(atom(pptContainer, pptSlide, atom(0, pptChars, utf16Bytes("題\r行")...)...))
	f.Add(atom(0x10, pptObject, 1, 2, 3, 4, 5, 6, 7, 8))
	f.Fuzz(func(t *testing.T, records []byte) {
		if len(records) < 50_000 && len(records) > 0 {
			fuzzed(t, "a.ppt", pptOf(t, records))
		}
	})
}
