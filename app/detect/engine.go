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
	persons rules
	always  rules                     // any text may hold their values
	named   [maxChainDigits + 1]rules // by digits of a chain: those that a label makes take it
}

// Cell separates cells that are never quoted, as in tables out of documents.
const Cell = '\x1f'

// cellSeparators are what Block.Sep may be.
const cellSeparators = "\x00\x1f\t,;|"

func compile(table []Rule) *Engine {
	e := &Engine{rules: table, words: newIndex(), classes: map[byte]*classes{}, least: maxChainDigits}
	for i, r := range table {
		for _, list := range []struct {
			words []string
			says  role
		}{{r.Cues, cues}, {r.Names, names}, {r.Hints, hints}, {r.Denies, denies}} {
			for _, w := range list.words {
				e.words.add(w, uint8(i), list.says)
			}
			if list.says == names {
				e.addSpread(list.words, uint8(i))
			}
		}
		if r.digits != nil && !r.labelled {
			e.least = min(e.least, r.least)
		}
		if r.person {
			e.persons |= 1 << i
		}
		if !r.number() || r.joined != nil {
			e.always |= 1 << i
		}
		for n := r.least; (r.labelled || r.eager) && r.digits != nil && n <= maxChainDigits; n++ {
			e.named[n] |= 1 << i
		}
	}
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

// addSpread adds short names as forms write them: 氏　名, 生 年 月 日.
func (e *Engine) addSpread(words []string, rule uint8) {
	for _, w := range words {
		chars := strings.Split(w, "")
		if len(chars) < 2 || len(chars) > 4 || len(w) != 3*len(chars) {
			continue
		}
		for _, blank := range []string{" ", "　", "　　"} {
			e.words.add(strings.Join(chars, blank), rule, names)
		}
	}
}

// settle works out whom a word concerns: the rules it names, those that want
// to see it, and the numbers that it speaks against because it names another.
func (e *Engine) settle(w *word) {
	number := false
	w.mutes = true
	for i, r := range e.rules {
		w.mutes = w.mutes && (w.says[i] == mute || w.says[i] == cues)
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
	d.handle.dict, d.handle.words = loaded(), e.words
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
