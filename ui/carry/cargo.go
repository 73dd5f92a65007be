package carry

import (
	"encoding/binary"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// cargo is the list of what this device carries for others.
type cargo struct {
	page    *page
	table   *kit.Table
	list    []ui.Cargo
	reading task.Slot
}

func newCargo(p *page) *cargo {
	w := p.desk.Words
	f := &cargo{page: p}
	f.table = kit.NewTable(p.desk, []kit.Column{
		{Title: w.T(text.DeviceColumn), Flex: true, Min: 160},
		{Title: w.T(text.ChangesColumn), Kind: kit.NumColumn, Width: 100},
		{Title: w.T(text.AttachedColumn), Kind: kit.NumColumn, Width: 72},
		{Title: w.T(text.BytesColumn), Kind: kit.NumColumn, Width: 90, Drop: 620},
		{Title: w.T(text.BroughtColumn), Width: 160, Drop: 800},
		{Title: w.T(text.TimeColumn), Kind: kit.MonoColumn, Width: 124, Drop: 900},
		{Title: w.T(text.AnswerColumn), Width: 260, Drop: 560},
	}, f, -1, false)
	f.table.SetEmpty(w.T(text.CargoEmpty), w.T(text.CargoEmptyHint))
	return f
}

func (f *cargo) buttons() []*kit.Button { return nil }
func (f *cargo) pane() fyne.Focusable   { return f.table }
func (f *cargo) actions() []ui.Action   { return nil }

func (f *cargo) shown() {
	link := f.page.host.Link()
	task.Do(f.page.desk.Tasks, &f.reading, link.Cargo, func(list []ui.Cargo, err error) {
		if err != nil {
			f.table.SetEmpty(f.page.desk.Words.Error(err), "")
		}
		f.list = list
		f.page.tabs.Count(cargoTab, len(list))
		f.table.Reload()
	})
}

func (f *cargo) paint(d *kit.Pen, y, w, h float32) float32 {
	d.Add(f.table, 0, y-14, w, h-y+14)
	return h
}

// What follows makes the face the source of its table. A row is its place.

// cargoKind is the kind of such a reference.
const cargoKind app.Kind = "cargo"

// Len is the number of runs.
func (f *cargo) Len() int { return len(f.list) }

// Ref is a row's place.
func (f *cargo) Ref(row int) app.Ref {
	ref := app.Ref{Kind: cargoKind}
	binary.BigEndian.PutUint32(ref.ID[:], uint32(row)+1)
	return ref
}

// Row is the row of a place; -1 if the list has become shorter.
func (f *cargo) Row(ref app.Ref) int {
	row := int(binary.BigEndian.Uint32(ref.ID[:])) - 1
	if ref.Kind != cargoKind || row >= len(f.list) {
		return -1
	}
	return row
}

// Sort is not offered: the order is that of devices and their changes.
func (f *cargo) Sort(int, bool) {}

// Cell is one cell.
func (f *cargo) Cell(row, col int) kit.Cell {
	c, w := f.list[row], f.page.desk.Words
	switch col {
	case 0:
		return kit.Cell{Text: named(c.Device)}
	case 1:
		return kit.Cell{Text: w.T(text.ChangeRange, w.Number(int(c.First)), w.Number(int(c.Last)))}
	case 2:
		return kit.Cell{Text: w.Number(c.Files)}
	case 3:
		return kit.Cell{Text: w.Number(int(c.Bytes))}
	case 4:
		return kit.Cell{Text: named(c.Via), Tone: kit.Quiet}
	case 5:
		return kit.Cell{Text: w.Moment(c.At, f.page.desk.Now())}
	}
	if c.Said == "" {
		return kit.Cell{Text: w.T(text.NotAskedYet), Tone: kit.Quiet}
	}
	return kit.Cell{Text: c.Said, Tone: kit.Warn}
}
