package terms_test

import (
	"testing"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/agreement"
	"daicho/app/modules/modulestest"
	"daicho/app/sla"
	"daicho/app/terms"
)

var head = app.ID{1}

// shelf is a transaction that keeps what is made in an office.
type shelf struct {
	*modulestest.Office
	n byte
}

func (s *shelf) Draft(app.Kind) (app.Record, error) {
	s.n++
	return terms.Topics.Draft(app.ID{100, s.n}), nil
}
func (s *shelf) Save(r app.Record) error { return s.Office.Save(head, r) }

func newLedger(t *testing.T) *modulestest.Office {
	t.Helper()
	o := modulestest.New(t)
	o.Employ(head, access.CityApprover)
	made, err := terms.Preload(&shelf{Office: o}, nil)
	if o.OK(err); made != 19 {
		t.Fatalf("%d questions", made)
	}
	return o
}

// item is a question by its number.
func item(o *modulestest.Office, n byte) *terms.Topic {
	o.Helper()
	return modulestest.Load(o, terms.Topics, app.Ref{Kind: terms.TopicKind, ID: app.ID{100, n}})
}

func agreed(o *modulestest.Office, id byte, typ agreement.Type, letter string) app.Ref {
	o.Helper()
	r := agreement.Register.Draft(app.ID{200, id})
	r.Title, r.Type, r.Raised, r.Content, r.Letter = "稼働率の算定", typ, agreement.City, "別紙のとおり。", letter
	o.OK(o.Save(head, r))
	return r.Ref
}

// ledger is what the engine is given.
func ledger(o *modulestest.Office) (l sla.Ledger) {
	o.Helper()
	for ref := range o.Rows {
		if ref.Kind != terms.ReadingKind {
			continue
		}
		if r := modulestest.Load(o, terms.Readings, ref); r.Question != "" {
			l = append(l, sla.Reading{Question: r.Question, Choice: r.Choice, From: r.From.Civil(), Agreement: r.Agreement})
		}
	}
	o.OK(l.Check())
	return l
}

// The questions are there once each, in their order, and the engine's first choice is
// what holds by default.
func TestNineteenQuestions(t *testing.T) {
	o := newLedger(t)
	var there []*terms.Topic
	engines := map[sla.Question]bool{}
	for n := range byte(19) {
		q := item(o, n+1)
		if w, agreed := q.Now(); q.Item != int(n)+1 || agreed || w != q.Ways[0] {
			t.Errorf("%+v", q)
		}
		if q.Engine != "" {
			engines[q.Engine] = true
			if def := (sla.Ledger{}).In(q.Engine, o.Now); string(def.Choice) != q.Ways[0].Key {
				t.Errorf("%s: %s holds by default, the ledger says %s", q.Engine, def.Choice, q.Ways[0].Key)
			}
		}
		there = append(there, q)
	}
	if len(engines) != 5 {
		t.Errorf("the engine has %d of its 5 questions", len(engines))
	}
	if made, err := terms.Preload(&shelf{Office: o}, there); made != 0 || err != nil {
		t.Errorf("%d made again, %v", made, err)
	}
	if made, err := terms.Preload(&shelf{Office: o, n: 50}, there[:18]); made != 1 || err != nil {
		t.Errorf("%d made of one that was missing, %v", made, err)
	}
}

