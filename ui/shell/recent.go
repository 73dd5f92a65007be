package shell

import (
	"context"
	"encoding/json"
	"slices"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
)

// recent are the records that were open last, the latest first: what a palette
// offers before anything is typed. They are kept on this device.
type recent struct {
	shell *Shell
	list  []app.Ref
	slot  task.Slot
}

const (
	mostRecent = 8
	recentName = "recent"
)

// recall reads those of before, behind those of now.
func (r *recent) recall() {
	task.Do(r.shell.desk.Tasks, &r.slot, func(ctx context.Context) (before []app.Ref, err error) {
		kept, err := r.shell.records.Recall(ctx, recentName)
		if value := kept[recentName]; err == nil && value != nil {
			err = json.Unmarshal(value, &before)
		}
		return before, err
	}, func(before []app.Ref, err error) {
		r.say(err)
		for _, ref := range before {
			if !slices.Contains(r.list, ref) {
				r.list = append(r.list, ref)
			}
		}
	})
}

// note puts a record first; a zero reference is none.
func (r *recent) note(ref app.Ref) {
	if ref.IsZero() || len(r.list) > 0 && r.list[0] == ref {
		return
	}
	list := append([]app.Ref{ref}, slices.DeleteFunc(slices.Clone(r.list), func(x app.Ref) bool { return x == ref })...)
	r.list = list[:min(len(list), mostRecent)]
	value, err := json.Marshal(r.list)
	if err != nil {
		return
	}
	task.Go(r.shell.desk.Tasks, func(ctx context.Context) error { return r.shell.records.Keep(ctx, recentName, value) }, r.say)
}

func (r *recent) refs() []app.Ref { return slices.Clone(r.list) }

func (r *recent) say(err error) {
	if err != nil {
		r.shell.Say(kit.Late, r.shell.desk.Words.Error(err))
	}
}

// showing is the record that is open on the page in sight; zero for none.
func (s *Shell) showing() app.Ref {
	if o, ok := s.pages[s.current].(ui.Shower); ok {
		return o.Showing()
	}
	return app.Ref{}
}

// sectionOf is the section of a kind.
func (s *Shell) sectionOf(kind app.Kind) (ui.Section, bool) {
	i := slices.IndexFunc(s.sections, func(x ui.Section) bool { return slices.Contains(x.Kinds, kind) })
	if i < 0 {
		return ui.Section{}, false
	}
	return s.sections[i], true
}
