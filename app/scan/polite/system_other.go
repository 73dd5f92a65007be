//go:build !linux && !windows

package polite

import "daicho/app"

// Battery is not known on this system.
func Battery() (func() bool, error) {
	return nil, app.Refuse(app.Invalid, "mains", "この OS では --mains を使えません。", "--mains does not work on this system")
}

// Yield is not known on this system.
func Yield() error {
	return app.Refuse(app.Invalid, "idle", "この OS では --idle を使えません。nice で起動してください。", "--idle does not work on this system; start the scan with nice")
}
