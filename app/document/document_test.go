package document_test

import (
	"testing"

	"daicho/app"
	"daicho/app/document"
)

type rows struct{ doc app.Doc }

func (r rows) Row(app.Ref) (app.Doc, int64, error)         { return r.doc, 1, nil }
func (r rows) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }

// TestVersionIsThatOfTheLastRevision also holds when revisions are taken away.
func TestVersionIsThatOfTheLastRevision(t *testing.T) {
	book := app.Book{Registers: app.Collect([]app.Module{document.Module(nil)})}
	d := document.Register.Draft(app.ID{1})
	d.Title, d.Type = "運用計画書", document.Plan
	var r rows
	for _, want := range []string{"", "1.0", "1.1", "1.0"} {
		switch want {
		case "1.1":
			d.Revisions = append(d.Revisions, document.Line{Version: "1.1", Change: "連絡先の変更"})
		case "1.0":
			d.Revisions = []document.Line{{Version: "1.0", Change: "初版"}}
		}
		c := &app.Change{Ref: d.Ref, New: r.doc.IsEmpty(), Cells: document.Register.Diff(d)}
		dec, err := book.Decide(&app.Act{View: r}, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range dec.Effects {
			r.doc = r.doc.Patch(e.Cells)
		}
		if err = document.Register.Load(d, d.Ref, 1, r.doc); err != nil || d.Version != want {
			t.Errorf("version %q, want %q; %v", d.Version, want, err)
		}
	}
}
