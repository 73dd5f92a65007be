package share

import (
	"strings"

	"daicho/app"
)

const scheme = "smb://"

// IsShare says whether a path is one of a share.
func IsShare(path string) bool { return strings.HasPrefix(path, scheme) }

// place is a path on a share.
type place struct {
	server string // host, or host:port
	share  string
	name   string // below the share, with slashes; empty for the share itself
}

var errPath = app.Refuse(app.Invalid, "path", "共有フォルダーの指定が正しくありません。smb://サーバー名/共有名/フォルダー の形で指定してください。",
	"the path is no share: write smb://server/share/folder")

// parse takes a path apart. Names stand as they are: nothing in them is escaped.
func parse(path string) (p place, err error) {
	rest := strings.Split(strings.TrimPrefix(path, scheme), "/")
	if len(rest) < 2 || rest[0] == "" || rest[1] == "" {
		return p, errPath
	}
	name := strings.Trim(strings.Join(rest[2:], "/"), "/")
	return place{server: rest[0], share: rest[1], name: name}, nil
}

// address is where the server listens.
func (p *place) address() string {
	if _, port, there := strings.Cut(p.server, ":"); there && port != "" {
		return p.server
	}
	return p.server + ":445"
}
