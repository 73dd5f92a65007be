package server

import (
	"encoding/binary"

	"daicho/app"
)

// ticks tells a decision when and by whom fields were last set. A row keeps
// them as a document: field → eight bytes of clock, sixteen of author.
type ticks struct {
	tx  Tx
	err error // of the machine; the rules cannot be told
}

func (t *ticks) last(ref app.Ref, field string) (app.HLC, app.ID) {
	doc, err := t.tx.Ticks(ref)
	if err != nil {
		t.err = err
	}
	return readTick(doc, field)
}

func readTick(doc app.Doc, field string) (app.HLC, app.ID) {
	b := doc.Get(field).Bytes()
	if len(b) != 24 {
		return 0, app.ID{}
	}
	return app.HLC(binary.BigEndian.Uint64(b)), app.ID(b[8:])
}

// after are a row's ticks after an effect. A field's clock never runs
// backwards: a merged value carries the later of its authors.
func (t *ticks) after(c *app.Change, e app.Effect) (app.Doc, error) {
	doc, err := t.tx.Ticks(e.Ref)
	if err != nil {
		return nil, err
	}
	var set []app.Cell
	mine := app.BytesValue(append(binary.BigEndian.AppendUint64(nil, uint64(c.HLC)), c.Author[:]...))
	for _, cell := range e.Cells {
		if at, _ := readTick(doc, cell.Field); c.HLC >= at {
			set = append(set, app.Cell{Field: cell.Field, Now: mine})
		}
	}
	return doc.Patch(set), nil
}
