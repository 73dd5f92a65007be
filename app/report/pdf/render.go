package pdf

import (
	"fmt"
	"io"
	"slices"

	"daicho/app/civil"
	"daicho/app/report"

	"github.com/jung-kurt/gofpdf"
)

// render draws the pages of a layout. All of gofpdf is behind it and the marks.
func render(w io.Writer, p *Press, l *layout) error {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: l.sheet.w, Ht: l.sheet.h}})
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true) // else the order of objects differs from run to run
	f.SetProducer("Daicho", false)
	f.SetTitle(oneLine(l.plain(l.doc.Title)), true)
	made := l.doc.Made.In(civil.Tokyo)
	f.SetCreationDate(made)
	f.SetModificationDate(made)
	for _, face := range l.faces {
		// A clone, because gofpdf pads tables by writing behind them.
		f.AddUTF8FontFromBytes(face.name, "", slices.Clone(face.data))
	}
	for i, page := range l.pages {
		f.AddPage()
		f.SetFont(p.regular.name, "", bodySize)
		for _, m := range append(page, l.frame(i+1, len(l.pages))...) {
			m.draw(f)
		}
	}
	return f.Output(w)
}

// frame returns the header and footer of page n of all.
func (l *layout) frame(n, all int) []mark {
	var marks []mark
	if s := oneLine(l.plain(l.doc.Handling)); s != "" {
		marks = append(marks, l.handling(s)...)
	}
	foot := fmt.Sprintf("%d/%d", n, all)
	if s := oneLine(l.plain(l.doc.Number)); s != "" {
		foot = s + " · " + foot
	}
	f := l.regular(footSize).within(foot, l.width())
	x := l.sheet.left + (l.width()-f.width(foot))/2
	return append(marks, text{x, l.sheet.h - footHeight, foot, f, black})
}

// handling returns the boxed 取扱区分 at the top right.
func (l *layout) handling(s string) []mark {
	f := l.bold(noteSize).within(s, l.width()-4)
	w, h := f.width(s)+4, 6.0
	x, y := l.sheet.w-l.sheet.right-w, float64(headHeight)
	return append(box(x, y, w, h, thick),
		text{x + 2, baseline(y, h, f.size), s, f, black})
}

// sheetOf returns the size and margins of the pages. The binding margin (綴じ代) is
// at the left of either orientation.
func sheetOf(doc report.Document) sheet {
	w, h := 210.0, 297.0
	if doc.Paper == report.A3 {
		w, h = 297, 420
	}
	if doc.Landscape {
		w, h = h, w
	}
	return sheet{w: w, h: h, left: 25, right: 15, top: 20, bottom: 20}
}
