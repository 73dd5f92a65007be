package meetings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/meeting"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
)

// said is a line that was entered for a meeting.
type said struct {
	meeting app.Ref
	typed   string
	line    meeting.Line
}

// key takes Enter; an input method that uses it as well leaves a line that can be
// changed or struck out.
func (t *taking) key(k *fyne.KeyEvent) bool {
	if k.Name != fyne.KeyReturn && k.Name != fyne.KeyEnter || strings.TrimSpace(t.entry.Text) == "" {
		return false
	}
	t.write()
	return true
}

// write makes an item of the line. The field is free for the next line at once: who
// takes minutes does not wait for the disk.
func (t *taking) write() {
	line, err := meeting.ReadLine(t.entry.Text, civil.DateOf(t.desk.Now()))
	if err != nil || t.meeting == nil {
		t.say(err)
		return
	}
	t.said = append(t.said, said{t.meeting.Ref, t.entry.Text, line})
	t.entry.SetText("")
	t.fill()
	t.say(nil)
	if len(t.said) == 1 {
		t.save()
	}
}

// save saves the first of the lines on their way: one after the other, so that they
// stand in the order in which they were said.
func (t *taking) save() {
	records, first := t.host.Records(), t.said[0]
	task.Go(t.desk.Tasks, func(ctx context.Context) error { return add(ctx, records, first.meeting, first.line) }, func(err error) {
		t.saved(first, err)
		if t.said = t.said[1:]; len(t.said) > 0 {
			t.save()
		}
	})
}

// saved gives a line back that was refused.
func (t *taking) saved(l said, err error) {
	if err != nil {
		t.left[l.meeting] = append(t.left[l.meeting], l.typed)
		t.fill()
	}
	switch {
	case l.meeting == t.meeting.Ref:
		t.Keep()
		if err != nil {
			t.say(err)
		}
	case err != nil:
		t.host.Say(kit.Late, t.desk.Words.Error(err))
	}
}

// Keep is part of [ui.Keeper].
func (t *taking) Keep() {
	if t.kept != nil {
		t.kept.Keep()
	}
}

// fill puts the next line that waits for the field into it, if it is empty.
func (t *taking) fill() {
	if waits := t.left[t.meeting.Ref]; t.entry.Text == "" && len(waits) > 0 {
		t.entry.SetText(waits[0])
		t.left[t.meeting.Ref] = waits[1:]
	}
}

// turn gives the field to a meeting. What was typed for the one before waits for that.
func (t *taking) turn(to *meeting.Meeting) {
	if was := t.meeting; was != nil {
		t.kept.Left()
		if t.entry.Text != "" {
			t.left[was.Ref] = append([]string{t.entry.Text}, t.left[was.Ref]...)
		}
	}
	t.wrong, t.kept, t.meeting = "", nil, to
	t.entry.SetText("")
	t.fill()
	t.kept = kit.NewKept(t.host, "line", to.Ref, &kit.OneText{Entry: t.entry})
}

func add(ctx context.Context, records ui.Records, to app.Ref, line meeting.Line) error {
	r, err := records.New(meeting.ItemKind)
	if err != nil {
		return err
	}
	i := r.(*meeting.Item)
	i.Meeting, i.Type, i.Side, i.Text, i.Charge, i.Due = to, line.Type, line.Side, line.Text, line.Charge, line.Due
	return records.Save(ctx, i)
}
