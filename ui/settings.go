package ui

import (
	"time"

	"daicho/app"
)

// Settings are how this device shows the window and when it locks it. They lie
// in the replica, and are never synced.
type Settings struct {
	Lang      app.Lang      `json:"lang"`
	Palette   Palette       `json:"palette"`
	Text      int           `json:"text"`       // per cent: 100, 115 or 130
	LockAfter time.Duration `json:"lock_after"` // without the keyboard and the mouse; 0: never
	Notify    bool          `json:"notify"`     // the system shows that something has come for the person, not what
	Inbox     string        `json:"inbox"`      // the folder whose files become documents; empty: none
}

// Palette is which colours the window has.
type Palette string

// The palettes.
const (
	Light    Palette = "light"
	Dark     Palette = "dark"
	BySystem Palette = "system" // as the system's other windows have them
)
