package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// passphraseCard asks who has lost the passphrase for another one.
type passphraseCard struct {
	kit.Surface
	shell *Shell
	desk  *ui.Desk
	door  ui.Door
	one   *kit.Entry
	two   *kit.Entry
	fault string
	busy  bool
	act   *kit.Button
	leave *kit.Button
	close func()
}

// AskPassphrase asks for a new passphrase after the recovery key has opened the
// replica. It can be left for later.
func (s *Shell) AskPassphrase(door ui.Door) {
	c := &passphraseCard{shell: s, door: door}
	key := ui.Ctrl(fyne.KeyReturn)
	c.desk = s.desk.Taking(key, c.set)
	w := s.desk.Words
	c.one, c.two = kit.NewSecret(c.desk), kit.NewSecret(c.desk)
	c.one.Name(w.T(text.NewPassphrase))
	c.two.Name(w.T(text.SameAgain))
	c.act = kit.NewButton(c.desk, kit.Primary, w.T(text.SetPassphrase), key, c.set)
	c.leave = kit.NewButton(c.desk, kit.Secondary, w.T(text.Later), ui.Plain(fyne.KeyEscape), func() { c.close() })
	c.Extend(c, s.desk.Look, c.paint)
	c.close = s.Ask(c, fyne.NewSize(480, 320))
	s.desk.Focus(c.one)
}

func (c *passphraseCard) set() {
	if c.busy {
		return
	}
	if fault := newPassphraseFault(c.desk.Words, c.one.Text, c.two.Text); fault != "" {
		c.say(fault)
		return
	}
	c.busy = true
	secret := []byte(c.one.Text)
	task.Go(c.desk.Tasks, func(ctx context.Context) error { return c.door.SetPassphrase(ctx, secret) }, func(err error) {
		c.busy = false
		if err != nil {
			c.say(c.desk.Words.Error(err))
			return
		}
		c.one.SetText("")
		c.two.SetText("")
		c.close()
		c.shell.Say(kit.Good, c.desk.Words.T(text.PassphraseSet))
	})
}

func (c *passphraseCard) say(fault string) {
	c.fault = fault
	c.Refresh()
}

func (c *passphraseCard) paint(p *kit.Pen, w, h float32) {
	c.shell.paintCard(p, w, h, text.SetPassphrase, text.PassphraseLost, c.fault, cardField{text.NewPassphrase, c.one}, cardField{text.SameAgain, c.two})
	p.Place(w-18, h-38, c.act, c.leave)
}
