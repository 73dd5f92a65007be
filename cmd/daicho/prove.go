package main

import (
	"context"
	"errors"
	"strings"

	"daicho/app"
	"daicho/sync/wire"
	"daicho/ui"
)

// showing hands the server what a person typed; nil if nothing was.
func showing(p ui.Proof) func(context.Context) (wire.Proof, error) {
	if p == (ui.Proof{}) {
		return nil
	}
	return func(context.Context) (wire.Proof, error) { return proofOf(p), nil }
}

func proofOf(p ui.Proof) wire.Proof {
	return wire.Proof{Password: p.Password, Code: strings.Map(narrow, p.Code)}
}

// narrow turns what a Japanese input method types into what an authenticator shows.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '　' || r == ' ':
		return -1
	case r == 'ー' || r == '−' || r == '‐':
		return '-'
	}
	return r
}

// unproved tells a server that wants to see the person from all other refusals.
func unproved(err error) error {
	var e *app.Error
	if errors.As(err, &e) && e.Field == wire.FieldPassword {
		return &ui.Unproved{Why: err}
	}
	return err
}

var errUnshown = app.Refuse(app.Forbidden, wire.FieldPassword, "端末の証明書の期限が切れたため、同期には本人確認が必要です。「本人確認をする」から、パスワードまたは確認コードを入力してください。変更内容は端末に保存されています。",
	"the device's certificate is over, so sync needs to know that it is you; choose \"Prove who you are\" and enter the password or the one-time code; what you recorded is kept on this device")

// Prove syncs, and shows the server a password and a code if it asks for them.
func (l *link) Prove(ctx context.Context, p ui.Proof) error {
	shown := proofOf(p)
	l.show(&shown)
	defer l.show(nil)
	for {
		err := l.SyncNow(ctx)
		if !errors.Is(err, errUnshown) || !l.shows(&shown) { // else it was of a sync that had begun before
			return unproved(err)
		}
	}
}

func (l *link) show(p *wire.Proof) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.proof = p
}

func (l *link) shows(p *wire.Proof) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.proof == p
}

// prove gives the server what the person has just typed, once; a sync in the
// background has nothing to give, and does not ask.
func (l *link) prove(context.Context) (wire.Proof, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.proof == nil {
		return wire.Proof{}, errUnshown
	}
	p := *l.proof
	l.proof = nil
	return p, nil
}
