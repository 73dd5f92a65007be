package main

import (
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"daicho/app/report"
	"daicho/app/report/pdf"
	"daicho/assets"
	"daicho/cmd/cli"
	"daicho/sync/bundle"

	"io"
)

// seenFile is a bundle as printed.
type seenFile struct {
	File     string   `json:"file"`
	Bundle   string   `json:"bundle"`
	Part     int      `json:"part"`
	Parts    int      `json:"parts"`
	Server   string   `json:"server"`
	Epoch    string   `json:"epoch"`
	From     string   `json:"from"`
	To       []string `json:"to"`
	Created  string   `json:"created"`
	Segments int      `json:"segments"`
	Changes  int      `json:"changes"`
	Files    int      `json:"files"`
	Bytes    int64    `json:"bytes"`
	SHA256   string   `json:"sha256"`
	Whole    bool     `json:"whole"`
}

func seenOf(b bundle.Seen) seenFile {
	h := b.Header
	out := seenFile{File: b.Path, Bundle: h.ID.String(), Part: h.Part, Parts: h.Parts, Server: hex.EncodeToString(h.Pin[:8]), Epoch: h.Epoch.String(), From: h.Maker(),
		Created: h.Created.RFC3339(), Segments: h.Counts.Segments, Changes: h.Counts.Changes, Files: h.Counts.Blobs, Bytes: b.Size, SHA256: hex.EncodeToString(b.Hash[:]), Whole: b.Whole}
	for _, to := range h.To {
		name := "server"
		if !to.Device.IsZero() {
			name = to.Device.Short()
		}
		out.To = append(out.To, name)
	}
	return out
}

func printSeen(s *session, all []bundle.Seen, asJSON bool) error {
	list := []seenFile{}
	for _, b := range all {
		list = append(list, seenOf(b))
	}
	if asJSON {
		return printJSON(s.console.Out, list)
	}
	for _, f := range list {
		state := "whole"
		if !f.Whole {
			state = "cut off"
		}
		fmt.Fprintf(s.console.Out, "%s: %s, part %d of %d of %s, from %s to %s, made %s, %d changes, %d files, %d bytes\n  sha256 %s\n",
			f.File, state, f.Part, f.Parts, f.Bundle, f.From, strings.Join(f.To, " and "), f.Created, f.Changes, f.Files, f.Bytes, f.SHA256)
	}
	return nil
}

// writeSlip prints what goes with the stick.
func writeSlip(console *cli.Console, path string, all []bundle.Seen, to []string) error {
	press, err := pdf.New(assets.PaperFonts())
	if err != nil {
		return err
	}
	return writeTo(console, path, func(w io.Writer) ([]report.Missing, error) { return press.Write(w, slip(all, to)) })
}

// slip is what it says.
func slip(all []bundle.Seen, to []string) report.Document {
	h := all[0].Header
	s := report.Slip{ID: h.ID.String(), Short: h.ID.Short(), Made: time.UnixMilli(int64(h.Created)), Maker: h.Maker(), To: to}
	for _, b := range all {
		s.Files = append(s.Files, report.SlipFile{Name: filepath.Base(b.Path), Changes: b.Header.Counts.Changes, Attached: b.Header.Counts.Blobs, Bytes: b.Size, SHA256: hex.EncodeToString(b.Hash[:])})
	}
	return s.Document()
}
