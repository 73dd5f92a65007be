package demo

import "time"

// Kinds of failures, and of how grave they can be.
const (
	incidentKind = "incident"
	severityKind = "severity"
)

// failure is one that happened so many days before the end, with its times in minutes
// after it occurred; none: that has not happened.
type failure struct {
	title, target, impact, interim, report string
	ago                                    int
	told, found, reported, recovered       int
}

var failures = []failure{
	{"住民記録システムに接続できない", "gyomu01", "窓口での照会と証明書の交付ができない。", "予備機へ切り替えた。", "ストレージの経路が切れた。予備機で再開済み。", 24, 6, 40, 95, 120},
	{"共有プリンターから出力できない", "print02", "本庁舎2階の印刷が止まった。", "別の印刷サーバーへ振り替えた。", "印刷待ちの領域があふれた。", 11, 13, 55, 110, 140},
	{"メールの送信が遅れる", "mail01", "外部への送信に30分以上かかる。", "", "", 1, 8, 35, 0, 0},
}

// incidents are the failures of the six weeks, and how grave they can be.
func incidents(end time.Time) (steps []Step) {
	at := midnight(end).AddDate(0, 0, -(7*weeks - 1)).Add(opens + time.Minute)
	for n, set := range [][]string{{"name=重大", "serious=yes", "means=窓口の業務が全て止まる。", "agreement=8葉情第3号"}, {"name=軽微", "means=代わりの手段がある。", "agreement=8葉情第3号"}} {
		steps = append(steps, Step{At: stamp(at), Kind: severityKind, Record: n, Set: set})
	}
	for n, f := range failures {
		steps = append(steps, f.steps(n, staffed(midnight(end).AddDate(0, 0, -f.ago).Add(opens+95*time.Minute)))...)
	}
	return steps
}

// steps are the course of a failure.
func (f failure) steps(n int, occurred time.Time) []Step {
	y := &diary{kind: incidentKind, record: n}
	after := func(minutes int) time.Time { return occurred.Add(time.Duration(minutes) * time.Minute) }
	// A time is told some seconds after it: nobody tells of one that has not come yet.
	note := func(minutes int, s Step) { y.note(after(minutes).Add(20*time.Second), s) }
	said := func(minutes int, more ...string) []string {
		return append([]string{"at=" + typed(after(minutes)), "source=monitoring"}, more...)
	}
	var first Step
	first.set("title", f.title)
	first.set("affects", "yes")
	first.set("target", f.target)
	first.Command, first.Args = "occur", said(0)
	note(f.told-1, first)
	note(f.told, Step{Command: "deliver", Args: said(f.told, "way=メール", "who=情報課")})
	scope := Step{Command: "scope", Args: said(f.found)}
	scope.set("impact", f.impact)
	note(f.found, scope)
	if f.reported == 0 {
		return y.steps
	}
	plan := Step{Command: "plan", Args: said(f.found + 5)}
	plan.set("interim", f.interim)
	plan.set("first", f.report)
	note(f.found+5, plan)
	note(f.reported, Step{Command: "report", Args: said(f.reported)})
	note(f.recovered, Step{Command: "recover", Args: said(f.recovered)})
	return y.steps
}
