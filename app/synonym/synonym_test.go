package synonym

import (
	"slices"
	"strings"
	"testing"

	"daicho/app"
)

// TestStandard: each line has a name of its own, two words and none twice, as a record
// of it would be written.
func TestStandard(t *testing.T) {
	names := map[string]bool{}
	for _, line := range standard {
		words := apart(line)
		if len(words) < 2 || strings.Join(words, " ") != line || names[words[0]] {
			t.Errorf("%q", line)
		}
		names[words[0]] = true
	}
}

func TestWritten(t *testing.T) {
	for in, want := range map[string]string{
		"  端末　PC、業務機,PC ": "端末 PC 業務機", "紙 用紙": "紙 用紙", standard[0]: standard[0],
	} {
		s := Register.Draft(app.ID{1})
		s.Words = in
		if err := written(nil, Register.Draft(app.ID{1}), s); err != nil || s.Words != want || (s.Standard != "") != (in == standard[0]) {
			t.Errorf("%q: %+v (%v)", in, s, err)
		}
	}
	for _, in := range []string{"", "PC", "PC PC", " 、　"} {
		if err := written(nil, Register.Draft(app.ID{1}), &Synonym{Words: in}); err != errOne {
			t.Errorf("%q: %v", in, err)
		}
	}
}

// TestTable: a record adds words, or stands for a line of the product's table: changed,
// or put out of use.
func TestTable(t *testing.T) {
	if got := (tableOf(nil)).Others("複合機が動かない"); !slices.Contains(got, "プリンター") || slices.Contains(got, "複合機") {
		t.Errorf("by the product's table: %q", got)
	}
	name, _, _ := strings.Cut(standard[3], " ")
	for _, c := range []struct {
		s    Synonym
		want string
	}{
		{Synonym{Words: "葉月くん 窓口ロボット"}, "窓口ロボット プリンター"},
		{Synonym{Words: "葉月くん 窓口ロボット", Off: true}, "プリンター"},
		{Synonym{Words: "葉月くん 複合機", Standard: name}, "複合機"},
		{Synonym{Words: standard[3], Standard: name, Off: true}, ""},
	} {
		var got []string
		for _, w := range tableOf([]*Synonym{&c.s}).Others("葉月くんで印刷機が止まった") {
			if w == "窓口ロボット" || w == "プリンター" || w == "複合機" && c.s.Standard != "" {
				got = append(got, w)
			}
		}
		slices.Sort(got)
		want := strings.Fields(c.want)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %q, want %q", c.s, got, want)
		}
	}
}
