package finding_test

import (
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/detect"
	"daicho/app/extract"
	"daicho/app/finding"
)

const list = "/srv/fukushi/名簿/受給者.xlsx"

func exposed(path string) finding.Line {
	return finding.Line{Path: path, Size: 1000, Type: extract.XLSX, Protection: extract.ProtectNone, Scanned: extract.Full, Persons: 40,
		Findings: []detect.Finding{{Kind: detect.IndividualNumber, Count: 40, Confidence: detect.High}, {Kind: detect.Phone, Count: 3, Confidence: detect.Low}}}
}

func locked(path string) finding.Line {
	return finding.Line{Path: path, Size: 1000, Type: extract.SevenZip, Protection: extract.ProtectPassword, Scanned: extract.Unscannable, Reason: extract.ReasonPassword}
}

func clean(path string) finding.Line {
	return finding.Line{Path: path, Size: 10, Type: extract.Text, Protection: extract.ProtectNone, Scanned: extract.Full}
}

func failed(path string) finding.Line {
	return finding.Line{Path: path, Protection: extract.ProtectUnknown, Scanned: extract.Failed, Reason: "permission denied"}
}

// one is a world with one finding.
func one(t *testing.T) (*world, map[app.ID]string, app.Ref) {
	t.Helper()
	w, paths := newWorld(t), map[app.ID]string{}
	run, _ := w.run(t, paths, exposed(list), clean("/srv/fukushi/a.txt"))
	if run.Files != 2 || run.Exposed != 1 || run.Fresh != 1 || len(paths) != 1 {
		t.Fatalf("%+v", run)
	}
	return w, paths, app.Ref{Kind: finding.Kind, ID: key.Mark(job.ID, list)}
}

func TestWhatAFindingHolds(t *testing.T) {
	w, _, ref := one(t)
	f := w.finding(t, ref.ID)
	if f.State != finding.New || f.Job != job || f.Agent != person(agent) || f.Server != "fs1" || f.Department != "福祉課" || f.Persons != detect.Tens ||
		len(f.Kinds) != 1 || f.Kinds[0] != (finding.KindFound{Kind: detect.IndividualNumber, Values: detect.Tens, Confidence: detect.High}) || f.FirstSeen != app.StampOf(monday) {
		t.Errorf("%+v", f)
	}
}

// TestStates walks what a later run sees through the states it may meet.
func TestStates(t *testing.T) {
	until := "until=" + monday.AddDate(0, 0, 10).Format(time.DateOnly)
	acts := map[finding.State]func(w *world, ref app.Ref) error{
		finding.New:        func(*world, app.Ref) error { return nil },
		finding.Confirmed:  func(w *world, ref app.Ref) error { return w.do(asker, ref, "confirm") },
		finding.Correcting: func(w *world, ref app.Ref) error { return w.do(asker, ref, "correct", "due=2026-12-01") },
		finding.Excepted: func(w *world, ref app.Ref) error {
			if err := w.do(asker, ref, "ask", "reason=法定の保存", until); err != nil {
				return err
			}
			return w.do(approver, ref, "approve")
		},
	}
	for state, act := range acts {
		for _, c := range []struct {
			what  string
			lines []finding.Line
			state finding.State
			how   finding.Settlement
		}{
			{"as it was", []finding.Line{exposed(list)}, state, finding.NotSettled},
			{"gone", []finding.Line{clean("/srv/fukushi/a.txt")}, finding.Corrected, finding.Gone},
			{"all gone", nil, state, finding.NotSettled},
			{"protected", []finding.Line{locked(list)}, finding.Corrected, finding.Protected},
			{"clean", []finding.Line{clean(list)}, finding.Corrected, finding.Clean},
			{"unread", []finding.Line{failed(list)}, state, finding.NotSettled},
			{"below what was unread", []finding.Line{failed("/srv/fukushi/名簿")}, state, finding.NotSettled},
			{"all unread", []finding.Line{failed("/srv/fukushi")}, state, finding.NotSettled},
			{"a neighbour unread", []finding.Line{failed("/srv/fukushi/名")}, finding.Corrected, finding.Gone},
		} {
			w, paths, ref := one(t)
			must(t, act(w, ref))
			w.now = w.now.AddDate(0, 0, 7)
			run, _ := w.run(t, paths, c.lines...)
			f := w.finding(t, ref.ID)
			if f.State != c.state || f.Settled != c.how {
				t.Errorf("%s from %q: %q %q", c.what, state, f.State, f.Settled)
			}
			if verified := c.how != finding.NotSettled; (run.Verified == 1) != verified || f.Unread != (run.Waiting == 1) {
				t.Errorf("%s from %q: %d verified, %d wait, unread %v", c.what, state, run.Verified, run.Waiting, f.Unread)
			}
		}
	}
}

