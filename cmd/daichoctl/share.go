package main

import (
	"context"
	"fmt"

	"daicho/cmd/cli"
	"daicho/store/keys"
)

// shareVerb keeps logins for file servers whose shares are scanned.
type shareVerb struct {
	Login  shareLoginVerb  `cmd:"" help:"Keep the login for a file server in the system's keyring, and nowhere else."`
	Logout shareLogoutVerb `cmd:"" help:"Keep it no longer."`
}

type shareLoginVerb struct {
	Server string `arg:"" help:"The file server as in smb://SERVER/share: a name, or name:port."`
	User   string `required:"" placeholder:"NAME" help:"Who reads there; DOMAIN\\\\NAME where there are domains. An account that may only read is best."`
}

// Run asks for the password.
func (v *shareLoginVerb) Run(ctx context.Context, console *cli.Console) error {
	password, err := console.Secret(ctx, "Password of "+v.User+" at "+v.Server+": ")
	if err == nil {
		err = keys.SystemLogins().Keep(ctx, v.Server, keys.Login{User: v.User, Password: password})
	}
	if err == nil {
		_, err = fmt.Fprintf(console.Out, "the keyring keeps the login for %s\n", v.Server)
	}
	return err
}

type shareLogoutVerb struct {
	Server string `arg:"" help:"The file server."`
}

// Run takes it out.
func (v *shareLogoutVerb) Run(ctx context.Context, console *cli.Console) error {
	err := keys.SystemLogins().Drop(ctx, v.Server)
	if err == nil {
		_, err = fmt.Fprintf(console.Out, "the keyring keeps no login for %s\n", v.Server)
	}
	return err
}
