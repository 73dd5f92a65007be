package register

import (
	"context"
	"strings"

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

// unreadable says which right is missing, and who has it.
func (p *Page) unreadable() string {
	words := p.desk.Words
	var names []string
	for _, r := range p.reach.Roles[:min(rolesNamed, len(p.reach.Roles))] {
		names = append(names, words.Of(r))
	}
	all := strings.Join(names, words.T(text.ListComma))
	if len(p.reach.Roles) > rolesNamed {
		all = words.T(text.AndOthers, all)
	}
	return words.T(text.MayNotRead, words.Of(p.cfg.Register.About().Label), all)
}
