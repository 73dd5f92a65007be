package app

// Sight is what a reader may know of one effect.
type Sight byte

// The sights.
const (
	Hidden Sight = iota // nothing
	Lost                // that the record is out of his reach now: he drops it
	Seen                // all of it
)

// Blank takes values out of an encoded outcome that are sealed to erased subjects,
// for programs that know of no erasing: to them a key that never comes is damage.
func Blank(p []byte, erased func(ID) bool) ([]byte, error) {
	w, err := decodeOutcome(p)
	if err != nil {
		return nil, err
	}
	blank := func(sealed []byte) []byte {
		if by, ok := subjectOf(sealed); ok && erased(by) {
			return nil
		}
		return sealed
	}
	for _, e := range w.Effects {
		for i := range e.Cells {
			if c := &e.Cells[i]; c.Sealed {
				c.Was, c.Now = blank(c.Was), blank(c.Now)
			}
		}
	}
	return enc.Marshal(w)
}

// Withhold writes an encoded outcome again for a reader: its effects as he sees
// them, one sight for each. It opens nothing, so it needs no key, and names the
// records that it shows. Where the record that the change was about is hidden,
// the first one that he is told of stands in its place, without the command.
func Withhold(p []byte, sights []Sight, about Sight) (cut []byte, shown []Ref, err error) {
	w, err := decodeOutcome(p)
	if err != nil {
		return nil, nil, err
	}
	if len(sights) != len(w.Effects) {
		return nil, nil, errDamaged
	}
	var told []wireEffect
	for i, e := range w.Effects {
		switch sights[i] {
		case Seen:
			told = append(told, e)
			shown = append(shown, Ref{Kind(e.Kind), e.ID})
		case Lost:
			told = append(told, wireEffect{Kind: e.Kind, ID: e.ID, Gone: true})
		}
	}
	w.Effects = told
	if about != Seen && len(told) > 0 {
		w.Kind, w.ID, w.Command = told[0].Kind, told[0].ID, ""
	}
	cut, err = enc.Marshal(w)
	return cut, shown, err
}
