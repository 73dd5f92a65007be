package register

import (
	"context"
	"io"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// links shows the records that point to the open one.
type links struct {
	kit.Surface
	desk *ui.Desk
	host ui.Host
	hits []ui.Hit
	open []*kit.Button
}

func newLinks(desk *ui.Desk, host ui.Host) *links {
	l := &links{desk: desk, host: host}
	l.Extend(l, desk.Look, l.paintLinks)
	return l
}

func (l *links) set(hits []ui.Hit) {
	l.hits, l.open = hits, nil
	for _, h := range hits {
		l.open = append(l.open, kit.NewButton(l.desk, kit.Linked, l.name(h), ui.Key{}, func() { l.host.Open(h.Ref) }))
	}
	l.Refresh()
}

// name is the number of a record, or what kind it is if it has none.
func (l *links) name(h ui.Hit) string {
	if h.Number == "" {
		return l.kind(h)
	}
	return h.Number
}

func (l *links) kind(h ui.Hit) string {
	if g := l.host.Records().Registers()[h.Ref.Kind]; g != nil {
		return l.desk.Words.Of(g.About().Label)
	}
	return ""
}

// title is the title of a record, or what kind it is if it has none.
func (l *links) title(h ui.Hit) string {
	if h.Title == "" && h.Number != "" {
		return l.kind(h)
	}
	return h.Title
}

// HeightFor is the height of all lines.
func (l *links) HeightFor(float32) float32 { return float32(max(len(l.hits), 1))*linkHigh + 20 }

// linkHigh is a link with the line below it.
const linkHigh = 28

func (l *links) paintLinks(p *kit.Pen, w, _ float32) {
	if len(l.hits) == 0 {
		p.Text(18, 10, w-36, 24, l.desk.Words.T(text.NoLinks), p.Sub())
		return
	}
	for i := range l.hits {
		y := 10 + float32(i)*linkHigh
		l.line(p, i, y, w)
		p.H(18, y+27, w-36)
	}
}

// line draws a link, its title and what is noted about it.
func (l *links) line(p *kit.Pen, i int, y, w float32) {
	h, n := l.hits[i], l.open[i].Need()
	p.Add(l.open[i], 16, y, n, 26)
	room := w - 18 - 24 - n
	if h.Note != "" {
		nw := min(p.Width(h.Note, p.Caption()), room/3)
		p.Text(w-18-nw, y, nw+1, 26, h.Note, p.Caption().R())
		room -= nw + 12
	}
	p.Text(16+n+8, y, room, 26, l.title(h), p.Body())
}

// formHost gives the form of a record its files and links.
type formHost struct {
	d  *detail
	of *kit.RecordModel
}

// Attach lets the person choose a file and stores it for the record.
func (f formHost) Attach(done func(app.Blob, error)) {
	host, rec := f.d.page.host, f.of.Record
	host.PickFile(func(name string, open func() (io.ReadCloser, error)) {
		var blob app.Blob
		task.Go(f.d.desk.Tasks, func(ctx context.Context) error {
			body, err := open()
			if err != nil {
				return err
			}
			defer body.Close()
			blob, err = host.Records().Attach(ctx, rec, name, body)
			return err
		}, func(err error) { done(blob, err) })
	})
}

// read opens an attachment of the record.
func (f formHost) read(ctx context.Context, b app.Blob) (io.ReadCloser, error) {
	return f.d.page.host.Records().OpenBlob(ctx, f.of.Record.Meta().Ref, b.ID)
}

// Keep saves an attachment where the person wants it.
func (f formHost) Keep(b app.Blob) {
	host, words := f.d.page.host, f.d.desk.Words
	host.SaveFile(b.Name, func(create func() (io.WriteCloser, error)) {
		task.Go(f.d.desk.Tasks, func(ctx context.Context) error { return f.copy(ctx, b, create) }, func(err error) {
			if err != nil {
				host.Say(kit.Late, words.Error(err))
				return
			}
			host.Say(kit.Good, words.T(text.FileSaved, b.Name))
		})
	})
}

func (f formHost) copy(ctx context.Context, b app.Blob, create func() (io.WriteCloser, error)) error {
	from, err := f.read(ctx, b)
	if err != nil {
		return err
	}
	defer from.Close()
	return SaveTo(create, from)
}

// SaveTo writes into the file that a person has chosen.
func SaveTo(create func() (io.WriteCloser, error), from io.Reader) error {
	to, err := create()
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	if closing := to.Close(); err == nil {
		err = closing
	}
	return err
}

// Pick lets the person choose a record, and learns its name before it is shown.
func (f formHost) Pick(kind app.Kind, chosen func(app.Ref)) {
	host := f.d.page.host
	host.PickRecord(kind, func(ref app.Ref) {
		task.Do(f.d.desk.Tasks, &f.d.naming, func(ctx context.Context) ([]ui.Hit, error) {
			return host.Records().Names(ctx, []app.Ref{ref})
		}, func(hits []ui.Hit, err error) {
			f.d.page.sayError(err)
			for _, h := range hits {
				f.d.names[h.Ref] = h
			}
			chosen(ref)
		})
	})
}

// Name is the number and title of a linked record; nothing while it is asked for.
func (f formHost) Name(ref app.Ref) string {
	h, told := f.d.names[ref]
	switch {
	case told && callOf(h) == "":
		return f.d.desk.Words.T(text.LinkNotHere)
	case h.Number == "":
		return h.Title
	}
	return h.Number + f.d.desk.Words.T(text.FactGap) + h.Title
}
