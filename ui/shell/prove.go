package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// proofCard asks for what the server wants to see of the person before this
// device may sync again.
type proofCard struct {
	kit.Surface
	shell    *Shell
	desk     *ui.Desk
	password *kit.Entry
	code     *kit.Entry
	fault    string
	busy     bool
	act      *kit.Button
	leave    *kit.Button
	close    func()
}

// Prove asks for what the server wants to see of the person. It can be left for
// later: nothing is lost by that.
func (s *Shell) Prove() {
	c := &proofCard{shell: s}
	c.desk = s.desk.Taking(ui.Ctrl(fyne.KeyReturn), c.press)
	c.password, c.code = kit.NewSecret(c.desk), kit.NewEntry(c.desk)
	c.code.TextStyle.Monospace = true
	c.password.OnKey(c.key)
	c.code.OnKey(c.key)
	w := s.desk.Words
	c.password.Name(w.T(text.ServerPassword))
	c.code.Name(w.T(text.OneTimeCode))
	c.act = kit.NewButton(c.desk, kit.Primary, w.T(text.ProveAndSync), ui.Plain(fyne.KeyReturn), c.press)
	c.leave = kit.NewButton(c.desk, kit.Secondary, w.T(text.Later), ui.Plain(fyne.KeyEscape), func() { c.close() })
	c.Extend(c, s.desk.Look, c.paint)
	c.close = s.overlay(c, fyne.NewSize(520, 330), c.forget)
	s.desk.Focus(c.password)
}

// key presses on Enter, or goes on from the password to the code.
func (c *proofCard) key(e *fyne.KeyEvent) bool {
	switch {
	case e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter:
		return false
	case c.shell.window.Canvas().Focused() == c.password && c.code.Text == "":
		c.desk.Focus(c.code)
	default:
		c.press()
	}
	return true
}

func (c *proofCard) press() {
	switch p := (ui.Proof{Password: c.password.Text, Code: c.code.Text}); {
	case c.busy:
	case p == ui.Proof{}:
		c.say(c.desk.Words.T(text.ProofMissing))
	default:
		c.show(p)
	}
}

func (c *proofCard) show(p ui.Proof) {
	c.busy = true
	c.act.Enable(false)
	c.say("")
	task.Go(c.desk.Tasks, func(ctx context.Context) error { return c.shell.link.Prove(ctx, p) }, func(err error) {
		c.busy = false
		c.act.Enable(true)
		switch w := c.desk.Words; {
		case ui.IsUnproved(err):
			c.code.SetText("") // a code counts once
			c.say(w.Error(err))
			c.desk.Focus(c.again())
		case err != nil:
			c.say(w.Error(err))
		default:
			c.close()
			c.shell.Say(kit.Good, w.T(text.Proved))
		}
	})
}

// again is the field to go on with after a refusal.
func (c *proofCard) again() *kit.Entry {
	if c.password.Text == "" {
		return c.code
	}
	return c.password
}

// forget leaves nothing of what was typed behind.
func (c *proofCard) forget() {
	c.password.SetText("")
	c.code.SetText("")
}

func (c *proofCard) say(fault string) {
	c.fault = fault
	c.Refresh()
}

func (c *proofCard) paint(p *kit.Pen, w, h float32) {
	y := c.shell.paintCard(p, w, h, text.ProveYourself, text.ProofSentence, c.fault, cardField{text.ServerPassword, c.password}, cardField{text.OneTimeCode, c.code})
	if c.busy {
		p.Para(24, y, w-48, 17, c.desk.Words.T(text.Proving), p.Caption())
	}
	p.Place(w-18, h-38, c.act, c.leave)
}
