package kit

import (
	"testing"

	"pgregory.net/rapid"
)

// A tip is whole inside the window and never covers what it names, unless the
// window has no room beside that.
func TestTipIsBesideWhatItNames(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := func(name string, least, most int) float32 { return float32(rapid.IntRange(least, most).Draw(r, name)) }
		w, h := f("w", 300, 1400), f("h", 200, 900)
		o := tipRect{w: f("ow", 16, 300), h: f("oh", 16, 60)}
		o.x, o.y = f("x", 0, int(max(w-o.w, 1))), f("y", 0, int(max(h-o.h, 1)))
		b := beside(o, f("tw", 20, 280), 24, w, h)
		if b.x < 0 || b.y < 0 || b.x+b.w > w || b.y+b.h > h {
			r.Fatalf("%v is outside %v by %v", b, w, h)
		}
		covers := b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h
		room := o.y+o.h+6+24 <= h || o.y-6-24 >= 0
		if covers && room {
			r.Fatalf("%v covers %v in %v by %v", b, o, w, h)
		}
	})
}
