package chart

import "math"

// point is a place in design pixels.
type point struct{ x, y float32 }

// barbs are the two ends of an arrow's head at its tip, of a length.
func barbs(x1, y1, x2, y2, length float32) [2]point {
	way := math.Atan2(float64(y2-y1), float64(x2-x1))
	end := func(turn float64) point {
		return point{x2 - length*float32(math.Cos(way+turn)), y2 - length*float32(math.Sin(way+turn))}
	}
	return [2]point{end(.5), end(-.5)}
}
