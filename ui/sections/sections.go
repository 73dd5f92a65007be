// Package sections is the one list of sections, in the order of the navigation: the
// first nine, which people need every day, have the keys Ctrl+1 to Ctrl+9.
// What a section does is not here: a new one is one line.
package sections

import (
	"slices"

	"daicho/ui"
	"daicho/ui/agreements"
	"daicho/ui/carry"
	"daicho/ui/changerequests"
	"daicho/ui/conflicts"
	"daicho/ui/disasters"
	"daicho/ui/dispatches"
	"daicho/ui/documents"
	"daicho/ui/emergencies"
	"daicho/ui/erasures"
	"daicho/ui/findings"
	"daicho/ui/incidents"
	"daicho/ui/mails"
	"daicho/ui/meetings"
	"daicho/ui/monitors"
	"daicho/ui/numbering"
	"daicho/ui/people"
	"daicho/ui/rejects"
	"daicho/ui/requirements"
	"daicho/ui/searches"
	"daicho/ui/staffing"
	"daicho/ui/synonyms"
	"daicho/ui/tasks"
	"daicho/ui/terms"
	"daicho/ui/tickets"
	"daicho/ui/today"
	"daicho/ui/voided"
)

// All is every section of the product.
func All() []ui.Section {
	return slices.Concat([]ui.Section{
		today.Section(),
		tickets.Section(),
		dispatches.Section(),
		incidents.Section(),
	}, documents.Sections(), []ui.Section{
		conflicts.Section(),
		rejects.Section(),
		carry.Section(),
	}, findings.Sections(), meetings.Sections(), []ui.Section{tasks.Section(), agreements.Section(), changerequests.Section()}, requirements.Sections(), documents.Control(), numbering.Sections(), []ui.Section{
		voided.Section(),
		emergencies.Section(),
		erasures.Section(),
		disasters.Section(),
	}, []ui.Section{tickets.Templates(), synonyms.Section(), searches.Section()}, mails.Sections(), dispatches.Control(), incidents.Control(), monitors.Sections(), terms.Sections(), staffing.Sections(), people.Sections())
}
