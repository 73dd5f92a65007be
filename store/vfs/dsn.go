package vfs

import (
	"net/url"
	"path/filepath"
	"strings"
)

// URI names the file at path, sealed by v, where SQL wants a file name: after
// VACUUM INTO and ATTACH. The name holds no key.
func (v *VFS) URI(path string) string { return location(path) + "?vfs=" + v.name }

// location is path as a file URI, which SQLite decodes again.
func location(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a Windows drive
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path}
	return u.String()
}

// every holds for each connection: temporary data stays in memory, a schema
// cannot call functions with effects, foreign keys count, and a lock held by
// another process is waited for.
var every = []string{"busy_timeout(10000)", "temp_store(MEMORY)", "trusted_schema(0)", "foreign_keys(1)", "cell_size_check(1)"}

// dsn is the data source name for the driver: mode is SQLite's ro, rw or rwc,
// extra are further parameters, pragmas those beside every connection's.
func (v *VFS) dsn(path, mode, extra string, pragmas ...string) string {
	var b strings.Builder
	b.WriteString(v.URI(path) + "&mode=" + mode + "&_dqs=0&_defensive=1&_error_rc=1" + extra)
	for _, p := range append(every[:len(every):len(every)], pragmas...) {
		b.WriteString("&_pragma=" + p)
	}
	return b.String()
}
