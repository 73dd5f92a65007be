package kittest

import (
	"context"

	"daicho/app"
	"daicho/ui"
)

// Carrier is carrying as a page meets it, with a memory of what it was asked.
type Carrier struct {
	Known    []ui.Device
	Load     []ui.Cargo
	Packs    ui.Packed   // what Pack says it wrote
	Sees     ui.Bundle   // what Look says
	Gives    ui.Unpacked // what Unpack says
	Refusal  error
	During   func() // while it packs or unpacks, half done
	Parcels  []ui.Parcel
	Folders  []string
	Taken    []string
	Meetings []*Meeting
}

var half = ui.Work{What: app.Label{JA: "持ち運び用ファイルを作成中", EN: "Writing a bundle"}, Done: 120, Total: 240}

func (c *Carrier) work(told func(ui.Work)) {
	told(half)
	if c.During != nil {
		c.During()
	}
}

// Devices are those known.
func (c *Carrier) Devices(context.Context) ([]ui.Device, error) { return c.Known, c.Refusal }

// Cargo is the load.
func (c *Carrier) Cargo(context.Context) ([]ui.Cargo, error) { return c.Load, c.Refusal }

// Pack remembers what was asked, and stops when it is cancelled.
func (c *Carrier) Pack(ctx context.Context, folder string, p ui.Parcel, told func(ui.Work)) (ui.Packed, error) {
	c.Folders, c.Parcels = append(c.Folders, folder), append(c.Parcels, p)
	c.work(told)
	if ctx.Err() != nil {
		return ui.Packed{}, ctx.Err()
	}
	return c.Packs, c.Refusal
}

// Look says what was put in.
func (c *Carrier) Look(context.Context, string) (ui.Bundle, error) { return c.Sees, c.Refusal }

// Unpack remembers the file.
func (c *Carrier) Unpack(ctx context.Context, path string, told func(ui.Work)) (ui.Unpacked, error) {
	c.Taken = append(c.Taken, path)
	c.work(told)
	if ctx.Err() != nil {
		return ui.Unpacked{}, ctx.Err()
	}
	return c.Gives, c.Refusal
}

// Address is made up.
func (c *Carrier) Address() string { return "192.168.10.21:8444" }

// Meet is a meeting that goes on as the test says.
func (c *Carrier) Meet(address string, wait bool, changed func()) ui.Meeting {
	m := &Meeting{Met: ui.Met{Address: address}, Waits: wait, changed: changed}
	c.Meetings = append(c.Meetings, m)
	return m
}

// Meeting is one whose state a test sets.
type Meeting struct {
	ui.Met
	Waits   bool
	Answers []bool
	Stopped bool
	changed func()
}

// State is what the test said.
func (m *Meeting) State() ui.Met { return m.Met }

// Answer remembers the answer.
func (m *Meeting) Answer(same bool) { m.Answers = append(m.Answers, same) }

// Stop remembers it.
func (m *Meeting) Stop() { m.Stopped = true }

// Goes changes the state and tells it.
func (m *Meeting) Goes(change func(*ui.Met)) {
	change(&m.Met)
	m.changed()
}