// A reading rests on an agreement, counts from its own day, and leaves what was judged
// by the one before it.
func TestAReadingCountsFromItsDay(t *testing.T) {
	o := newLedger(t)
	ref := item(o, 3).Ref
	first, second, talk := agreed(o, 1, agreement.Agreed, "8葉情第41号"), agreed(o, 2, agreement.Agreed, ""), agreed(o, 3, agreement.Consultation, "8葉情第42号")
	o.Is(o.Do(head, ref, "adopt", "choice=with_intake", "from=2026-12-01", "agreement="+talk.String()), app.Invalid, "合意ではありません")
	o.Is(o.Do(head, ref, "adopt", "choice=rolled", "from=2026-12-01", "agreement="+first.String()), app.Invalid, "その記号の解釈はありません")
	o.Is(o.Do(head, ref, "adopt", "choice=with_intake", "from=2026-12-01"), app.Invalid, "合意")
	o.OK(o.Do(head, ref, "adopt", "choice=with_intake", "from=2026-12-01", "agreement="+first.String()))
	o.Is(o.Do(head, ref, "adopt", "choice=staffed", "from=2026-12-01", "agreement="+second.String()), app.Invalid, "後の日")
	o.OK(o.Do(head, ref, "adopt", "choice=staffed", "from=2027-04-01", "agreement="+second.String()))
	q := item(o, 3)
	if w, ok := q.Now(); !ok || w.Key != "staffed" || q.From != day(2027, 4, 1) || q.Agreement != "A2026-0002" {
		t.Errorf("%+v", q)
	}
	q.Question = "別の論点"
	o.Is(o.Save(head, q), app.Forbidden, "新しい論点")
	l := ledger(o)
	for on, want := range map[app.Day]sla.Reading{
		day(2026, 11, 30): {Choice: sla.Staffed},
		day(2026, 12, 1):  {Choice: sla.WithIntake, Agreement: "8葉情第41号"},
		day(2027, 3, 31):  {Choice: sla.WithIntake, Agreement: "8葉情第41号"},
		day(2027, 4, 1):   {Choice: sla.Staffed, Agreement: "A2026-0002"},
	} {
		if got := l.In(sla.UptimeBy, on.Civil().Start()); got.Choice != want.Choice || got.Agreement != want.Agreement {
			t.Errorf("on %s: %+v, want %+v", on, got, want)
		}
	}
}

// What people alone go by has its reading as well, and none for the engine.
func TestAReadingOfPeople(t *testing.T) {
	o := newLedger(t)
	ref := item(o, 1).Ref
	o.OK(o.Do(head, ref, "adopt", "choice=no", "from=2026-12-01", "agreement="+agreed(o, 1, agreement.Agreed, "8葉情第41号").String()))
	if q := item(o, 1); q.Choice != "no" || len(ledger(o)) != 0 {
		t.Errorf("%+v", q)
	}
	refs, err := o.Linked(ref, terms.ReadingKind)
	if err != nil || len(refs) != 1 || modulestest.Load(o, terms.Readings, refs[0]).Way != "no" {
		t.Errorf("%d readings, %v", len(refs), err)
	}
}

// A reading that is entered for the engine by a document's number stands in its topic.
func TestAReadingByADocumentsNumber(t *testing.T) {
	o := newLedger(t)
	enter := func(id byte, from app.Day) error {
		r := terms.Readings.Draft(app.ID{150, id})
		r.Question, r.Choice, r.From, r.Agreement = sla.FirstLineBy, sla.HandedOver, from, "甲情第15号"
		return o.Save(head, r)
	}
	o.OK(enter(1, day(2026, 11, 1)))
	if q := item(o, 4); q.Choice != string(sla.HandedOver) || q.From != day(2026, 11, 1) || q.Agreement != "甲情第15号" {
		t.Errorf("%+v", q)
	}
	o.Is(enter(2, day(2026, 11, 1)), app.Invalid, "後の日")
	none := terms.Readings.Draft(app.ID{151})
	none.From, none.Agreement = day(2026, 11, 1), "甲情第15号"
	o.Is(o.Save(head, none), app.Invalid, "選択肢")
}

// People's own questions bind no engine, and what no engine knows is refused.
func TestTopicsThatCannotBe(t *testing.T) {
	for word, change := range map[string]func(*terms.Topic){
		"二つ以上":    func(q *terms.Topic) { q.Ways = q.Ways[:1] },
		"異なる記号":   func(q *terms.Topic) { q.Ways[1].Key = q.Ways[0].Key },
		"設定できません": func(q *terms.Topic) { q.Engine = sla.ReportWhen },
		"既に登録されて": func(q *terms.Topic) {
			q.Engine, q.Ways = sla.UptimeBy, []terms.Way{{Key: "staffed", Text: "a"}, {Key: "with_intake", Text: "b"}}
		},
	} {
		o := newLedger(t)
		q := terms.Topics.Draft(app.ID{101})
		q.Clause, q.Question, q.Ways = "3.1.4", "休日の扱い", []terms.Way{{Key: "a", Text: "含む"}, {Key: "b", Text: "含まない"}}
		change(q)
		o.Is(o.Save(head, q), app.Invalid, word)
	}
}
