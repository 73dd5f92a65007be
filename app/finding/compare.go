package finding

import (
	"path"
	"slices"
	"strings"
	"time"

	"daicho/app"
)

// Previous is a finding of the job with where it lies.
type Previous struct {
	Finding *Finding
	Path    string
}

// renewal is how old the last sight of a file may be that is as it was: a change for
// each file and run would be most of what the server keeps for ever.
const renewal = 28 * 24 * time.Hour

// Plan is what a run has to tell.
type Plan struct {
	Told    []Told
	Places  map[app.ID]Hit // of what is new, by its mark
	Waiting int64          // findings of which the run cannot tell what has become of them
}

// Compare says what a run has to tell, that went through all of its job's files: of
// what is new, what has changed, and what is no longer found so. It tells nothing
// twice: with the findings as it leaves them, it has nothing to tell. Nothing is
// verified that the run did not reach or could not read, or where it met no file at all.
func Compare(key Key, job *Job, before []Previous, t *Tally, now time.Time) (p Plan) {
	t.empties(before)
	hits := map[string]*Hit{}
	for i := range t.Hits {
		hits[t.Hits[i].Path] = &t.Hits[i]
	}
	var gone []Previous
	for _, b := range before {
		hit := hits[b.Path]
		delete(hits, b.Path)
		switch what := t.become(job, b.Path); {
		case hit != nil:
			if told := toldOf(b.Finding.Ref.ID, hit); b.Finding.news(&told, now) {
				p.Told = append(p.Told, told)
			}
		case !b.Finding.Lies() || what == "":
		case what == SeenGone:
			gone = append(gone, b)
		case what == NotTold:
			p.waits(b.Finding)
		default:
			p.Told = append(p.Told, Told{Mark: b.Finding.Ref.ID.String(), What: what})
		}
	}
	p.fresh(key, job, t, hits, gone, arrivals(before))
	return p
}

// become is what has become of a file that is no hit; empty, where the job does not
// look any more.
func (t *Tally) become(job *Job, at string) What {
	what, met := t.met[at]
	switch {
	case met:
		return what
	case !job.reaches(t.root, at):
		return ""
	case slices.ContainsFunc(t.unread, func(u string) bool { return within(at, u) }):
		return NotTold
	}
	return SeenGone
}

// within says whether a path is another, or below it.
func within(at, folder string) bool { return at == folder || strings.HasPrefix(at, folder+"/") }

// reaches says whether the job would meet a file.
func (j *Job) reaches(root, at string) bool {
	below, under := strings.CutPrefix(at, root+"/")
	if !under && at != root {
		return false
	}
	include := Lines(j.Include)
	if len(include) > 0 && !slices.ContainsFunc(include, func(f string) bool { return within(below, strings.Trim(f, "/")) }) {
		return false
	}
	for name := range strings.SplitSeq(below, "/") {
		if slices.ContainsFunc(Lines(j.Exclude), func(pattern string) bool { is, _ := path.Match(pattern, name); return is }) {
			return false
		}
	}
	return true
}

// waits counts a finding that nothing can be told of, and tells that once.
func (p *Plan) waits(f *Finding) {
	p.Waiting++
	if !f.Unread {
		p.Told = append(p.Told, Told{Mark: f.Ref.ID.String(), What: NotTold})
	}
}

// arrivals are the findings that files lay at before they came where they lie: a run
// that was killed while it told may have told of the one place alone.
func arrivals(before []Previous) map[string]string {
	from := map[string]string{} // their content by mark
	for _, b := range before {
		if f := b.Finding; f.Lies() && !f.MovedFrom.IsZero() {
			from[f.MovedFrom.ID.String()] = f.Content
		}
	}
	return from
}

// fresh tells of hits that were no findings, and of files that are not there any more.
// One with the content of one that is gone is that file, moved.
func (p *Plan) fresh(key Key, job *Job, t *Tally, hits map[string]*Hit, gone []Previous, arrived map[string]string) {
	p.Places = map[app.ID]Hit{}
	moved, elsewhere := map[string][]string{}, map[string]bool{} // marks by content
	for _, g := range gone {
		mark, c := g.Finding.Ref.ID.String(), g.Finding.Content
		switch {
		case c == "":
		case arrived[mark] == c:
			elsewhere[mark] = true
		default:
			moved[c] = append(moved[c], mark)
		}
	}
	for i := range t.Hits {
		hit := &t.Hits[i]
		if hits[hit.Path] == nil {
			continue
		}
		id := key.Mark(job.Ref.ID, hit.Path)
		told := toldOf(id, hit)
		told.Department, told.Owner = job.Responsible(t.below(hit.Path))
		if from := moved[hit.Content]; len(from) > 0 {
			told.From, moved[hit.Content] = from[0], from[1:]
			elsewhere[from[0]] = true
		}
		p.Places[id] = *hit
		p.Told = append(p.Told, told)
	}
	for _, g := range gone {
		told := Told{Mark: g.Finding.Ref.ID.String(), What: SeenGone}
		if elsewhere[told.Mark] {
			told.What = SeenElsewhere
		}
		p.Told = append(p.Told, told)
	}
}

func toldOf(id app.ID, h *Hit) Told {
	return Told{Mark: id.String(), What: Seen, Kinds: h.Kinds, Persons: h.Persons, Type: h.Type, Size: h.Size,
		Protection: h.Protection, Weakness: h.Weakness, Everyone: h.Everyone, Content: h.Content}
}

// news says whether a sight of the file changes anything.
func (f *Finding) news(t *Told, now time.Time) bool {
	same := slices.Equal(f.Kinds, t.Kinds) && f.Persons == t.Persons && f.Type == t.Type && f.Size == t.Size && f.Protection == t.Protection &&
		f.Weakness == t.Weakness && f.Everyone == t.Everyone && f.Content == t.Content
	at := app.StampOf(now)
	return !same || f.Unread || !f.Lies() || f.State == Excepted && f.lapsed(at) || now.Sub(f.LastSeen.Time()) > renewal
}
