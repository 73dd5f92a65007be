package app

import (
	"bytes"
	"slices"
)

// Policy says what happens when two people changed the same field.
type Policy uint8

// The policies.
const (
	Notify Policy = iota // the later one is shown, both are kept, people decide
	Strict               // a stale change is refused
	Text3                // lines merge; overlapping lines as Notify
	Sets                 // additions and removals merge
	Keyed                // rows merge by key; the same row as Notify
)

// clash is a field where two people wrote different things.
type clash struct {
	field             string
	was, shown, other Value
	shownBy, otherBy  Tick
}

// mergeCells brings what an author saw and wanted to what there is now. What
// was seen is compared by value: an author's own earlier change is then no
// conflict, and a replica needs no clock per field.
func (a *Act) mergeCells(g AnyRegister, doc Doc, c *Change) (out []Cell, clashes []clash, err error) {
	once := map[string]bool{}
	for _, cell := range c.Cells {
		name, now := g.Upcast(cell.Field, cell.Now)
		_, was := g.Upcast(cell.Field, cell.Was)
		if once[name] {
			return nil, nil, Refuse(Invalid, name, "一つの変更が同じ項目を二度変えています。プログラムを更新してください。", "one change sets one field twice; update the program")
		}
		once[name] = true
		spec, known := SpecOf(g, name)
		if known && spec.ReadOnly {
			return nil, nil, atField(spec, errByRule)
		}
		cell = Cell{Field: name, Was: was, Now: now}
		merged, k, err := a.mergeCell(g, spec, doc.Get(name), cell)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, merged)
		if k != nil {
			clashes = append(clashes, *k)
		}
	}
	return out, clashes, nil
}

// mergeCell merges one cell with the value that stands there.
func (a *Act) mergeCell(g AnyRegister, s Spec, cur Value, c Cell) (Cell, *clash, error) {
	switch {
	case cur.Equal(c.Was) || cur.Equal(c.Now):
		return Cell{Field: c.Field, Was: cur, Now: c.Now}, nil, nil
	case c.Was.Equal(c.Now): // nothing was intended
		return Cell{Field: c.Field, Was: cur, Now: cur}, nil, nil
	}
	switch s.Policy {
	case Strict:
		return Cell{}, nil, staleField(g, c.Field)
	case Text3:
		if merged, ok := diff3(c.Was.Text(), cur.Text(), c.Now.Text()); ok {
			return Cell{Field: c.Field, Was: cur, Now: TextValue(merged)}, nil, nil
		}
	case Sets, Keyed:
		merged, clashing, err := mergeList(c.Was, cur, c.Now, keyOf(s))
		if err != nil || !clashing {
			return Cell{Field: c.Field, Was: cur, Now: merged}, nil, err
		}
		return Cell{Field: c.Field, Was: cur, Now: merged}, a.clash(c, merged, c.Now, true), nil
	}
	if a.isLater(c.Field) {
		return Cell{Field: c.Field, Was: cur, Now: c.Now}, a.clash(c, c.Now, cur, false), nil
	}
	return Cell{Field: c.Field, Was: cur, Now: cur}, a.clash(c, cur, c.Now, true), nil
}

// Again is what a refused cell wants of the value that stands there today: both
// edits, where they merge without a conflict; else what its author wanted.
func Again(s Spec, cur Value, c Cell) Value {
	switch s.Policy {
	case Text3:
		if merged, ok := diff3(c.Was.Text(), cur.Text(), c.Now.Text()); ok {
			return TextValue(merged)
		}
	case Sets, Keyed:
		if merged, clashing, err := mergeList(c.Was, cur, c.Now, keyOf(s)); err == nil && !clashing {
			return merged
		}
	}
	return c.Now
}

// clash names who wrote the value that is shown and who the other one.
func (a *Act) clash(c Cell, shown, other Value, mineIsOther bool) *clash {
	mine, theirs := a.change.Tick(), a.lastSet(c.Field)
	k := &clash{field: c.Field, was: c.Was, shown: shown, other: other, shownBy: mine, otherBy: theirs}
	if mineIsOther {
		k.shownBy, k.otherBy = theirs, mine
	}
	return k
}

func (a *Act) lastSet(field string) Tick {
	if a.Tick == nil {
		return Tick{Err: Unknown}
	}
	return a.Tick(a.change.Ref, field)
}

// isLater says whether the change is younger than what the field holds. The
// clock decides what is shown, never what is kept.
func (a *Act) isLater(field string) bool {
	last := a.lastSet(field)
	if a.change.HLC != last.At {
		return a.change.HLC > last.At
	}
	return bytes.Compare(a.change.Author[:], last.By[:]) > 0
}

// keyOf is the column by which items are told apart; empty: by the whole item.
func keyOf(s Spec) string {
	if s.Policy == Keyed && len(s.Columns) > 0 {
		return s.Columns[0].Name
	}
	return ""
}

// mergeList merges lists by key, or by the whole item if key is empty. Edit
// beats delete.
func mergeList(was, cur, mine Value, key string) (merged Value, clashing bool, err error) {
	w, err := keyedItems(was, key)
	if err != nil {
		return nil, false, err
	}
	c, err := keyedItems(cur, key)
	if err != nil {
		return nil, false, err
	}
	m, err := keyedItems(mine, key)
	if err != nil {
		return nil, false, err
	}
	out, clashing := mergeTheirs(w, c, m)
	for _, k := range m.order {
		if _, there := c.item[k]; !there && !m.item[k].Equal(w.item[k]) {
			out = append(out, m.item[k])
		}
	}
	if key == "" {
		slices.SortFunc(out, func(a, b Value) int { return bytes.Compare(a, b) })
	}
	return arrayOf(out), clashing, nil
}

// mergeTheirs goes through the items that stand there now.
func mergeTheirs(w, c, m keyed) (out []Value, clashing bool) {
	for _, k := range c.order {
		was, cur, mine := w.item[k], c.item[k], m.item[k]
		switch {
		case mine == nil && was != nil && was.Equal(cur): // removed, and nobody touched it
		case mine == nil || mine.Equal(cur) || mine.Equal(was):
			out = append(out, cur)
		case was.Equal(cur):
			out = append(out, mine)
		default:
			out, clashing = append(out, cur), true
		}
	}
	return out, clashing
}

// keyed is a list's items by their keys.
type keyed struct {
	order []itemKey
	item  map[itemKey]Value
}

// itemKey is a key, and which of several items with that key: people type keys,
// leave them empty and repeat them, and no item may be lost by it.
type itemKey struct {
	key string
	nth int
}

// keyedItems finds the items by the column called key; if that is empty, by the
// whole item, and then nothing stands twice.
func keyedItems(list Value, key string) (keyed, error) {
	items, err := list.list()
	k := keyed{item: make(map[itemKey]Value, len(items))}
	times := make(map[string]int, len(items))
	for _, v := range items {
		id := itemKey{key: string(v)}
		if key != "" {
			id.key = string(Doc(v).Get(key))
			id.nth = times[id.key]
			times[id.key]++
		}
		if _, twice := k.item[id]; !twice {
			k.order = append(k.order, id)
		}
		k.item[id] = v
	}
	return k, err
}
