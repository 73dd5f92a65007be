package kit

import (
	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/text"
)

// Side is one of two people who wrote: whose value it is.
type Side struct{ Title, Who string }

// Said is a question about a field, or an answer: who, to whom and when, and what.
type Said struct{ Who, Text string }

// Pick is how a contested field is decided.
type Pick uint8

// The decisions; none is chosen beforehand, not even the newer one.
const (
	Undecided Pick = iota
	First
	Second
	Both  // of texts: one below the other
	Typed // a value that a person wrote anew
)

// Contest is one field with two values.
type Contest struct {
	Field         string // its label
	Before        string
	Values        [2]string
	When          [2]string // each was written, what vouches for the time, and where
	Shown         int       // which of them the record shows meanwhile
	CanBoth       bool
	IsText        bool // what differs is marked
	Waits         string
	Talk          []Said
	Pick          Pick
	Typed         string
	Wrong         string // why the decision could not be taken
	height, place float32
	talk          float32 // height of what was said
}

// Outcome is the value that the decision gives.
func (c *Contest) Outcome() string {
	switch c.Pick {
	case First:
		return c.Values[0]
	case Second:
		return c.Values[1]
	case Both:
		return c.Values[0] + "\n" + c.Values[1]
	case Typed:
		return c.Typed
	}
	return ""
}

// ConflictPair lets a person decide contested fields: two values side by side
// at equal weight, keys 1 2 3, the outcome below. ↑ ↓ move between fields, F2
// writes a value anew, Ctrl+C copies both.
type ConflictPair struct {
	Surface
	desk     *ui.Desk
	sides    [2]Side
	contests []*Contest
	at       int
	focused  bool
	onPick   func()
	onType   func(*Contest)
}

// NewConflictPair makes an empty pair: put it into a Scroller. onPick is called
// after each decision, onType when a person wants to write a value.
func NewConflictPair(desk *ui.Desk, onPick func(), onType func(*Contest)) *ConflictPair {
	c := &ConflictPair{desk: desk, onPick: onPick, onType: onType}
	c.Extend(c, desk.Look, c.paintPair)
	return c
}

// Load puts contests on the page.
func (c *ConflictPair) Load(sides [2]Side, contests []*Contest) {
	c.sides, c.contests, c.at = sides, contests, 0
	c.Refresh()
}

// At is the contest of the cursor; nil if there is none.
func (c *ConflictPair) At() *Contest {
	if c.at >= len(c.contests) {
		return nil
	}
	return c.contests[c.at]
}

// Open are the contests without a decision.
func (c *ConflictPair) Open() (n int) {
	for _, k := range c.contests {
		if k.Pick == Undecided {
			n++
		}
	}
	return n
}

// GoTo puts the cursor on the first contest for which f is true.
func (c *ConflictPair) GoTo(f func(*Contest) bool) {
	for i, k := range c.contests {
		if f(k) {
			c.at = i
			c.Refresh()
			return
		}
	}
}

func (c *ConflictPair) pick(p Pick) {
	if c.at >= len(c.contests) {
		return
	}
	k := c.contests[c.at]
	if p == Both && !k.CanBoth {
		return
	}
	if p == Typed {
		c.onType(k)
		return
	}
	c.decide(k, p)
}

func (c *ConflictPair) decide(k *Contest, p Pick) {
	k.Pick, k.Wrong = p, ""
	if c.at < len(c.contests)-1 && k == c.contests[c.at] {
		c.at++
	}
	c.Refresh()
	call(c.onPick)
}

// SetTyped decides a contest by a value that a person wrote.
func (c *ConflictPair) SetTyped(k *Contest, value string) {
	k.Typed = value
	c.decide(k, Typed)
}

// TypedKey moves and decides.
func (c *ConflictPair) TypedKey(e *fyne.KeyEvent) {
	c.desk.Touch()
	switch e.Name {
	case fyne.KeyUp:
		c.at = max(0, c.at-1)
		c.Refresh()
	case fyne.KeyDown:
		c.at = min(len(c.contests)-1, c.at+1)
		c.Refresh()
	case fyne.Key1:
		c.pick(First)
	case fyne.Key2:
		c.pick(Second)
	case fyne.Key3:
		c.pick(Both)
	case fyne.KeyF2:
		c.pick(Typed)
	default:
		c.desk.Key(e)
	}
}

// TypedRune is for Fyne.
func (c *ConflictPair) TypedRune(rune) { c.desk.Touch() }

// TypedShortcut copies, and gives other commands to the window.
func (c *ConflictPair) TypedShortcut(s fyne.Shortcut) {
	c.desk.Touch()
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		c.Copy()
		return
	}
	c.desk.Shortcut(s)
}

// Copy puts both values of the cursor's field on the clipboard.
func (c *ConflictPair) Copy() {
	if k := c.At(); k != nil {
		c.desk.Clipboard().SetContent(c.text(k))
	}
}

// text is a contest as a text: the field, then each value below who wrote it.
func (c *ConflictPair) text(k *Contest) string {
	out := k.Field + "\n" + c.before(k) + "\n"
	for i, s := range c.sides {
		out += "\n" + s.Who + c.desk.Words.T(text.FactGap) + k.When[i] + "\n" + k.Values[i] + "\n"
	}
	return out
}

// FocusGained is for Fyne.
func (c *ConflictPair) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost is for Fyne.
func (c *ConflictPair) FocusLost() { c.focused = false; c.Refresh() }

// Tapped takes the value under the mouse.
func (c *ConflictPair) Tapped(e *fyne.PointEvent) {
	c.desk.Touch()
	c.desk.Focus(c)
	f := c.look.Factor()
	x, y := e.Position.X/f, e.Position.Y/f
	lab, cw := c.widths(c.size.Width / f)
	for i, k := range c.contests {
		if y < k.place || y > k.place+k.height || x < 16+lab {
			continue
		}
		c.at = i
		if x > 16+lab+cw+12 {
			c.pick(Second)
		} else {
			c.pick(First)
		}
		return
	}
}

// AccessibilityLabel is the field of the cursor with both values.
func (c *ConflictPair) AccessibilityLabel() string {
	if c.at >= len(c.contests) {
		return ""
	}
	k := c.contests[c.at]
	return c.desk.Words.T(text.ContestSpoken, k.Field, k.Values[0], k.Values[1])
}

// AccessibilityRole is for screen readers.
func (c *ConflictPair) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
