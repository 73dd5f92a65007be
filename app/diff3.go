package app

import (
	"slices"
	"strings"
)

// maxDiff bounds the work of a merge: lines of one text times lines of the
// other. Beyond it two edits of a text are a conflict for people.
const maxDiff = 4_000_000

// diff3 merges two edits of a text by lines; false if they overlap.
func diff3(base, a, b string) (string, bool) {
	return merge3(base, a, b, mergePart)
}

// MergeMarked merges two edits of a text by lines as far as they go together.
// Where they overlap both stand one after the other, each below a line that says
// whose it is, and a last line says where they end: a person takes it from there.
func MergeMarked(base, a, b string, marks Marks) string {
	merged, ok := merge3(base, a, b, func(o, x, y []string) ([]string, bool) {
		if part, ok := mergePart(o, x, y); ok {
			return part, true
		}
		return marks.around(x, y), true
	})
	if !ok { // too long to be compared
		return strings.Join(marks.around(strings.Split(a, "\n"), strings.Split(b, "\n")), "\n")
	}
	return merged
}

// Marks are the lines that MergeMarked puts around what overlaps.
type Marks struct{ A, B, End string }

func (m Marks) around(x, y []string) []string {
	return slices.Concat([]string{m.A}, x, []string{m.B}, y, []string{m.End})
}

// Left says whether a mark still stands in a text.
func (m Marks) Left(text string) bool {
	return slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool { return line == m.A || line == m.B || line == m.End })
}

// merge3 walks along the lines that all three texts share and merges what lies
// between them; false if merge cannot, or if the texts are too long.
func merge3(base, a, b string, merge func(o, x, y []string) ([]string, bool)) (string, bool) {
	o, x, y := strings.Split(base, "\n"), strings.Split(a, "\n"), strings.Split(b, "\n")
	if len(o)*max(len(x), len(y)) > maxDiff {
		return "", false
	}
	mx, my := Match(o, x), Match(o, y)
	var out []string
	i, j, k := 0, 0, 0
	for n := 0; n <= len(o); n++ {
		end := n == len(o)
		if !end && (mx[n] < 0 || my[n] < 0) {
			continue
		}
		jx, ky := len(x), len(y)
		if !end {
			jx, ky = mx[n], my[n]
		}
		part, ok := merge(o[i:n], x[j:jx], y[k:ky])
		if !ok {
			return "", false
		}
		out = append(out, part...)
		if !end {
			out = append(out, o[n])
			i, j, k = n+1, jx+1, ky+1
		}
	}
	return strings.Join(out, "\n"), true
}

// mergePart merges what lies between two lines that all three texts share.
func mergePart(o, x, y []string) ([]string, bool) {
	switch {
	case slices.Equal(x, o) || slices.Equal(x, y):
		return y, true
	case slices.Equal(y, o):
		return x, true
	}
	return nil, false
}

// Match finds for each piece of o its place in s along a longest common
// subsequence; −1 where it has none. It takes time and room for the pieces of
// one times those of the other.
func Match(o, s []string) []int {
	l := lcsTable(o, s)
	m := make([]int, len(o))
	for i, j := 0, 0; i < len(o); i++ {
		m[i] = -1
		if l[i][j] == l[i+1][j] { // not in the common part
			continue
		}
		for o[i] != s[j] || l[i+1][j+1]+1 != l[i][j] {
			j++
		}
		m[i] = j
		j++
	}
	return m
}

func lcsTable(o, s []string) [][]int32 {
	l := make([][]int32, len(o)+1)
	for i := range l {
		l[i] = make([]int32, len(s)+1)
	}
	for i := len(o) - 1; i >= 0; i-- {
		for j := len(s) - 1; j >= 0; j-- {
			if o[i] == s[j] {
				l[i][j] = l[i+1][j+1] + 1
			} else {
				l[i][j] = max(l[i+1][j], l[i][j+1])
			}
		}
	}
	return l
}
