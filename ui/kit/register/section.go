package register

import (
	"daicho/app"
	"daicho/ui"
)

// Section is the entry of the navigation that shows one register by c, under the
// register's own name, with the commands that the product gives it beside its own. Its
// caller adds what else the section does.
func Section(id, icon string, group app.Label, c Config) ui.Section {
	return SectionOf(id, icon, group, c.Register.About(), func(*ui.Desk) Config { return c })
}

// SectionOf is [Section] where the page needs the desk, as for what is late today.
func SectionOf(id, icon string, group app.Label, about *app.About, config func(*ui.Desk) Config) ui.Section {
	return ui.Section{
		ID: id, Icon: icon, Label: about.Label, Group: group, Kinds: []app.Kind{about.Kind},
		New: func(h ui.Host) ui.Page {
			c := config(h.Desk())
			if g := h.Records().Registers()[about.Kind]; g != nil {
				c.Register = g
			}
			return New(h, c)
		},
	}
}
