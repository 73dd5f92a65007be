package main

import (
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"daicho/app/civil"
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
	press, err := pdf.New(assets.Font(assets.GothicRegular), assets.Font(assets.GothicBold))
	if err != nil {
		return err
	}
	return writeTo(console, path, func(w io.Writer) ([]report.Missing, error) { return press.Write(w, slip(all, to)) })
}

// slip is the 持出票: what is on the stick, for whom, and room for who took it.
func slip(all []bundle.Seen, to []string) report.Document {
	h := all[0].Header
	made := time.UnixMilli(int64(h.Created))
	var sum bundle.Counts
	files := report.Table{Title: "ファイル", Columns: []report.Column{{Title: "ファイル名", Weight: 2}, {Title: "変更", Right: true}, {Title: "添付", Right: true},
		{Title: "バイト数", Weight: 1.2, Right: true}, {Title: "SHA-256", Weight: 4}}}
	for _, b := range all {
		sum = sum.Plus(b.Header.Counts)
		files.Rows = append(files.Rows, []string{filepath.Base(b.Path), strconv.Itoa(b.Header.Counts.Changes), strconv.Itoa(b.Header.Counts.Blobs),
			strconv.FormatInt(b.Size, 10), grouped(hex.EncodeToString(b.Hash[:]))})
	}
	about := report.Sheet{Pairs: []report.Pair{
		{Label: "作成日時", Value: civil.Moment(made)}, {Label: "作成端末", Value: h.Maker()},
		{Label: "宛先", Value: strings.Join(to, "、"), Wide: true},
		{Label: "変更", Value: strconv.Itoa(sum.Changes) + "件"}, {Label: "添付ファイル", Value: strconv.Itoa(sum.Blobs) + "個"},
		{Label: "整理番号", Value: h.ID.String(), Wide: true},
	}}
	return report.Document{Title: "持出票", Number: h.ID.Short(), Handling: "取扱注意", Made: made, Blocks: []report.Block{
		report.Title{Text: "持出票（Daicho 持ち運び用ファイル）", At: made}, about, files,
		report.Paragraph{Text: "内容は宛先のサーバーと端末だけが開けます。受け取った人は「daichoctl bundle inspect」でSHA-256を照合し、取り込み後に媒体のファイルを消去してください。", Style: report.Small},
		receipts(),
	}}
}

// receipts is the 受領欄, filled in by hand.
func receipts() report.Table {
	return report.Table{Title: "受領欄", Columns: []report.Column{{Title: "区分"}, {Title: "日時", Weight: 2}, {Title: "所属", Weight: 2}, {Title: "氏名・署名", Weight: 2}},
		Rows: [][]string{{"持出"}, {"受領"}, {"取込"}, {"消去"}}}
}

// grouped is a hash in groups of eight, to be compared by eye.
func grouped(sum string) string {
	var groups []string
	for ; len(sum) > 8; sum = sum[8:] {
		groups = append(groups, sum[:8])
	}
	return strings.Join(append(groups, sum), " ")
}
