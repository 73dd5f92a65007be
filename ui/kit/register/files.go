package register

import (
	"cmp"
	"context"
	"errors"
	"image"
	"io"
	"slices"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// sight is what a preview shows of a file.
type sight struct {
	picture image.Image // nil: it is no picture
	pages   int         // of which the picture is the first; 0: it is no PDF
	content ui.Content
}

// previewPicture is the most bytes of a file that is tried as a picture.
const previewPicture = 32 << 20

// Show previews an attachment on a card, as it looks where that can be shown.
func (f formHost) Show(b app.Blob) {
	f.preview(b, func(ctx context.Context) (seen sight, err error) {
		if isPDF(b.Name) {
			// Of one that cannot be drawn the text says why.
			if sheet, none := f.d.page.host.Records().Page(ctx, b, 0, pageWidth); none == nil {
				return sight{picture: sheet.Picture, pages: sheet.Pages}, nil
			}
		} else if seen.picture, err = f.picture(ctx, b); err != nil || seen.picture != nil {
			return seen, err
		}
		return f.text(ctx, b)
	})
}

// preview shows what read gives, which may take some seconds.
func (f formHost) preview(b app.Blob, read func(context.Context) (sight, error)) {
	host := f.d.page.host
	host.Say(kit.Quiet, f.d.desk.Words.T(text.Loading))
	var seen sight
	task.Go(f.d.desk.Tasks, func(ctx context.Context) (err error) {
		seen, err = read(ctx)
		return err
	}, func(err error) {
		if err != nil {
			host.Say(kit.Late, f.d.desk.Words.Error(err))
			return
		}
		host.Say(kit.Quiet, "")
		f.card(b, seen)
	})
}

// text reads what is written in a file.
func (f formHost) text(ctx context.Context, b app.Blob) (seen sight, err error) {
	seen.content, err = f.d.page.host.Records().Content(ctx, f.of.Record.Meta().Ref, b)
	return seen, err
}

// picture reads the attachment as one; nil for what is none.
func (f formHost) picture(ctx context.Context, b app.Blob) (image.Image, error) {
	if b.Size > previewPicture {
		return nil, nil
	}
	body, err := f.read(ctx, b)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(body)
	return kit.PictureOf(data), errors.Join(err, body.Close())
}

// previewCard is the size of the card, in design pixels; a small window makes it smaller.
var previewCard = fyne.NewSize(860, 640)

func (f formHost) card(b app.Blob, seen sight) {
	desk, words := f.d.desk, f.d.desk.Words
	var shut func()
	leave := kit.NewButton(desk, kit.Primary, words.T(text.Close), ui.Plain(fyne.KeyEscape), func() { shut() })
	keep := kit.NewButton(desk, kit.Secondary, words.T(text.SaveFile), ui.Key{}, func() { f.Keep(b) })
	view := kit.NewPreview(desk, seen.picture, seen.content.Text, seen.content.Why)
	var q *kit.Question
	if seen.pages > 0 {
		p := &pages{f: f, b: b, view: view, count: seen.pages}
		next := kit.NewButton(desk, kit.Secondary, words.T(text.NextPage), ui.Plain(fyne.KeyPageDown), func() { p.turn(1) })
		previous := kit.NewButton(desk, kit.Secondary, words.T(text.PreviousPage), ui.Plain(fyne.KeyPageUp), func() { p.turn(-1) })
		written := kit.NewButton(desk, kit.Secondary, words.T(text.AsText), ui.Key{}, func() {
			shut()
			f.preview(b, func(ctx context.Context) (sight, error) { return f.text(ctx, b) })
		})
		q = kit.NewQuestion(desk, b.Name, p.place(), "", view, leave, next, previous, written, keep)
		p.card = q
		view.In(q.Body, p.turn)
	} else {
		q = kit.NewQuestion(desk, b.Name, text.Size(b.Size), "", view, leave, keep)
		view.In(q.Body, nil)
	}
	shut = f.d.page.host.Ask(q, previewCard)
	desk.Focus(view)
}

// OpenOutside opens an attachment in the system's program for it.
func (f formHost) OpenOutside(field string, b app.Blob) {
	ref, host, words := f.of.Record.Meta().Ref, f.d.page.host, f.d.desk.Words
	last, in := b, ref
	saved := func(at app.Ref, now app.Blob, err error) {
		f.d.desk.Tasks.Post(func() {
			switch {
			case err != nil:
				host.Say(kit.Late, words.Error(err))
			case at != in:
				in = at
				f.d.goOnIn(at, now)
			default:
				f.d.takeBack(in, field, last, now)
			}
			if err == nil {
				last = now
			}
		})
	}
	task.Go(f.d.desk.Tasks, func(ctx context.Context) error { return host.Records().OpenOutside(ctx, ref, field, b, saved) }, func(err error) {
		if err != nil {
			host.Say(kit.Late, words.Error(err))
			return
		}
		host.Say(kit.Quiet, words.T(text.OpenedOutside, b.Name))
	})
}

// goOnIn shows the draft of a new record that has what was saved outside of one that
// cannot be changed any more.
func (d *detail) goOnIn(ref app.Ref, now app.Blob) {
	g, records := d.page.cfg.Register, d.page.host.Records()
	task.Do(d.desk.Tasks, &task.Slot{}, func(ctx context.Context) (map[string][]byte, error) {
		return records.Recall(ctx, draftName(ref))
	}, func(kept map[string][]byte, err error) {
		if err != nil {
			d.page.host.Say(kit.Late, d.desk.Words.Error(err))
			return
		}
		if was, ok := readDraft(g, ref, kept[draftName(ref)]); ok {
			d.keep()
			d.drafts[ref] = was.draft
			d.resume(was.draft)
			d.page.host.Say(kit.Warn, d.desk.Words.T(text.WentOn, now.Name))
		}
	})
}

// takeBack puts what was saved outside in the place of an attachment, as if the person
// had typed it: it waits to be recorded, also where another record is open by now.
func (d *detail) takeBack(ref app.Ref, field string, was, now app.Blob) {
	if d.stands(ref) && d.model != nil {
		if err := d.model.SetFiles(field, exchanged(d.model.Files(field), was.ID, now)); err != nil {
			d.refused(err)
			return
		}
		d.form.Load()
		d.keepSoon()
		d.Refresh()
		d.page.host.Say(kit.Warn, d.desk.Words.T(text.CameBack, now.Name))
		return
	}
	d.takeAside(ref, field, was, now)
}

// takeAside does it in the draft of a record that is not open.
func (d *detail) takeAside(ref app.Ref, field string, was, now app.Blob) {
	g, records := d.page.cfg.Register, d.page.host.Records()
	draftOf, drafted := d.drafts[ref]
	task.Do(d.desk.Tasks, &task.Slot{}, func(ctx context.Context) (app.Record, error) {
		if drafted {
			return draftOf.record, nil
		}
		return records.Get(ctx, ref)
	}, func(r app.Record, err error) {
		if err == nil {
			err = g.Put(r, field, app.FilesValue(exchanged(g.Column(r, field).Blobs(), was.ID, now)))
		}
		if err != nil {
			d.page.host.Say(kit.Late, d.desk.Words.Error(err))
			return
		}
		d.keepAs(draft{r, draftOf.unread})
		d.page.host.Say(kit.Warn, d.desk.Words.T(text.CameBack, now.Name))
	})
}

// exchanged has one file in the place of another, or at the end if that is gone; once only.
func exchanged(list []app.Blob, was app.BlobID, now app.Blob) []app.Blob {
	list = slices.Clone(list)
	at := func(id app.BlobID) int { return slices.IndexFunc(list, func(b app.Blob) bool { return b.ID == id }) }
	if i := cmp.Or(at(now.ID)+1, at(was)+1) - 1; i >= 0 {
		list[i] = now
		return list
	}
	return append(list, now)
}
