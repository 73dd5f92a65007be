package calendar

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daicho/app"
	"daicho/app/civil"
)

// Update replaces all holidays from one day to another, both included. It comes as
// a signed file, so that a device without a network can take it from a stick: the
// equinoxes of the next year are published each February, and a law may move a day.
// Days outside are as they were, so nothing of the past is judged anew.
type Update struct {
	Version  int       `json:"version"` // raised with every update
	Source   string    `json:"source"`  // who published the days, and when
	From     string    `json:"from"`    // 2028-01-01
	To       string    `json:"to"`      // 2028-12-31
	Holidays []Listing `json:"holidays"`
}

// Listing is a holiday as a file or a program reads it.
type Listing struct {
	Date string `json:"date"` // 2028-03-20
	Name string `json:"name"`
}

// Listing is the holiday for a file.
func (h Holiday) Listing() Listing { return Listing{h.Date.String(), h.Name} }

// Sign writes an update as [OpenUpdate] reads it.
func (u *Update) Sign(key ed25519.PrivateKey) ([]byte, error) {
	if _, err := u.days(); err != nil {
		return nil, err
	}
	body, err := json.MarshalIndent(u, "", "  ")
	if err != nil {
		return nil, err
	}
	return app.Signed(body, key), nil
}

// OpenUpdate reads a file that one of the keys must have signed.
func OpenUpdate(file []byte, trusted ...ed25519.PublicKey) (*Update, error) {
	body, err := app.OpenSigned(file, trusted...)
	if err != nil {
		return nil, app.Because(err, app.Forbidden, "祝日表の署名を確認できません。配布元から受け取り直してください。",
			"the table of holidays has no signature that is trusted; get it again from whoever hands it out")
	}
	d := json.NewDecoder(strings.NewReader(body))
	d.DisallowUnknownFields()
	u := &Update{}
	if err := d.Decode(u); err != nil {
		return nil, badTable(err)
	}
	_, err = u.days()
	return u, err
}

// span is the first and the last day of the update.
func (u *Update) span() (from, to civil.Date, err error) {
	if from, err = ParseDay(u.From); err != nil {
		return from, to, err
	}
	if to, err = ParseDay(u.To); err == nil && to.Compare(from) < 0 {
		err = ErrBackwards
	}
	return from, to, err
}

// days reads the days of the update, and refuses what none may hold.
func (u *Update) days() (map[civil.Date]string, error) {
	from, to, err := u.span()
	if err != nil {
		return nil, err
	}
	if u.Version < 1 || u.Source == "" {
		return nil, badTable(fmt.Errorf("no version, or no source"))
	}
	days := map[civil.Date]string{}
	for _, l := range u.Holidays {
		d, err := ParseDay(l.Date)
		if err != nil {
			return nil, err
		}
		if l.Name == "" || days[d] != "" || d.Compare(from) < 0 || d.Compare(to) > 0 {
			return nil, badTable(fmt.Errorf("%s: without a name, twice, or outside of %s to %s", d, from, to))
		}
		days[d] = l.Name
	}
	return days, nil
}

// With is the table with an update. It refuses one that is not newer than the last,
// and one that leaves a year without any holiday.
func (h *Holidays) With(u *Update) (*Holidays, error) {
	if u.Version <= h.version {
		return nil, app.Refuse(app.Stale, "", fmt.Sprintf("祝日表の版（%d）は、取り込み済みの版（%d）より新しくありません。新しいものを受け取ってください。", u.Version, h.version),
			fmt.Sprintf("version %d of the table of holidays is not newer than version %d, which is here; get the newer one", u.Version, h.version))
	}
	days, err := u.days()
	if err != nil {
		return nil, err
	}
	from, to, err := u.span()
	if err != nil {
		return nil, err
	}
	names := maps.Clone(h.names)
	maps.DeleteFunc(names, func(d civil.Date, _ string) bool { return d.Compare(from) >= 0 && d.Compare(to) <= 0 })
	maps.Copy(names, days)
	next := &Holidays{names: names, version: u.Version}
	return next, next.complete(from.Year, to.Year)
}

// Change is a day on which two tables differ. An empty name is no holiday.
type Change struct {
	Date    civil.Date
	Was, Is string
}

// Changes lists the days on which a table differs from an older one, for the person
// who is about to take it over.
func (h *Holidays) Changes(older *Holidays) (all []Change) {
	for d, is := range h.names {
		if was := older.names[d]; was != is {
			all = append(all, Change{d, was, is})
		}
	}
	for d, was := range older.names {
		if _, still := h.names[d]; !still {
			all = append(all, Change{Date: d, Was: was})
		}
	}
	slices.SortFunc(all, func(a, b Change) int { return a.Date.Compare(b.Date) })
	return all
}

// Computed is the table as [Law] has it.
func Computed() *Holidays {
	h := &Holidays{names: map[civil.Date]string{}}
	for year := FirstYear; year <= LastYear; year++ {
		for _, day := range Law(year) {
			h.names[day.Date] = day.Name
		}
	}
	return h
}
