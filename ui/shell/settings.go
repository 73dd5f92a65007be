package shell

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// settingsID is the page of settings: the shell's own.
const settingsID = "settings"

// settingsKey opens it from every page.
var settingsKey = ui.Ctrl(fyne.KeyComma)

// settings is the page on which a person says how this device shows the window.
// What is chosen counts at once; below stands what cannot be chosen here.
type settings struct {
	kit.Surface
	shell  *Shell
	now    ui.Settings
	change func(ui.Settings)
	groups []settingGroup
	at     int // which choice had the keyboard last
	inbox  settingInbox
	list   *settingList
	body   *kit.Scroller
}

// settingList is what stands below the head; it scrolls where it has no room.
type settingList struct {
	kit.Surface
	page *settings
}

// settingGroup is a panel of settings.
type settingGroup struct {
	title  text.Key
	fields []setting
}

// setting is one choice, with what it means.
type setting struct {
	label, hint text.Key
	choice      *kit.Choices
}

// locks are the times after which a window can be told to lock.
var locks = []time.Duration{5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}

// sizes are the sizes of text, in per cent.
var sizes = []int{100, 115, 130}

// OnSettings offers the page of settings: now are in force, change puts others in
// force and keeps them.
func (s *Shell) OnSettings(now ui.Settings, change func(ui.Settings)) {
	s.settings = newSettings(s, now, change)
	s.pages[settingsID] = s.settings
	s.frame.nav.Refresh()
}

// Resume goes on where an earlier shell was left: on its page, and on that of
// settings at its field.
func (s *Shell) Resume(earlier *Shell) {
	s.Go(earlier.current)
	if earlier.current == settingsID {
		s.desk.Focus(s.settings.Panes()[earlier.settings.at])
	}
}

func newSettings(s *Shell, now ui.Settings, change func(ui.Settings)) *settings {
	p := &settings{shell: s, now: now, change: change}
	w := s.desk.Words
	var times, percents []string
	for _, d := range locks {
		times = append(times, w.Span(d))
	}
	for _, n := range sizes {
		percents = append(percents, w.T(text.Percent, n))
	}
	langs, palettes := []app.Lang{app.JA, app.EN}, []ui.Palette{ui.Light, ui.Dark, ui.BySystem}
	p.groups = []settingGroup{
		{text.SettingsLook, []setting{
			p.setting(text.SettingLang, text.SettingLangHint, []string{w.T(text.Japanese), w.T(text.English)}, slices.Index(langs, now.Lang), func(i int) { p.now.Lang = langs[i] }),
			p.setting(text.SettingPalette, "", []string{w.T(text.PaletteLight), w.T(text.PaletteDark), w.T(text.PaletteSystem)}, slices.Index(palettes, now.Palette), func(i int) { p.now.Palette = palettes[i] }),
			p.setting(text.SettingText, "", percents, slices.Index(sizes, now.Text), func(i int) { p.now.Text = sizes[i] }),
		}},
		{text.Lock, []setting{
			p.setting(text.SettingLockAfter, text.SettingLockHint, times, slices.Index(locks, now.LockAfter), func(i int) { p.now.LockAfter = locks[i] }),
		}},
		{text.SettingsNotices, []setting{
			p.setting(text.SettingNotify, text.SettingNotifyHint, []string{w.T(text.NotifyOn), w.T(text.NotifyOff)}, slices.Index([]bool{true, false}, now.Notify), func(i int) { p.now.Notify = i == 0 }),
		}},
	}
	p.inbox = newSettingInbox(p)
	p.list = &settingList{page: p}
	p.list.Extend(p.list, s.desk.Look, func(d *kit.Pen, w, _ float32) { p.paintList(d, w) })
	p.body = kit.NewScroller(s.desk, p.list)
	p.Extend(p, s.desk.Look, p.paint)
	return p
}

// HeightFor is the height of all settings in a width, both in design pixels.
func (l *settingList) HeightFor(w float32) float32 {
	return l.page.paintList(kit.NewPen(l.page.shell.desk.Look), w)
}

// setting is one choice of the page; set takes it into the settings.
func (p *settings) setting(label, hint text.Key, words []string, at int, set func(int)) setting {
	c := kit.NewChoices(p.shell.desk, p.shell.desk.Words.T(label), words, at, func(i int) {
		set(i)
		p.change(p.now)
	})
	c.OnFocus(func() { p.reveal(c) })
	return setting{label, hint, c}
}

