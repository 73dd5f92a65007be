package wire

import "testing"

func TestParseFrom(t *testing.T) {
	for header, want := range map[string]int64{
		"": 0, ContentRange(0, 1): 0, ContentRange(5, 10): 5, ContentRange(1<<40, 1<<40+1): 1 << 40,
		"bytes 5-8/10": -1, "bytes 9-5/6": -1, "bytes -1-5/6": -1, "bytes 5-9/*": -1, "items 5-9/10": -1, "bytes 5-9": -1, "bytes  5-9/10": -1, "bytes 05-9/10": -1,
	} {
		got, err := ParseFrom(header)
		if want < 0 && err == nil || want >= 0 && (err != nil || got != want) {
			t.Errorf("%q: %d, %v", header, got, err)
		}
	}
}
