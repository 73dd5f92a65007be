package shell

import (
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// rebirthHeight is the height of the band of a restored server, in design pixels.
const rebirthHeight = 92

// rebirthBand says that the server was put back to a backup: what this device
// brings again, how much of that is still here, and what was not taken. It stays
// until a person has read it; an alarm takes its place.
type rebirthBand struct {
	kit.Surface
	shell *Shell
	act   *kit.Button
}

func newRebirthBand(s *Shell) *rebirthBand {
	b := &rebirthBand{shell: s}
	b.act = kit.NewButton(s.desk, kit.Secondary, s.desk.Words.T(text.ReadRebirth), ui.Key{}, b.read)
	b.Extend(b, s.desk.Look, b.paint)
	return b
}

// shows says whether it has something to say.
func (b *rebirthBand) shows() bool {
	s := b.shell.link.Status()
	return s.Reborn.At != 0 && s.Alarm == 0
}

func (b *rebirthBand) read() {
	task.Go(b.shell.desk.Tasks, b.shell.link.AcknowledgeRebirth, func(err error) {
		if err != nil {
			b.shell.Say(kit.Late, b.shell.desk.Words.Error(err))
		}
	})
}

// sentence is what became of this device's changes so far.
func (b *rebirthBand) sentence() string {
	s, words := b.shell.link.Status(), b.shell.desk.Words
	said := words.T(text.RebirthBrought, words.Moment(s.Reborn.At, b.shell.desk.Now()), s.Reborn.Again)
	if s.Waiting > 0 {
		said = words.T(text.RebirthBrings, words.Moment(s.Reborn.At, b.shell.desk.Now()), s.Reborn.Again, s.Waiting)
	}
	if s.Refused > 0 {
		said += words.T(text.RebirthRefused, s.Refused)
	}
	return said
}

func (b *rebirthBand) paint(p *kit.Pen, w, h float32) {
	if !b.shows() {
		return
	}
	p.Rect(0, 0, w, h, p.Soft(kit.Warn))
	p.Rect(0, 0, 6, h, p.Of(kit.Warn))
	p.Icon(20, 10, 20, "refresh-cw", p.Of(kit.Warn))
	p.Text(50, 6, w-66, 26, b.shell.desk.Words.T(text.ServerRestored), p.Label().In(p.Of(kit.Warn)))
	p.Para(50, 32, w-82-b.act.Need(), 18, b.sentence(), p.Body())
	p.H(0, h-1, w)
	p.Place(w-16, 32, b.act)
}
