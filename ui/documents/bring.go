package documents

import (
	"context"
	"os"

	"daicho/app"
	"daicho/app/document"
	"daicho/ui"
	"daicho/ui/kit/bring"
	"daicho/ui/text"
)

// fromFiles makes a document of each file; what sort of documents they are is asked once.
func fromFiles(host ui.Host, paths []string) {
	spec, _ := app.SpecOf(document.Register, "type")
	var kinds []app.Label
	for _, c := range spec.Choices {
		kinds = append(kinds, c.Label)
	}
	records, today := host.Records(), host.Desk().Today()
	bring.Ask(host, paths, bring.Offer{
		Title: text.BringDocuments, Sentence: text.BringSentence, Act: text.BringRegister, Done: text.BringRegistered, Kind: spec.Label, Kinds: kinds,
		Take: func(ctx context.Context, f bring.File, kind int) (before bool, err error) {
			body, err := os.Open(f.Path)
			if err != nil {
				return false, err
			}
			defer body.Close()
			_, before, err = document.Take(ctx, records, f.Name, body, func(d *document.Document) error {
				d.Type, d.Received = document.Type(spec.Choices[kind].Value), today
				return nil
			})
			return before, err
		},
	})
}
