package storetest

import (
	"slices"

	"daicho/app"
)

// Item is a record with one field of every sort that the store treats apart.
type Item struct {
	app.Head
	Title   string
	Count   int
	Due     app.Day
	State   State
	Body    string
	Tags    []string
	Partner app.Ref
	Next    app.Ref
	Files   []app.Blob
}

// State is where an item stands.
type State string

// The states of an item.
const (
	Idle    State = ""
	Started State = "started"
	Paired  State = "paired"
)

// Pair is the argument of the command that touches two items.
type Pair struct{ With app.Ref }

// ItemKind and PartKind are the kinds of [Book].
const (
	ItemKind app.Kind = "item"
	PartKind app.Kind = "part"
)

// itemFields describe an item; commands read other items by them.
var itemFields = app.Describe(ItemKind, "品目", "Items",
	app.Text("title", "名称", "Title", func(r *Item) *string { return &r.Title }).Must().Search().Index().Seal(),
	app.Int("count", "数", "Count", func(r *Item) *int { return &r.Count }).Range(0, 1_000_000).Index(),
	app.On("due", "期限", "Due", func(r *Item) *app.Day { return &r.Due }).Index(),
	app.One("state", "状態", "State", func(r *Item) *State { return &r.State },
		app.First(Idle, "idle", "未着手", "Idle"), app.Is(Started, "着手", "Started"), app.Is(Paired, "対", "Paired")).ByRule().Index(),
	app.Long("body", "内容", "Body", func(r *Item) *string { return &r.Body }).Search().Seal(),
	app.Tags("tags", "タグ", "Tags", func(r *Item) *[]string { return &r.Tags }),
	app.Link("partner", "相手", "Partner", ItemKind, func(r *Item) *app.Ref { return &r.Partner }).ByRule(),
	app.Link("next", "次", "Next", ItemKind, func(r *Item) *app.Ref { return &r.Next }),
	app.Files("files", "添付", "Files", func(r *Item) *[]app.Blob { return &r.Files }),
	app.Shown("double", "二倍", "Double", func(r *Item) int64 { return 2 * int64(r.Count) }).Index(),
).Zoned(zone)

// zone follows from a tag.
func zone(r *Item) app.Zone {
	switch {
	case slices.Contains(r.Tags, "赤"):
		return app.ZoneLGWAN
	case slices.Contains(r.Tags, "青"):
		return app.ZoneInternet
	}
	return ""
}

// Items is a register for tests: plain fields, sealed ones, links, files, a
// derived column, commands that touch one row, two rows, and a new one.
var Items = itemFields.Can(
	app.Do("start", "着手", "Start", start).Saw("state"),
	app.Do("pair", "対にする", "Pair", pair,
		app.Link("with", "相手", "With", ItemKind, func(p *Pair) *app.Ref { return &p.With }).Must()),
	app.Do("free", "対を解く", "Free", free),
	app.Do("spread", "広げる", "Spread", spread),
	app.Do("split", "分ける", "Split", split),
)

// Part belongs to an item.
type Part struct {
	app.Head
	Item app.Ref
	Name string
}

// Parts is a register of what belongs to items.
var Parts = app.Describe(PartKind, "部品", "Parts",
	app.Link("item", "品目", "Item", ItemKind, func(r *Part) *app.Ref { return &r.Item }).Must().Index(),
	app.Text("name", "名称", "Name", func(r *Part) *string { return &r.Name }).Search(),
).Within(func(r *Part) app.Ref { return r.Item })

// Book is a book of two small registers beside conflicts. Its tables are in
// [Tables].
func Book() app.Book {
	return app.Book{
		Registers: app.Collect([]app.Module{{Name: "storetest", Registers: []app.AnyRegister{app.Conflicts, app.Dismissals, Items, Parts}}}),
		Numbers:   map[app.Kind]app.NumberTemplate{ItemKind: "I-{FY}-{n:4}"},
	}
}

func start(_ *app.Act, r *Item, _ struct{}) error {
	if r.State != Idle {
		return app.Refuse(app.Stale, "state", "着手済みです。", "started already")
	}
	r.State = Started
	return nil
}

// pair links two items to each other.
func pair(a *app.Act, r *Item, p Pair) error {
	if p.With == r.Ref {
		return app.Refuse(app.Invalid, "with", "自分自身とは対にできません。", "an item cannot pair with itself")
	}
	taken := app.Refuse(app.Stale, "state", "既に対になっています。", "one of them is paired already")
	if r.State == Paired { // and the other is not looked at
		return taken
	}
	other, err := app.Get(a, itemFields, p.With)
	if err != nil {
		return err
	}
	if other.State == Paired {
		return taken
	}
	r.State, r.Partner = Paired, p.With
	other.State, other.Partner = Paired, r.Ref
	a.Save(other)
	return nil
}

// free parts a pair.
func free(a *app.Act, r *Item, _ struct{}) error {
	other, err := app.Get(a, itemFields, r.Partner)
	if err != nil {
		return err
	}
	r.State, r.Partner = Idle, app.Ref{}
	other.State, other.Partner = Idle, app.Ref{}
	a.Save(other)
	return nil
}

// spread starts an item and gives its count to the next one, if there is one:
// which rows it touches depends on the row.
func spread(a *app.Act, r *Item, _ struct{}) error {
	r.State = Started
	if r.Next.IsZero() || r.Next == r.Ref {
		return nil
	}
	next, err := app.Get(a, itemFields, r.Next)
	if err != nil {
		return err
	}
	next.Count = r.Count
	a.Save(next)
	return nil
}

// split makes a part.
func split(a *app.Act, r *Item, _ struct{}) error {
	p := Parts.Draft(a.NewID())
	p.Item, p.Name = r.Ref, "分割した部品"
	a.Save(p)
	return nil
}
