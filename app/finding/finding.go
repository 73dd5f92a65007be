// Package finding is the register of what scans found: files with personal or other
// important data that nothing protects (clause 3.4.2 of the city's specification),
// the jobs that look for them, each run of a job, and what people did about it, and the
// city's register of information assets that all of it is held against.
//
// Looking itself is package scan; what a scan tells is brought into the registers
// here: [Tally] counts it, [Compare] says what has become of each finding, and
// [Tell] writes it. No clock, no disk and no network is asked here.
//
// # What a record may hold
//
// A finding holds kinds, ranges and dates, never a value out of a file, and not where
// the file lies: its path and folder are a [Place], a record of a kind of its own that
// the security officer alone may read, beside the agent that wrote it.
//
// # Marks
//
// A file is known by a [Mark]: HMAC-SHA-256 of the job and the path under a key of the
// site, which all its agents share. The records of a file have the mark as their id,
// so an agent that tells the same thing twice makes nothing twice. Its content has
// another, by which a file is known again that was moved. Whoever holds findings but
// not the key (a replica, a backup, the server) cannot try out names or contents: a
// plain hash of 「名簿.xlsx」, or of a file whose every line is known but for a number
// of twelve digits, is guessed at once. Whoever holds the key can; it lies in the
// agents' key files and nowhere else, and an agent's host reads those files anyway.
// Without it nothing is lost but the thread: a new key finds the same files anew.
package finding

import (
	"daicho/app"
	"daicho/app/detect"
	"daicho/app/extract"
)

// Kind is the kind of findings.
const Kind app.Kind = "finding"

// Finding is one file with important data that nothing protects, or that did when it
// was last seen so. Only runs and commands change it, but for who is responsible.
type Finding struct {
	app.Head
	Job        app.Ref
	Agent      app.Ref // the person that the agent is enrolled as: it alone has it beside those who read all
	Zone       app.Zone
	Server     string
	Department string
	Owner      string // who is responsible
	Kinds      []KindFound
	Persons    detect.Band // about how many persons it is about
	Type       extract.Type
	Size       int64 // bytes
	Protection extract.Protection
	Weakness   extract.Note // why the protection is less than it seems
	Everyone   Everyone
	Content    string    // the mark of the content, 32 hexadecimal digits
	FirstSeen  app.Stamp // when it was first found
	LastSeen   app.Stamp // when it was last found so; see [renewal]
	FirstRun   app.Ref
	Unread     bool // the last run could not tell what has become of it
	State      State
	Ticket     app.Ref // by which it is put right
	Due        app.Day
	SettledAt  app.Stamp
	Settled    Settlement
	Reopened   int     // times that it came back
	MovedFrom  app.Ref // the finding of the place where it lay before

	Exception Exception
	Reason    string  // of the exception
	Until     app.Day // the exception's last day, in Tokyo
	AskedBy   app.Ref
	AskedAt   app.Stamp
	DecidedBy app.Ref
	DecidedAt app.Stamp
	Why       string // the exception was declined

	Note string
}

// KindFound is a kind of data in the file.
type KindFound struct {
	Kind       detect.Kind
	Values     detect.Band // how many different values
	Confidence detect.Confidence
}

var kindColumns = []app.Field[KindFound]{
	app.One("kind", "種別", "Kind", func(k *KindFound) *detect.Kind { return &k.Kind }, Kinds...),
	app.One("values", "件数", "Values", func(k *KindFound) *detect.Band { return &k.Values }, Bands...),
	app.One("confidence", "確度", "Confidence", func(k *KindFound) *detect.Confidence { return &k.Confidence }, Confidences...),
}

// Everyone is whether everybody who reaches the file server may read the file.
type Everyone string

// What is known of it.
const (
	NotKnown Everyone = "" // the system does not tell, as on shares
	Readable Everyone = "yes"
	Closed   Everyone = "no"
)

// State is where a finding stands.
type State string

// The states.
const (
	New        State = ""
	Confirmed  State = "confirmed"
	Correcting State = "correcting"
	Corrected  State = "corrected" // a later run has seen it so
	Excepted   State = "excepted"
	Moved      State = "moved" // the file lies elsewhere, which is another finding
)

// Settlement is what a later run saw instead.
type Settlement string

// The settlements.
const (
	NotSettled Settlement = ""
	Gone       Settlement = "gone"
	Protected  Settlement = "protected"
	Clean      Settlement = "clean" // the data is no longer in it
	Elsewhere  Settlement = "elsewhere"
)

// Exception is how far an exception has come.
type Exception string

// The steps.
const (
	NoException Exception = ""
	Asked       Exception = "asked"
	Approved    Exception = "approved"
	Declined    Exception = "declined"
	Over        Exception = "over" // its last day has passed, it was ended, or the finding is settled
)

// Open says whether somebody still has to do something about it.
func (f *Finding) Open() bool {
	return f.State == New || f.State == Confirmed || f.State == Correcting
}

// Lies says whether the file is there as it was found, as far as is known.
func (f *Finding) Lies() bool { return f.Open() || f.State == Excepted }

// Gravest is the gravest kind of data in it, which stands first; empty: none was
// found, for a password or a key keeps it shut.
func (f *Finding) Gravest() detect.Kind {
	if len(f.Kinds) == 0 {
		return ""
	}
	return f.Kinds[0].Kind
}

// Exposed says whether it lies unprotected, as far as is known. One whose password may
// lie beside it is a finding, too, and not exposed.
func (f *Finding) Exposed() bool { return f.Lies() && !closed(f.Protection) }

func closed(p extract.Protection) bool {
	return p == extract.ProtectPassword || p == extract.ProtectKey
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// Place is the record that says where the file lies. It has the same id.
func (f *Finding) Place() app.Ref { return app.Ref{Kind: PlaceKind, ID: f.Ref.ID} }

// OpenTicket makes a ticket by which a finding is put right, as part of an act. What is
// said there is read by the helpdesk: it names the finding and its department only.
type OpenTicket func(a *app.Act, r Request) (app.Ref, error)

// Request is what a ticket is asked for.
type Request struct {
	Finding    app.Ref
	Number     string // of the finding
	Department string
	Zone       app.Zone
	Due        app.Day
}
