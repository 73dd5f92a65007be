// Package client brings a replica and its server together: it pushes what the
// replica has journaled, pulls what was decided, and carries attachments both
// ways. What it cannot do now it can do at the next call: every step may be
// cut off and repeated.
//
// Use [Enroll] once, then [Sync] whenever somebody asks for it, or [Follow]
// for a window that stays open. It is not for reading or writing records: that
// is package store, which works the same with no server in sight.
package client
