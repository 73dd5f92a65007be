package ui_test

import (
	"context"
	"testing"

	"daicho/app"
	"daicho/ui"
)

// directory is records that only know names.
type directory struct {
	ui.Records
	hits []ui.Hit
}

func (d directory) Names(context.Context, []app.Ref) ([]ui.Hit, error) { return d.hits, nil }

// TestPeopleAreCalledByName: by it a page knows who reads, so their official
// numbers stay out of it.
func TestPeopleAreCalledByName(t *testing.T) {
	person, record := app.Ref{Kind: app.PersonKind, ID: app.ID{1}}, app.Ref{Kind: "ticket", ID: app.ID{2}}
	names, err := ui.NamesOf(t.Context(), directory{hits: []ui.Hit{{Ref: person, Number: "P-00001", Title: "中村 彩"}, {Ref: record, Number: "2026-000056", Title: "端末が固まる"}}}, nil)
	if err != nil || names(person) != "中村 彩" || names(record) != "2026-000056 端末が固まる" {
		t.Errorf("%q, %q, %v", names(person), names(record), err)
	}
}
