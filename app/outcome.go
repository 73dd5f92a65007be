package app

import "slices"

// Verdict is what the server made of a change.
type Verdict string

// The verdicts. Held changes wait for what comes before them; quarantined
// ones for a person; neither is ever dropped.
const (
	Accepted    Verdict = "accepted"
	Contested   Verdict = "conflict" // accepted; both values are kept in an open conflict
	Rejected    Verdict = "rejected"
	Quarantined Verdict = "quarantined"
	Held        Verdict = "held"
)

// Outcome is one line of the order: what the server said to one change, as
// every replica hears it.
type Outcome struct {
	GSN      int64 // global sequence number: 1, 2, 3 … without gaps
	Device   ID
	Seq      uint64
	Author   ID
	At       Stamp // corrected time of the change, never later than Received
	Received Stamp // by the server's clock
	Claimed  Stamp // the device's own clock, nothing added; zero in outcomes of servers up to 0.2
	Err      int64 // milliseconds At may be off, or Unknown
	Ref      Ref
	Command  string
	Verdict  Verdict
	Code     Code   // of a rejection
	Field    string // at fault
	Say      Label
	Effects  []Effect
}

type wireEffect struct {
	Kind  string     `cbor:"1,keyasint"`
	ID    ID         `cbor:"2,keyasint"`
	Cells []wireCell `cbor:"3,keyasint,omitempty"`
	Gone  bool       `cbor:"4,keyasint,omitempty"`
}

// isNone says whether it is of no record, or of one that is gone and changed.
func (e wireEffect) isNone() bool { return e.Kind == "" || e.Gone && len(e.Cells) > 0 }

// outcomeVersion is the version of the encoding that this program writes.
const outcomeVersion = 1

// wireOutcome is an outcome as bytes. It never gets keys 18 to 22: [SealedBy]
// reads changes and outcomes alike.
type wireOutcome struct {
	V        uint64       `cbor:"1,keyasint"`
	GSN      int64        `cbor:"2,keyasint"`
	Device   ID           `cbor:"3,keyasint"`
	Seq      uint64       `cbor:"4,keyasint"`
	Author   ID           `cbor:"5,keyasint"`
	At       int64        `cbor:"6,keyasint"`
	Received int64        `cbor:"7,keyasint"`
	Kind     string       `cbor:"8,keyasint"`
	ID       ID           `cbor:"9,keyasint"`
	Command  string       `cbor:"10,keyasint,omitempty"`
	Verdict  string       `cbor:"11,keyasint"`
	Code     string       `cbor:"12,keyasint,omitempty"`
	Field    string       `cbor:"13,keyasint,omitempty"`
	JA       string       `cbor:"14,keyasint,omitempty"`
	EN       string       `cbor:"15,keyasint,omitempty"`
	Claimed  int64        `cbor:"16,keyasint,omitempty"`
	Err      int64        `cbor:"17,keyasint,omitempty"` // one more than it is: none is Unknown
	Effects  []wireEffect `cbor:"30,keyasint,omitempty"`
}

func (o *Outcome) place() place { return place{"outcome", o.Device, uint64(o.GSN)} }

// Encode writes the outcome; personal values are sealed to their records.
func (o *Outcome) Encode(all Registers, s *Sealer) ([]byte, error) {
	w := wireOutcome{V: outcomeVersion, GSN: o.GSN, Device: o.Device, Seq: o.Seq, Author: o.Author, At: int64(o.At), Received: int64(o.Received),
		Kind: string(o.Ref.Kind), ID: o.Ref.ID, Command: o.Command, Verdict: string(o.Verdict), Code: string(o.Code), Field: o.Field, JA: o.Say.JA, EN: o.Say.EN,
		Claimed: int64(o.Claimed), Err: max(o.Err, Unknown) + 1}
	for _, e := range o.Effects {
		cells, err := sealCells(s, o.place(), all[e.Ref.Kind], e.Ref, e.Cells)
		if err != nil {
			return nil, err
		}
		w.Effects = append(w.Effects, wireEffect{string(e.Ref.Kind), e.Ref.ID, cells, e.Gone})
	}
	return enc.Marshal(w)
}

func decodeOutcome(p []byte) (*wireOutcome, error) {
	var w wireOutcome
	if err := decode(p, &w); err != nil || w.V != outcomeVersion || w.Kind == "" || slices.ContainsFunc(w.Effects, wireEffect.isNone) {
		return nil, Because(err, Damaged, "サーバーから届いたデータが壊れているか、新しい版のものです。プログラムを更新し、もう一度同期してください。",
			"damaged outcome, or of a newer version; update the program and sync again")
	}
	return &w, nil
}

// DecodeOutcome reads what [Outcome.Encode] wrote.
func DecodeOutcome(p []byte, k SubjectKeys) (*Outcome, error) {
	w, err := decodeOutcome(p)
	if err != nil {
		return nil, err
	}
	o := &Outcome{GSN: w.GSN, Device: w.Device, Seq: w.Seq, Author: w.Author, At: Stamp(w.At), Received: Stamp(w.Received),
		Ref: Ref{Kind(w.Kind), w.ID}, Command: w.Command, Verdict: Verdict(w.Verdict), Code: Code(w.Code), Field: w.Field, Say: Label{w.JA, w.EN},
		Claimed: Stamp(w.Claimed), Err: max(w.Err, 0) - 1}
	for _, e := range w.Effects {
		ref := Ref{Kind(e.Kind), e.ID}
		cells, err := openCells(k, o.place(), ref, e.Cells)
		if err != nil {
			return nil, err
		}
		o.Effects = append(o.Effects, Effect{ref, cells, e.Gone})
	}
	return o, nil
}

// Event is one line of a record's history.
type Event struct {
	At      Stamp // corrected time
	Err     int64 // milliseconds At may be off, or Unknown
	Claimed Stamp // the device's own clock; zero: not told
	GSN     int64 // 0: the server has not heard of it yet
	Device  ID
	Seq     uint64
	Author  ID
	Name    string // of the author; empty if nobody knows
	New     bool   // it made the record
	Command string
	Verdict Verdict // empty: waiting to be sent
	Say     Label   // of a rejection
	Cells   []Cell
}
