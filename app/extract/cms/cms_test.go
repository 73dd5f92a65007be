package cms

import (
	"strings"
	"testing"
)

// TestNoEnd: values without end in each other are an error, and soon.
func TestNoEnd(t *testing.T) {
	if _, _, err := cutBER([]byte(strings.Repeat("\x30\x80", 100_000)), 0); err == nil {
		t.Error("no error")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("\x30\x80\x06\x09" + string(Signed) + "\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80\x06\x09" + string(Data) + "\xa0\x80\x24\x80\x04\x01a\x04\x01b\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		kind, signed, of, err := Open(b)
		if err == nil && len(signed) > len(b) {
			t.Errorf("%d bytes out of %d", len(signed), len(b))
		}
		if kind != Signed && (signed != nil || of != "") {
			t.Error("signed, and not of that kind")
		}
	})
}

// TestPieces: a text in pieces of pieces is read whole, and one with a piece that
// breaks off, or is no text, is no text.
func TestPieces(t *testing.T) {
	message := func(content string) []byte {
		n := func(tag, body string) string { return tag + string(rune(len(body))) + body }
		data := n("\x30", "\x06\x09"+string(Data)+n("\xA0", content))
		return []byte(n("\x30", "\x06\x09"+string(Signed)+n("\xA0", n("\x30", "\x02\x01\x01\x31\x00"+data))))
	}
	for content, want := range map[string]string{"\x04\x02ab": "ab", "\x24\x06\x04\x01a\x04\x01b": "ab", "\x24\x08\x24\x03\x04\x01a\x04\x01b": "ab"} {
		if _, got, _, err := Open(message(content)); string(got) != want || err != nil {
			t.Errorf("%q: %q (%v)", content, got, err)
		}
	}
	for _, content := range []string{"\x24\x06\x04\x01a\x04\x09b", "\x24\x06\x04\x01a\x0C\x01b", "\x30\x03\x04\x01a"} {
		if _, got, _, err := Open(message(content)); err != ErrDamaged || got != nil {
			t.Errorf("%q: %q (%v)", content, got, err)
		}
	}
}
