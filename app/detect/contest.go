package detect

// contest settles which kind a number is of when several rules take the same
// digits: where a word names one of them, the others are not meant. A licence
// may have the check digit of an individual number, and a telephone the length
// of a pension number.
func (d *Document) contest() {
	all := d.row.candidates
	for i := 1; i < len(all); i++ { // the surname of a name whose parts have cells of their own
		if b, c := &all[i-1], &all[i]; b.rule == c.rule && b.col < c.col && c.start <= b.start && b.end < c.end && c.valid {
			b.valid, b.score, b.said = false, 0, denied
		}
	}
	for from := 0; from < len(all); {
		to, meant := d.rivals(from)
		for i := from; meant && i < to; i++ {
			if c := &all[i]; c.said != named {
				c.valid, c.said, c.score = false, denied, 0
			}
		}
		from = to
	}
}

// rivals is where the candidates for the digits of candidate from end, and
// whether one of them is named. The candidates for one chain follow each other.
func (d *Document) rivals(from int) (to int, meant bool) {
	all := d.row.candidates
	end := all[from].end
	for to = from; to < len(all) && all[to].start < end && d.engine.rules[all[to].rule].digits != nil; to++ {
		end = max(end, all[to].end)
		meant = meant || all[to].said == named && all[to].valid
	}
	return max(to, from+1), meant && to > from+1
}
