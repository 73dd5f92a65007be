package pdf

import (
	"slices"
	"testing"
)

// TestOutlineLevels gives titles (0) and headings (1 to 4) and wants levels that
// begin at 0 and go down one at a time.
func TestOutlineLevels(t *testing.T) {
	for _, c := range []struct{ given, want []int }{
		{[]int{0, 1, 2, 3, 1}, []int{0, 1, 2, 3, 1}},
		{[]int{1, 2, 3, 1, 2}, []int{0, 1, 2, 0, 1}},
		{[]int{3, 1, 4, 2}, []int{0, 0, 1, 1}},
		{[]int{0, 4, 4, 0, 1}, []int{0, 1, 2, 0, 1}},
	} {
		var o outline
		var got []int
		for _, level := range c.given {
			if level == 0 {
				got = append(got, o.title())
			} else {
				got = append(got, o.heading(level))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.given, got, c.want)
		}
	}
}
