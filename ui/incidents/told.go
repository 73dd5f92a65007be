package incidents

import (
	"context"
	"slices"
	"strings"

	"daicho/app"
	"daicho/app/incident"
	"daicho/app/notice"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// What became of an attempt, and of a telephone call.
var (
	results = map[notice.Result]app.Label{
		notice.Begun: app.Label{JA: "送信の成否が不明", EN: "Not known whether sent"}, notice.OK: app.Label{JA: "届いた", EN: "Delivered"},
		notice.Later: app.Label{JA: "再送待ち", EN: "To be tried again"}, notice.Failed: app.Label{JA: "送信できず", EN: "Not sent"},
	}
	calls = map[notice.Result]app.Label{notice.OK: app.Label{JA: "つながった", EN: "Answered"}, notice.Failed: app.Label{JA: "つながらなかった", EN: "No answer"}}
)

// told are the server's notices of an incident: each attempt, and each that is to come.
// Who may not read them sees none.
func told(ctx context.Context, records ui.Records, desk *ui.Desk, i *incident.Incident) ([]register.Step, error) {
	all, err := app.Every(ctx, records, notice.Register, app.Query{Where: []app.Cond{app.Where("about", "=", i.Ref.String())}})
	if err != nil {
		return nil, err
	}
	var lines []app.Ref
	for _, n := range all {
		lines = append(lines, n.Line)
	}
	names, err := ui.NamesOf(ctx, records, lines)
	var out []register.Step
	for _, n := range all {
		out = append(out, notified(n, names(n.Line), desk)...)
	}
	return out, err
}

// notified is a notice as lines of the course.
func notified(n *notice.Notice, who string, desk *ui.Desk) (out []register.Step) {
	lang := desk.Words.Lang()
	way := notice.Register.Show(n, "way", lang)
	for _, a := range n.Attempts {
		m := kit.Mark{Word: way, Glyph: "◎", Tone: kit.Info}
		result := desk.Words.Of(results[a.Result])
		if n.Way == notice.Phone {
			result = desk.Words.Of(calls[a.Result])
		}
		if a.Result != notice.OK {
			m.Glyph, m.Tone = "△", kit.Warn
		}
		out = append(out, register.Step{At: a.At, Mark: m, Text: gap(who, n.To), Note: gap(result, a.Detail, n.Called)})
	}
	state := notice.Register.Show(n, "state", lang)
	switch n.State {
	case notice.Waiting, notice.Asked:
		out = append(out, register.Step{At: n.Due, Mark: kit.Mark{Word: way, Glyph: "○", Tone: kit.Quiet}, Text: gap(who, n.To), Note: state})
	case notice.Acknowledged:
		out = append(out, register.Step{At: n.AckAt, Mark: kit.Mark{Word: way, Glyph: "●", Tone: kit.Good}, Text: gap(who, n.To), Note: state})
	}
	return out
}

// gap joins what there is.
func gap(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "　")
}
