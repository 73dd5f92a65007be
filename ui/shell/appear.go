package shell

import (
	"time"

	"daicho/ui"
	"daicho/ui/task"
)

// longestAway is how long the frame stays out of sight for its page to be read.
const longestAway = 300 * time.Millisecond

// AppearRead keeps the frame out of sight until its page has read what it shows,
// unless that takes long. Else a page that says for a moment that it is being
// read would be painted for nothing, and the one that follows it would wait.
func (s *Shell) AppearRead() {
	r, ok := s.pages[s.current].(ui.Reader)
	if !ok {
		return
	}
	s.frame.Hide()
	s.stops = append(s.stops, task.After(s.desk.Tasks, longestAway, s.appear))
	r.Read(s.appear)
}

// appear shows the frame. Its canvas has to be told: the frame itself does not know
// it before it was painted there. What is out of sight cannot take the keyboard, so
// that comes only now.
func (s *Shell) appear() {
	if s.frame.Visible() {
		return
	}
	s.frame.Show()
	s.window.Canvas().Refresh(s.frame)
	if s.desk.Focused() == nil {
		s.focusFirst(s.open())
	}
}
