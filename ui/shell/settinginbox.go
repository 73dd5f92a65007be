package shell

import (
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// settingInbox is the panel of the folder whose files become documents.
type settingInbox struct {
	page   *settings
	choose *kit.Button
	end    *kit.Button
	fault  string // why it is not watched now; empty: it is
}

func newSettingInbox(p *settings) settingInbox {
	w, desk := p.shell.desk.Words, p.shell.desk
	put := func(folder string) {
		p.now.Inbox, p.inbox.fault = folder, ""
		p.change(p.now)
		p.draw()
	}
	return settingInbox{page: p,
		choose: kit.NewButton(desk, kit.Secondary, w.T(text.ChooseFolder), ui.Key{}, func() { p.shell.PickPath("", put) }),
		end:    kit.NewButton(desk, kit.Secondary, w.T(text.SettingInboxEnd), ui.Key{}, func() { put(""); desk.Focus(p.inbox.choose) }),
	}
}

// buttons are what can be done now.
func (i *settingInbox) buttons() []*kit.Button {
	if i.page.now.Inbox == "" {
		return []*kit.Button{i.choose}
	}
	return []*kit.Button{i.choose, i.end}
}

func (i *settingInbox) paint(d *kit.Pen, y, wide float32) float32 {
	words := i.page.shell.desk.Words
	d.Panel(16, y, wide, words.T(text.SettingsInbox), "")
	y += 34
	d.Text(16, y, settingLabel-8, 24, words.T(text.SettingInbox), d.Label())
	at, room := float32(16+settingLabel), wide-settingLabel
	folder := i.page.now.Inbox
	if folder == "" {
		folder = words.T(text.SettingInboxNone)
	}
	y = d.Para(at, y, room, 24, folder, d.Body())
	if i.fault != "" {
		y = d.Para(at, y, room, 18, "× "+i.fault, d.Caption().In(d.Late))
	}
	x := at
	for _, b := range i.buttons() {
		d.Add(b, x, y+4, b.Need(), 28)
		x += b.Need() + 8
	}
	return d.Para(at, y+38, room, 16, words.T(text.SettingInboxHint), d.Caption()) + 12
}

// TellInbox shows why the folder of incoming files is not watched; empty: it is.
func (s *Shell) TellInbox(fault string) {
	if s.settings != nil && s.settings.inbox.fault != fault {
		s.settings.inbox.fault = fault
		s.settings.draw()
	}
}
