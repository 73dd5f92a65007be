package demo

// dice is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): seeded, and the same
// on every machine and in every version of Go.
type dice uint64

func (d *dice) roll() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n−1. Its bias is that of 2⁶⁴ mod n: no matter here.
func (d *dice) below(n int) int { return int(d.roll() % uint64(n)) }

// between is a number from lo to hi, both included.
func (d *dice) between(lo, hi int) int { return lo + d.below(hi-lo+1) }

// once says yes once in n times.
func (d *dice) once(n int) bool { return d.below(n) == 0 }

// oneOf picks from a list that is not empty.
func oneOf[V any](d *dice, list []V) V { return list[d.below(len(list))] }

// shuffled is a copy of a list in another order (Fisher and Yates).
func shuffled[V any](d *dice, list []V) []V {
	out := append([]V(nil), list...)
	for i := len(out) - 1; i > 0; i-- {
		j := d.below(i + 1)
		out[i], out[j] = out[j], out[i]
	}
	return out
}