func TestItComesBack(t *testing.T) {
	w, paths, ref := one(t)
	w.run(t, paths, clean("/srv/fukushi/a.txt"))
	run, _ := w.run(t, paths, exposed(list))
	if f := w.finding(t, ref.ID); f.State != finding.New || f.Reopened != 1 || f.Settled != finding.NotSettled || run.Reopened != 1 || run.Fresh != 0 {
		t.Errorf("%+v", f)
	}
}

func TestAnException(t *testing.T) {
	w, paths, ref := one(t)
	refused(t, w.do(approver, ref, "approve"), app.Stale)
	refused(t, w.do(asker, ref, "ask", "reason=法定の保存", "until=2026-11-22"), app.Invalid)
	refused(t, w.do(asker, ref, "ask", "reason=法定の保存", "until=2028-01-01"), app.Invalid)
	refused(t, w.do(asker, ref, "ask", "until=2026-12-01"), app.Invalid)
	must(t, w.do(asker, ref, "ask", "reason=法定の保存", "until=2026-12-01"))
	refused(t, w.do(asker, ref, "approve"), app.Forbidden)
	refused(t, w.do(asker, ref, "ask", "reason=別", "until=2026-12-01"), app.Stale)
	must(t, w.do(approver, ref, "approve"))
	f := w.finding(t, ref.ID)
	if f.State != finding.Excepted || f.AskedBy != person(asker) || f.DecidedBy != person(approver) {
		t.Errorf("%+v", f)
	}
	w.now = time.Date(2026, 12, 1, 23, 59, 59, 0, monday.Location()) // its last day
	refused(t, w.do(agent, ref, "lapse"), app.Stale)
	if w.run(t, paths, exposed(list)); w.finding(t, ref.ID).State != finding.Excepted {
		t.Error("reopened on its last day")
	}
	w.now = w.now.Add(time.Second)
	if run, _ := w.run(t, paths, exposed(list)); run.Reopened != 1 {
		t.Error("not reopened the day after")
	}
	if f = w.finding(t, ref.ID); f.State != finding.New || f.Exception != finding.Over || f.Reopened != 1 {
		t.Errorf("%+v", f)
	}
}

func TestAnExceptionLapsesBetweenRuns(t *testing.T) {
	w, _, ref := one(t)
	must(t, w.do(asker, ref, "ask", "reason=法定の保存", "until=2026-12-01"))
	must(t, w.do(approver, ref, "approve"))
	w.now = time.Date(2026, 12, 2, 0, 0, 0, 0, monday.Location())
	must(t, w.do(agent, ref, "lapse"))
	if f := w.finding(t, ref.ID); f.State != finding.New || f.Exception != finding.Over {
		t.Errorf("%+v", f)
	}
}

func TestAnExceptionIsDeclinedOrEnded(t *testing.T) {
	w, _, ref := one(t)
	must(t, w.do(asker, ref, "ask", "reason=法定の保存", "until=2026-12-01"))
	must(t, w.do(approver, ref, "decline", "why=暗号化できる"))
	if f := w.finding(t, ref.ID); f.State != finding.New || f.Exception != finding.Declined || f.Why == "" {
		t.Errorf("%+v", f)
	}
	must(t, w.do(asker, ref, "ask", "reason=業者の回答待ち", "until=2026-12-01"))
	must(t, w.do(approver, ref, "approve"))
	must(t, w.do(asker, ref, "withdraw"))
	if f := w.finding(t, ref.ID); f.State != finding.Confirmed || f.Exception != finding.Over || f.Why != "" {
		t.Errorf("%+v", f)
	}
}

