package demo

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// ticketKind is the register of inquiries.
const ticketKind = "ticket"

// tickets is how many inquiries the city made in six weeks.
const tickets = 200

// lateDays is how long before its end the story has the desk fall behind, so
// that there is work to do in every state.
const lateDays = 6

// frequentMinutes is how long the answer to a frequent question takes at most.
const frequentMinutes = 5

// asked is one inquiry with its caller.
type asked struct {
	inquiry
	caller
	category, asset string
	at              time.Time
	late            bool // called in the last days of the story
	frequent        bool // what was answered stands among the frequent questions
}

// tickets deals the inquiries out until there are enough, and tells what
// became of each.
func (d *dice) tickets(end time.Time) (steps []Step) {
	known := map[string]bool{}
	for i, a := range d.calls(end) {
		a.frequent = a.way == byPhone && a.minutes <= frequentMinutes && !known[a.title]
		known[a.title] = true
		y := &diary{kind: ticketKind, record: i}
		d.tell(y, a)
		steps = append(steps, y.steps...)
	}
	return steps
}

// calls are the inquiries in order of time.
func (d *dice) calls(end time.Time) (calls []asked) {
	var deck []asked
	for len(calls) < tickets {
		if len(deck) == 0 {
			deck = shuffled(d, everyInquiry())
		}
		a := deck[0]
		deck = deck[1:]
		a.caller, a.at = d.caller(), d.askedAt(end)
		a.asset, a.late = d.assetOf(a.inquiry), end.Sub(a.at) < lateDays*24*time.Hour
		calls = append(calls, a)
	}
	slices.SortStableFunc(calls, func(a, b asked) int { return a.at.Compare(b.at) })
	return calls
}

func everyInquiry() (all []asked) {
	for _, c := range inquiryCategories {
		for _, q := range c.list {
			all = append(all, asked{inquiry: q, category: c.category})
		}
	}
	return all
}

// assetOf gives a device of a numbered sort its number.
func (d *dice) assetOf(q inquiry) string {
	most := map[string]int{"PC": 940, "PR": 160, "BT": 210, "NW": 88, "AP": 120, "TB": 64}[q.asset]
	if most == 0 {
		return q.asset
	}
	return d.device(q.asset, most)
}

// tell writes what became of an inquiry.
func (d *dice) tell(y *diary, a asked) {
	taken := a.at.Add(time.Duration(d.between(2, int(taking/time.Minute))) * time.Minute)
	y.note(taken, d.taken(a))
	engineer := oneOf(d, engineers)
	begun := worked(taken, d.between(1, 20)+d.backlog(a))
	var first Step
	first.set("assignee", engineer)
	first.Command = "start"
	y.note(begun, first)
	if d.once(17) {
		return // forgotten: every helpdesk has some
	}
	d.settle(y, a, begun)
}

// taken is the ticket as the desk first wrote it down.
func (d *dice) taken(a asked) Step {
	var s Step
	s.set("title", a.title)
	s.set("channel", d.channelOf(a.inquiry))
	s.set("category", a.category)
	s.set("impact", a.impact)
	s.set("requester", a.name)
	s.set("department", a.workplace.name)
	s.set("extension", a.phone)
	s.set("site", a.site)
	s.set("asset", a.asset)
	s.set("body", a.body)
	s.set("received", typed(a.at))
	s.set("tags", a.tags)
	if a.channel != "city" && a.channel != "monitor" {
		s.set("first_line", "yes")
	}
	if a.way == byVisit && d.once(3) {
		s.Files = []File{d.photo(a.asset)}
	}
	return s
}

// channelOf spreads the ways in which people ask as a helpdesk sees them.
func (d *dice) channelOf(q inquiry) string {
	if q.channel != "" {
		return q.channel
	}
	return oneOf(d, strings.Fields("phone phone phone phone phone mail mail web web counter patrol"))
}

// settle leads to the answer by the way that such an inquiry takes.
func (d *dice) settle(y *diary, a asked, begun time.Time) {
	minutes := a.minutes + d.below(1+a.minutes/2)
	switch a.way {
	case byVisit:
		sent := worked(begun, d.between(5, 20))
		wished := worked(sent, 30+d.delay(2, 900)+2*d.backlog(a))
		dispatched := d.dispatched(wished)
		y.note(sent, dispatched)
		y.steps = append(y.steps, visit(y.record, a, sent, wished, engineerOf(dispatched), minutes)...)
		d.close(y, a, worked(wished, minutes), minutes)
	case byMaker:
		waits := worked(begun, d.between(10, 40))
		y.note(waits, Step{Command: "wait"})
		d.close(y, a, worked(waits, d.between(300, 3_000)+d.delay(5, 9_000)), minutes)
	case byRepeat:
		done := worked(begun, minutes)
		d.close(y, a, done, minutes)
		back := worked(done, d.between(200, 700))
		y.note(back, Step{Command: "return"})
		again := worked(back, d.between(20, 200)+d.delay(2, 1_800))
		y.note(again, Step{Command: "start"})
		y.note(worked(again, minutes), Step{Command: "close"})
	default:
		d.close(y, a, worked(begun, minutes), minutes)
	}
}

// delay is up to most minutes, once in n times, and else none: days are unlike each other.
func (d *dice) delay(n, most int) int {
	if d.once(n) {
		return d.below(most)
	}
	return 0
}

// backlog is how long the work waits for somebody who is free.
func (d *dice) backlog(a asked) int {
	if a.late {
		return d.below(1_500)
	}
	return d.delay(6, 400)
}

func (d *dice) dispatched(wished time.Time) Step {
	return Step{Command: "dispatch", Args: []string{"who=" + oneOf(d, engineers), "wished=" + typed(wished)}}
}

func (d *dice) close(y *diary, a asked, at time.Time, minutes int) {
	var s Step
	s.set("answer", a.answer)
	s.set("minutes", strconv.Itoa(minutes))
	if a.frequent {
		s.set("faq_entry", "yes")
	}
	s.Command = "close"
	y.note(at, s)
}
