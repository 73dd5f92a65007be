package register

import "fyne.io/fyne/v2"

// enter goes into the record.
func (p *Page) enter() {
	p.inside = true
	p.Refresh()
	p.detail.focus()
}

// Back goes from the record to the list, gives up what is being printed or done
// with marked records, or takes marks away. What was typed is kept.
func (p *Page) Back() bool {
	if !p.inside && p.paper.progress != nil {
		p.paper.stop()
		return true
	}
	if !p.inside && p.bulk.under != nil {
		p.bulk.stop()
		return true
	}
	if !p.inside {
		return p.unmark()
	}
	if p.alone {
		return false
	}
	p.inside, p.detail.wished = false, false
	p.Refresh()
	p.desk.Focus(p.table)
	return true
}

func (p *Page) unmark() bool {
	marked := p.table.MarkCount() > 0
	if marked {
		p.table.Unmark()
	}
	return marked
}

// Panes are the list and the record, for F6: what of them is drawn.
func (p *Page) Panes() (panes []fyne.Focusable) {
	if !p.alone && (!p.narrow || !p.inside) {
		panes = append(panes, p.table)
	}
	if p.detail.model != nil && (p.alone || !p.narrow || p.inside) {
		panes = append(panes, p.detail.tabs)
	}
	return panes
}

// rest puts the keyboard into the first pane; away from all where there is none.
func (p *Page) rest() {
	panes := append(p.Panes(), nil)
	p.desk.Focus(panes[0])
}
