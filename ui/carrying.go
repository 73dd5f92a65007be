package ui

import (
	"context"

	"daicho/app"
)

// Carrying is how changes travel where the server is out of reach: in files for
// a stick, and over a line between two devices. What is carried for others can
// be read by the server alone. Methods with a context may take long and end
// when it does: call them through ui/task only.
type Carrying interface {
	// Devices are the others of this server, as this device heard last.
	Devices(ctx context.Context) ([]Device, error)
	// Cargo is what this device carries to the server for others.
	Cargo(ctx context.Context) ([]Cargo, error)
	// Pack writes what the server does not have into a new file in a folder, or
	// into several; told hears, on any goroutine, how far it is.
	Pack(ctx context.Context, folder string, p Parcel, told func(Work)) (Packed, error)
	// Look says what a file is, without opening it.
	Look(ctx context.Context, path string) (Bundle, error)
	// Unpack takes a file in. It may come again, and in any order.
	Unpack(ctx context.Context, path string, told func(Work)) (Unpacked, error)
	// Address is where others of this network would reach this machine.
	Address() string
	// Meet waits at an address for another device, or calls the one that waits
	// there. It returns at once; changed is called, on any goroutine, after the
	// state of the meeting changed. A lock of the window ends it.
	Meet(address string, wait bool, changed func()) Meeting
}

// Device is a device of the server.
type Device struct {
	ID     app.ID
	Short  string
	Name   string // of the machine; may be empty
	Person string // whose it is
}

// Parcel says what to pack.
type Parcel struct {
	For []app.ID // devices that may carry it on, beside the server
	All bool     // own changes that the server has acknowledged, too
}

// Bundle is what can be said of a file without any key.
type Bundle struct {
	Export      string // name of the whole export
	Part, Parts int
	Path        string
	File        string   // its name without the folder
	From        string   // short name of the device that made it; empty: the server
	To          []string // short names and people; empty: the server
	ForMe       bool     // this device can open it
	Made        app.Stamp
	Changes     int
	Files       int // attachments
	Bytes       int64
	SHA256      string // hexadecimal, in groups
	Whole       bool   // by its length
}

// Packed is what was written, with the slip that goes along on paper.
type Packed struct {
	Bundles []Bundle
	Slip    string // name that its file is offered under
	Print   []byte // PDF, A4
}

// Unpacked is what was taken in of a file.
type Unpacked struct {
	Bundle  Bundle
	Changes int  // of other devices, for the server
	New     int  // of the runs that these came in, those that were not here
	Files   int  // attachments of them
	Updates int  // of the server
	Answer  bool // the server's answer to what was brought to it was in it
	More    bool // the server has more than fits into a file
}

// Cargo is one run of changes that is carried for another device.
type Cargo struct {
	Device      Device
	First, Last uint64
	Files       int
	Bytes       int64
	Via         Device // that brought it
	At          app.Stamp
	Said        string // why the server did not take it; empty: it was not asked
}

// Meeting is a meeting with another device.
type Meeting interface {
	// State is what is known now; it answers at once, from memory.
	State() Met
	// Answer says whether the other screen shows the same code.
	Answer(same bool)
	// Stop ends it. What came is kept, and another meeting goes on from there.
	Stop()
}

// Met is how far a meeting is.
type Met struct {
	Stage   Stage
	Address string // where this device waits, or whom it calls
	Turned  int    // how many callers were turned away
	Why     app.Label
	Code    string // to be compared with the other screen
	Other   Device
	Work    Work
	Gave    int // changes, when it is over
	Took    int
	New     int   // of the runs that these came in, those that were not here
	Err     error // why it ended early
}

// Stage is a part of a meeting.
type Stage uint8

// The stages, in their order.
const (
	Calling    Stage = iota // or waiting to be called
	Comparing               // the person is asked whether both screens show one code
	Exchanging              // each gives and takes
	Over
)
