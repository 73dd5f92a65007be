package register

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"daicho/app"
	"daicho/app/report"
	"daicho/app/report/pdf"
	paper "daicho/app/report/register"
	"daicho/assets"
	"daicho/ui"
	"daicho/ui/task"
	"daicho/ui/text"
)

// press is the program's one press: it reads its fonts once.
var press = sync.OnceValues(func() (*pdf.Press, error) {
	return pdf.New(assets.PaperFonts())
})

// printed is a paper that was made.
type printed struct {
	file    string // name that it is offered under
	pages   []byte // PDF
	missing int    // characters that the font has not
}

func makePaper(doc report.Document, file string) (printed, error) {
	pages, missing, err := Pages(doc)
	return printed{file, pages, missing}, err
}

// Pages makes a PDF of a document, and says how many characters its font has not.
func Pages(doc report.Document) (pdf []byte, missing int, err error) {
	p, err := press()
	if err != nil {
		return nil, 0, err
	}
	var out bytes.Buffer
	lacking, err := p.Write(&out, doc)
	return out.Bytes(), len(lacking), err
}

// readAll reads the records of ids and the names of what they link to, step by
// step; one that is gone is left out.
func readAll(ctx context.Context, records ui.Records, g app.AnyRegister, ids []app.ID, work *task.Progress) (all []app.Record, names app.Names, err error) {
	named := map[app.Ref]string{}
	for at := 0; at < len(ids); at += pageRows {
		if err := work.Step(ctx, int64(at), int64(len(ids))); err != nil {
			return nil, nil, err
		}
		rows, err := records.Rows(ctx, g.About().Kind, ids[at:min(at+pageRows, len(ids))])
		if err != nil {
			return nil, nil, err
		}
		var links []app.Ref
		for _, r := range rows {
			if r != nil {
				all, links = append(all, r), append(links, listedLinks(g, r)...)
			}
		}
		known, err := ui.NamesOf(ctx, records, links)
		if err != nil {
			return nil, nil, err
		}
		for _, ref := range links {
			named[ref] = known(ref)
		}
	}
	return all, func(ref app.Ref) string { return named[ref] }, work.Step(ctx, int64(len(ids)), int64(len(ids)))
}

// listedLinks are the records that a row of a printed list points to.
func listedLinks(g app.AnyRegister, r app.Record) (refs []app.Ref) {
	for _, s := range paper.Listed(g) {
		if s.Type == app.TLink || s.Type == app.TLinks {
			refs = append(refs, g.Column(r, s.Name).Refs()...)
		}
	}
	return refs
}

// fileName leaves out what a system takes for a folder or refuses in a name.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, s)
}

// which says which records the list shows, in the language of the paper:
// 未完了　受付経路：電話　「帳票」.
func (p *Page) which() string {
	var parts []string
	words, first := text.New(app.JA), 0
	if len(p.lists) > 0 {
		parts, first = append(parts, words.Of(p.lists[p.filter.Chosen(0)].label)), 1
	}
	for i, s := range p.facets {
		if c := p.filter.Chosen(first + i); c >= 0 {
			parts = append(parts, words.T(text.FacetIs, words.Of(s.Label), words.Of(s.Choices[c].Label)))
		}
	}
	if p.find.Text != "" {
		parts = append(parts, words.T(text.PrintFound, p.find.Text))
	}
	if p.list.Len() >= app.MaxList {
		parts = append(parts, words.T(text.PrintFirst))
	}
	return strings.Join(parts, words.T(text.FactGap))
}
