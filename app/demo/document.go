package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
)

// documentKind is the register of documents.
const documentKind = "document"

// documents files the papers as they stood when the story begins, and revises
// them as it goes on.
func (d *dice) documents(end time.Time) (steps []Step) {
	for i, p := range papers {
		y := &diary{kind: documentKind, record: i}
		for n := p.oldRevisions(); n <= len(p.revisions); n++ {
			day := midnight(end).AddDate(0, 0, -min(p.revisions[n-1].ago, 7*weeks-1))
			at := staffed(day.Add(opens + time.Duration(d.between(5, 500))*time.Minute))
			y.note(at, p.revised(n, len(y.steps) == 0, end))
		}
		steps = append(steps, y.steps...)
	}
	return steps
}

// oldRevisions is how many revisions are older than the story, at least one:
// they are filed together.
func (p paper) oldRevisions() int {
	n := 1
	for n < len(p.revisions) && p.revisions[n].ago >= 7*weeks {
		n++
	}
	return n
}

// revised is the paper with its first n revisions; all of it where it is new.
func (p paper) revised(n int, isNew bool, end time.Time) (s Step) {
	if isNew {
		s.set("title", p.title)
		s.set("type", p.kind)
		s.set("sender", p.sender)
		s.set("recipient", p.recipient)
		s.set("owner", p.owner)
		s.set("summary", p.summary)
		p.filed(&s)
	}
	s.set("revisions", p.table(n, end))
	last := p.revisions[n-1]
	if !strings.HasPrefix(last.version, "0.") {
		s.set("issued", day(end, -last.ago))
		s.set("reply_due", p.replyDue(end, last))
		s.set("review_on", p.review(end, p.revisions[:n]))
		s.Files = []File{p.file(last, end)}
	}
	return s
}

func (p paper) replyDue(end time.Time, issued revision) string {
	if p.replyIn == 0 {
		return ""
	}
	return day(end, p.replyIn-issued.ago)
}

// review is the day on which a key document is to be looked through again: half a
// year after it was last approved as a whole. Small changes are no review.
func (p paper) review(end time.Time, until []revision) string {
	for _, r := range slices.Backward(until) {
		if keys[p.title] != "" && strings.HasSuffix(r.version, ".0") {
			return day(end, 26*7-r.ago)
		}
	}
	return ""
}

// table is the revision table as it is typed in: rows on lines, columns between bars.
func (p paper) table(n int, end time.Time) string {
	rows := make([]string, n)
	for i, r := range p.revisions[:n] {
		rows[i] = fmt.Sprintf("%s|%s|%s|%s", r.version, day(end, -r.ago), r.change, p.owner)
	}
	return strings.Join(rows, "\n")
}

// day is a date so many days after the end of the story.
func day(end time.Time, after int) string {
	return app.DayOf(civil.DateOf(end).AddDays(after)).String()
}

// file is the paper itself: plain text, which everybody can open.
func (p paper) file(r revision, end time.Time) File {
	text := fmt.Sprintf("%s\n第%s版　%s\n\n宛先　%s\n発信　%s（担当 %s）\n\n%s\n\n以上\n",
		p.title, r.version, civil.DateOf(end).AddDays(-r.ago).WarekiWeekday(), p.recipient, p.sender, p.owner, p.summary)
	name := strings.ReplaceAll(p.title, " ", "_") + "_v" + r.version + ".txt"
	return File{Field: "files", Name: name, Type: "text/plain; charset=utf-8", Bytes: []byte(text)}
}