// View is what stands in the page area.
func (p *settings) View() fyne.CanvasObject { return p }

// Actions are what every page has.
func (p *settings) Actions() []ui.Action { return nil }

// Shown draws what is known now.
func (p *settings) Shown() { p.draw() }

func (p *settings) draw() {
	p.list.Refresh()
	p.body.Fit()
}

// reveal brings the choice that got the keyboard into sight, the last one with all
// below it.
func (p *settings) reveal(c *kit.Choices) {
	p.at = slices.Index(p.Panes(), fyne.Focusable(c))
	y, high := c.Position().Y/p.shell.desk.Look.Factor(), float32(64)
	if last := p.groups[len(p.groups)-1].fields; last[len(last)-1].choice == c {
		high = p.list.Size().Height/p.shell.desk.Look.Factor() - y
	}
	p.body.Reveal(y, high)
}

// Tick draws what depends on the time of day.
func (p *settings) Tick() { p.draw() }

// Panes are the choices, for F6.
func (p *settings) Panes() (panes []fyne.Focusable) {
	for _, g := range p.groups {
		for _, f := range g.fields {
			panes = append(panes, f.choice)
		}
	}
	for _, b := range p.inbox.buttons() {
		panes = append(panes, b)
	}
	return panes
}

// Measures in design pixels.
const (
	settingLabel = 148
	settingHigh  = 36
	settingsWide = 640 // lines longer than that are read badly
)

func (p *settings) paint(d *kit.Pen, w, h float32) {
	words := p.shell.desk.Words
	d.Rect(0, 0, w, h, d.Sheet)
	n := d.Text(16, 0, w-32, 44, words.T(text.SettingsTitle), d.Title())
	d.Text(28+n, 1, w-n-44, 44, words.T(text.SettingsKept), d.Label())
	d.H(0, 44, w)
	d.Add(p.body, 0, 45, w, h-45)
}

// paintList draws the groups one below the other and returns the y below them.
func (p *settings) paintList(d *kit.Pen, w float32) float32 {
	y, wide := float32(9), min(w-32, settingsWide)
	for _, g := range p.groups {
		d.Panel(16, y, wide, p.shell.desk.Words.T(g.title), "")
		y += 34
		for _, f := range g.fields {
			y = p.paintSetting(d, f, y, wide)
		}
		y += 6
	}
	return p.paintDevice(d, p.inbox.paint(d, y, wide), wide) + 12
}

func (p *settings) paintSetting(d *kit.Pen, f setting, y, wide float32) float32 {
	words := p.shell.desk.Words
	d.Text(16, y, settingLabel-8, 29, words.T(f.label), d.Label())
	d.Add(f.choice, 16+settingLabel, y, min(f.choice.Need(), wide-settingLabel), 29)
	if f.hint == "" {
		return y + settingHigh
	}
	return d.Para(16+settingLabel, y+31, wide-settingLabel, 16, words.T(f.hint), d.Caption()) + 8
}

// paintDevice says who works here, and how this device stands with the server.
func (p *settings) paintDevice(d *kit.Pen, y, wide float32) float32 {
	words := p.shell.desk.Words
	d.Panel(16, y, wide, words.T(text.SettingsDevice), "")
	y += 32
	for _, f := range p.facts() {
		d.Text(16, y, settingLabel-8, 22, words.T(f.label), d.Label())
		y = d.Para(16+settingLabel, y, wide-settingLabel, 22, f.value, d.Body())
	}
	return y
}

// fact is something that is known of the device.
type fact struct {
	label text.Key
	value string
}

func (p *settings) facts() []fact {
	words, st, now := p.shell.desk.Words, p.shell.link.Status(), p.shell.desk.Now()
	person, server := st.Person, words.T(text.FactEnrolled)
	if person == "" {
		person = words.T(text.WorkingAlone)
	}
	if !st.Enrolled {
		server = words.T(text.NoServer)
	}
	all := []fact{{text.FactPerson, person}, {text.FactDevice, st.Device}, {text.FactServer, server}}
	if !st.Enrolled {
		return all
	}
	last, lease := words.T(text.FactNever), words.T(text.FactNoLease)
	if st.LastSync != 0 {
		last = words.Moment(st.LastSync, now)
	}
	if st.Lease != 0 {
		lease = words.T(text.FactLeased, words.Moment(st.Lease, now))
	}
	return append(all, fact{text.FactSync, last}, fact{text.FactLease, lease})
}
