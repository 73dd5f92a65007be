package register

import (
	"context"
	"encoding/json"

	"daicho/ui/kit"
	"daicho/ui/task"
)

// tableName is where the widths of this register's columns are kept.
func (p *Page) tableName() string { return "table/" + string(p.cfg.Register.About().Kind) }

// keepWidths keeps the widths that a person has dragged.
func (p *Page) keepWidths() {
	value, err := json.Marshal(p.table.Widths())
	if err != nil {
		return
	}
	records := p.host.Records()
	task.Go(p.desk.Tasks, func(ctx context.Context) error { return records.Keep(ctx, p.tableName(), value) }, p.sayError)
}

// recallWidths sets the widths of before.
func (p *Page) recallWidths() {
	records := p.host.Records()
	task.Do(p.desk.Tasks, &p.widths, func(ctx context.Context) (widths map[string]float32, err error) {
		kept, err := records.Recall(ctx, p.tableName())
		if value := kept[p.tableName()]; err == nil && value != nil {
			err = json.Unmarshal(value, &widths)
		}
		return widths, err
	}, func(widths map[string]float32, err error) {
		p.sayError(err)
		if widths != nil {
			p.table.SetWidths(widths)
		}
	})
}

func (p *Page) sayError(err error) {
	if err != nil {
		p.host.Say(kit.Late, p.desk.Words.Error(err))
	}
}
