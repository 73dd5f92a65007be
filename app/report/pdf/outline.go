package pdf

// outline gives bookmarks their level. An outline must begin at the top and go
// down one level at a time: gofpdf makes an entry that does not its own parent,
// over which readers loop.
type outline struct {
	begun, titled bool
	last          int // level of the last entry
}

// title returns the level of a title, the top.
func (o *outline) title() int {
	o.begun, o.titled, o.last = true, true, 0
	return 0
}

// heading returns the level of a heading: below the title, or from the top where
// there is none.
func (o *outline) heading(level int) int {
	if !o.titled {
		level--
	}
	if !o.begun {
		level = 0
	}
	o.begun, o.last = true, min(level, o.last+1)
	return o.last
}
