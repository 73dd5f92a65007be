package shell

import (
	"time"

	"daicho/ui/task"
	"daicho/ui/text"
)

// ticking is how often a countdown is drawn.
const ticking = time.Second

// pausing reports whether no try counts yet, after too many wrong ones.
func (d *doorPage) pausing() bool { return d.state.Until.After(d.desk.Now()) }

// tick counts down, and lets the person go on when the pause is over.
func (d *doorPage) tick() {
	if d.pausing() {
		d.stop = task.After(d.desk.Tasks, ticking, d.tick)
		d.back.Refresh()
		return
	}
	d.look()
	d.say("")
	d.focus()
}

// pause says until when to wait, and how long that is.
func (d *doorPage) pause() string {
	w := d.desk.Words
	return w.T(text.TooManyTries, w.Clock(d.state.Until), w.Span(d.state.Until.Sub(d.desk.Now())))
}
