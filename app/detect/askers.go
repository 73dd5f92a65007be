package detect

// askers are the matchers of all rules by what leads to them, side by side so
// that a question costs little.
type askers struct {
	digits []digitsAsker
	cells  []cellAsker
	joined []placeAsker // asked at digits that follow a wide character
	signs  []placeAsker // asked at '@'
	free   rules        // asked about digits whether a word names them or not
	spread rules        // asked in rows of persons, too
}

type digitsAsker struct {
	rule  uint8
	least int
	ask   func(*chain, func(match))
}

type cellAsker struct {
	rule uint8
	ask  func(*handle, func(match))
}

type placeAsker struct {
	rule uint8
	ask  func(*handle) (match, bool)
}

func (a *askers) add(i uint8, r *Rule) {
	if r.digits != nil {
		a.digits = append(a.digits, digitsAsker{i, r.least, r.digits})
	}
	if r.cell != nil {
		a.cells = append(a.cells, cellAsker{i, r.cell})
	}
	if r.joined != nil {
		a.joined = append(a.joined, placeAsker{i, r.joined})
	}
	if r.at != nil {
		a.signs = append(a.signs, placeAsker{i, r.at})
	}
	if !r.labelled {
		a.free |= 1 << i
	}
	if r.spread {
		a.spread |= 1 << i
	}
}

// asked are the rules that are asked now.
func (d *Document) asked() rules {
	if d.row.personal {
		return d.engine.free | d.active | d.engine.spread
	}
	return d.engine.free | d.active
}
