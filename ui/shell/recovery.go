package shell

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// recoveryCard offers a recovery key, and shows the one that was made: once.
type recoveryCard struct {
	kit.Surface
	shell *Shell
	door  ui.Door
	sheet ui.RecoverySheet
	fault string
	act   *kit.Button
	leave *kit.Button
	close func()
}

// OfferRecovery offers, after a first run, to make a recovery key. It can be
// left for later.
func (s *Shell) OfferRecovery(door ui.Door) {
	c := &recoveryCard{shell: s, door: door}
	w := s.desk.Words
	c.act = kit.NewButton(s.desk, kit.Primary, w.T(text.MakeRecoveryKey), ui.Key{}, c.make)
	c.leave = kit.NewButton(s.desk, kit.Secondary, w.T(text.Later), ui.Plain(fyne.KeyEscape), func() { c.close() })
	c.Extend(c, s.desk.Look, c.paint)
	c.close = s.Ask(c, fyne.NewSize(540, 220))
	s.desk.Focus(c.act)
}

func (c *recoveryCard) made() bool { return len(c.sheet.Groups) > 0 }

func (c *recoveryCard) make() {
	if c.made() {
		c.save()
		return
	}
	c.act.Enable(false)
	var sheet ui.RecoverySheet
	task.Go(c.shell.desk.Tasks, func(ctx context.Context) (err error) {
		sheet, err = c.door.NewRecoveryKey(ctx)
		return err
	}, func(err error) {
		c.act.Enable(true)
		if err != nil {
			c.fault = c.shell.desk.Words.Error(err)
			c.Refresh()
			return
		}
		c.show(sheet)
	})
}

// show shows the key on a larger card, which a slip of the mouse does not close.
func (c *recoveryCard) show(sheet ui.RecoverySheet) {
	w := c.shell.desk.Words
	c.sheet, c.fault = sheet, ""
	c.act.SetWord(w.T(text.PrintSheet))
	c.leave.SetWord(w.T(text.Close))
	c.close()
	c.close = c.shell.keep(c, fyne.NewSize(540, 350))
	c.shell.desk.Focus(c.act)
}

// save puts the sheet where the person wants it, to be printed from there.
func (c *recoveryCard) save() {
	c.shell.SaveFile(c.sheet.File, func(create func() (io.WriteCloser, error)) {
		task.Go(c.shell.desk.Tasks, func(context.Context) error { return write(create, c.sheet.Print) }, func(err error) {
			w := c.shell.desk.Words
			if err != nil {
				c.fault = w.Error(err)
				c.Refresh()
				return
			}
			c.shell.Say(kit.Good, w.T(text.SheetSaved, c.sheet.File))
		})
	})
}

func write(create func() (io.WriteCloser, error), b []byte) error {
	to, err := create()
	if err != nil {
		return err
	}
	_, err = to.Write(b)
	if closing := to.Close(); err == nil {
		err = closing
	}
	return err
}

func (c *recoveryCard) paint(p *kit.Pen, w, h float32) {
	words := c.shell.desk.Words
	p.Text(24, 14, w-48, 28, words.T(text.RecoveryKey), p.Subject())
	p.H(0, 50, w)
	said := text.RecoveryOffer
	if c.made() {
		said = text.RecoveryOnce
	}
	y := p.Para(24, 62, w-48, 20, words.T(said), p.Body())
	if c.made() {
		c.paintGroups(p, y+12, w)
	}
	if c.fault != "" {
		p.Para(24, h-94, w-48, 17, words.T(text.ErrorAbove, c.fault), p.Caption().In(p.Late))
	}
	p.H(0, h-48, w)
	p.Place(w-18, h-38, c.act, c.leave)
}

// groupsInRow is how many groups stand side by side, as on the sheet.
const groupsInRow = 4

func (c *recoveryCard) paintGroups(p *kit.Pen, y, w float32) {
	rows := (len(c.sheet.Groups) + groupsInRow - 1) / groupsInRow
	p.Box(24, y, w-48, 36*float32(rows)+12, p.Raised, p.Line, 6)
	pitch := (w - 48 - 32) / groupsInRow
	for i, g := range c.sheet.Groups {
		x, gy := 40+pitch*float32(i%groupsInRow), y+6+36*float32(i/groupsInRow)
		p.Text(x, gy, pitch, 36, g, p.Title().Sized(22).M())
	}
}
