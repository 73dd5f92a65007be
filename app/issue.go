package app

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// Numbering is what a book asks of the register of numbers: which template a
// record has, and which numbers are somebody else's to give. Nil: the table of
// the book says all, and the server alone gives numbers.
type Numbering interface {
	// Template is how a new record is numbered, without its words; empty: not.
	Template(a *Act, r Record, usual NumberTemplate) (NumberTemplate, error)
	// Next is a number that the device of the act may give by itself, and where
	// it has it from; none: the number is provisional.
	Next(a *Act, kind Kind, series string) (Leased, string, error)
	// Take settles a number that a device gave by itself; false if it was not,
	// or is no longer, its to give.
	Take(a *Act, kind Kind, l Leased) (string, bool, error)
	// Withheld says whether a device has the series: then nobody else gives numbers of it.
	Withheld(a *Act, series string) (bool, error)
}

// Leased is a number that a device gave by itself, out of a lease that the server
// had given to it.
type Leased struct {
	Lease ID
	N     int64 // 0: none
}

// SeriesRef stands for a series in links; there is no record behind it.
func SeriesRef(series string) Ref {
	return Ref{"series", DerivedID(sha256.Sum256([]byte("daicho-series-1" + series)))}
}

// DeviceRef stands for a device in links; there is no record behind it.
func DeviceRef(device ID) Ref { return Ref{"device", device} }

// provisionalMark begins every number that is not official.
const provisionalMark = "仮-"

// Provisional is the number a record shows until the server has issued one.
func Provisional(device ID, seq uint64) string {
	return fmt.Sprintf("%s%s-%d", provisionalMark, device.Short(), seq)
}

// IsProvisional says whether the record waits for its official number.
func (h *Head) IsProvisional() bool { return strings.HasPrefix(h.Number, provisionalMark) }

// Device is the device that the act was done on.
func (a *Act) Device() ID { return a.change.Device }

// Handed is the last number of a lease that the device of the act has given, whatever
// became of it: the change says so to who decides it. Less than first: none, as far as
// is known here.
func (a *Act) Handed(lease ID, first int64) (int64, error) {
	if l := a.change.Leased; l.Lease == lease || a.Unused == nil {
		return l.N, nil
	}
	n, err := a.Unused(lease, first)
	if n--; err != nil || n < first {
		return 0, err
	}
	a.leased = Leased{lease, n}
	return n, nil
}

// Command is the command that the act is; empty for an edit.
func (a *Act) Command() string { return a.change.Command }

// Own is the record that the act is about; others it changes on the way.
func (a *Act) Own() Ref { return a.change.Ref }

// Clock is what the device knew of the time: what its own clock said, and how far At
// may be off, or [Unknown].
func (a *Act) Clock() Reading {
	c := a.change.Clock
	c.Err = c.Vouched(a.At)
	return c
}

// Decides says whether the act is decided for good: on the server, not on a replica.
func (a *Act) Decides() bool { return a.Issue != nil }

// Template is how records of a kind are numbered by the book's table; empty: not.
func (a *Act) Template(kind Kind) NumberTemplate { return a.book.Numbers[kind] }

// IsStrict says whether the numbers of a kind are given by the holder of its
// register alone, one after the other.
func (a *Act) IsStrict(kind Kind) bool { return a.book.Strict[kind] }

// numbered gives a record its number: a new one, or one that has waited for it.
func (a *Act) numbered(was, is Record) error {
	head := is.Meta()
	fresh := was.Meta().IsNew()
	if !fresh && (!head.IsProvisional() || !a.Decides()) {
		return a.reversioned(was, is)
	}
	t, err := a.template(is)
	if err != nil || t == "" {
		return err
	}
	base, _, _ := t.base()
	number, err := a.number(head.Ref.Kind, is, base)
	if err != nil {
		return err
	}
	switch {
	case number != "":
		head.Number = t.versioned(number, is)
	case fresh:
		head.Number = Provisional(a.change.Device, a.change.Seq)
	}
	return nil
}

// unfilled is the record's template as it is written.
func (a *Act) unfilled(r Record) (NumberTemplate, error) {
	t := a.book.Numbers[r.Meta().Ref.Kind]
	if a.book.Numbering == nil {
		return t, nil
	}
	return a.book.Numbering.Template(a, r, t)
}

// template is the record's, its words filled in.
func (a *Act) template(r Record) (NumberTemplate, error) {
	t, err := a.unfilled(r)
	if n, is := r.(Numbered); is && err == nil && a.Decides() {
		return t.Fill(n.NumberWords())
	}
	return t, err
}

// number is the next number; empty if there is none for now.
func (a *Act) number(kind Kind, r Record, t NumberTemplate) (string, error) {
	series, given := t.Series(a.At), a.book.Numbering
	own := r == a.own && a.change.New
	if own && given != nil && a.change.Leased.N > 0 {
		n, taken, err := given.Take(a, kind, a.change.Leased)
		if err != nil || taken {
			return n, err
		}
	}
	if !a.Decides() {
		if !own || given == nil || a.change.Leased.N > 0 {
			return "", nil
		}
		l, n, err := given.Next(a, kind, series)
		a.leased = l
		return n, err
	}
	if given != nil && a.book.Strict[kind] {
		if away, err := given.Withheld(a, series); err != nil || away {
			return "", err
		}
	}
	n, err := a.Issue(series)
	return t.Format(series, n), err
}

// versioned writes the version behind a number, where the template has one.
func (t NumberTemplate) versioned(number string, r Record) string {
	if _, tail, versioned := t.base(); versioned {
		number += tailOf(tail, r)
	}
	return number
}

func tailOf(tail string, r Record) string {
	if n, is := r.(Numbered); is && n.NumberWords()[version] != "" {
		return tail + n.NumberWords()[version]
	}
	return ""
}

// reversioned lets the end of a number follow the version of its record. A number that
// another template wrote has no such end, and stands; so does one whose words are gone.
func (a *Act) reversioned(was, is Record) error {
	old, numbered := was.(Numbered)
	if !numbered || is.Meta().IsProvisional() || old.NumberWords()[version] == is.(Numbered).NumberWords()[version] {
		return nil
	}
	t, err := a.unfilled(is)
	if err != nil {
		return err
	}
	if filled, err := t.Fill(is.(Numbered).NumberWords()); err == nil {
		t = filled
	}
	_, tail, versioned := t.base()
	head := is.Meta()
	if number, ends := strings.CutSuffix(head.Number, tailOf(tail, was)); versioned && ends {
		head.Number = number + tailOf(tail, is)
	}
	return nil
}
