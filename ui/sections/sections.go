// Package sections is the one list of sections, in the order of the navigation.
// What a section does is not here: a new one is one line.
package sections

import (
	"daicho/ui"
	"daicho/ui/carry"
	"daicho/ui/conflicts"
	"daicho/ui/disasters"
	"daicho/ui/documents"
	"daicho/ui/emergencies"
	"daicho/ui/erasures"
	"daicho/ui/people"
	"daicho/ui/rejects"
	"daicho/ui/tickets"
	"daicho/ui/today"
	"daicho/ui/voided"
)

// All is every section of the product.
func All() []ui.Section {
	return append([]ui.Section{
		today.Section(),
		tickets.Section(),
		documents.Section(),
		voided.Section(),
		conflicts.Section(),
		rejects.Section(),
		carry.Section(),
		emergencies.Section(),
		erasures.Section(),
		disasters.Section(),
	}, people.Sections()...)
}