func TestATicketNamesNoFile(t *testing.T) {
	w, _, ref := one(t)
	refused(t, w.do(asker, ref, "correct", "due=2026-11-22"), app.Invalid)
	must(t, w.do(asker, ref, "correct", "due=2026-12-01"))
	refused(t, w.do(asker, ref, "correct", "due=2026-12-01"), app.Stale)
	f := w.finding(t, ref.ID)
	if f.State != finding.Correcting || f.Ticket.Kind != "ticket" || len(w.made) != 1 || w.made[0].Finding != ref || w.made[0].Department != "福祉課" {
		t.Errorf("%+v %+v", f, w.made)
	}
}

// TestOnlyTheAgentTells: what a scan says, nobody types.
func TestOnlyTheAgentTells(t *testing.T) {
	w, _, ref := one(t)
	byHand := finding.Register.Draft(app.ID{7})
	byHand.Department = "福祉課"
	refused(t, w.try(finding.Register, byHand), app.Forbidden)
	run := finding.Runs.Draft(app.ID{8})
	run.Job = job
	refused(t, w.try(finding.Runs, run), app.Forbidden) // asker is not the agent
	place := finding.Places.Draft(ref.ID)
	place.Job, place.Path = job, "/etc/passwd"
	refused(t, w.try(finding.Places, place), app.Forbidden)
	w.who = agent
	must(t, w.try(finding.Runs, run))
	refused(t, w.do(asker, run.Ref, "tell", "files="+ref.ID.String()+"|gone"), app.Forbidden)
	refused(t, w.do(agent, run.Ref, "tell", "files="+app.ID{7}.String()+"|gone"), app.Invalid)
	refused(t, w.do(agent, run.Ref, "tell", "files="+ref.ID.String()+"|else"), app.Invalid)
	if f := w.finding(t, ref.ID); f.State != finding.New {
		t.Errorf("%+v", f)
	}
}

func TestAJobThatRanKeepsItsAgent(t *testing.T) {
	w, _, _ := one(t)
	j := w.job(t)
	if j.LastFiles != 2 || j.LastExposed != 1 || j.LastState != finding.Done || j.LastRun.IsZero() {
		t.Errorf("%+v", j)
	}
	j.Agent = person(asker)
	refused(t, w.try(finding.Jobs, j), app.Forbidden)
	must(t, w.do(asker, job, "retire"))
	j = w.job(t)
	j.Title = "別の名称"
	refused(t, w.try(finding.Jobs, j), app.Forbidden)
}

// TestAnArchiveIsOneFile: what is in it counts for it.
func TestAnArchiveIsOneFile(t *testing.T) {
	w, paths := newWorld(t), map[app.ID]string{}
	zip := clean("/srv/fukushi/a.zip")
	run, plan := w.run(t, paths, zip, exposed("/srv/fukushi/a.zip!/b.csv"), exposed("/srv/fukushi/a.zip!/c.zip!/d.csv"), locked("/srv/fukushi/a.zip!/e.xlsx"), clean("/srv/fukushi/a.zip2"))
	if run.Files != 2 || run.Entries != 3 || run.Exposed != 1 || run.Protected != 0 || len(plan.Told) != 1 || plan.Told[0].Persons != detect.Tens {
		t.Errorf("%+v %+v", run, plan)
	}
	if len(run.Kinds) != 1 || run.Kinds[0] != (finding.KindCount{Kind: detect.IndividualNumber, Tens: 1}) {
		t.Errorf("%+v", run.Kinds)
	}
	partly := locked("/srv/fukushi/a.zip!/b.csv")
	blind := clean("/srv/fukushi/a.zip!/c")
	blind.Scanned, blind.Reason = extract.Partial, extract.ReasonTime
	if run, _ = w.run(t, paths, zip, partly, blind); run.Verified != 0 || run.Waiting != 1 {
		t.Errorf("verified by half an archive: %+v", run)
	}
	if run, _ = w.run(t, paths, zip, partly); run.Verified != 1 {
		t.Errorf("%+v", run)
	}
}

