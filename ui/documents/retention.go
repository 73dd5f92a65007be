package documents

import (
	"context"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/retention"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// disposals is what is proposed for disposal, and what was disposed of.
func disposals() register.Config {
	return register.Config{
		Register: retention.Disposals, Title: "title", Sort: "expires",
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 104}},
			{Field: "paper_no", Column: kit.Column{Width: 132, Drop: 560}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "expires", Column: kit.Column{Kind: kit.MonoColumn, Width: 86}},
			{Field: "disposed", Column: kit.Column{Kind: kit.MonoColumn, Width: 86, Drop: 640}},
		},
		New:    app.Label{JA: "廃棄を提案する", EN: "Propose a disposal"},
		Empty:  app.Label{JA: "該当する廃棄の提案はありません。", EN: "There are no such disposals."},
		Mark:   disposalMark,
		Hidden: []string{"title", "state"},
		Fixed:  true,
		Bulk:   []string{"approve"},
		Commands: func(r app.Record) []string {
			if r.(*retention.Disposal).State == retention.Proposed {
				return []string{"approve", "decline", "withdraw"}
			}
			return []string{}
		},
		Papers: []register.Paper{{Label: app.Label{JA: "廃棄目録", EN: "List of what was disposed of"}, Of: disposed, Whole: true}},
	}
}

func disposalMark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: retention.Disposals.Show(r, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch r.(*retention.Disposal).State {
	case retention.Proposed:
		m.Glyph, m.Tone = "◎", kit.Info
	case retention.Done:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

// disposed is the list of all that was disposed of.
func disposed(ctx context.Context, records ui.Records, desk *ui.Desk, _ app.Record) (report.Document, error) {
	all, err := retention.LoadDone(ctx, records)
	if err != nil {
		return report.Document{}, err
	}
	names, err := ui.NamesOf(ctx, records, retention.People(all))
	if err != nil {
		return report.Document{}, err
	}
	return retention.List(all, desk.Now(), names), nil
}

// holds is what nobody may dispose of or erase.
func holds() register.Config {
	return register.Config{
		Register: retention.Holds, Title: "reason", Sort: "since", Desc: true,
		Columns: []register.Column{
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 104}},
			{Field: "about", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "reason", Column: kit.Column{Flex: true, Min: 120, Drop: 760}},
			{Field: "basis", Column: kit.Column{Width: 150, Drop: 560}},
			{Field: "since", Column: kit.Column{Kind: kit.MonoColumn, Width: 120, Drop: 640}},
			{Field: "released", Column: kit.Column{Kind: kit.MonoColumn, Width: 120}},
		},
		New:   app.Label{JA: "凍結する", EN: "Hold a record"},
		Empty: app.Label{JA: "凍結されている記録はありません。", EN: "Nothing is on hold."},
		Facts: func(r app.Record, lang app.Lang) string { return retention.Holds.Show(r, "basis", lang) },
		Fixed: true,
		Commands: func(r app.Record) []string {
			if r.(*retention.Hold).Released == 0 {
				return []string{"release"}
			}
			return []string{}
		},
	}
}
