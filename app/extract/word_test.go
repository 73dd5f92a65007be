package extract

import "testing"

func FuzzDOC(f *testing.F) {
	f.Add(made(f, "letter.doc"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.doc", data) })
}

// FuzzWordTables mutates the two tables of a document's text.
func FuzzWordTables(f *testing.F) {
	f.Add([]byte("\x01\x02\x00ab\x02\x10\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x00\x00\x08\x00\x00\x40\x00\x00"), []byte("\x00\x00\x00\x00\x05\x00\x00\x00\x01\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, clx, plc []byte) {
		body := make([]byte, 2*wordPage)
		copy(body[wordPage:], clx)
		tableMarks(plc, body)
		pieces, err := piecesOf(clx)
		if err != nil {
			return
		}
		text := &wordText{body: body, pieces: pieces}
		for n := 0; ; n++ {
			if _, _, ok := text.next(); !ok {
				break
			}
			if n > 3*len(body) {
				t.Fatal("more text than the file can hold")
			}
		}
	})
}

func TestWord95(t *testing.T) {
	b := make([]byte, 64)
	b[2] = 104
	b[24], b[28] = 40, 51
	copy(b[40:], "\x8E\x81\x96\xBC\x07\x93\x64\x98\x62\x0D\x0D")
	r := told(t, "a.doc", oleOf(t, olePart{"WordDocument", b}))
	r.want(t, "a.doc", DOC, ProtectNone, Full, "")
	if got := shown(r.text["a.doc"]); got != "氏名|電話\n\n" {
		t.Errorf("read %q", got)
	}
}

func TestNonBasicPlane(t *testing.T) {
	w := &wordFlow{writer: &writer{}}
	for _, r := range []rune{0xD842, 0xDFB7, '野', 0xD842, 'x'} {
		if err := w.character(r, 0); err != nil {
			t.Fatal(err)
		}
	}
	if got := string(w.buf); got != "𠮷野x" {
		t.Errorf("read %q", got)
	}
}
