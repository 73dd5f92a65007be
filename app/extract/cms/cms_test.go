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
