package register

import (
	"slices"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/ui/kit/kittest"
	"daicho/ui/task"
)

// staff is a list of four people of three organisations; one has none.
func staff(t *testing.T) (r *kittest.Replica, l *List, step func() bool) {
	r = kittest.NewReplica(t, modules.Book())
	org := func(name string) string {
		return r.Add(t, people.OrganisationKind, "name="+name, "side=city").String()
	}
	tax, it, water := org("税務課"), org("情報課"), org("水道局")
	r.Add(t, app.PersonKind, "name=山田 徹", "kana=ヤマダ トオル", "organisation="+tax)
	r.Add(t, app.PersonKind, "name=中村 彩", "kana=ナカムラ アヤ")
	r.Add(t, app.PersonKind, "name=小林 誠", "kana=コバヤシ マコト", "organisation="+it)
	r.Add(t, app.PersonKind, "name=髙橋 直", "kana=タカハシ ナオ", "organisation="+water)
	d := kittest.Desk(t)
	d.Tasks, step = task.Stepped()
	l = NewList(d, r, &Config{Register: people.Persons, Title: "name", Sort: "kana", Columns: []Column{{Field: "name"}, {Field: "organisation"}}}, func() {})
	return r, l, step
}

// read shows every row of a list, once all has come.
func read(l *List, step func() bool) (rows []string) {
	for range 2 {
		rows = nil
		for row := range l.Len() {
			rows = append(rows, l.Cell(row, 0).Text+" "+l.Cell(row, 1).Text)
		}
		for step() {
		}
	}
	return rows
}

// TestListNamesWhatItsRecordsPointTo, as soon as it shows them.
func TestListNamesWhatItsRecordsPointTo(t *testing.T) {
	_, l, step := staff(t)
	l.Load()
	for step() {
	}
	if got := l.Cell(0, 1).Text; got != "情報課" {
		t.Errorf("the list comes with %q", got)
	}
	if got, want := read(l, step), []string{"小林 誠 情報課", "髙橋 直 水道局", "中村 彩 ", "山田 徹 税務課"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestListIsInOrderOfNames, and not of references; who has none stands at the end.
func TestListIsInOrderOfNames(t *testing.T) {
	for desc, want := range map[bool][]string{
		false: {"小林 誠 情報課", "髙橋 直 水道局", "山田 徹 税務課", "中村 彩 "},
		true:  {"山田 徹 税務課", "髙橋 直 水道局", "小林 誠 情報課", "中村 彩 "},
	} {
		_, l, step := staff(t)
		l.Sort(1, desc)
		for step() {
		}
		if got := read(l, step); !slices.Equal(got, want) {
			t.Errorf("descending %t: %q, want %q", desc, got, want)
		}
	}
}

// TestWordsAreFoundInWhatRecordsPointTo, beside those of the records themselves and
// in the same order.
func TestWordsAreFoundInWhatRecordsPointTo(t *testing.T) {
	for find, want := range map[string][]string{
		"情報課": {"小林 誠 情報課"}, "水": {"髙橋 直 水道局"}, "山田": {"山田 徹 税務課"}, "無い": nil,
	} {
		_, l, step := staff(t)
		l.Narrow(nil, find)
		for step() {
		}
		if got := read(l, step); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", find, got, want)
		}
	}
	r, l, step := staff(t)
	r.Add(t, app.PersonKind, "name=情報課 代表", "kana=ア")
	l.Narrow(nil, "情報課")
	for step() {
	}
	if got, want := read(l, step), []string{"情報課 代表 ", "小林 誠 情報課"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestALinkThatIsNotHereIsSaid: a record that the person may not read is not shown
// as none.
func TestALinkThatIsNotHereIsSaid(t *testing.T) {
	r, l, step := staff(t)
	ids, err := r.IDs(t.Context(), people.OrganisationKind, app.Query{Find: "情報課"})
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	r.Drop(app.Ref{Kind: people.OrganisationKind, ID: ids[0]})
	l.Load()
	for step() {
	}
	if got := read(l, step)[0]; got != "小林 誠 この端末になし" {
		t.Errorf("%q", got)
	}
}

// TestListFollowsWhatItNames: a new name of a linked record changes the list.
func TestListFollowsWhatItNames(t *testing.T) {
	r, l, _ := staff(t)
	p := New(kittest.NewHost(t, kittest.Desk(t), r), *l.cfg)
	kittest.Window(t, p.View(), 1100, 700)
	p.Shown()
	for find, name := range map[string]string{"情報課": "情報政策課", "税務課": "課税課"} {
		ids, err := r.IDs(t.Context(), people.OrganisationKind, app.Query{Find: find})
		if err != nil || len(ids) != 1 {
			t.Fatal(ids, err)
		}
		ref := app.Ref{Kind: people.OrganisationKind, ID: ids[0]}
		r.Edit(t, r.Load(ref), "name="+name)
		p.Changed([]app.Ref{ref})
	}
	if a, b := p.list.Cell(0, 1).Text, p.list.Cell(3, 1).Text; a != "情報政策課" || b != "課税課" {
		t.Errorf("the list shows %q and %q", a, b)
	}
}
