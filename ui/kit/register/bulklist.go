package register

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// markedList tells of many records what becomes of each.
type markedList struct {
	kit.Surface
	desk  *ui.Desk
	lines []markedLine
	more  int // that are not shown
	shut  func()
}

// markedLine is a record in it.
type markedLine struct {
	mark          kit.Mark
	number, title string
	why           error    // it refused; nil: it did not
	facts         []string // what changes
}

// markedMost is how many are shown: nobody reads more on a card.
const markedMost = 200

func newMarkedList(desk *ui.Desk, more int) *markedList {
	v := &markedList{desk: desk, more: more}
	v.Extend(v, desk.Look, func(p *kit.Pen, w, _ float32) { v.paint(p, w) })
	return v
}

// act is something that can be done about what is shown.
type act struct {
	word string
	do   func()
}

// ask shows it on a card, with what can be done, the most usual first.
func (v *markedList) ask(host ui.Host, title, sentence string, acts ...act) {
	words := v.desk.Words
	var buttons []*kit.Button
	for i, a := range acts {
		style, key := kit.Secondary, ui.Key{}
		if i == 0 {
			style, key = kit.Primary, ui.Ctrl(fyne.KeyReturn)
		}
		buttons = append(buttons, kit.NewButton(v.desk, style, a.word, key, func() { v.shut(); a.do() }))
	}
	leave := text.Leave
	if len(acts) == 0 {
		leave = text.Close
	}
	buttons = append(buttons, kit.NewButton(v.desk, kit.Secondary, words.T(leave), ui.Plain(fyne.KeyEscape), func() { v.shut() }))
	v.shut = host.Ask(kit.NewQuestion(v.desk, title, "", sentence, v, buttons...), fyne.NewSize(720, 560))
	v.desk.Focus(buttons[0])
}

// HeightFor is part of [kit.Tall].
func (v *markedList) HeightFor(w float32) float32 { return v.paint(kit.NewPen(v.desk.Look), w) }

func (v *markedList) paint(p *kit.Pen, w float32) float32 {
	y := float32(10)
	for _, l := range v.lines {
		x := 18 + p.Badge(18, y+2, l.mark) + 8
		if l.number != "" {
			x += p.Text(x, y, 0, 22, l.number, p.Label().M()) + 10
		}
		p.Text(x, y, w-18-x, 22, l.title, p.Body())
		y += 24
		if l.why != nil {
			y = p.Para(30, y, w-48, 18, v.desk.Words.Error(l.why), p.Caption().In(p.Warn))
		}
		for _, f := range l.facts {
			y = p.Para(30, y, w-48, 20, f, p.Sub())
		}
		p.H(18, y+3, w-36)
		y += 8
	}
	if v.more > 0 {
		y = p.Para(18, y, w-36, 20, v.desk.Words.T(text.MarkedOthers, v.desk.Words.Count(v.more)), p.Sub())
	}
	return y + 10
}

// AccessibilityLabel is nothing: a screen reader reads the rows.
func (v *markedList) AccessibilityLabel() string { return "" }

// AccessibilityRole is for screen readers.
func (v *markedList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
