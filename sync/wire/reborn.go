package wire

import "daicho/app"

// PathReborn is where a device goes over to the order of a restored server: POST
// Reborn → Rebirth.
const PathReborn = "/v1/reborn"

// How much one [Reborn] may tell; a device with more says it in several.
const (
	MaxGiven = 1_000
	MaxStood = 10_000
	MaxTold  = 1_000 // keys
)

// Reborn says what a device knows of an order that ended, beyond the lines that
// the restored server still has, before it brings its changes again.
type Reborn struct {
	Was   app.ID   `cbor:"1,keyasint"`           // epoch of the order that it followed
	Epoch app.ID   `cbor:"2,keyasint"`           // of the one that the server signed instead
	Given []Given  `cbor:"3,keyasint,omitempty"` // numbers that changes had got, its own and others'
	Stood []uint64 `cbor:"4,keyasint,omitempty"` // its own changes that had been accepted, or are about records that had been
	Keys  []Key    `cbor:"5,keyasint,omitempty"` // of records as they stood after these lines: their makers may not have them any more
}

// Given is an official number that a change had got in the order that ended.
type Given struct {
	Device app.ID    `cbor:"1,keyasint"`
	Seq    uint64    `cbor:"2,keyasint"`
	Kind   string    `cbor:"3,keyasint"` // of the record
	Number string    `cbor:"4,keyasint"`
	At     app.Stamp `cbor:"5,keyasint"` // of the change, as the server had told it
}

// Rebirth tells what the restored server has of the device.
type Rebirth struct {
	Times     Times     `cbor:"1,keyasint"`
	Watermark uint64    `cbor:"2,keyasint"` // it has the device's changes 1 to this
	UpTo      int64     `cbor:"3,keyasint"` // the last line of the order that ended which it has
	Until     app.Stamp `cbor:"4,keyasint"` // when that line was received
}
