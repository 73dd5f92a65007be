// Package rejects is the section where people decide about their own changes
// that the server did not take: to make them again, to copy what was entered, or
// to be done with them. Nothing leaves the list by itself.
package rejects

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
	"daicho/ui/task"
	"daicho/ui/text"
)

// Section is the entry of the navigation.
func Section() ui.Section {
	return ui.Section{
		ID: "rejects", Icon: "triangle-alert", Label: app.Label{JA: "差し戻し", EN: "Refused"}, Group: app.Label{JA: "同期", EN: "Sync"},
		Kinds: []app.Kind{app.DismissalKind},
		New:   func(h ui.Host) ui.Page { return newPage(h) },
		Count: func(ctx context.Context, r ui.Records) (int, error) {
			list, err := r.Rejected(ctx)
			return len(list), err
		},
	}
}

// The tabs of the page.
const (
	tabOpen = iota
	tabDone
)

// page is the list of changes with the one of the cursor, and behind a tab the
// register of those that were dismissed.
type page struct {
	kit.Surface
	host    ui.Host
	desk    *ui.Desk
	list    []*reject
	busy    bool
	tabs    *kit.Tabs
	table   *kit.Table
	detail  *detail
	body    *kit.Scroller
	done    *register.Page
	retry   *kit.Button
	dismiss *kit.Button
	copied  *kit.Button
	record  *kit.Button
	loading task.Slot
}

var keyDismiss = ui.Ctrl(fyne.KeyD)

func newPage(h ui.Host) *page {
	p := &page{host: h, desk: h.Desk()}
	w := p.desk.Words
	p.tabs = kit.NewTabs(p.desk, func(int) { p.turned() }, kit.Tab{Word: w.T(text.RejectsOpen), Count: -1}, kit.Tab{Word: w.T(text.RejectsDone), Count: -1})
	p.table = kit.NewTable(p.desk, p.columns(), p, -1, false)
	p.table.SetEmpty(w.T(text.Loading), "")
	p.table.OnSelect(func(app.Ref) { p.show() })
	p.table.OnOpen(func(app.Ref) { p.open() })
	p.detail = newDetail(p)
	p.body = kit.NewScroller(p.desk, p.detail)
	p.done = register.New(h, dismissed(h.Desk().Words.Lang()))
	p.retry = kit.NewButton(p.desk, kit.Primary, w.T(text.RetryIt), ui.Ctrl(fyne.KeyReturn), p.again)
	p.dismiss = kit.NewButton(p.desk, kit.Secondary, w.T(text.DismissIt), keyDismiss, p.giveUp)
	p.copied = kit.NewButton(p.desk, kit.Secondary, w.T(text.CopyWanted), ui.Key{}, p.copy)
	p.record = kit.NewButton(p.desk, kit.Secondary, w.T(text.OpenRecord), ui.Key{}, p.open)
	p.Extend(p, p.desk.Look, p.paintPage)
	return p
}

func (p *page) columns() []kit.Column {
	w := p.desk.Words
	return []kit.Column{
		{Title: w.T(text.StateColumn), Kind: kit.BadgeColumn, Width: 92},
		{Title: w.T(text.TimeColumn), Kind: kit.MonoColumn, Width: 124},
		{Title: w.T(text.RecordColumn), Kind: kit.MonoColumn, Width: 108},
		{Title: w.T(text.SubjectColumn), Flex: true, Min: 220},
		{Title: w.T(text.ActColumn), Width: 130, Drop: 640},
		{Title: w.T(text.ReasonColumn), Width: 330, Drop: 900},
	}
}

// dismissed is the page of the register of dismissals: people read there, each in
// one language, so what the server said is one field of one name.
func dismissed(lang app.Lang) register.Config {
	why, other := "why_ja", "why_en"
	if lang == app.EN {
		why, other = other, why
	}
	said, _ := app.SpecOf(app.Dismissals, "why_ja")
	return register.Config{
		Labels:   map[string]app.Label{"why_en": said.Label},
		Register: app.Dismissals, Title: why, Sort: "at", Desc: true, Hidden: []string{other, "device"},
		Columns: []register.Column{
			{Field: "said", Column: kit.Column{Width: 92}},
			{Field: "at", Column: kit.Column{Kind: kit.MonoColumn, Width: 130}},
			{Field: "about", Column: kit.Column{Width: 180, Drop: 560}},
			{Field: why, Column: kit.Column{Flex: true, Min: 140}},
			{Field: "reason", Column: kit.Column{Width: 160, Drop: 660}},
		},
		Empty: app.Label{JA: "取り下げた変更はありません。", EN: "No change was dismissed."},
	}
}

// View is what stands in the page area.
func (p *page) View() fyne.CanvasObject { return p }

// Shown reads the list anew that is in sight.
func (p *page) Shown() {
	p.load()
	p.turned()
}

// Changed reads the list anew: what sync brought may have been refused.
func (p *page) Changed(refs []app.Ref) {
	if !p.busy {
		p.load()
	}
	p.done.Changed(refs)
}

// Open shows a dismissal.
func (p *page) Open(ref app.Ref) {
	p.tabs.Choose(tabDone)
	p.done.Open(ref)
}

// Back goes from a dismissal to their list.
func (p *page) Back() bool { return p.tabs.At() == tabDone && p.done.Back() }

// Panes are the tabs and what stands below, for F6.
func (p *page) Panes() []fyne.Focusable {
	if p.tabs.At() == tabDone {
		return append(p.done.Panes(), p.tabs)
	}
	return []fyne.Focusable{p.table, p.tabs}
}

// turned shows the tab that was chosen, with the keyboard in it.
func (p *page) turned() {
	p.Refresh()
	if p.tabs.At() == tabDone {
		p.done.Shown()
	}
	p.desk.Focus(p.Panes()[0])
}

func (p *page) load() {
	records, lang := p.host.Records(), p.desk.Words.Lang()
	task.Do(p.desk.Tasks, &p.loading, func(ctx context.Context) ([]*reject, error) { return load(ctx, records, lang) },
		func(list []*reject, err error) {
			if err != nil {
				p.host.Say(kit.Late, p.desk.Words.Error(err))
				return
			}
			p.list = list
			p.tabs.Count(tabOpen, len(list))
			p.table.SetEmpty(p.desk.Words.T(text.NoRejects), p.desk.Words.T(text.NoRejectsHint))
			p.table.Reload()
			p.show()
		})
}

// now is the change of the cursor; nil if there is none.
func (p *page) now() *reject {
	if row := p.Row(p.table.Cursor()); row >= 0 {
		return p.list[row]
	}
	return nil
}

func (p *page) show() {
	p.body.Fit()
	p.detail.Refresh()
	p.Refresh()
}

// Actions are what can be done now.
func (p *page) Actions() []ui.Action {
	if p.tabs.At() == tabDone {
		return p.done.Actions()
	}
	if p.now() == nil {
		return nil
	}
	return []ui.Action{
		{Label: text.RetryIt.Label(), Icon: "refresh-cw", Key: ui.Ctrl(fyne.KeyReturn), Primary: true, Do: p.again},
		{Label: text.DismissIt.Label(), Icon: "x", Key: keyDismiss, Do: p.giveUp},
		{Label: text.CopyWanted.Label(), Icon: "clipboard-check", Do: p.copy},
		{Label: text.OpenRecord.Label(), Icon: "file-text", Do: p.open},
	}
}
