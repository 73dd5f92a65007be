package meeting

import (
	"cmp"
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/people"
)

// Office makes records of others from what was said.
type Office struct {
	// Enter makes a decision, an action or a request of its own.
	Enter func(*app.Act, *Meeting, *Item) (app.Ref, error)
	// Minute makes the document of the minutes, with their first draft.
	Minute func(a *app.Act, m *Meeting, text string) (app.Ref, error)
}

// Party is whose item it is: unless said, the contractor acts, and the city asks and
// decides.
func (i *Item) Party() Side {
	if i.Type == Action {
		return cmp.Or(i.Side, Contractor)
	}
	return cmp.Or(i.Side, City)
}

// Title is the first line of the item, short enough for lists.
func (i *Item) Title() string {
	const most = 40
	line, _, _ := strings.Cut(strings.TrimSpace(i.Text), "\n")
	if r := []rune(line); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return line
}

// enter makes records of all items that are to become one and have not.
func enter(office Office) func(*app.Act, *Meeting, struct{}) error {
	return func(a *app.Act, m *Meeting, _ struct{}) error {
		if m.State != Held {
			return errUnheld
		}
		all, err := itemsOf(a, m)
		if err != nil {
			return err
		}
		place := map[Type]int{}
		for _, i := range all {
			place[i.Type]++
			if i.Type == Note || !i.Record.IsZero() {
				continue
			}
			if err = i.ready(a, m, place[i.Type]); err != nil {
				return err
			}
			if i.Record, err = office.Enter(a, m, i); err != nil {
				return err
			}
			a.Save(i)
		}
		return nil
	}
}

// ready refuses an action that nobody has to do by any day, and a decision that the
// meeting could not take. It is the nth of its type: what it says is sealed, and a
// refusal is not.
func (i *Item) ready(a *app.Act, m *Meeting, n int) error {
	if i.Type == Action && (i.Due == 0 || i.Owner.IsZero() && i.Charge == "") {
		return app.Refuse(app.Invalid, "", fmt.Sprintf("%d番目の対応事項に、担当と期限を入力してください。", n),
			fmt.Sprintf("action %d needs an owner and a day", n))
	}
	if i.Type != Decision {
		return nil
	}
	b, err := app.Get(a, Bodies, m.Body)
	if err != nil {
		return err
	}
	switch here := m.Here(); {
	case b.Authority != Decides:
		return app.Refuse(app.Forbidden, "", fmt.Sprintf("「%s」に決定の権限はありません。%d番目の決定事項は、要望か要点として記録してください。", b.Name, n),
			fmt.Sprintf("%s may not decide; write down decision %d as a request or a note", b.Name, n))
	case here < b.Quorum:
		return app.Refuse(app.Forbidden, "present", fmt.Sprintf("定足数は%d人ですが、出席は%d人です。決定は登録できません。出席者を確認してください。", b.Quorum, here),
			fmt.Sprintf("%d came, the quorum is %d: nothing can be decided; look at who was present", here, b.Quorum))
	}
	return nil
}

// minutes makes records of what was said, and writes the minutes.
func minutes(office Office) func(*app.Act, *Meeting, struct{}) error {
	return func(a *app.Act, m *Meeting, in struct{}) error {
		if m.Stage != Unwritten {
			return errOnce
		}
		if err := enter(office)(a, m, in); err != nil {
			return err
		}
		text, err := m.text(a)
		if err != nil {
			return err
		}
		m.Stage = Draft
		m.Minutes, err = office.Minute(a, m, text)
		return err
	}
}

// text is the minutes in the order in which the city's ordinance names their parts.
func (m *Meeting) text(a *app.Act) (string, error) {
	all, err := itemsOf(a, m)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	line := func(name, text string) { fmt.Fprintf(&b, "- %s: %s\n", name, cmp.Or(text, "－")) }
	fmt.Fprintf(&b, "# %s\n\n", m.Title)
	line("日時", period(m.Begins, m.Ends))
	line("場所", m.Place)
	line("出席者（甲）", m.who(City, false))
	line("出席者（乙）", m.who(Contractor, false))
	line("出席者（その他）", m.who(Third, false))
	line("欠席", m.who("", true))
	papers, err := numbersOf(a, m.Papers)
	if err != nil {
		return "", err
	}
	line("配布資料", papers)
	fmt.Fprintf(&b, "\n## 議題\n\n%s\n", cmp.Or(strings.TrimSpace(m.Agenda), "－"))
	for _, part := range []struct {
		name string
		typ  Type
	}{{"内容（要点）", Note}, {"決定事項", Decision}, {"対応事項", Action}, {"要望", Request}} {
		if err = section(a, &b, part.name, part.typ, all); err != nil {
			return "", err
		}
	}
	if m.Next != 0 {
		fmt.Fprintf(&b, "\n## 次回\n\n%s\n", period(m.Next, 0))
	}
	return b.String(), nil
}

func section(a *app.Act, b *strings.Builder, name string, t Type, all []*Item) error {
	fmt.Fprintf(b, "\n## %s\n\n", name)
	n := 0
	for _, i := range all {
		if i.Type != t {
			continue
		}
		n++
		fmt.Fprintf(b, "%d. %s", n, strings.ReplaceAll(strings.TrimSpace(i.Text), "\n", "\n   "))
		if t == Action {
			who, err := i.doer(a)
			if err != nil {
				return err
			}
			fmt.Fprintf(b, "（担当: %s、期限: %s）", who, i.Due.Civil().WarekiWeekday())
		}
		b.WriteByte('\n')
	}
	if n == 0 {
		b.WriteString("該当なし\n")
	}
	return nil
}

// doer is what the owner of an action is called.
func (i *Item) doer(a *app.Act) (string, error) {
	if i.Owner.IsZero() {
		return i.Charge, nil
	}
	p, err := app.Get(a, people.Persons, i.Owner)
	if app.IsCode(err, app.NotFound) {
		return cmp.Or(i.Charge, "－"), nil
	}
	if err != nil {
		return "", err
	}
	return p.Name, nil
}

// who are those of a side who came, or all who did not.
func (m *Meeting) who(side Side, absent bool) string {
	var names []string
	for _, p := range m.Present {
		if p.Absent == absent && (absent || p.Side == side || side == Third && p.Side == "") {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, "、")
}

// numbersOf are the numbers of documents; one that is not here is passed over.
func numbersOf(a *app.Act, refs []app.Ref) (string, error) {
	var all []string
	for _, ref := range refs {
		_, r, err := a.Load(ref)
		switch {
		case app.IsCode(err, app.NotFound):
			continue
		case err != nil:
			return "", err
		}
		all = append(all, r.Meta().Number)
	}
	return strings.Join(all, "、"), nil
}

// period is when it was, as a municipal office writes it.
func period(from, to app.Stamp) string {
	if from == 0 {
		return ""
	}
	s := civil.Moment(from.Time())
	if to != 0 {
		s += "～" + civil.Clock(to.Time())
	}
	return s
}

// Came are those of a side who came.
func (m *Meeting) Came(side Side) string { return m.who(side, false) }

// Day is the day on which it began, in Tokyo.
func (m *Meeting) Day() app.Day { return day(m.Begins) }
