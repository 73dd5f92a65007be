package register

import (
	"context"
	"os"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit/bring"
	"daicho/ui/text"
)

// Drop takes files that fall onto the open record, as its attachments, or onto the list,
// as new records.
func (p *Page) Drop(at fyne.Position, paths []string) bool {
	corner, size := p.desk.Place(p.detail), p.detail.Size()
	seen := p.alone || !p.narrow || p.inside
	on := seen && at.X >= corner.X && at.Y >= corner.Y && at.X < corner.X+size.Width && at.Y < corner.Y+size.Height
	switch _, takes := p.detail.filesField(); {
	case on && takes:
		p.detail.attach(paths)
	case p.cfg.Bring != nil && !p.alone:
		p.cfg.Bring(p.host, paths)
	default:
		return false
	}
	return true
}

// brings are the same by the keyboard: a file or a folder is chosen.
func (p *Page) brings() (all []ui.Action) {
	choose := func(word text.Key, ending string, do func(paths []string)) ui.Action {
		return ui.Action{Label: word.Label(), Icon: "file-text", Do: func() {
			p.host.PickPath(ending, func(path string) { do([]string{path}) })
		}}
	}
	if bring := p.cfg.Bring; bring != nil && !p.alone {
		do := func(paths []string) { bring(p.host, paths) }
		all = append(all, choose(text.BringFile, "*", do), choose(text.BringWhole, "", do))
	}
	if _, takes := p.detail.filesField(); takes {
		all = append(all, choose(text.AttachFolder, "", p.detail.attach))
	}
	return all
}

// filesField is the field of the open record that files go into: the first.
func (d *detail) filesField() (string, bool) {
	if d.model == nil || d.saving {
		return "", false
	}
	for _, s := range d.model.Specs() {
		if s.Type == app.TFiles && !s.ReadOnly {
			return s.Name, true
		}
	}
	return "", false
}

// attach attaches files to the open record. It stays open meanwhile, behind the card.
func (d *detail) attach(paths []string) {
	field, takes := d.filesField()
	if !takes {
		return
	}
	rec, records := d.model.Record, d.page.host.Records()
	var came []app.Blob
	bring.Ask(d.page.host, paths, bring.Offer{
		Title: text.BringAttach, Sentence: text.BringToRecord, Act: text.BringAttachAct, Done: text.BringAttached,
		Take: func(ctx context.Context, f bring.File, _ int) (bool, error) {
			body, err := os.Open(f.Path)
			if err != nil {
				return false, err
			}
			defer body.Close()
			b, err := records.Attach(ctx, rec, f.Name, body)
			if err == nil {
				came = append(came, b)
			}
			return false, err
		},
		Ended: func() { d.attached(rec.Meta().Ref, field, came) },
	})
}

// attached puts files into the record, as if the person had chosen them one by one.
func (d *detail) attached(ref app.Ref, field string, came []app.Blob) {
	if !d.stands(ref) || len(came) == 0 {
		return
	}
	list := d.model.Files(field)
	for _, b := range came {
		list = exchanged(list, b.ID, b)
	}
	if err := d.model.SetFiles(field, list); err != nil {
		d.refused(err)
		return
	}
	d.form.Load()
	d.keepSoon()
	d.Refresh()
}
