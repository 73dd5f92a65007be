package verbs

import (
	"context"
	"fmt"
	"strings"

	"rsc.io/qr"

	"daicho/cmd/cli"
	"daicho/sync/server"
)

type userPassword struct {
	data
	Name string `arg:"" help:"Name of the person."`
	Drop bool   `help:"Take the password away."`
}

// Run sets a password, which is typed, or comes as one line of the input.
func (v *userPassword) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		if v.Drop {
			return s.SetPassword(ctx, v.Name, "")
		}
		password, err := console.NewSecret(ctx, "Password of "+v.Name+": ")
		if err != nil {
			return err
		}
		return s.SetPassword(ctx, v.Name, password)
	})
}

type userTOTP struct {
	data
	Name string `arg:"" help:"Name of the person."`
	Drop bool   `help:"Take the authenticator and the recovery codes away."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// secondFactor is what a person takes along, shown once.
type secondFactor struct {
	URL      string   `json:"url"`
	Recovery []string `json:"recovery"`
}

// Run sets up an authenticator.
func (v *userTOTP) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		if v.Drop {
			return s.DropTOTP(ctx, v.Name)
		}
		url, recovery, err := s.SetTOTP(ctx, v.Name)
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(console, secondFactor{url, recovery})
		}
		picture, err := qrText(url)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(console.Out, "%s%s\nThis is shown once. Recovery codes, each for one time:\n%s\n", picture, url, strings.Join(recovery, "\n"))
		return err
	})
}

// quiet is the white border that a QR code needs, in modules.
const quiet = 2

// qrText draws a QR code with half blocks, two rows in a line, dark on light:
// inverted, so that it reads on a dark terminal.
func qrText(text string) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for y := -quiet; y < code.Size+quiet; y += 2 {
		for x := -quiet; x < code.Size+quiet; x++ {
			b.WriteString(halves[code.Black(x, y)][code.Black(x, y+1)])
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// halves are a column of two modules, by the upper and the lower being black.
var halves = map[bool]map[bool]string{true: {true: " ", false: "▄"}, false: {true: "▀", false: "█"}}
