package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/assets"
	"daicho/cmd/cli"
	"daicho/store/durable"
	"daicho/store/keys"
)

// calendarVerb answers about service hours (clause 3.1.4) without a replica.
type calendarVerb struct {
	Holidays holidaysVerb      `cmd:"" help:"List the holidays of Japan."`
	Due      dueVerb           `cmd:"" help:"Say when times of service hours are used up, a line each."`
	Changes  holidayChangeVerb `cmd:"" help:"Tell what a signed update of the holidays changes, and where it is not what the law computes."`
	Sign     holidaySignVerb   `cmd:"" help:"Sign an update of the holidays, to hand it out."`
}

// holidayTable says which table of holidays counts.
type holidayTable struct {
	Update string `and:"update" placeholder:"FILE" help:"A signed update of the holidays, laid over those in the program."`
	Trust  string `and:"update" placeholder:"KEY" help:"The public key that must have signed it: 64 hexadecimal digits."`
}

// read gives the table of the program, with the update if there is one.
func (h *holidayTable) read() (*calendar.Holidays, error) {
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil || h.Update == "" {
		return table, err
	}
	key, err := hex.DecodeString(h.Trust)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, cli.Misused("--trust には、16進数64桁の公開鍵を指定してください。", "--trust: a public key is 64 hexadecimal digits")
	}
	file, err := readFile(h.Update)
	if err != nil {
		return nil, err
	}
	update, err := calendar.OpenUpdate(file, key)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", h.Update, err)
	}
	return table.With(update)
}

type holidaysVerb struct {
	From int  `required:"" placeholder:"YEAR" help:"The first year, from 1970."`
	To   int  `required:"" placeholder:"YEAR" help:"The last year, to 2050."`
	JSON bool `name:"json" help:"Print one JSON array of objects with date and name."`
	holidayTable
}

// Run prints.
func (v *holidaysVerb) Run(console *cli.Console) error {
	if v.From < calendar.FirstYear || v.To > calendar.LastYear || v.From > v.To {
		return cli.Misused("--from %d --to %d: %d から %d までの年を、早い年から順に指定してください。", "--from %d --to %d: years from %d to %d, the first before the last", v.From, v.To, calendar.FirstYear, calendar.LastYear)
	}
	table, err := v.read()
	if err != nil {
		return err
	}
	if v.JSON {
		return printArray(console.Out, func(element func(json.RawMessage) error) error {
			return v.each(table, func(h calendar.Holiday) error {
				text, err := json.Marshal(h.Listing())
				if err != nil {
					return err
				}
				return element(text)
			})
		})
	}
	return v.each(table, func(h calendar.Holiday) error {
		_, err := fmt.Fprintf(console.Out, "%s  %s\n", h.Date, h.Name)
		return err
	})
}

func (v *holidaysVerb) each(table *calendar.Holidays, f func(calendar.Holiday) error) error {
	for year := v.From; year <= v.To; year++ {
		for _, h := range table.In(year) {
			if err := f(h); err != nil {
				return err
			}
		}
	}
	return nil
}

type holidayChangeVerb struct {
	holidayTable
}

// Validate is called as the arguments are read.
func (v *holidayChangeVerb) Validate() error {
	if v.Update == "" {
		return cli.Errorf("--update FILE を指定してください。", "--update FILE is needed")
	}
	return nil
}

// Run prints.
func (v *holidayChangeVerb) Run(console *cli.Console) error {
	table, err := v.read()
	if err != nil {
		return err
	}
	shipped, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		return err
	}
	lawful := calendar.Computed()
	for _, c := range table.Changes(shipped) {
		note := ""
		if name, _ := lawful.Name(c.Date); name != c.Is {
			note = " (not what the law computes)"
		}
		if _, err := fmt.Fprintf(console.Out, "%s  %s → %s%s\n", c.Date, orNone(c.Was), orNone(c.Is), note); err != nil {
			return err
		}
	}
	return nil
}

func orNone(name string) string {
	if name == "" {
		return "no holiday"
	}
	return name
}

type holidaySignVerb struct {
	File    string `arg:"" help:"The update as JSON: version, source, from, to (days), and holidays with date and name."`
	KeyFile string `required:"" placeholder:"FILE" help:"The key that signs: one line of 64 hexadecimal digits; made if it is not there. Keep it as you keep a seal."`
	Out     string `required:"" placeholder:"FILE" help:"Where the signed update is written."`
}

// Run signs, and tells the public key.
func (v *holidaySignVerb) Run(console *cli.Console) error {
	text, err := readFile(v.File)
	if err != nil {
		return err
	}
	var update calendar.Update
	if err := json.Unmarshal(text, &update); err != nil {
		return app.Because(err, app.Invalid, "祝日表の更新を JSON として読み取れません。ファイルの内容を確かめてください。", "the update is no JSON; look at the file")
	}
	seed, err := keys.FromFile(v.KeyFile)
	if err != nil {
		return err
	}
	key := ed25519.NewKeyFromSeed(seed[:])
	signed, err := update.Sign(key)
	if err != nil {
		return err
	}
	if err := durable.Create(v.Out, func(draft string) error { return os.WriteFile(draft, signed, 0o644) }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(console.Out, "%x\n", key.Public())
	return err
}
