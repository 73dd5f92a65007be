package verbs

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/sync/bundle"
	"daicho/sync/server"
)

// bundleVerb is about files that carry changes where no network does.
type bundleVerb struct {
	Import  bundleImport  `cmd:"" help:"Take in files of devices, also while the server runs."`
	Export  bundleExport  `cmd:"" help:"Write for one device what a sync would bring it."`
	Inspect bundleInspect `cmd:"" help:"Say what files are, without opening them."`
}

type bundleImport struct {
	data
	Files  []string `arg:"" name:"file" placeholder:"FILE" help:"Files, in any order; each any number of times."`
	Answer string   `placeholder:"FILE" help:"Write the answer to the last of them into a new file, for the way back."`
	JSON   bool     `name:"json" help:"Print one JSON array."`
}

// receipt is what was taken of one file.
type receipt struct {
	File     string   `json:"file"`
	From     string   `json:"from"`
	Bundle   string   `json:"bundle"`
	Changes  int      `json:"changes"`
	Files    int      `json:"files"`
	Waiting  int      `json:"waiting"`
	Later    int      `json:"files_later"`
	Marks    []string `json:"acknowledged"`
	Refusals []string `json:"refused"`
}

// Run imports each file; one that is no good does not keep the others out.
func (v *bundleImport) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		var last *server.Receipt
		var heads []bundle.Header
		var failed error
		list := []receipt{}
		for _, path := range v.Files {
			r, err := importBundle(ctx, s, path)
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", path, err))
			}
			if r != nil {
				last, heads, list = r, append(heads, r.Header), append(list, receiptOf(path, r))
			}
		}
		err := v.print(console, list, heads)
		if err == nil && v.Answer != "" && last != nil {
			_, err = writeBundle(v.Answer, func(w io.Writer) (bundle.Header, error) { return s.AnswerBundle(ctx, last, w) })
		}
		return errors.Join(err, failed)
	})
}

func importBundle(ctx context.Context, s *server.Server, path string) (*server.Receipt, error) {
	f, err := bundle.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return s.ImportBundle(ctx, f)
}

func receiptOf(path string, r *server.Receipt) receipt {
	out := receipt{File: path, From: r.Header.Maker(), Bundle: r.Header.ID.String(), Changes: r.Taken.Changes, Files: r.Taken.Blobs, Waiting: r.Waiting, Later: r.Later, Marks: []string{}, Refusals: []string{}}
	for _, m := range r.Answer.Watermarks {
		out.Marks = append(out.Marks, fmt.Sprintf("%s: %d", m.Device.Short(), m.Seq))
	}
	for _, n := range r.Answer.Refused {
		out.Refusals = append(out.Refusals, fmt.Sprintf("%s: %s", n.Device.Short(), app.ErrorOf(n.Problem.Err()).Say.EN))
	}
	return out
}

func (v *bundleImport) print(console *cli.Console, list []receipt, heads []bundle.Header) error {
	if v.JSON {
		return printJSON(console, list)
	}
	for _, r := range list {
		fmt.Fprintf(console.Out, "%s: from device %s, bundle %s: took %d changes and %d files\n", r.File, r.From, r.Bundle, r.Changes, r.Files)
		for _, m := range r.Marks {
			fmt.Fprintf(console.Out, "  acknowledged of device %s\n", m)
		}
		for _, m := range r.Refusals {
			fmt.Fprintf(console.Out, "  refused of device %s\n", m)
		}
		if r.Waiting+r.Later > 0 {
			fmt.Fprintf(console.Out, "  %d changes and %d files wait for earlier ones; import this again after those\n", r.Waiting, r.Later)
		}
	}
	if n := bundle.MissingParts(heads); len(n) > 0 {
		fmt.Fprintf(console.Out, "still missing of this export: part %s of %d\n", strings.Trim(fmt.Sprint(n), "[]"), heads[0].Parts)
	}
	return nil
}

type bundleExport struct {
	data
	File  string `arg:"" placeholder:"FILE" help:"A new file; its name ends in .daicho."`
	For   string `required:"" placeholder:"DEVICE" help:"Id of the device, as the list of devices shows it."`
	After int64  `placeholder:"N" help:"Leave out what the device has: the order up to this number."`
	JSON  bool   `name:"json" help:"Print one JSON object."`
}

// Run exports.
func (v *bundleExport) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		id, err := deviceBy(ctx, s, v.For)
		if err != nil {
			return err
		}
		seen, err := writeBundle(v.File, func(w io.Writer) (bundle.Header, error) { return s.ExportBundle(ctx, id, v.After, w) })
		if err != nil {
			return fmt.Errorf("%s: %w", v.File, err)
		}
		return printSeen(console, []bundle.Seen{seen}, v.JSON)
	})
}

// deviceBy finds a device by its id or short id.
func deviceBy(ctx context.Context, s *server.Server, name string) (app.ID, error) {
	all, err := s.Devices(ctx)
	for _, d := range all {
		if d.ID.String() == name || d.ID.Short() == name {
			return d.ID, err
		}
	}
	return app.ID{}, errors.Join(err, cli.Errorf("--for %s: この端末は登録されていません。「daicho-server device list」で確かめてください。", "--for %s: no such device is enrolled; see 'daicho-server device list'", name))
}

// writeBundle writes one file; of one that fails nothing is left.
func writeBundle(path string, fill func(io.Writer) (bundle.Header, error)) (bundle.Seen, error) {
	f, err := bundle.Create(path)
	if err != nil {
		return bundle.Seen{}, err
	}
	h, err := fill(f)
	if err != nil {
		f.Drop()
		return bundle.Seen{}, err
	}
	if err = f.Close(); err != nil {
		return bundle.Seen{}, err
	}
	return f.Seen(h), nil
}

type bundleInspect struct {
	Files []string `arg:"" name:"file" placeholder:"FILE" help:"Files to look at."`
	JSON  bool     `name:"json" help:"Print one JSON array."`
}

// Run looks at files.
func (v *bundleInspect) Run(console *cli.Console) error {
	var all []bundle.Seen
	for _, path := range v.Files {
		seen, err := bundle.Look(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, seen)
	}
	return printSeen(console, all, v.JSON)
}

// seenFile is a bundle as printed.
type seenFile struct {
	File    string `json:"file"`
	Bundle  string `json:"bundle"`
	Part    int    `json:"part"`
	Parts   int    `json:"parts"`
	From    string `json:"from"`
	Created string `json:"created"`
	Changes int    `json:"changes"`
	Files   int    `json:"files"`
	Bytes   int64  `json:"bytes"`
	SHA256  string `json:"sha256"`
	Whole   bool   `json:"whole"`
}

func printSeen(console *cli.Console, all []bundle.Seen, asJSON bool) error {
	list := []seenFile{}
	for _, b := range all {
		h := b.Header
		list = append(list, seenFile{b.Path, h.ID.String(), h.Part, h.Parts, h.Maker(), h.Created.RFC3339(), h.Counts.Changes, h.Counts.Blobs, b.Size, hex.EncodeToString(b.Hash[:]), b.Whole})
	}
	if asJSON {
		return printJSON(console, list)
	}
	for _, f := range list {
		state := "whole"
		if !f.Whole {
			state = "cut off"
		}
		fmt.Fprintf(console.Out, "%s: %s, part %d of %d of %s, from %s, made %s, %d changes, %d files, %d bytes\n  sha256 %s\n",
			f.File, state, f.Part, f.Parts, f.Bundle, f.From, f.Created, f.Changes, f.Files, f.Bytes, f.SHA256)
	}
	return nil
}
