package today

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What has no room is left out from the bottom; the highest panels give way before
// that, by whole rows.
func TestArrange(t *testing.T) {
	table, note := span{250, 130, 24}, span{100, 100, 0}
	for _, c := range []struct {
		name  string
		room  float32
		sizes []span
		want  []float32
	}{
		{"nothing", 600, nil, nil},
		{"all", 600, []span{table, note, note}, []float32{250, 100, 100}},
		{"the first gives way", 430, []span{table, note, note}, []float32{202, 100, 100}},
		{"as far as it can", 362, []span{table, note, note}, []float32{130, 100, 100}},
		{"then the last goes", 357, []span{table, note, note}, []float32{226, 100}},
		{"the first stays", 90, []span{table, note, note}, []float32{130}},
		{"one that cannot give way", 200, []span{note, table}, []float32{100}},
		{"the higher of two", 420, []span{{130, 130, 24}, note, {500, 130, 24}}, []float32{130, 100, 140}},
	} {
		if got := arrange(c.room, c.sizes); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Whatever the room, what is shown has room, but for a first panel at its least.
func TestArrangeProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		room := float32(rapid.IntRange(0, 900).Draw(r, "room"))
		var sizes []span
		for range rapid.IntRange(1, 5).Draw(r, "panels") {
			least := float32(rapid.IntRange(40, 200).Draw(r, "least"))
			sizes = append(sizes, span{least + 24*float32(rapid.IntRange(0, 20).Draw(r, "rows")), least, 24})
		}
		heights, sum := arrange(room, sizes), float32(-panelGap)
		for i, h := range heights {
			sum += h + panelGap
			if h < sizes[i].least || h > sizes[i].want {
				r.Fatalf("panel %d is %v high: %+v", i, h, sizes[i])
			}
		}
		if len(heights) == 0 || sum > room && len(heights) > 1 {
			r.Fatalf("%v in %v", heights, room)
		}
	})
}
