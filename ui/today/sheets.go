package today

import (
	"daicho/app"
	"daicho/app/access"
	"daicho/app/ticket"
)

// sheet is the page of some roles: cards on top, then two columns of panels. What
// has no room is left out from the bottom of a column, and what the person may
// not read is left out, too; so the most important comes first.
type sheet struct {
	id          string // never changes: the one chosen last is remembered
	label       app.Label
	roles       access.Roles
	fresh       app.Kind // what its button begins; empty: nothing
	cards       []*card
	left, right []*panel
}

// sheets are the pages in the order in which a person with several roles sees
// them. A new register stands here with its cards and panels.
var sheets = []*sheet{
	{
		id: "helpdesk", label: app.Label{JA: "ヘルプデスク", EN: "Helpdesk"},
		roles: access.Roles{access.Helpdesk, access.Monitor}, fresh: ticket.Kind,
		cards: []*card{&unclosed, &notBegun, &mine, &intake},
		left:  []*panel{&running, &monthly, &byTimeLeft, &ownTickets},
		right: []*panel{&overnight, &asksOfSync, &visits, &notBegunList},
	},
	{
		id: "field", label: app.Label{JA: "現地対応", EN: "On site"},
		roles: access.Roles{access.FieldEngineer}, fresh: ticket.Kind,
		cards: []*card{&visitsToday, &mine, &toSend, &openConflicts},
		left:  []*panel{&running, &ownByTimeLeft, &waitingTickets},
		right: []*panel{&visits, &asksOfSync, &toSendList},
	},
	{
		id: "lead", label: app.Label{JA: "管理", EN: "Lead"},
		roles: access.Roles{access.CityOfficer, access.CityApprover, access.CityOwner, access.CIO, access.PM, access.PhaseLeader,
			access.PMO, access.Improvement, access.Accountant, access.Reviewer1, access.Reviewer2, access.Expert}, fresh: ticket.Kind,
		cards: []*card{&unclosed, &unassigned, &intake, &replyDue},
		left:  []*panel{&running, &monthly, &byTimeLeft, &replies},
		right: []*panel{&asksOfSync, &unassignedList, &erasuresAsked, &issued, &drafts},
	},
	{
		id: "audit", label: app.Label{JA: "安全・監査", EN: "Security and audit"},
		roles: access.Roles{access.Security, access.Auditor, access.CityAuditor, access.Admin, access.KeyManager},
		cards: []*card{&emergencies, &erasures, &grantsEnding, &openConflicts},
		left:  []*panel{&emergencyList, &grantsEndingList},
		right: []*panel{&asksOfSync, &erasuresAsked, &voidedNumbers, &issued},
	},
}

// general is for who holds none of these roles, and for a device without a server.
var general = sheet{
	id: "general", label: app.Label{JA: "全般", EN: "General"}, fresh: ticket.Kind,
	cards: []*card{&unclosed, &intake, &replyDue, &toSend},
	left:  []*panel{&byTimeLeft, &issued},
	right: []*panel{&asksOfSync, &visits, &replies, &drafts},
}

// sheetsOf are the pages of who holds some roles, at least one.
func sheetsOf(held access.Roles) (all []*sheet) {
	for _, s := range sheets {
		if s.isFor(held) {
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return []*sheet{&general}
	}
	return all
}
