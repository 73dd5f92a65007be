package kittest

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/theme"
)

// Host is the shell as a page meets it, with a memory of what it was asked.
type Host struct {
	desk    *ui.Desk
	Replica *Replica
	State   ui.Status

	Carrier *Carrier

	Sends  []ui.Outgoing // what waits to be sent
	Opened []app.Ref
	Listed []string // kind/list
	Begun  []app.Kind
	Filled []app.Record // that were begun with something in them
	Parted []app.Ref    // into windows of their own
	Said   []string
	Tone   theme.Tone
	Asked  fyne.CanvasObject // the content of the open overlay
	Card   fyne.Size         // its size, design pixels
	File   string            // the name of the file that a person picks
	Body   string            // its content
	Wrote  string            // what was saved
	Pick   app.Ref           // the record that a person picks; zero: none
	Path   string            // the folder or file that a person picks; empty: none

	picking *[]func() // of files that a person has not picked yet; nil: at once
}

// NewHost is a host over a replica.
func NewHost(t testing.TB, desk *ui.Desk, r *Replica) *Host {
	return &Host{desk: desk, Replica: r, Carrier: &Carrier{}, State: ui.Status{Enrolled: true, Online: true, LastSync: app.StampOf(Now), Device: "7QK4", Person: "中村 彩", ClockErr: 400 * time.Millisecond}}
}

// Desk is the desk of the test.
func (h *Host) Desk() *ui.Desk { return h.desk }

// Records is the replica.
func (h *Host) Records() ui.Records { return h.Replica }

// Link is the host's own state.
func (h *Host) Link() ui.Link { return link{h, h.Carrier} }

type link struct {
	*Host
	*Carrier
}

func (l link) Status() ui.Status                             { return l.State }
func (l link) SyncNow(context.Context) error                 { return nil }
func (l link) Outbox(context.Context) ([]ui.Outgoing, error) { return l.Sends, nil }
func (l link) Prove(context.Context, ui.Proof) error         { return nil }
func (l link) Pause()                                        {}
func (l link) AcknowledgeAlarm(context.Context) error        { l.State.Alarm = 0; return nil }
func (l link) AcknowledgeRebirth(context.Context) error      { l.State.Reborn = ui.Rebirth{}; return nil }
func (l link) Watch(func()) (stop func())                    { return func() {} }

// Open remembers the record.
func (h *Host) Open(ref app.Ref) { h.Opened = append(h.Opened, ref) }

// List remembers the list.
func (h *Host) List(kind app.Kind, name string) { h.Listed = append(h.Listed, string(kind)+"/"+name) }

// New remembers the kind.
func (h *Host) New(kind app.Kind) { h.Begun = append(h.Begun, kind) }

// Begin remembers the record.
func (h *Host) Begin(r app.Record) { h.Filled = append(h.Filled, r) }

// Apart remembers the record.
func (h *Host) Apart(ref app.Ref) { h.Parted = append(h.Parted, ref) }

// Say remembers the sentence.
func (h *Host) Say(tone theme.Tone, sentence string) { h.Tone, h.Said = tone, append(h.Said, sentence) }

// LastSaid is the last sentence.
func (h *Host) LastSaid() string {
	if len(h.Said) == 0 {
		return ""
	}
	return h.Said[len(h.Said)-1]
}

// Ask remembers the content.
func (h *Host) Ask(content fyne.CanvasObject, card fyne.Size) func() {
	h.Asked, h.Card = content, card
	return func() { h.Asked = nil }
}

// PickFile picks File.
func (h *Host) PickFile(chosen func(string, func() (io.ReadCloser, error))) {
	pick := func() {
		chosen(h.File, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(h.Body)), nil })
	}
	if h.picking == nil {
		pick()
		return
	}
	*h.picking = append(*h.picking, pick)
}

// HoldFile lets no file be picked until goOn is called.
func (h *Host) HoldFile() (goOn func()) {
	var picking []func()
	h.picking = &picking
	return func() {
		h.picking = nil
		for _, pick := range picking {
			pick()
		}
	}
}

// SaveFile writes to Wrote.
func (h *Host) SaveFile(_ string, chosen func(func() (io.WriteCloser, error))) {
	chosen(func() (io.WriteCloser, error) { return &sink{h}, nil })
}

// PickPath picks Path.
func (h *Host) PickPath(_ string, chosen func(string)) {
	if h.Path != "" {
		chosen(h.Path)
	}
}

// PickRecord picks Pick.
func (h *Host) PickRecord(_ app.Kind, chosen func(app.Ref)) {
	if !h.Pick.IsZero() {
		chosen(h.Pick)
	}
}

type sink struct{ h *Host }

func (s *sink) Write(b []byte) (int, error) { s.h.Wrote += string(b); return len(b), nil }
func (s *sink) Close() error                { return nil }

var _ ui.Host = (*Host)(nil)
