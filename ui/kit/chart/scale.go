package chart

import "math"

// scale is the axis of a chart that begins at 0: a line at each step.
type scale struct {
	step  float64 // 1, 2 or 5 times a power of ten
	lines int     // above 0
}

// scaleFor is the scale whose top is just above the largest value, with at most
// so many lines above 0.
func scaleFor(largest float64, most int) scale {
	if largest <= 0 || math.IsInf(largest, 0) || math.IsNaN(largest) {
		return scale{1, 1}
	}
	ten := math.Pow(10, math.Floor(math.Log10(largest/float64(most))))
	for _, n := range []float64{1, 2, 5, 10, 20} {
		if lines := math.Ceil(largest / (n * ten)); lines <= float64(most) {
			return scale{n * ten, int(lines)}
		}
	}
	return scale{100 * ten, 1}
}

func (s scale) top() float64 { return s.step * float64(s.lines) }

// every is how many marks apart words stand, so that they do not touch: of n
// marks over a width, with words of another, the last one always has words.
func every(n int, width, word float32) int {
	if n == 0 || width <= 0 {
		return 1
	}
	return max(1, int(math.Ceil(float64(word*float32(n)/width))))
}
