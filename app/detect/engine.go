package detect

import (
	"hash/maphash"
	"strings"
)

// Engine is a compiled rule table. It is safe for concurrent use; each text
// gets a Document of its own.
type Engine struct {
	rules   []Rule
	words   *index
	classes map[byte]*classes // by separator
	least   int               // digits of the shortest chain asked about without a label
	askers
	persons rules
	name    uint8 // the rule of persons' names
	others  []word
}

// Cell separates cells that are never quoted, as in tables out of documents.
const Cell = '\x1f'

// cellSeparators are what Block.Sep may be.
const cellSeparators = "\x00\x1f\t,;|"

func compile(table []Rule) *Engine {
	e := &Engine{rules: table, words: newIndex(), classes: map[byte]*classes{}, least: maxChainDigits}
	for i, r := range table {
		for _, list := range r.lists() {
			for _, w := range list.words {
				e.words.add(w, uint8(i), list.says)
			}
		}
		for _, ending := range r.Others {
			o := word{text: ending}
			o.says[i] = denies
			e.others = append(e.others, o)
		}
		for _, w := range r.Names {
			for _, s := range spread(w) {
				e.words.add(s, uint8(i), names)
			}
		}
		e.add(uint8(i), &r)
		if r.digits != nil && !r.labelled {
			e.least = min(e.least, r.least)
		}
		if r.Kind == PersonName {
			e.name = uint8(i)
		}
		if r.person {
			e.persons |= 1 << i
		}
	}
	for _, w := range offices {
		e.words.note(w)
	}
	for _, w := range bodies {
		i := e.words.entry(w)
		e.words.words[i].body = true
	}
	symbols := e.words.entry(symbolWord)
	e.words.words[symbols].symbol = true
	for i := range e.words.words {
		e.settle(&e.words.words[i])
	}
	for r := '０'; r <= '９'; r++ {
		e.words.stopAt(r)
	}
	e.words.stopAt('＠')
	e.words.stopAt('　')
	for i := range len(cellSeparators) {
		e.classes[cellSeparators[i]] = e.classesFor(cellSeparators[i])
	}
	return e
}

// wordList is words of a rule, and what they say.
type wordList struct {
	words []string
	says  role
}

func (r *Rule) lists() []wordList {
	return []wordList{{r.Cues, cues}, {r.Names, names}, {r.Hints, hints}, {r.Denies, denies}}
}

// spread is a short name as forms write it: 氏　名, 生 年 月 日.
func spread(name string) (spellings []string) {
	chars := strings.Split(name, "")
	if len(chars) < 2 || len(chars) > 4 || len(name) != 3*len(chars) {
		return nil
	}
	for _, blank := range []string{" ", "　", "　　"} {
		spellings = append(spellings, strings.Join(chars, blank))
	}
	return spellings
}

// settle works out whom a word concerns: the rules it names, those that want
// to see it, and the numbers that it speaks against because it names another.
func (e *Engine) settle(w *word) {
	number := false
	w.mutes = true
	for i, r := range e.rules {
		w.mutes = w.mutes && !w.office && !w.body && (w.says[i] == mute || w.says[i] == cues)
		if w.says[i] == names {
			w.named |= 1 << i
			number = number || r.digits != nil
		}
		if r.word != nil && (w.says[i] == names || w.says[i] == cues) {
			w.asks = append(w.asks, uint8(i))
		}
	}
	for i, r := range e.rules {
		if number && r.digits != nil && w.says[i] == mute {
			w.says[i] = rivals
		}
	}
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
	d.handle.dict, d.handle.words, d.handle.place = loaded(), e.words, new(placeBuffer)
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
	blank
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
	for c := 0x21; c < 0x7F; c++ { // words such as -----BEGIN
		if t[c] == plain && e.words.first.has(rune(c)) {
			t[c] = letter
		}
	}
	t['@'], t['\n'], t[' '] = atSign, newline, blank
	if sep != 0 {
		t[sep] = cellEnd
	}
	if sep != 0 && sep != Cell {
		t['"'] = quote
	}
	return &t
}
