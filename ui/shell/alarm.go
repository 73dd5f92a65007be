package shell

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// alarmBand stands above everything while this device has seen a server whose
// record was rewritten and no person has said yet that he told the auditor. No
// page, sync or restart takes it away.
type alarmBand struct {
	kit.Surface
	shell *Shell
	act   *kit.Button
}

func newAlarmBand(s *Shell) *alarmBand {
	b := &alarmBand{shell: s}
	b.act = kit.NewButton(s.desk, kit.Secondary, s.desk.Words.T(text.ToldAuditor), ui.Key{}, b.ask)
	b.Extend(b, s.desk.Look, b.paint)
	return b
}

// high is the height of the band, w wide, both in design pixels.
func (b *alarmBand) high(w float32) float32 {
	p := kit.NewPen(b.shell.desk.Look)
	return max(80, 47+19*float32(len(p.Wrap(b.sentence(), p.Body(), b.room(w)))))
}

// room is the width of the sentence.
func (b *alarmBand) room(w float32) float32 { return w - 82 - b.act.Need() }

func (b *alarmBand) sentence() string {
	words := b.shell.desk.Words
	return words.T(text.RewrittenSentence, words.Moment(b.shell.link.Status().Alarm, b.shell.desk.Now()))
}

func (b *alarmBand) paint(p *kit.Pen, w, h float32) {
	if b.shell.link.Status().Alarm == 0 {
		return
	}
	p.Rect(0, 0, w, h, p.Soft(kit.Late))
	p.Rect(0, 0, 6, h, p.Late)
	p.Icon(20, 14, 20, "triangle-alert", p.Late)
	p.Text(50, 10, w-66, 28, b.shell.desk.Words.T(text.RecordRewritten), p.Subject().In(p.Late))
	p.Para(50, 40, b.room(w), 19, b.sentence(), p.Body())
	p.H(0, h-1, w)
	p.Place(w-16, 38, b.act)
}

// alarmCard makes sure that nobody ends an alarm by a slip of the mouse.
type alarmCard struct {
	kit.Surface
	shell      *Shell
	act, leave *kit.Button
	fault      string
	close      func()
}

func (b *alarmBand) ask() {
	s := b.shell
	c, w := &alarmCard{shell: s}, s.desk.Words
	c.act = kit.NewButton(s.desk, kit.Primary, w.T(text.RecordTold), ui.Key{}, c.told)
	c.leave = kit.NewButton(s.desk, kit.Secondary, w.T(text.Close), ui.Plain(fyne.KeyEscape), func() { c.close() })
	c.Extend(c, s.desk.Look, c.paint)
	c.close = s.keep(c, fyne.NewSize(540, 260))
	s.desk.Focus(c.leave)
}

func (c *alarmCard) told() {
	task.Go(c.shell.desk.Tasks, c.shell.link.AcknowledgeAlarm, func(err error) {
		if err != nil {
			c.fault = c.shell.desk.Words.Error(err)
			c.Refresh()
			return
		}
		c.close()
	})
}

func (c *alarmCard) paint(p *kit.Pen, w, h float32) {
	c.shell.paintCard(p, w, h, text.ToldAuditor, text.ToldQuestion, c.fault)
	p.Place(w-18, h-38, c.act, c.leave)
}
