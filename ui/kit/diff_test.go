package kit

import (
	"strings"
	"testing"
)

// marked is a text with what differs in brackets.
func marked(s string, differs []bool) string {
	var b strings.Builder
	in := false
	for i, r := range []rune(s) {
		if d := i < len(differs) && differs[i]; d != in {
			in = d
			b.WriteString(map[bool]string{true: "[", false: "]"}[d])
		}
		b.WriteRune(r)
	}
	if in {
		b.WriteString("]")
	}
	return b.String()
}

func TestDifferences(t *testing.T) {
	for _, c := range []struct{ a, b, wantA, wantB string }{
		{"佐々木 健", "髙橋 直", "[佐々木 健]", "[髙橋 直]"},
		{"通信は正常。再取得を依頼した。", "通信は正常。現地で取得した。", "通信は正常。[再]取得[を依頼]した。", "通信は正常。[現地で]取得した。"},
		{"NW-0012", "NW-0021", "NW-[0012]", "NW-[0021]"},
		{"同じ", "同じ", "同じ", "同じ"},
		{"", "新しい", "", "[新しい]"},
		{"一\n二\n三", "一\n三", "一[\n二]\n三", "一\n三"},
	} {
		ofA, ofB := differences(c.a, c.b)
		if a, b := marked(c.a, ofA), marked(c.b, ofB); a != c.wantA || b != c.wantB {
			t.Errorf("%q %q: %s %s, want %s %s", c.a, c.b, a, b, c.wantA, c.wantB)
		}
	}
	long := strings.Repeat("字", 2000)
	if a, b := differences(long, long); a != nil || b != nil {
		t.Error("too long to be told apart, and marked")
	}
}
