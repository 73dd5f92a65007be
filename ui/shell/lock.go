package shell

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
)

// covered is an overlay that a lock has taken off the window, with what had
// the keyboard in it.
type covered struct {
	overlay fyne.CanvasObject
	focus   fyne.Focusable
}

// OnLock offers to lock, with its key and in the palette.
func (s *Shell) OnLock(lock func()) { s.lock = lock }

// Lock shows a door in front of everything; opened is called when it is open.
// Until Unlock nothing of the shell is in sight or takes input, in no window, and
// nothing of it changes: pages, forms and overlays wait as they are. Ended, on
// another goroutine, returns when no work of theirs is under way any more.
func (s *Shell) Lock(door ui.Door, opened func()) (ended func()) {
	s.keepTyped()
	ended = s.desk.Tasks.Hold()
	own := *s.desk
	own.Tasks = s.desk.Tasks.Apart()
	s.door = newDoorPage(s.window, &own, door, opened)
	s.cover(s.frame, s.door)
	s.door.focus()
	for _, a := range s.apart {
		a.shut(&own)
	}
	return ended
}

// Unlock takes the door away and puts everything back as it was. What has
// changed behind the door is read anew.
func (s *Shell) Unlock() {
	s.door = nil
	connect(s.window, s.desk, s.key, s.shortcut)
	s.uncover(s.frame)
	for _, a := range s.apart {
		a.reopen()
	}
	s.desk.Tasks.Release()
	s.changed(nil)
}

// cover takes everything off the window and puts one thing in its place.
func (s *stage) cover(content, front fyne.CanvasObject) {
	stack := s.window.Canvas().Overlays()
	for top := stack.Top(); top != nil; top = stack.Top() {
		s.covered = append(s.covered, covered{top, s.window.Canvas().Focused()})
		stack.Remove(top)
	}
	content.Hide()
	stack.Add(front)
}

// uncover puts everything back, and the keyboard where it was.
func (s *stage) uncover(content fyne.CanvasObject) {
	c := s.window.Canvas()
	c.Overlays().Remove(c.Overlays().Top())
	content.Show()
	for len(s.covered) > 0 {
		top := s.covered[len(s.covered)-1]
		s.covered = s.covered[:len(s.covered)-1]
		c.Overlays().Add(top.overlay)
		if top.focus != nil {
			c.Focus(top.focus)
		}
	}
	if f := c.Focused(); f != nil {
		f.FocusGained() // its cursor may have been put away meanwhile
	}
}

// Locked reports whether a door stands in front of the shell.
func (s *Shell) Locked() bool { return s.door != nil }
