package meetings

import (
	"context"
	"strings"

	"daicho/app"
	"daicho/app/meeting"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// takingFace is where minutes are taken: a line is typed, Enter writes it down and the
// next can be typed.
var takingFace = register.Face{Label: app.Label{JA: "議事", EN: "What was said"}, New: newTaking, Kinds: []app.Kind{meeting.ItemKind}}

type taking struct {
	kit.Surface
	desk    *ui.Desk
	host    ui.Host
	entry   *kit.Entry
	meeting *meeting.Meeting
	items   []*meeting.Item
	names   app.Names
	open    map[app.Ref]*kit.Button
	wrong   string
	said    []said               // lines on their way, in order; the first is being saved
	left    map[app.Ref][]string // lines that wait for the field: left there, or refused
	kept    *kit.Kept            // keeps what stands in the field; nil: no meeting is open
}

func newTaking(h ui.Host, desk *ui.Desk) register.View {
	t := &taking{desk: desk, host: h, entry: kit.NewEntry(desk), open: map[app.Ref]*kit.Button{}, left: map[app.Ref][]string{}}
	t.entry.OnChanged = func(string) {
		if t.kept != nil {
			t.kept.Soon()
		}
	}
	t.entry.Name(desk.Words.Of(lineWord))
	t.entry.OnKey(t.key)
	t.Extend(t, desk.Look, func(p *kit.Pen, w, _ float32) { t.paint(p, w) })
	return t
}

var (
	lineWord   = app.Label{JA: "次の項目", EN: "Next item"}
	howTo      = app.Label{JA: "Enterで書き留めます。例 「決定：…」 「対応：… ＠担当 〆12/1」 「要望：…」 ほかは要点です。", EN: "Enter writes it down: “decision: …”, “action: … @owner #12/1”, “request: …”; all else is a note."}
	nothing    = app.Label{JA: "まだ何も書かれていません。", EN: "Nothing is written down yet."}
	minuted    = app.Label{JA: "議事録が作成されています。直すときは、議事録の版の本文を変更してください。", EN: "The minutes are written. To mend them, change the text of their revision."}
	openRecord = app.Label{JA: "登録先", EN: "Record"}
	openItem   = app.Label{JA: "変更", EN: "Change"}
	ownerWord  = app.Label{JA: "担当: ", EN: "Owner: "}
	dueWord    = app.Label{JA: "期限: ", EN: "Due: "}
)

func (t *taking) say(err error) {
	t.wrong = ""
	if err != nil {
		t.wrong = t.desk.Words.Error(err)
	}
	t.Refresh()
}

// Load is part of [register.View].
func (t *taking) Load(ctx context.Context, records ui.Records, r app.Record) (func(), error) {
	m := r.(*meeting.Meeting)
	items, err := app.Every(ctx, records, meeting.Items, app.Query{Where: []app.Cond{app.Where("meeting", "=", m.Ref.String())}, Sort: "at"})
	if err != nil {
		return nil, err
	}
	var owners []app.Ref
	for _, i := range items {
		if !i.Owner.IsZero() {
			owners = append(owners, i.Owner)
		}
	}
	names, err := ui.NamesOf(ctx, records, owners)
	return func() { t.show(m, items, names) }, err
}

func (t *taking) show(m *meeting.Meeting, items []*meeting.Item, names app.Names) {
	if t.meeting == nil || t.meeting.Ref != m.Ref {
		t.turn(m)
	}
	t.meeting, t.items, t.names, t.open = m, items, names, map[app.Ref]*kit.Button{}
	for _, i := range items {
		word, to := openItem, i.Ref
		if !i.Record.IsZero() {
			word, to = openRecord, i.Record
		}
		t.open[i.Ref] = kit.NewButton(t.desk, kit.Linked, t.desk.Words.Of(word), ui.Key{}, func() { t.host.Open(to) })
	}
	t.Refresh()
}

// HeightFor is part of [kit.Tall].
func (t *taking) HeightFor(w float32) float32 { return t.paint(kit.NewPen(t.desk.Look), w) }

// paint draws everything, and returns how high that is.
func (t *taking) paint(p *kit.Pen, w float32) float32 {
	x, in := float32(18), w-36
	y := t.head(p, x, 14, in)
	if len(t.items) == 0 {
		p.Text(x, y, in, 22, t.desk.Words.Of(nothing), p.Sub())
		y += 26
	}
	for _, i := range t.items {
		y = t.item(p, x, y, in, i)
	}
	return y + 16
}

// head is the field in which the next line is typed, while lines can be.
func (t *taking) head(p *kit.Pen, x, y, w float32) float32 {
	if t.meeting != nil && (t.meeting.Stage != meeting.Unwritten || t.meeting.State == meeting.Cancelled) {
		if t.meeting.State == meeting.Cancelled {
			return y
		}
		return p.Para(x, y, w, 20, t.desk.Words.Of(minuted), p.Sub()) + 10
	}
	p.Add(t.entry, x, y, w, 29)
	y += 33
	if t.wrong != "" {
		y = p.Para(x, y, w, 18, t.wrong, p.Caption().In(p.Late)) + 2
	}
	return p.Para(x, y, w, 18, t.desk.Words.Of(howTo), p.Caption()) + 10
}

func (t *taking) item(p *kit.Pen, x, y, w float32, i *meeting.Item) float32 {
	p.H(x, y, w)
	p.Badge(x, y+6, itemMark(i, t.desk.Words.Lang()))
	if b := t.open[i.Ref]; b != nil {
		p.Add(b, x+w-b.Need(), y+3, b.Need(), 24)
	}
	st := p.Body()
	if i.Struck {
		st = p.Sub()
	}
	y = p.Para(x+12, y+30, w-12, 20, i.Text, st)
	if more := t.more(i); more != "" {
		y = p.Para(x+12, y, w-12, 18, more, p.Caption())
	}
	return y + 6
}

// more is who does it, and by when.
func (t *taking) more(i *meeting.Item) string {
	var parts []string
	who := i.Charge
	if !i.Owner.IsZero() {
		who = t.names(i.Owner)
	}
	if who != "" {
		parts = append(parts, t.desk.Words.Of(ownerWord)+who)
	}
	if i.Due != 0 {
		parts = append(parts, t.desk.Words.Of(dueWord)+t.desk.Words.Day(i.Due, t.desk.Now()))
	}
	return strings.Join(parts, "　")
}
