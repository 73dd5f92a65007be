package detect

// Span is text[From:To] of a text, in bytes.
type Span struct{ From, To int }

// IndividualSpans are the places of a text that read as an individual number with a
// right check digit, whatever stands beside them, in order and apart. It is for taking
// numbers out of a text of which a [Document] is sure, and judges nothing by itself:
// one number of twelve digits in eleven reads so by chance.
func IndividualSpans(text []byte) (spans []Span) {
	var c chain
	for i := 0; i < len(text); {
		if _, size := digitAt(text, i); size == 0 {
			i++
			continue
		}
		c.read(text, i)
		next, end := c.groups[0].end, c.twelve()
		if end > 0 && readsAsIndividual(text[i:end]) {
			spans = append(spans, Span{i, end})
			next = end
		}
		i = next
	}
	return spans
}

// twelve is where the chain has twelve digits at the end of a group; 0: nowhere.
func (c *chain) twelve() int {
	for _, g := range c.groups[:c.n] {
		if g.first+g.n == individualDigits {
			return g.end
		}
	}
	return 0
}

// readsAsIndividual says whether a text is an individual number and nothing else.
func readsAsIndividual(text []byte) (is bool) {
	var c chain
	c.read(text, 0)
	matchIndividual(&c, func(m match) { is = is || m.valid })
	return is
}