// TestAPasswordBesideIsAFinding, though nothing in the file was read.
func TestAPasswordBesideIsAFinding(t *testing.T) {
	w, paths := newWorld(t), map[app.ID]string{}
	l := locked(list)
	l.Note = extract.NotePasswordBeside
	run, _ := w.run(t, paths, l)
	f := w.finding(t, key.Mark(job.ID, list))
	if run.Exposed != 0 || run.Protected != 1 || run.Weak != 1 || f.Exposed() || !f.Open() {
		t.Errorf("%+v %+v", run, f)
	}
	if run, _ = w.run(t, paths, locked(list)); run.Verified != 1 {
		t.Errorf("%+v", run)
	}
}

// TestAMovedFile keeps its thread by its content.
func TestAMovedFile(t *testing.T) {
	const there = "/srv/fukushi/別/受給者.xlsx"
	contents[list], contents[there] = "c1", "c1"
	defer clear(contents)
	w, paths, ref := one(t)
	run, _ := w.run(t, paths, exposed(there))
	was, is := w.finding(t, ref.ID), w.finding(t, key.Mark(job.ID, there))
	if was.State != finding.Moved || was.Settled != finding.Elsewhere || is.MovedFrom != ref || run.Verified != 0 || run.Fresh != 1 {
		t.Errorf("%+v %+v", was, is)
	}
}

// TestAMoveThatWasToldByHalf: the run was killed when it had told of the new place alone.
func TestAMoveThatWasToldByHalf(t *testing.T) {
	const there = "/srv/fukushi/別/受給者.xlsx"
	contents[list], contents[there] = "c1", "c1"
	defer clear(contents)
	w, paths, ref := one(t)
	_, plan := w.compare(t, paths, []finding.Line{exposed(there)})
	half := slices.DeleteFunc(plan.Told, func(told finding.Told) bool { return told.What != finding.Seen })
	run := finding.Runs.Draft(app.ID{9, 99})
	run.Job, w.who = job, agent
	w.save(t, finding.Runs, run)
	if err := w.decide(&app.Change{Ref: run.Ref, Command: "tell", Args: finding.Args(half)}); err != nil {
		t.Fatal(err)
	}
	paths[key.Mark(job.ID, there)] = there
	w.run(t, paths, exposed(there))
	if f := w.finding(t, ref.ID); f.State != finding.Moved || f.Settled != finding.Elsewhere {
		t.Errorf("%+v", f)
	}
}

// TestAnEmptyPlaceIsNotVerified: a share that is not mounted looks like one from which
// all was taken away.
func TestAnEmptyPlaceIsNotVerified(t *testing.T) {
	for _, include := range []string{"", "名簿\n様式"} {
		w, paths, ref := one(t)
		j := w.job(t)
		j.Include = include
		w.save(t, finding.Jobs, j)
		var lines []finding.Line
		if include != "" { // one of two places is not there
			lines = append(lines, clean("/srv/fukushi/様式/a.txt"))
		}
		run, _ := w.run(t, paths, lines...)
		if run.Verified != 0 || run.Waiting != 1 || run.Unread != 1 || len(run.Errors) != 1 || !w.finding(t, ref.ID).Lies() {
			t.Errorf("%q: %+v", include, run)
		}
		if run, _ = w.run(t, paths, append(lines, clean("/srv/fukushi/名簿/a.txt"))...); run.Verified != 1 || run.Unread != 0 {
			t.Errorf("%q: a file that is gone is not seen so: %+v", include, run)
		}
	}
}

// TestWhatIsNotLookedAtIsNotVerified: a job that was narrowed says nothing of the rest.
func TestWhatIsNotLookedAtIsNotVerified(t *testing.T) {
	for name, narrow := range map[string]func(*finding.Job){
		"excluded file": func(j *finding.Job) { j.Exclude = "*.iso\n受給者*" }, "excluded folder": func(j *finding.Job) { j.Exclude = "名簿" },
		"other folders": func(j *finding.Job) { j.Include = "様式\n名" }, "other root": func(j *finding.Job) { j.Root = "/srv/other" },
	} {
		w, paths, ref := one(t)
		j := w.job(t)
		narrow(j)
		w.save(t, finding.Jobs, j)
		if w.run(t, paths); w.finding(t, ref.ID).State != finding.New {
			t.Errorf("%s: verified", name)
		}
	}
}
