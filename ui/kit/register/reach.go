package register

import (
	"context"
	"strings"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
	"daicho/ui/text"
)

// rolesNamed is how many roles an empty list names.
const rolesNamed = 4

// readReach asks what the person may read here, for the words of an empty list.
func (p *Page) readReach() {
	records, kind := p.host.Records(), p.cfg.Register.About().Kind
	task.Do(p.desk.Tasks, &p.reaching, func(ctx context.Context) (ui.Reach, error) { return records.Reach(ctx, kind) }, func(r ui.Reach, err error) {
		if err != nil {
			p.host.Say(kit.Late, p.desk.Words.Error(err))
			return
		}
		p.reach = r
		p.sayEmpty()
	})
}

func (p *Page) unreadable() string {
	return Unreadable(p.desk.Words, p.cfg.Register.About().Label, p.reach)
}

// Unreadable says which right is missing to read something, and who has it.
func Unreadable(words *text.Words, what app.Label, reach ui.Reach) string {
	var names []string
	for _, r := range reach.Roles[:min(rolesNamed, len(reach.Roles))] {
		names = append(names, words.Of(r))
	}
	all := strings.Join(names, words.T(text.ListComma))
	if len(reach.Roles) > rolesNamed {
		all = words.T(text.AndOthers, all)
	}
	return words.T(text.MayNotRead, words.Of(what), all)
}
