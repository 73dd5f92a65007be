package main

import (
	"context"
	"fmt"
	"strings"

	"daicho/app/extract"
	"daicho/app/extract/mail"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
)

// mailVerb is what can be done with mail that lies in a file.
type mailVerb struct {
	Parse mailParseVerb `cmd:"" help:"Print a mail as its sender meant it. Needs no replica."`
}

// mailParseVerb prints a message.
type mailParseVerb struct {
	File string   `arg:"" help:"The mail: .eml, or .msg of Outlook."`
	Own  []string `placeholder:"ADDRESS" help:"An address that our own mail comes from: mail from it is a loop. Can be given again."`
	JSON bool     `name:"json" help:"Print one JSON object."`
}

// parsed is a message as JSON.
type parsed struct {
	Subject     string   `json:"subject"`
	From        string   `json:"from"`
	Text        string   `json:"text"`
	Attachments []string `json:"attachments"`
	Auto        bool     `json:"auto"`
	Loop        bool     `json:"loop"`
	Protected   []string `json:"protected"`
}

// Run ends with an error for what is no mail.
func (v *mailParseVerb) Run(ctx context.Context, console *cli.Console) error {
	src, end, err := source(v.File)
	if err != nil {
		return err
	}
	defer end()
	workers := worker.Readers()
	defer workers.Close()
	reader := extract.Reader{Apart: workers}
	m, err := reader.Message(ctx, src, v.Own)
	if err != nil {
		return fmt.Errorf("%s: %w", v.File, err)
	}
	if v.JSON {
		return printJSON(console.Out, asParsed(m))
	}
	return printMail(console, m)
}

func asParsed(m *mail.Message) parsed {
	p := parsed{Subject: m.Subject, From: m.From.String(), Text: m.Text, Attachments: []string{}, Auto: m.Auto, Loop: m.Loop, Protected: []string{}}
	for _, f := range m.Files {
		p.Attachments = append(p.Attachments, f.Name)
		if f.Protected {
			p.Protected = append(p.Protected, f.Name)
		}
	}
	return p
}

// printMail writes a message for people.
func printMail(console *cli.Console, m *mail.Message) error {
	p := asParsed(m)
	t := table{}
	t.add("件名", p.Subject)
	t.add("差出人", p.From)
	t.add("添付", strings.Join(p.Attachments, "\n"+tableIndent))
	t.add("保護あり", strings.Join(p.Protected, "\n"+tableIndent))
	if err := t.write(console.Out); err != nil {
		return err
	}
	_, err := fmt.Fprintf(console.Out, "\n%s\n", p.Text)
	return err
}
