package app_test

import (
	"bytes"
	"reflect"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
)

// sampleOutcome is one change of two records, the first of which it was about.
func sampleOutcome(t testing.TB, r *ring) (app.Outcome, []byte) {
	t.Helper()
	about, other := app.Ref{Kind: ticket.Kind, ID: app.ID{1}}, app.Ref{Kind: ticket.Kind, ID: app.ID{2}}
	title := []app.Cell{{Field: "title", Now: app.TextValue("極秘")}}
	o := app.Outcome{GSN: 7, Device: app.ID{9}, Seq: 3, Author: app.ID{8}, At: 5, Received: 6, Ref: about, Command: "close", Verdict: app.Accepted,
		Effects: []app.Effect{{Ref: about, Cells: title}, {Ref: other, Cells: title}}}
	b, err := o.Encode(modules.Book().Registers, &app.Sealer{Keys: r, Random: new(counting)})
	if err != nil {
		t.Fatal(err)
	}
	return o, b
}

// TestWithhold reads what each reader is told, with every key there is: what is
// withheld is not there, rather than sealed.
func TestWithhold(t *testing.T) {
	r := newRing()
	whole, b := sampleOutcome(t, r)
	first, second := whole.Effects[0], whole.Effects[1]
	gone := app.Effect{Ref: first.Ref, Gone: true}
	for name, c := range map[string]struct {
		sights []app.Sight
		about  app.Sight
		want   []app.Effect
		shown  []app.Ref
	}{
		"all of it":           {[]app.Sight{app.Seen, app.Seen}, app.Seen, whole.Effects, []app.Ref{first.Ref, second.Ref}},
		"the first":           {[]app.Sight{app.Seen, app.Hidden}, app.Seen, []app.Effect{first}, []app.Ref{first.Ref}},
		"the other":           {[]app.Sight{app.Hidden, app.Seen}, app.Hidden, []app.Effect{second}, []app.Ref{second.Ref}},
		"one that left":       {[]app.Sight{app.Lost, app.Hidden}, app.Hidden, []app.Effect{gone}, nil},
		"the verdict alone":   {[]app.Sight{app.Hidden, app.Hidden}, app.Seen, nil, nil},
		"a hidden one's name": {[]app.Sight{app.Seen, app.Seen}, app.Hidden, whole.Effects, []app.Ref{first.Ref, second.Ref}},
	} {
		t.Run(name, func(t *testing.T) {
			cut, shown, err := app.Withhold(b, c.sights, c.about)
			if err != nil {
				t.Fatal(err)
			}
			got, err := app.DecodeOutcome(cut, r)
			if err != nil {
				t.Fatal(err)
			}
			want := whole
			if want.Effects = c.want; c.about != app.Seen {
				want.Ref, want.Command = c.want[0].Ref, ""
			}
			if !reflect.DeepEqual(*got, want) || !reflect.DeepEqual(shown, c.shown) {
				t.Errorf("got  %+v %v\nwant %+v", *got, shown, want)
			}
			if c.sights[0] == app.Hidden && c.about != app.Seen && bytes.Contains(cut, whole.Ref.ID[:]) {
				t.Error("it names what is hidden")
			}
		})
	}
	if cut, _, err := app.Withhold(b, []app.Sight{app.Seen, app.Seen}, app.Seen); err != nil || !bytes.Equal(cut, b) {
		t.Errorf("all of it is written otherwise: %x, %v", cut, err)
	}
	for _, sights := range [][]app.Sight{nil, {app.Seen}, make([]app.Sight, 3)} {
		if _, _, err := app.Withhold(b, sights, app.Seen); !app.IsCode(err, app.Damaged) {
			t.Errorf("%d sights of two effects: %v", len(sights), err)
		}
	}
}

// TestGoneIsForEver keeps the encoding of an effect that takes a record away.
func TestGoneIsForEver(t *testing.T) {
	_, b := sampleOutcome(t, newRing())
	cut, _, err := app.Withhold(b, []app.Sight{app.Lost, app.Hidden}, app.Hidden)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "outcome_gone", cut)
}

// FuzzWithhold cuts whatever can be read as an outcome: what comes out can be
// read, and holds no effect that was hidden.
func FuzzWithhold(f *testing.F) {
	r := newRing()
	_, b := sampleOutcome(f, r)
	f.Add(b, byte(1), byte(2), byte(0))
	f.Add(b, byte(0), byte(2), byte(2))
	f.Fuzz(func(t *testing.T, p []byte, one, two, about byte) {
		before, err := app.DecodeOutcome(p, r)
		if err != nil {
			_, _, _ = app.Withhold(p, []app.Sight{app.Seen}, app.Seen)
			return
		}
		var sights []app.Sight
		left := 0
		for i := range before.Effects {
			s := app.Sight([]byte{one, two}[i%2] % 3)
			sights = append(sights, s)
			if s != app.Hidden {
				left++
			}
		}
		cut, shown, err := app.Withhold(p, sights, app.Sight(about%3))
		if err != nil {
			t.Fatal(err)
		}
		after, err := app.DecodeOutcome(cut, r)
		if err != nil {
			t.Fatal(err)
		}
		if len(after.Effects) != left || len(shown) > left {
			t.Fatalf("%d effects, %d shown, want %d", len(after.Effects), len(shown), left)
		}
	})
}
