package register

import (
	"context"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/task"
)

// Ready are ready texts for the form: records of another kind, of which the person picks
// one. What it says is typed into the form, to be recorded.
type Ready struct {
	Label app.Label
	Key   ui.Key
	Kind  app.Kind
	// Into names the fields that may get something, in the order of the form.
	Into []string
	// Texts are what a picked record says for the open one, by field.
	Texts func(desk *ui.Desk, picked, open app.Record) map[string]string
}

// ready is the act of using one.
func (p *Page) ready() []ui.Action {
	r := p.cfg.Ready
	if r.Kind == "" {
		return nil
	}
	return []ui.Action{{Label: r.Label, Icon: "file-text", Key: r.Key, Do: func() {
		if p.detail.model == nil {
			p.New()
		}
		p.host.PickRecord(r.Kind, p.useReady)
	}}}
}

func (p *Page) useReady(ref app.Ref) {
	d, records := p.detail, p.host.Records()
	task.Do(p.desk.Tasks, &d.naming, func(ctx context.Context) (app.Record, error) { return records.Get(ctx, ref) }, func(picked app.Record, err error) {
		switch {
		case err != nil:
			p.host.Say(kit.Late, p.desk.Words.Error(err))
		case d.model != nil:
			texts := p.cfg.Ready.Texts(p.desk, picked, d.model.Record)
			for _, field := range p.cfg.Ready.Into {
				if words := texts[field]; words != "" {
					d.fill(field, words)
				}
			}
		}
	})
}
