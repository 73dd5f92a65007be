package detect

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"daicho/app"
	"daicho/app/civil"
)

// Pack changes words of the rules, as data: a new edition of a guideline, or
// what one site adds and leaves out. How a number is checked is code and no
// pack changes it.
type Pack struct {
	Format  int      `json:"format"` // PackFormat; SignPack writes it
	Name    string   `json:"name"`
	Version int      `json:"version"` // raised with every change
	Edition string   `json:"edition"` // the guideline it follows, and which edition
	Changes []Change `json:"changes"`
}

// Change is what a pack changes of one kind.
type Change struct {
	Kind   Kind     `json:"kind"`
	Names  []string `json:"names,omitempty"`  // added to the rule's own
	Hints  []string `json:"hints,omitempty"`  // added
	Denies []string `json:"denies,omitempty"` // added
	Cues   []string `json:"cues,omitempty"`   // added; for kinds whose values are words
	Drop   []string `json:"drop,omitempty"`   // words of the rule that no longer count
	Off    bool     `json:"off,omitempty"`    // the kind is not looked for
	// Approver allowed the change, Until is its last day (JST) as 2027-03-31.
	// What takes away from the rules (Denies, Drop, Off) needs both.
	Approver string `json:"approver,omitempty"`
	Until    string `json:"until,omitempty"`
}

// PackFormat is raised where a pack would mean something else to an older program.
const PackFormat = 1

// Errors of packs.
var (
	ErrPackFormat    = errors.New("detect: the pack is of another format")
	ErrPackSignature = errors.New("detect: the pack is not signed with a key that is trusted")
	ErrPackContent   = errors.New("detect: the pack cannot be read")
)

// OpenPack reads a pack as it is handed out: JSON that one of the keys must have
// signed (app.Signed).
func OpenPack(file []byte, trusted ...ed25519.PublicKey) (*Pack, error) {
	body, err := app.OpenSigned(file, trusted...)
	if err != nil {
		return nil, ErrPackSignature
	}
	var of struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal([]byte(body), &of); err == nil && of.Format != PackFormat {
		return nil, fmt.Errorf("%w: %d, not %d", ErrPackFormat, of.Format, PackFormat)
	}
	return ReadPack([]byte(body))
}

// ReadPack reads a pack that is not signed yet, as a person writes it: JSON.
func ReadPack(body []byte) (*Pack, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	p := &Pack{}
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPackContent, err)
	}
	return p, p.check()
}

// SignPack writes a pack as OpenPack reads it.
func SignPack(p *Pack, key ed25519.PrivateKey) ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	signed := *p
	signed.Format = PackFormat
	body, err := json.MarshalIndent(&signed, "", "  ")
	if err != nil {
		return nil, err
	}
	return app.Signed(body, key), nil
}

// check refuses what no pack may hold.
func (p *Pack) check() error {
	if p.Name == "" || p.Version < 1 || p.Edition == "" {
		return fmt.Errorf("%w: it has no name, version or edition", ErrPackContent)
	}
	kinds := Standard().Kinds()
	for _, c := range p.Changes {
		if !slices.Contains(kinds, c.Kind) {
			return fmt.Errorf("%w: no kind is called %q", ErrPackContent, c.Kind)
		}
		if err := c.check(); err != nil {
			return err
		}
	}
	return nil
}

func (c *Change) check() error {
	for _, w := range slices.Concat(c.Names, c.Hints, c.Denies, c.Cues) {
		if len([]rune(w)) < 2 || len(w) > maxPackWord {
			return fmt.Errorf("%w: %s: a word has 2 characters or more, and %d bytes or fewer", ErrPackContent, c.Kind, maxPackWord)
		}
	}
	if (len(c.Denies)+len(c.Drop) > 0 || c.Off) && (c.Approver == "" || c.Until == "") {
		return fmt.Errorf("%w: %s: an exception needs who approved it, and its last day", ErrPackContent, c.Kind)
	}
	if c.Until == "" {
		return nil
	}
	if _, err := day(c.Until); err != nil {
		return fmt.Errorf("%w: %s: %q is no day", ErrPackContent, c.Kind, c.Until)
	}
	return nil
}

const maxPackWord = 120 // bytes

// day reads 2027-03-31.
func day(text string) (d civil.Date, err error) {
	if _, err = fmt.Sscanf(text, "%4d-%2d-%2d", &d.Year, &d.Month, &d.Day); err == nil && (!d.Valid() || d.String() != text) {
		err = ErrPackContent
	}
	return d, err
}

// With compiles the product's rules with packs, the later over the earlier.
// Changes whose last day is before today no longer count.
func With(today civil.Date, packs ...*Pack) *Engine {
	table := standardRules()
	for _, p := range packs {
		for _, c := range p.Changes {
			if until, err := day(c.Until); c.Until != "" && (err != nil || until.Compare(today) < 0) {
				continue
			}
			table = c.apply(table)
		}
	}
	return compile(table)
}

func (c *Change) apply(table []Rule) []Rule {
	i := slices.IndexFunc(table, func(r Rule) bool { return r.Kind == c.Kind })
	if i < 0 {
		return table
	}
	if c.Off {
		return slices.Delete(table, i, i+1)
	}
	r := &table[i]
	dropped := func(w string) bool { return slices.Contains(c.Drop, w) }
	r.Names = added(r.Names, c.Names, dropped)
	r.Hints = added(r.Hints, c.Hints, dropped)
	r.Denies = added(r.Denies, c.Denies, dropped)
	r.Cues = added(r.Cues, c.Cues, dropped)
	return table
}

// added is own and more without what is dropped, in a list of its own.
func added(own, more []string, dropped func(string) bool) []string {
	return slices.DeleteFunc(slices.Concat(own, more), dropped)
}
