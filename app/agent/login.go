package agent

import (
	"context"
	"strings"

	"daicho/app/scan/share"
	"daicho/store/keys"
)

// SystemLogin is whom the system's keyring names for a server, DOMAIN\NAME or NAME.
func SystemLogin(ctx context.Context, server string) (share.Login, error) {
	kept, err := keys.SystemLogins().For(ctx, server)
	if err != nil {
		return share.Login{}, err
	}
	domain, user, there := strings.Cut(kept.User, `\`)
	if !there {
		domain, user = "", kept.User
	}
	return share.Login{User: user, Domain: domain, Password: kept.Password}, nil
}
