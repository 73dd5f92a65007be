// Package compare tells two versions of a text apart, by lines and within a line by
// words: what the screen of versions shows. Merging is in package app; use this only
// to show people what changed.
package compare

import (
	"strings"
	"unicode"

	"daicho/app"
)

// Op is what became of a piece of text.
type Op int

// What becomes of a piece.
const (
	Same Op = iota
	Gone
	New
)

// Piece is a line, or a run of words within one.
type Piece struct {
	Op   Op
	Text string
}

// most bounds the work: pieces of one text times pieces of the other. What is longer,
// beside what both begin and end with, is told as gone and new as a whole.
const most = 4_000_000

// Lines are the lines of two texts in their order, each with what became of it; a
// line that changed is told as gone, then as new.
func Lines(old, now string) []Piece { return pieces(lines(old), lines(now)) }

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// Words are the words of two lines: of Latin text and numbers whole, every other
// character alone. Pieces of one kind that follow one another are one.
func Words(old, now string) (out []Piece) {
	for _, p := range pieces(words(old), words(now)) {
		if n := len(out); n > 0 && out[n-1].Op == p.Op {
			out[n-1].Text += p.Text
		} else {
			out = append(out, p)
		}
	}
	return out
}

func words(s string) (out []string) {
	inside := false
	for _, r := range s {
		joins := r < unicode.MaxLatin1 && (unicode.IsLetter(r) || unicode.IsDigit(r))
		if joins && inside {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		inside = joins
	}
	return out
}

func pieces(old, now []string) (out []Piece) {
	head := common(old, now, func(s []string, i int) string { return s[i] })
	old, now, begin := old[head:], now[head:], old[:head]
	tail := common(old, now, func(s []string, i int) string { return s[len(s)-1-i] })
	end := old[len(old)-tail:]
	out = add(nil, Same, begin)
	out = append(out, between(old[:len(old)-tail], now[:len(now)-tail])...)
	return add(out, Same, end)
}

// common counts how many pieces two texts share from an end.
func common(a, b []string, at func([]string, int) string) (n int) {
	for n < len(a) && n < len(b) && at(a, n) == at(b, n) {
		n++
	}
	return n
}

func between(old, now []string) (out []Piece) {
	if len(old)*len(now) > most {
		return add(add(nil, Gone, old), New, now)
	}
	j := 0
	var gone []string
	for i, to := range app.Match(old, now) {
		if to < 0 {
			gone = append(gone, old[i])
			continue
		}
		out = add(add(out, Gone, gone), New, now[j:to])
		out, gone, j = add(out, Same, now[to:to+1]), nil, to+1
	}
	return add(add(out, Gone, gone), New, now[j:])
}

func add(out []Piece, op Op, text []string) []Piece {
	for _, s := range text {
		out = append(out, Piece{op, s})
	}
	return out
}

// Around are the pieces near a change: n of what is the same before and after it.
// A piece without text stands for what was left out.
func Around(all []Piece, n int) (out []Piece) {
	last := -1
	for i := range all {
		if !near(all, i, n) {
			continue
		}
		if last >= 0 && i > last+1 {
			out = append(out, Piece{Op: Same})
		}
		out, last = append(out, all[i]), i
	}
	return out
}

func near(all []Piece, i, n int) bool {
	for j := max(0, i-n); j <= min(len(all)-1, i+n); j++ {
		if all[j].Op != Same {
			return true
		}
	}
	return false
}
