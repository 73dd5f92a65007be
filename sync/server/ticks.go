package server

import (
	"encoding/binary"
	"math"

	"daicho/app"
)

// ticks tells a decision when, where and by whom fields were last set. A row
// keeps them as a document: field → eight bytes of clock, sixteen of author,
// four of the clock's error, three of the device.
type ticks struct {
	tx  Tx
	err error // of the machine; the rules cannot be told
}

func (t *ticks) last(ref app.Ref, field string) app.Tick {
	doc, err := t.tx.Ticks(ref)
	if err != nil {
		t.err = err
	}
	return readTick(doc, field)
}

// erased says whether a subject was.
func (t *ticks) erased(subject app.ID) bool {
	is, err := t.tx.IsErased(subject)
	if err != nil {
		t.err = err
	}
	return is
}

// How many bytes a tick has, and had up to 0.2.
const (
	tickBytes = 8 + 16 + 4 + 3
	oldTick   = 8 + 16
)

func readTick(doc app.Doc, field string) app.Tick {
	t := app.Tick{Err: app.Unknown}
	b := doc.Get(field).Bytes()
	if len(b) != oldTick && len(b) != tickBytes {
		return t
	}
	t.At, t.By = app.HLC(binary.BigEndian.Uint64(b)), app.ID(b[8:oldTick])
	if len(b) == tickBytes {
		t.Err = int64(binary.BigEndian.Uint32(b[oldTick:])) - 1
		copy(t.Device[:], b[oldTick+4:])
	}
	return t
}

// tickValue keeps of the device what its short name is made of, and of the
// error one more than it is: zero is a clock that nothing vouches for.
func tickValue(t app.Tick) app.Value {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, tickBytes), uint64(t.At))
	b = append(b, t.By[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(min(max(t.Err, app.Unknown), math.MaxUint32-1)+1))
	return app.BytesValue(append(b, t.Device[:3]...))
}

// after are a row's ticks after an effect. A field's clock never runs
// backwards: a merged value carries the later of its authors.
func (t *ticks) after(c *app.Change, e app.Effect) (app.Doc, error) {
	doc, err := t.tx.Ticks(e.Ref)
	if err != nil {
		return nil, err
	}
	var set []app.Cell
	mine := tickValue(c.Tick())
	for _, cell := range e.Cells {
		if c.HLC >= readTick(doc, cell.Field).At {
			set = append(set, app.Cell{Field: cell.Field, Now: mine})
		}
	}
	return doc.Patch(set), nil
}
