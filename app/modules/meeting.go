package modules

import (
	"daicho/app"
	"daicho/app/agreement"
	"daicho/app/document"
	"daicho/app/meeting"
	"daicho/app/task"
)

// enter makes a record of its own of what was said in a meeting.
func enter(a *app.Act, m *meeting.Meeting, i *meeting.Item) (app.Ref, error) {
	if i.Type == meeting.Action {
		return assign(a, m, i), nil
	}
	r := agreement.Register.Draft(a.NewID())
	r.Title, r.Type, r.Content, r.Source, r.Held = i.Title(), agreement.Request, i.Text, m.Ref, m.Day()
	r.Raised, r.ReplyDue = agreement.Side(i.Party()), i.Due
	if i.Type == meeting.Decision {
		r.Type, r.ReplyDue = agreement.Decision, 0
	}
	r.City, r.Contractor = m.Came(meeting.City), m.Came(meeting.Contractor)
	a.Save(r)
	return r.Ref, nil
}

func assign(a *app.Act, m *meeting.Meeting, i *meeting.Item) app.Ref {
	t := task.Register.Draft(a.NewID())
	t.Title, t.Side, t.Owner, t.Charge, t.Reviewer, t.Due, t.Body, t.Source = i.Title(), task.Side(i.Party()), i.Owner, i.Charge, i.Reviewer, i.Due, i.Text, m.Ref
	a.Save(t)
	return t.Ref
}

// minute makes the document of a meeting's minutes with their first draft.
func minute(a *app.Act, m *meeting.Meeting, text string) (app.Ref, error) {
	d := document.Register.Draft(a.NewID())
	d.Title, d.Type, d.State, d.Related = m.Title+"　議事録", document.Minutes, document.Drafted, []app.Ref{m.Ref}
	a.Save(d)
	r := document.Revisions.Draft(a.NewID())
	r.Document, r.Body, r.Reason = d.Ref, text, "会議の記録から作成"
	a.Save(r)
	return d.Ref, nil
}

// stages are how far minutes are whose revision is at a step.
var stages = map[document.Step]meeting.Stage{
	document.Draft: meeting.Draft, document.Review1: meeting.Check, document.Review2: meeting.Check, document.Vendor: meeting.Check,
	document.City: meeting.Confirm, document.Passed: meeting.Confirmed, document.SentBack: meeting.Draft, document.Withdrawn: meeting.Draft,
}

// minuted tells a meeting how far its minutes are.
func minuted(a *app.Act, d *document.Document, r *document.Revision, _ document.Step) error {
	stage, counts := stages[r.State]
	if d.Type != document.Minutes || !counts {
		return nil
	}
	return meeting.Stepped(a, d.Ref, stage)
}
