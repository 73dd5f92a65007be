package chart

// squarify divides a rectangle into parts of the given sizes, in their order,
// each as near to a square as can be (Bruls, Huizing, van Wijk, 2000). Largest
// first gives the best picture. A size of 0 or less has no area.
func squarify(sizes []float64, x, y, w, h float64) []spot {
	out := make([]spot, 0, len(sizes))
	for len(sizes) > 0 {
		rest := total(sizes) // summed anew: taking away what is placed would leave errors of rounding
		n := rowOf(sizes, rest, w, h)
		sum, part := total(sizes[:n]), 0.0
		if rest > 0 {
			part = min(sum/rest, 1)
		}
		if w > h { // a column at the left
			out = append(out, strip(sizes[:n], sum, x, y, w*part, h, true)...)
			x, w = x+w*part, w-w*part
		} else { // a row at the top
			out = append(out, strip(sizes[:n], sum, x, y, w, h*part, false)...)
			y, h = y+h*part, h-h*part
		}
		sizes = sizes[n:]
	}
	return out
}

func total(sizes []float64) (sum float64) {
	for _, s := range sizes {
		sum += max(s, 0)
	}
	return sum
}

// rowOf is how many of the first sizes stand in one row so that the worst of
// them is as near to a square as can be.
func rowOf(sizes []float64, rest, w, h float64) int {
	side, area := min(w, h), w*h
	if side <= 0 || rest <= 0 {
		return len(sizes)
	}
	best, sum := 0.0, 0.0
	least, most := 0.0, 0.0
	for i, s := range sizes {
		s = max(s, 0) / rest * area
		sum += s
		most = max(most, s)
		if least = min(least, s); i == 0 {
			least = s
		}
		if least <= 0 {
			continue
		}
		worst := max(side*side*most/(sum*sum), sum*sum/(side*side*least))
		if i > 0 && worst > best {
			return i
		}
		best = worst
	}
	return len(sizes)
}

// strip puts sizes one below the other, or side by side.
func strip(sizes []float64, sum, x, y, w, h float64, below bool) (out []spot) {
	for _, s := range sizes {
		part := 0.0
		if sum > 0 {
			part = max(s, 0) / sum
		}
		if below {
			out = append(out, spot{float32(x), float32(y), float32(w), float32(h * part)})
			y += h * part
		} else {
			out = append(out, spot{float32(x), float32(y), float32(w * part), float32(h)})
			x += w * part
		}
	}
	return out
}
