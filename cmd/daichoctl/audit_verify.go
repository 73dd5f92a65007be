package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/sync/audit"
)

type auditVerify struct {
	Files   []string `arg:"" name:"file" help:"Files that 'audit export' or 'audit prove' wrote."`
	Pin     string   `placeholder:"PIN" xor:"key" help:"Pin of the server, as 'daicho-server key show' printed it."`
	Key     string   `placeholder:"FILE" xor:"key" help:"A file with the server's key, as 'audit export' printed it."`
	Against string   `placeholder:"FILE" help:"A file with checkpoints that were kept elsewhere, as 'audit alarm --to' writes them."`
	JSON    bool     `name:"json" help:"Print one JSON object for each file."`
}

// Run verifies.
func (v *auditVerify) Run(s *session) error {
	pin, err := v.pin()
	if err != nil {
		return err
	}
	var kept [][]byte
	if v.Against != "" {
		text, err := readFile(v.Against)
		if err != nil {
			return err
		}
		kept = audit.Notes(text)
	}
	wrong := 0
	for _, file := range v.Files {
		c, err := check(file, kept)
		if err != nil {
			return err
		}
		c.against(pin)
		if err = c.print(s, v.JSON); err != nil {
			return err
		}
		if !c.Sound {
			wrong++
		}
	}
	if wrong > 0 {
		return cli.Errorf("%[2]d個のうち%[1]d個のファイルは、サーバーが署名した記録ではありません。ファイルを残し、監査担当者へ知らせてください。", "%d of %d files are not the record that the server signed; keep them and tell the auditor", wrong, len(v.Files))
	}
	return nil
}

// pin is the pin that the files must be of; empty: any.
func (v *auditVerify) pin() (string, error) {
	if v.Key == "" {
		if b, err := hex.DecodeString(v.Pin); err != nil || len(b) != 0 && len(b) != 32 {
			return "", cli.Misused("--pin には、16進数64桁を指定してください。", "--pin: a pin has 64 hexadecimal digits")
		}
		return strings.ToLower(v.Pin), nil
	}
	text, err := readFile(v.Key)
	if err != nil {
		return "", err
	}
	key, err := audit.ParseKey(string(text))
	if err != nil {
		return "", fmt.Errorf("%s: %w", v.Key, err)
	}
	pin := (&audit.Report{Identity: key}).Pin()
	return hex.EncodeToString(pin[:]), nil
}

// checked is what a check of a file came to, as it is printed.
type checked struct {
	File  string `json:"file"`
	Sound bool   `json:"sound"`
	signed
	Held     int64        `json:"held"` // lines in the file
	Devices  int          `json:"devices"`
	Earlier  int          `json:"earlier"`  // checkpoints of before that the lines were held against
	Restored int          `json:"restored"` // of them, of lines that a restored server had lost
	Findings []found      `json:"findings"`
	More     int          `json:"more_findings"`
	Proven   []provenLine `json:"proven,omitempty"`
}

type found struct {
	Check string `json:"check"`
	GSN   int64  `json:"gsn,omitempty"`
	What  string `json:"what"`
}

type provenLine struct {
	GSN      int64  `json:"gsn"`
	Device   string `json:"device"`
	Seq      uint64 `json:"seq"`
	Verdict  string `json:"verdict"`
	Received string `json:"received"`

	at    app.Stamp
	short string
}

// maxProof is larger than any file of proofs, in bytes.
const maxProof = 8 << 20

// check verifies one file of either kind.
func check(path string, kept [][]byte) (*checked, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	var c *checked
	if magic, _ := in.Peek(len(audit.ProofMagic)); string(magic) == audit.ProofMagic {
		var b []byte
		if b, err = io.ReadAll(io.LimitReader(in, maxProof)); err == nil {
			c, err = verified(path, b)
		}
	} else {
		var r *audit.Report
		if r, err = audit.Verify(in, kept...); err == nil {
			c, err = checkedOf(path, r)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// verified verifies a file of proofs.
func verified(path string, b []byte) (*checked, error) {
	p, err := audit.DecodeProven(b)
	if err != nil {
		return nil, err
	}
	r, err := p.Verify()
	if err != nil {
		return nil, err
	}
	c, err := checkedOf(path, r)
	if err != nil {
		return nil, err
	}
	leaves, err := p.Leaves()
	for _, l := range leaves {
		c.Proven = append(c.Proven, provenLine{l.GSN, l.Device.String(), l.Seq, string(l.Verdict), l.Received.RFC3339(), l.Received, l.Device.Short()})
	}
	return c, err
}

func checkedOf(path string, r *audit.Report) (*checked, error) {
	c := &checked{File: path, Sound: r.Sound(), Held: r.Lines, Devices: r.Devices, Earlier: r.Earlier, Restored: r.Restored, More: r.More, Findings: []found{}}
	for _, f := range r.Findings {
		c.Findings = append(c.Findings, found{string(f.Check), f.GSN, f.What})
	}
	var err error
	c.signed, err = signedOf(&r.Checkpoint, r.Identity)
	return c, err
}

// against holds the key that signed against the pin that is trusted.
func (c *checked) against(pin string) {
	if pin != "" && c.Pin != pin {
		c.Sound = false
		c.Findings = append(c.Findings, found{Check: string(audit.CheckSignature), What: "another server signed it"})
	}
}

func (c *checked) print(s *session, asJSON bool) error {
	if asJSON {
		return printJSON(s.console.Out, c)
	}
	var b bytes.Buffer
	verdict := "is what the server signed"
	if !c.Sound {
		verdict = "IS NOT what the server signed"
	}
	fmt.Fprintf(&b, "%s: %s: %d lines of %d devices, under the checkpoint of %d lines of %s\n", c.File, verdict, c.Held, c.Devices, c.Lines, c.At)
	if c.Earlier > 0 {
		fmt.Fprintf(&b, "  held against %d checkpoints of before\n", c.Earlier)
	}
	if c.Restored > 0 {
		fmt.Fprintf(&b, "  %d of them are of lines that were lost when the server was restored\n", c.Restored)
	}
	for _, l := range c.Proven {
		fmt.Fprintf(&b, "  #%d: change %d of device %s (%s), %s, received %s\n", l.GSN, l.Seq, l.short, l.Device, l.Verdict, moment(l.at))
	}
	for _, f := range c.Findings {
		fmt.Fprintf(&b, "  %s\n", audit.Finding{Check: audit.Check(f.Check), GSN: f.GSN, What: f.What})
	}
	if c.More > 0 {
		fmt.Fprintf(&b, "  and %d more findings\n", c.More)
	}
	fmt.Fprintf(&b, "  signed by the key with pin %s\n", c.Pin)
	_, err := s.console.Out.Write(b.Bytes())
	return err
}
