package extract

// sharedStrings holds the texts that the cells of a workbook name by number, end to
// end. What does not fit the memory is told by itself, without its row.
type sharedStrings struct {
	text []byte
	ends []int
	over bool // some did not fit
	cut  bool // one is longer than a cell may be
}

func (s *sharedStrings) at(i int) []byte {
	if i < 0 || i >= len(s.ends) {
		return nil
	}
	return s.text[s.start(i):s.ends[i]]
}

// start is where the i-th text begins.
func (s *sharedStrings) start(i int) int {
	if i == 0 {
		return 0
	}
	return s.ends[i-1]
}

// add appends to the text at hand, as far as a cell may be long.
func (s *sharedStrings) add(text []byte) {
	have := len(s.text) - s.start(len(s.ends))
	if room := maxLine - have; len(text) > room {
		text, s.cut = text[:room], true
	}
	s.text = append(s.text, text...)
}

// end ends the text at hand.
func (s *sharedStrings) end(w *writer) error {
	if !s.over && int64(len(s.text)+8*len(s.ends)) <= w.it.limits.Buffer {
		s.ends = append(s.ends, len(s.text))
		return nil
	}
	s.over = true
	from := s.start(len(s.ends))
	w.cellText(s.text[from:])
	s.text = s.text[:from]
	return w.endLine()
}

// outcome says of a workbook that was read so whether its rows are whole.
func (s *sharedStrings) outcome(err error) error {
	if err == nil && (s.over || s.cut) {
		return partly(ReasonTooMuchText)
	}
	return err
}

// sharedStrings reads the table of texts. Furigana (rPh) would be glued to the
// text it reads aloud and is left out.
func (p *pack) sharedStrings() (*sharedStrings, error) {
	s, w := &sharedStrings{}, p.writer("shared strings")
	for _, f := range p.parts("xl/sharedStrings.xml") {
		wanted, aloud := false, false
		err := p.eachTag(f, func(t *token) error {
			switch {
			case t.kind == textToken:
				if wanted && !aloud {
					s.add(t.text)
				}
			case t.is("t"):
				wanted = t.kind == openTag && !t.empty
			case t.is("rPh"):
				aloud = t.kind == openTag && !t.empty
			case t.is("si") && (t.kind == closeTag || t.empty):
				return s.end(w)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return s, w.turn(0)
}
