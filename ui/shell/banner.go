package shell

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// bannerHeight is the height of the banner in design pixels.
const bannerHeight = 30

// banner stands over every page while a section has something that concerns all of
// them: a declared disaster. It neither moves nor sounds, and nobody closes it away.
type banner struct {
	kit.Surface
	shell *Shell
	list  []ui.Banner // the gravest first
	begun bool        // it was read since the window was opened
	slot  task.Slot
	holds bool // the keyboard
}

// whatToDoKey opens what the banner is about; the keys of the page give way to it.
var (
	whatToDoKey  = ui.Plain(fyne.KeyF1)
	otherKeysKey = ui.Key{Name: fyne.KeyF1, Mod: fyne.KeyModifierShift}
)

func newBanner(s *Shell) *banner {
	b := &banner{shell: s}
	b.Extend(b, s.desk.Look, b.paint)
	return b
}

func (b *banner) shows() bool { return len(b.list) > 0 }

// changed reads anew what is to be told if records that it may come from have changed.
func (b *banner) changed(refs []app.Ref) {
	concerns := func(x ui.Section) bool {
		of := func(r app.Ref) bool { return slices.Contains(x.Kinds, r.Kind) }
		return x.Banners != nil && (len(refs) == 0 || slices.ContainsFunc(refs, of))
	}
	if slices.ContainsFunc(b.shell.sections, concerns) {
		b.read()
	}
}

func (b *banner) read() {
	s := b.shell
	task.Do(s.desk.Tasks, &b.slot, func(ctx context.Context) (all []ui.Banner, err error) {
		for _, x := range s.sections {
			if x.Banners == nil {
				continue
			}
			list, err := x.Banners(ctx, s.records)
			if err != nil {
				return nil, err
			}
			all = append(all, list...)
		}
		return all, nil
	}, func(all []ui.Banner, err error) {
		if err != nil {
			s.Say(theme.Late, s.desk.Words.Error(err))
			return
		}
		b.show(all)
	})
}

// show puts up what there is now. The system says that something came, and nothing of
// what it is, for who looks elsewhere.
func (b *banner) show(all []ui.Banner) {
	known := func(x ui.Banner) bool {
		return slices.ContainsFunc(b.list, func(y ui.Banner) bool { return x.Opens == y.Opens })
	}
	fresh := slices.ContainsFunc(all, func(x ui.Banner) bool { return !known(x) })
	if came := b.shell.notices.came; b.begun && fresh && came != nil {
		came(b.shell.desk.Words.T(text.NoticeSystem))
	}
	b.begun = true
	if b.list = all; b.holds && !b.shows() {
		b.shell.desk.Focus(nil)
	}
	b.shell.frame.Refresh()
}

func (b *banner) open() { b.shell.Open(b.list[0].Opens) }

// says are the words of the gravest, which counts the others.
func (b *banner) says() ui.BannerWords {
	w := b.shell.desk.Words
	said := b.list[0].Says(w, b.shell.desk.Now())
	if more := len(b.list) - 1; more > 0 {
		said.Since += w.T(text.FactGap) + w.T(text.MoreBanners, w.Count(more))
	}
	return said
}

func (b *banner) paint(p *kit.Pen, w, h float32) {
	if !b.shows() {
		return
	}
	p.Rect(0, 0, w, h, p.Alarm)
	said, st := b.says(), p.Body().In(p.OnAlarm)
	act := b.shell.desk.Words.T(text.WhatToDo) + "  " + whatToDoKey.String()
	right := w - 16 - p.Width(act, st.B())
	p.Icon(14, 7, 16, "siren", p.OnAlarm)
	p.Text(right, 0, 0, h, act, st.B())
	if b.holds {
		p.Box(right-7, 4, w-16-right+14, h-8, nil, p.OnAlarm, 3)
	}
	x := 40 + p.Text(40, 0, 0, h, said.Lead, st.B()) + 18
	x += p.Text(x, 0, 0, h, said.Since, st) + 18
	b.paintRest(p, x, right-18, h, said, st)
}

// paintRest draws what changes, cut where it must be, and what comes next if there
// is room for all of it.
func (b *banner) paintRest(p *kit.Pen, x, right, h float32, said ui.BannerWords, st kit.Style) {
	if right-x > 40 && said.Changes != "" {
		x += p.Text(x, 0, right-x, h, said.Changes, st) + 18
	}
	if said.Next != "" && p.Width(said.Next, st) <= right-x {
		p.Text(x, 0, 0, h, said.Next, st)
	}
}

// Tapped opens what it is about.
func (b *banner) Tapped(*fyne.PointEvent) { b.shell.desk.Touch(); b.open() }

// FocusGained is for Fyne.
func (b *banner) FocusGained() { b.holds = true; b.Refresh() }

// FocusLost is for Fyne.
func (b *banner) FocusLost() { b.holds = false; b.Refresh() }

// TypedRune is for Fyne; runes mean nothing here.
func (b *banner) TypedRune(rune) { b.shell.desk.Touch() }

// TypedKey opens what it is about, and gives every other key to the window.
func (b *banner) TypedKey(e *fyne.KeyEvent) {
	b.shell.desk.Touch()
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.open()
	default:
		b.shell.desk.Key(e)
	}
}

// TypedShortcut gives commands to the window.
func (b *banner) TypedShortcut(s fyne.Shortcut) { b.shell.desk.Touch(); b.shell.desk.Shortcut(s) }

// AccessibilityLabel is all that it says, also what is cut off on the screen.
func (b *banner) AccessibilityLabel() string {
	if !b.shows() {
		return b.shell.desk.Words.T(text.BannerName)
	}
	said := b.says()
	all := slices.DeleteFunc([]string{said.Lead, said.Since, said.Changes, said.Next}, func(s string) bool { return s == "" })
	return strings.Join(all, b.shell.desk.Words.T(text.FactGap))
}

// AccessibilityRole is for screen readers.
func (b *banner) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
