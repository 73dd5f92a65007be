package shell

// identify asks for what the server wants to see before it lets a try go on.
func (d *doorPage) identify(try attempt) {
	d.asked, d.from, d.kept = try, d.way, d.typed()
	d.take(identifying)
	d.focus()
}

// goBack leaves the question of the server, with what was typed before it.
func (d *doorPage) goBack() {
	kept := d.kept
	d.asked, d.kept = nil, nil
	d.take(d.from)
	for i, f := range d.fields {
		f.entry.SetText(kept[i])
	}
	d.focus()
}
