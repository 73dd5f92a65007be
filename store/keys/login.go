package keys

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/zalando/go-keyring"

	"daicho/app"
)

// Login is the name and the password that another machine asks for.
type Login struct {
	User     string `json:"user"` // DOMAIN\name where there are domains
	Password string `json:"password"`
}

// Format writes "(secret)".
func (Login) Format(s fmt.State, _ rune) { io.WriteString(s, "(secret)") }

// MarshalText refuses.
func (Login) MarshalText() ([]byte, error) { return nil, errSecret }

// Logins are those that the operating system's keyring keeps; no file holds one.
type Logins struct{ ring ring }

// SystemLogins are those of the person who runs the program.
func SystemLogins() Logins { return Logins{systemRing{}} }

var errNoLogin = app.Refuse(app.NotFound, "login", "このファイルサーバーのユーザー名とパスワードが、システムのキーリングに登録されていません。daichoctl share login で登録してください。",
	"the system's keyring keeps no login for this file server; keep one by daichoctl share login")

func loginEntry(server string) string { return "smb://" + server }

// Keep keeps a login for a server, in place of one that was kept before.
func (l Logins) Keep(ctx context.Context, server string, login Login) error {
	type plain Login
	text, err := json.Marshal(plain(login))
	if err != nil {
		return err
	}
	return ask(ctx, func() error { return l.ring.set(loginEntry(server), string(text)) })
}

// For is the login that is kept for a server.
func (l Logins) For(ctx context.Context, server string) (login Login, err error) {
	var text string
	err = ask(ctx, func() (err error) { text, err = l.ring.get(loginEntry(server)); return err })
	if errors.Is(err, ErrNotInKeyring) {
		return login, errNoLogin
	}
	type plain Login
	if err == nil {
		err = json.Unmarshal([]byte(text), (*plain)(&login))
	}
	return login, err
}

// Drop keeps no login for a server any more. There may have been none.
func (l Logins) Drop(ctx context.Context, server string) error {
	err := ask(ctx, func() error {
		if err := l.ring.remove(loginEntry(server)); !errors.Is(err, keyring.ErrNotFound) {
			return err
		}
		return nil
	})
	return err
}
