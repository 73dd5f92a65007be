package carry

import (
	"context"
	"io"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// packing writes files for a stick.
type packing struct {
	page    *page
	folder  *kit.Entry
	choose  *kit.Button
	carrier *kit.Select
	all     *kit.Check
	act     *kit.Button
	slip    *kit.Button
	devices []ui.Device
	cargo   int
	packed  ui.Packed
	fault   string
	reading task.Slot
}

func newPacking(p *page) *packing {
	w := p.desk.Words
	f := &packing{page: p}
	f.folder = kit.NewEntry(p.desk)
	f.choose = kit.NewButton(p.desk, kit.Secondary, w.T(text.SelectVerb), ui.Key{}, func() { p.host.PickPath("", f.folder.SetText) })
	f.carrier = kit.NewSelect(p.desk, []string{w.T(text.NoCarrier)}, nil)
	f.carrier.Selected = w.T(text.NoCarrier)
	f.all = kit.NewCheck(p.desk, nil)
	f.act = kit.NewButton(p.desk, kit.Primary, w.T(text.PackIt), ui.Ctrl(fyne.KeyReturn), f.pack)
	f.slip = kit.NewButton(p.desk, kit.Secondary, w.T(text.SaveSlip), ui.Ctrl(fyne.KeyP), f.save)
	return f
}

func (f *packing) buttons() []*kit.Button {
	f.act.Enable(!f.page.work.busy())
	if len(f.packed.Print) > 0 {
		return []*kit.Button{f.act, f.slip}
	}
	return []*kit.Button{f.act}
}

func (f *packing) pane() fyne.Focusable { return f.folder }

func (f *packing) actions() []ui.Action {
	all := []ui.Action{{Label: text.PackIt.Label(), Icon: "upload", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: f.pack}}
	if len(f.packed.Print) > 0 {
		all = append(all, ui.Action{Label: text.SaveSlip.Label(), Icon: "file-text", Key: ui.Ctrl(fyne.KeyP), Do: f.save})
	}
	return all
}

// stock is what there is to be packed, and who may carry it.
type stock struct {
	devices []ui.Device
	cargo   int
}

func (f *packing) shown() {
	link := f.page.host.Link()
	task.Do(f.page.desk.Tasks, &f.reading, func(ctx context.Context) (s stock, err error) {
		if s.devices, err = link.Devices(ctx); err != nil {
			return s, err
		}
		cargo, err := link.Cargo(ctx)
		s.cargo = len(cargo)
		return s, err
	}, func(s stock, err error) {
		if err != nil {
			f.fault = f.page.desk.Words.Error(err)
		}
		f.devices, f.cargo = s.devices, s.cargo
		options := []string{f.page.desk.Words.T(text.NoCarrier)}
		for _, d := range s.devices {
			options = append(options, named(d))
		}
		f.carrier.SetOptions(options)
		f.page.Refresh()
	})
}

// named is a device in one line.
func named(d ui.Device) string {
	return strings.TrimSpace(strings.Join([]string{d.Short, d.Person, d.Name}, "  "))
}

func (f *packing) pack() {
	words := f.page.desk.Words
	folder := strings.TrimSpace(f.folder.Text)
	if folder == "" {
		f.say(words.T(text.FieldMissing, words.T(text.FolderField)))
		f.page.desk.Focus(f.folder)
		return
	}
	parcel := ui.Parcel{All: f.all.Checked}
	if i := f.carrier.SelectedIndex(); i > 0 {
		parcel.For = []app.ID{f.devices[i-1].ID}
	}
	f.packed, f.fault = ui.Packed{}, ""
	link := f.page.host.Link()
	run(&f.page.work, func(ctx context.Context, told func(ui.Work)) (ui.Packed, error) {
		return link.Pack(ctx, folder, parcel, told)
	}, f.done)
}

func (f *packing) done(packed ui.Packed, err error) {
	words := f.page.desk.Words
	if err != nil {
		f.say(words.Error(err))
		return
	}
	f.packed = packed
	f.page.host.Say(kit.Good, words.T(text.PackedNow))
}

func (f *packing) say(fault string) {
	f.fault = fault
	f.page.Refresh()
}

// save puts the slip where the person wants it, to be printed from there.
func (f *packing) save() {
	host, words, slip := f.page.host, f.page.desk.Words, f.packed
	host.SaveFile(slip.Slip, func(create func() (io.WriteCloser, error)) {
		task.Go(f.page.desk.Tasks, func(context.Context) error { return write(create, slip.Print) }, func(err error) {
			if err != nil {
				host.Say(kit.Late, words.Error(err))
				return
			}
			host.Say(kit.Good, words.T(text.FileSaved, slip.Slip))
		})
	})
}

func write(create func() (io.WriteCloser, error), b []byte) error {
	to, err := create()
	if err != nil {
		return err
	}
	_, err = to.Write(b)
	if closing := to.Close(); err == nil {
		err = closing
	}
	return err
}

func (f *packing) paint(d *kit.Pen, y, w, h float32) float32 {
	p, words := f.page, f.page.desk.Words
	w = min(w, readWide)
	y = d.Para(side, y, w-2*side, 20, words.T(text.PackSentence), d.Sub()) + 12
	waiting := p.host.Link().Status().Waiting
	d.Text(side, y, labelWide-12, 29, words.T(text.PackContent), d.Label())
	d.Text(side+labelWide, y, w-labelWide-2*side, 29, words.T(text.PackCounts, words.Count(waiting), words.Count(f.cargo)), d.Body())
	y = p.row(d, y+pitch, w, text.FolderField, f.folder, f.choose)
	y = p.row(d, y, w, text.CarrierField, f.carrier, nil)
	y = p.hint(d, y, w, text.CarrierHint)
	y = p.row(d, y, w, text.AllField, f.all, nil)
	y = p.hint(d, y, w, text.AllHint) + 8
	if f.fault != "" {
		y = p.said(d, y, w, f.fault)
	}
	for _, b := range f.packed.Bundles {
		if y+bundleHigh > h {
			break // the slip names them all
		}
		y = p.bundle(d, &b, y, w) + 10
	}
	return y
}
