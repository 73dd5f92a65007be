package kit

// ColumnsInSight are the columns that a table shows.
func (t *Table) ColumnsInSight() []int { return t.vis }
