package main

import (
	"fmt"
	"os/exec"
	"time"
)

// keys presses keys as a keyboard does, each when the window is done with the one before.
func (s *screen) keys(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.xdotool("key", "--clearmodifiers", name)
		s.settled()
	}
}

// write types words, without a pause, and waits until they are taken.
func (s *screen) write(words string) {
	s.t.Helper()
	s.xdotool("type", "--delay", "2", words)
	s.settled()
}

// click moves the mouse, and presses it when the window knows where it is: Fyne
// takes a click that comes in the same moment for one at the place before.
func (s *screen) click(x, y int) {
	s.t.Helper()
	s.xdotool("mousemove", fmt.Sprint(x), fmt.Sprint(y))
	s.settled()
	if wait := doubleClick - time.Since(s.clicked); wait > 0 {
		time.Sleep(wait)
	}
	s.xdotool("mousedown", "1")
	s.settled()
	s.xdotool("mouseup", "1")
	s.clicked = time.Now()
	s.settled()
}

// doubleClick is how long Fyne waits for a second click on a field, and a little more:
// as that ends it forgets what the button was pressed on, be it something else by then.
const doubleClick = 400 * time.Millisecond

func (s *screen) xdotool(args ...string) {
	s.t.Helper()
	c := exec.Command("xdotool", args...)
	c.Env = s.env
	if out, err := c.CombinedOutput(); err != nil {
		s.t.Fatalf("xdotool %v: %v %s", args, err, out)
	}
}
