package compare_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app/compare"
)

func write(all []compare.Piece) string {
	var b strings.Builder
	for _, p := range all {
		b.WriteString([]string{" ", "-", "+"}[p.Op] + p.Text + "\n")
	}
	return b.String()
}

func TestLines(t *testing.T) {
	for _, c := range []struct{ old, now, want string }{
		{"", "", ""},
		{"一\n", "一\n", " 一\n"},
		{"", "一\n二\n", "+一\n+二\n"},
		{"一\n", "", "-一\n"},
		{"一\n二\n三\n", "一\n二の二\n三\n", " 一\n-二\n+二の二\n 三\n"},
		{"一\n二\n三\n", "二\n三\n四\n", "-一\n 二\n 三\n+四\n"},
		{"甲\n乙\n甲\n", "甲\n甲\n", " 甲\n-乙\n 甲\n"},
	} {
		if got := write(compare.Lines(c.old, c.now)); got != c.want {
			t.Errorf("%q, %q:\n%swant\n%s", c.old, c.now, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	got := write(compare.Words("障害は 10分以内に SLA10 へ通知する。", "障害は 15分以内に SLA10 へ速やかに通知する。"))
	if want := " 障害は \n-10\n+15\n 分以内に SLA10 へ\n+速やかに\n 通知する。\n"; got != want {
		t.Errorf("%s", got)
	}
}

func TestAround(t *testing.T) {
	got := write(compare.Around(compare.Lines("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2a\n3\n4\n5\n6\n7\n8a\n9\n"), 1))
	if want := " 1\n-2\n+2a\n 3\n \n 7\n-8\n+8a\n 9\n"; got != want {
		t.Errorf("%s", got)
	}
}

// Whatever the texts: what is same or gone is the old one, what is same or new the
// new one, also where they are too long to be compared.
func TestNothingIsLost(t *testing.T) {
	holds := func(fail func(string, ...any), old, now []string) {
		var before, after []string
		for _, p := range compare.Lines(strings.Join(old, "\n"), strings.Join(now, "\n")) {
			if p.Op != compare.New {
				before = append(before, p.Text)
			}
			if p.Op != compare.Gone {
				after = append(after, p.Text)
			}
		}
		if !slices.Equal(before, old) || !slices.Equal(after, now) {
			fail("%q became %q, %q became %q", old, before, now, after)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]string{"一", "二", "三", "a"}), 1, 12)
		holds(t.Fatalf, text.Draw(t, "old"), text.Draw(t, "now"))
	})
	long := func(word string) []string { return strings.Split(strings.Repeat(word+"\n", 3_000)+"終", "\n") }
	holds(t.Fatalf, long("旧"), long("新"))
}
