package demo

import (
	"slices"
	"time"

	"daicho/app"
)

// Step is one thing that a person did to one record, as they would have typed
// it: the first of a record makes it.
type Step struct {
	At      app.Stamp
	Kind    app.Kind
	Record  int      // steps with this kind and number are about one record
	Set     []string // field=text, as [app.AnyRegister.Enter] reads it
	Links   []Link
	Files   []File
	Command string   // done after Set; empty: none
	Args    []string // name=text, as [app.Args] reads them
}

// Link points a field to another record of the story.
type Link struct {
	Field  string
	Kind   app.Kind
	Record int
}

// File is something attached to a field of a record.
type File struct {
	Field, Name, Type string // Type is a media type: "image/png"
	Bytes             []byte
}

// Story is everything that happened in the city in the six weeks before a
// moment, in order of time. A ticket near the end is still open because what
// would have closed it lies beyond.
func Story(seed uint64, until app.Stamp) []Step {
	d := dice(seed)
	end := until.Time()
	steps := slices.Concat(places(end), agreedTravels(end), incidents(end), monitoring(end), d.tickets(end), d.documents(end), writeDrafts(end), agreements(end), tasks(end), meetings(end), changes(end))
	steps = slices.DeleteFunc(steps, func(s Step) bool { return s.At >= until })
	slices.SortStableFunc(steps, func(a, b Step) int { return int(a.At - b.At) })
	return steps
}

// diary writes the steps of one record.
type diary struct {
	kind   app.Kind
	record int
	steps  []Step
}

func (y *diary) note(at time.Time, s Step) {
	s.At, s.Kind, s.Record = stamp(at), y.kind, y.record
	y.steps = append(y.steps, s)
}

// set gives a field a text, unless there is none.
func (s *Step) set(field, text string) {
	if text != "" {
		s.Set = append(s.Set, field+"="+text)
	}
}
