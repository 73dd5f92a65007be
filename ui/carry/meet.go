package carry

import (
	"strings"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// meeting is the exchange with another device: one of the two waits, the other
// calls it.
type meeting struct {
	page  *page
	here  *kit.Entry
	there *kit.Entry
	wait  *kit.Button
	call  *kit.Button
	same  *kit.Button
	other *kit.Button
	stop  *kit.Button
	again *kit.Button
	with  ui.Meeting // nil: none
	waits bool       // this device does
	stage ui.Stage   // that was shown last
	fault string
}

func newMeeting(p *page) *meeting {
	w := p.desk.Words
	f := &meeting{page: p}
	f.here, f.there = kit.NewEntry(p.desk), kit.NewEntry(p.desk)
	f.here.TextStyle.Monospace, f.there.TextStyle.Monospace = true, true
	f.there.SetPlaceHolder("192.168.0.5:8444")
	f.wait = kit.NewButton(p.desk, kit.Secondary, w.T(text.WaitIt), ui.Key{}, func() { f.begin(f.here, text.WaitField, true) })
	f.call = kit.NewButton(p.desk, kit.Secondary, w.T(text.CallIt), ui.Key{}, func() { f.begin(f.there, text.CallField, false) })
	f.same = kit.NewButton(p.desk, kit.Primary, w.T(text.SameCode), ui.Ctrl(fyne.KeyReturn), func() { f.answer(true) })
	f.other = kit.NewButton(p.desk, kit.Secondary, w.T(text.OtherCode), ui.Key{}, func() { f.answer(false) })
	f.stop = kit.NewButton(p.desk, kit.Secondary, w.T(text.CancelWork), ui.Key{}, func() { f.with.Stop() })
	f.again = kit.NewButton(p.desk, kit.Secondary, w.T(text.MeetAgain), ui.Key{}, f.leave)
	return f
}

// state is how far the meeting is.
func (f *meeting) state() ui.Met {
	if f.with == nil {
		return ui.Met{}
	}
	return f.with.State()
}

func (f *meeting) buttons() []*kit.Button {
	switch s := f.state(); {
	case f.with == nil:
		return nil
	case s.Stage == ui.Comparing:
		return []*kit.Button{f.same, f.other}
	case s.Stage == ui.Over:
		return []*kit.Button{f.again}
	}
	return []*kit.Button{f.stop}
}

func (f *meeting) pane() fyne.Focusable {
	if b := f.buttons(); len(b) > 0 {
		return b[len(b)-1] // of the two answers not the one that goes on
	}
	return f.here
}

func (f *meeting) actions() (all []ui.Action) {
	if f.state().Stage == ui.Comparing {
		all = append(all, ui.Action{Label: text.SameCode.Label(), Icon: "list-checks", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: func() { f.answer(true) }})
	}
	return all
}

func (f *meeting) shown() {
	if f.here.Text == "" {
		f.here.SetText(f.page.host.Link().Address())
	}
}

// begin waits at an address or calls it.
func (f *meeting) begin(at *kit.Entry, label text.Key, wait bool) {
	words := f.page.desk.Words
	address := strings.TrimSpace(at.Text)
	if address == "" {
		f.fault = words.T(text.FieldMissing, words.T(label))
		f.page.Refresh()
		f.page.desk.Focus(at)
		return
	}
	f.fault, f.stage, f.waits = "", ui.Calling, wait
	tasks := f.page.desk.Tasks
	f.with = f.page.host.Link().Meet(address, wait, func() { tasks.Post(f.changed) })
	f.turned()
}

// changed draws a stage, and moves the keyboard to what can be done in it.
func (f *meeting) changed() {
	s := f.state()
	if s.Stage == f.stage {
		f.page.Refresh()
		return
	}
	f.stage = s.Stage
	f.turned()
	if s.Stage != ui.Over {
		return
	}
	f.page.Changed(nil)
	if s.Err == nil {
		f.page.host.Say(kit.Good, f.outcome(s))
	}
}

// outcome is what the two gave each other.
func (f *meeting) outcome(s ui.Met) string {
	words := f.page.desk.Words
	return words.T(text.MetNow, named(s.Other), words.Count(s.Gave), words.Count(s.Took))
}

func (f *meeting) turned() {
	f.page.Refresh()
	if f.page.face() == face(f) && f.page.Visible() {
		f.page.desk.Focus(f.pane())
	}
}

func (f *meeting) answer(same bool) { f.with.Answer(same) }

// leave goes back to the addresses.
func (f *meeting) leave() {
	f.with = nil
	f.turned()
}

func (f *meeting) paint(d *kit.Pen, y, w, h float32) float32 {
	words := f.page.desk.Words
	w = min(w, readWide)
	if f.with != nil {
		return f.paintMet(d, f.state(), y, w)
	}
	y = d.Para(side, y, w-2*side, 20, words.T(text.MeetSentence), d.Sub()) + 12
	y = f.page.row(d, y, w, text.WaitField, f.here, f.wait)
	y = f.page.row(d, y, w, text.CallField, f.there, f.call) + 8
	if f.fault != "" {
		y = f.page.said(d, y, w, f.fault)
	}
	return y
}

func (f *meeting) paintMet(d *kit.Pen, s ui.Met, y, w float32) float32 {
	words, in := f.page.desk.Words, float32(w-2*side)
	switch s.Stage {
	case ui.Calling:
		return f.paintCalling(d, s, y, w)
	case ui.Comparing:
		y = d.Para(side, y, in, 24, words.T(text.CompareTitle), d.Subject()) + 8
		d.Box(side, y, min(in, 460), 64, d.Raised, d.Line, 6)
		d.Text(side, y, min(in, 460), 64, s.Code, d.Title().Sized(28).M().C())
		return d.Para(side, y+76, in, 20, words.T(text.CompareHint, named(s.Other)), d.Body())
	case ui.Exchanging:
		y = d.Para(side, y, in, 24, words.T(text.ExchangingNow, named(s.Other)), d.Subject()) + 8
		if s.Work.Total > 0 {
			d.Text(side, y, in, 20, words.T(text.WorkDone, words.Of(s.Work.What), words.Number(s.Work.Done), words.Count(s.Work.Total)), d.Body())
			d.Rect(side, y+26, in, 4, d.Line)
			d.Rect(side, y+26, in*float32(percent(s.Work))/100, 4, d.Accent)
		}
		return y + 40
	}
	if s.Err != nil {
		return f.page.said(d, y, w, words.Error(s.Err))
	}
	return d.Para(side, y, in, 24, f.outcome(s), d.Subject())
}

func (f *meeting) paintCalling(d *kit.Pen, s ui.Met, y, w float32) float32 {
	words, in := f.page.desk.Words, float32(w-2*side)
	if !f.waits {
		return d.Para(side, y, in, 24, words.T(text.CallingAt, s.Address), d.Subject())
	}
	y = d.Para(side, y, in, 28, words.T(text.WaitingAt, s.Address), d.Title()) + 6
	y = d.Para(side, y, in, 20, words.T(text.WaitHint, f.page.host.Link().Status().Device), d.Body()) + 8
	if s.Turned > 0 {
		y = d.Para(side, y, in, 20, words.T(text.WarnAbove, words.T(text.TurnedAway, s.Turned, words.Sentence(s.Why))), d.Sub().In(d.Warn))
	}
	return y
}
