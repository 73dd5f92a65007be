package verbs

import (
	"context"
	"fmt"
	"strings"

	"daicho/cmd/cli"
	"daicho/store/durable"
	"daicho/sync/server"
)

type erasureVerb struct {
	List   erasureList   `cmd:"" help:"List what was erased: records by kind and id, never contents."`
	Status erasureStatus `cmd:"" help:"Show for each erasure which devices have not carried it out."`
	Export erasureExport `cmd:"" help:"Write the signed list that 'restore --erasures' reads; keep it apart from the backups."`
}

// erasureList lists what was erased.
type erasureList struct {
	data
	JSON bool `name:"json" help:"Print one JSON array."`
}

// shownErasure is an erasure as printed.
type shownErasure struct {
	GSN     int64    `json:"gsn"` // 0: from before the server was restored
	At      string   `json:"at"`
	Records []string `json:"records"`
	Waiting []string `json:"waiting"` // devices in use that have not carried it out, by their short names
	Shut    []string `json:"shut"`    // devices that were shut out before they said that they had
}

func shownErasures(all []server.ErasureStatus) []shownErasure {
	out := []shownErasure{}
	for _, e := range all {
		one := shownErasure{GSN: e.GSN, At: e.At.RFC3339(), Records: []string{}, Waiting: shortNames(e.Waiting), Shut: shortNames(e.Shut)}
		for _, ref := range e.Refs {
			one.Records = append(one.Records, ref.String())
		}
		out = append(out, one)
	}
	return out
}

func shortNames(devices []server.Device) []string {
	out := []string{}
	for _, d := range devices {
		out = append(out, d.ID.Short())
	}
	return out
}

// Run lists.
func (v *erasureList) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		all, err := s.ErasureStatus(ctx)
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(console, shownErasures(all))
		}
		for _, e := range shownErasures(all) {
			if _, err = fmt.Fprintf(console.Out, "%s line %d: %s\n", e.At, e.GSN, strings.Join(e.Records, " ")); err != nil {
				return err
			}
		}
		return nil
	})
}

// erasureStatus tells who has not heard.
type erasureStatus struct {
	data
	JSON bool `name:"json" help:"Print one JSON array."`
}

// Run tells.
func (v *erasureStatus) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		all, err := s.ErasureStatus(ctx)
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(console, shownErasures(all))
		}
		for _, e := range shownErasures(all) {
			_, err = fmt.Fprintf(console.Out, "%s line %d: %d records; waits for %s; shut out before: %s\n", e.At, e.GSN, len(e.Records), orNobody(e.Waiting), orNobody(e.Shut))
			if err != nil {
				return err
			}
		}
		_, err = fmt.Fprintln(console.Out, "Backups made before an erasure hold its keys until they are deleted: delete them within 30 days.")
		return err
	})
}

func orNobody(names []string) string {
	if len(names) == 0 {
		return "nobody"
	}
	return strings.Join(names, " ")
}

// erasureExport writes the list for a restoration.
type erasureExport struct {
	data
	To string `arg:"" placeholder:"FILE" help:"File to write; it is replaced."`
}

// Run writes.
func (v *erasureExport) Run(ctx context.Context, console *cli.Console) error {
	return v.with(ctx, console, func(s *server.Server) error {
		text, err := s.SignedErasures(ctx)
		if err != nil {
			return err
		}
		if err = durable.Replace(v.To, text); err != nil {
			return cli.Errorf("%v書き込めるフォルダーのファイルを指定してください。", "%v; name a file in a folder that can be written", err)
		}
		_, err = fmt.Fprintf(console.Out, "%s: keep it apart from the backups; 'restore --erasures' reads it\n", v.To)
		return err
	})
}
