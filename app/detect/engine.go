package detect

import "hash/maphash"

// Engine is a compiled rule table. It is safe for concurrent use; each text
// gets a Document of its own.
type Engine struct {
	rules   []Rule
	words   *index
	classes map[byte]*classes // by separator
	atRule  int               // the rule asked at '@', -1 when there is none
}

// Cell separates cells that are never quoted, as in tables out of documents.
const Cell = '\x1f'

// cellSeparators are what Block.Sep may be.
const cellSeparators = "\x00\x1f\t,;|"

func compile(rules []Rule) *Engine {
	e := &Engine{rules: rules, words: newIndex(), classes: map[byte]*classes{}, atRule: -1}
	for i, r := range rules {
		for says, list := range [][]string{names: r.Names, hints: r.Hints, denies: r.Denies} {
			for _, w := range list {
				e.words.add(w, uint8(i), role(says))
			}
		}
		if r.at != nil {
			e.atRule = i
		}
	}
	for r := '０'; r <= '９'; r++ {
		e.words.first.add(r)
	}
	e.words.first.add('＠')
	for i := range len(cellSeparators) {
		e.classes[cellSeparators[i]] = e.classesFor(cellSeparators[i])
	}
	return e
}

// Kinds lists the kinds the engine knows, in the order of findings.
func (e *Engine) Kinds() []Kind {
	kinds := make([]Kind, len(e.rules))
	for i, r := range e.rules {
		kinds[i] = r.Kind
	}
	return kinds
}

// NewDocument begins a count. A Document is for one file and one goroutine.
func (e *Engine) NewDocument() *Document {
	d := &Document{engine: e, seed: maphash.MakeSeed(), values: map[uint64]evidence{}, columns: map[columnKey]*column{}}
	d.emit = d.take
	return d
}

// class says what the pass does at a byte.
type class uint8

const (
	plain class = iota
	digit
	atSign
	letter // may begin an ASCII word of the rules
	wide   // leads a three-byte character
	newline
	cellEnd
	quote
)

type classes [256]class

func (e *Engine) classesFor(sep byte) *classes {
	var t classes
	for c := 'a'; c <= 'z'; c++ {
		if e.words.first.has(c) {
			t[c], t[c-'a'+'A'] = letter, letter
		}
	}
	for c := 0xE2; c <= 0xEF; c++ {
		t[c] = wide
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = digit
	}
	t['@'], t['\n'] = atSign, newline
	if sep != 0 {
		t[sep] = cellEnd
	}
	if sep != 0 && sep != Cell {
		t['"'] = quote
	}
	return &t
}
