package report

// Grid is a sheet or a file of commas as it came back from people: texts in lines,
// of which nothing is known yet.
type Grid struct {
	Name  string // of the sheet; empty for a file
	Lines []Line
}

// Line is one line of a grid. Empty lines are left out, so lines have their numbers.
type Line struct {
	N      int      // from 1, as spreadsheets count
	Cells  []string // by column, from A; what lies right of the last one is empty
	Hidden bool     // people do not see it
	Struck bool     // a cell of it is struck through, wholly or in part
	Unread []int    // columns, from 0, of what nobody can know: an error, a formula saved without its result
}

// Cell is the text in a column, from 0.
func (l Line) Cell(column int) string {
	if column < 0 || column >= len(l.Cells) {
		return ""
	}
	return l.Cells[column]
}
