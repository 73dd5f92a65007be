package main

import (
	"context"
	"strings"

	"daicho/app"
	"daicho/store"
)

// searchVerb finds words in all registers.
type searchVerb struct {
	Words []string `arg:"" name:"word" help:"Words that a record must all hold."`
	Limit int      `default:"100" placeholder:"N" help:"At most so many records, the newest first."`
	JSON  bool     `name:"json" help:"Print one JSON array."`
}

// hit is one record found, as it is printed.
type hit struct {
	Kind    app.Kind `json:"kind"`
	ID      string   `json:"id"`
	Number  string   `json:"number"`
	Title   string   `json:"title"`
	File    string   `json:"file,omitempty"` // the attachment that holds the words
	Snippet string   `json:"snippet"`
}

// Run searches.
func (v *searchVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		found, err := r.Search(ctx, strings.Join(v.Words, " "), v.Limit)
		if err != nil {
			return err
		}
		if err := tellUnindexed(ctx, s, r); err != nil {
			return err
		}
		if v.JSON {
			hits := []hit{}
			for _, h := range found {
				hits = append(hits, hit{h.Ref.Kind, h.Ref.ID.String(), h.Number, h.Title, h.File, h.Snippet})
			}
			return printJSON(s.console.Out, hits)
		}
		t := table{}
		for _, h := range found {
			t.add(string(h.Ref.Kind), nameOf(h.Ref, h.Number), shortened(h.Title, most), shortened(placeAndLine(h), most))
		}
		return t.write(s.console.Out)
	})
}

// placeAndLine is the line of a hit, after the file that it stands in.
func placeAndLine(h store.Hit) string {
	if h.File == "" {
		return h.Snippet
	}
	return h.File + ": " + h.Snippet
}

// tellUnindexed says that records and attachments are here which no search finds yet.
func tellUnindexed(ctx context.Context, s *session, r *store.Replica) error {
	n, err := r.Unindexed(ctx)
	if err == nil && n > 0 {
		s.console.Note("daichoctl: 言葉で検索できない記録が%d件あります。「daichoctl sync」で検索できるようになります。", "daichoctl: %d records cannot be found by their words yet; 'daichoctl sync' makes them so", n)
	}
	if err == nil {
		n, err = r.UnreadCount(ctx)
	}
	if err == nil && n > 0 {
		s.console.Note("daichoctl: 言葉で検索できない添付ファイルが%d個あります。「daichoctl replica index」で読み取れます。", "daichoctl: %d attachments cannot be found by their words yet; 'daichoctl replica index' reads them", n)
	}
	return err
}

// nameOf is the number of a record, or its id where there is none.
func nameOf(ref app.Ref, number string) string {
	if number != "" {
		return number
	}
	return ref.ID.String()
}
