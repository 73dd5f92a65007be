package main

import (
	"cmp"
	"maps"
	"slices"

	"github.com/alecthomas/kong"

	"daicho/app"
	"daicho/cmd/cli"
	"daicho/store/keys"
)

// grammar is what can be typed, beside one verb for each register.
type grammar struct {
	Replica string `name:"replica" placeholder:"DIR" help:"Folder of the replica (default: one per person)."`
	Keyring bool   `name:"keyring" help:"Open the replica with the system's keyring instead of the passphrase."`
	emergencyFlags

	Init     initVerb     `cmd:"" help:"Make a new replica and the keys of this device."`
	Enroll   enrollVerb   `cmd:"" help:"Bind this device to a person, by a code of the server."`
	Sync     syncVerb     `cmd:"" help:"Send what was done here and fetch what others did."`
	Bundle   bundleVerb   `cmd:"" help:"Carry changes by stick: export, import, inspect, list."`
	Exchange exchangeVerb `cmd:"" help:"Give another device what the server has not, where only the two are on a network."`
	Kinds    kindsVerb    `cmd:"" help:"List the registers with their fields and commands."`
	Search   searchVerb   `cmd:"" help:"Find words in all registers."`
	Similar  similarVerb  `cmd:"" help:"Find inquiries of the past that say the same as one, or as some words, on this device."`
	History  historyVerb  `cmd:"" help:"Tell who changed a record, when and how."`
	Conflict conflictVerb `cmd:"" help:"List and resolve fields that two people wrote differently."`
	Outbox   outboxVerb   `cmd:"" help:"List what the server has not accepted."`
	Reject   rejectVerb   `cmd:"" help:"Deal with what the server refused: try again, copy it, or dismiss it."`
	Key      keyringVerb  `cmd:"" name:"keyring" help:"Let the system's keyring open the replica, or no longer."`
	Care     replicaVerb  `cmd:"" name:"replica" help:"Back up, check, mend, and say what opens the replica."`
	Audit    auditVerb    `cmd:"" help:"The server's order as a record that nobody rewrites unnoticed: export, verify, prove, alarm."`
	Scan     scanVerb     `cmd:"" help:"Find personal data in files and on shares of file servers. Needs no replica."`
	Rules    rulesVerb    `cmd:"" help:"Change the words that the scan goes by: key, sign, show. Needs no replica."`
	Agent    agentVerb    `cmd:"" help:"Run the scans that are assigned to this device, and report what they find."`
	Report   reportVerb   `cmd:"" help:"Write a report: scan, helpdesk, calendar, requirement."`
	Print    paperVerb    `cmd:"" help:"Print what is handed out, as PDF: document, versions, visit, disposals."`
	Share    shareVerb    `cmd:"" help:"Keep logins for file servers: login, logout."`
	Text     textVerb     `cmd:"" help:"Print the text of a file, as the scan reads it. Needs no replica."`
	Calendar calendarVerb `cmd:"" help:"Service hours and holidays: holidays, due, changes, sign. Needs no replica."`
	Mail     mailVerb     `cmd:"" help:"Read a mail that lies in a file: parse."`
	Compare  compareVerb  `cmd:"" help:"Tell two revisions of documents apart, with the text of their attachments."`
	Preload  preloadVerb  `cmd:"" help:"Register the key documents, requirements and open questions of the specification, where one is missing."`
	Dispose  disposeVerb  `cmd:"" help:"List the documents whose retention is over, and propose to dispose of them."`
	Monitor  monitorVerb  `cmd:"" help:"Take in what monitoring tools write: inspect, backups, logs."`
	Inbox    inboxVerb    `cmd:"" help:"Register what is put into a folder as documents, each with its file."`
	SLA      slaVerb      `cmd:"" name:"sla" help:"Judge by the clocks of the contract, with no network: explain."`
	Demo     demoVerb     `cmd:"" help:"Fill the replica with an invented city."`
	Version  versionVerb  `cmd:"" help:"Print the version."`
	Apart    apartVerb    `cmd:"" hidden:"" name:"read-apart" help:"Read files for scan and text, in a process of its own."`

	book app.Book
	cost keys.Cost
}

// AfterApply hands every verb the place it works in.
func (g *grammar) AfterApply(bind *kong.Context, console *cli.Console) error {
	if err := g.check(); err != nil {
		return err
	}
	bind.Bind(&session{dir: g.Replica, keyring: g.Keyring, emergency: g.emergencyFlags, book: g.book, cost: g.cost, console: console})
	return nil
}

// registerVerb is the verbs of one register.
type registerVerb struct {
	List   listVerb   `cmd:"" help:"List records."`
	Show   showVerb   `cmd:"" help:"Show one record."`
	New    newVerb    `cmd:"" help:"Make a record."`
	Edit   editVerb   `cmd:"" help:"Change fields of one record or of several."`
	Do     doVerb     `cmd:"" help:"Do a command of the register on a record."`
	Export exportVerb `cmd:"" help:"Write records as PDF, CSV or workbook."`
	Import importVerb `cmd:"" help:"Take back a workbook, CSV or TSV that people edited: shows what it would do, and does it with --apply."`
	Files  filesVerb  `cmd:"" help:"List the attachments of a record, or write them to a folder."`

	register app.AnyRegister
}

// AfterApply says which register the verb below works on.
func (v *registerVerb) AfterApply(bind *kong.Context) error {
	bind.BindTo(v.register, (*app.AnyRegister)(nil))
	return nil
}

// registerVerbs makes a verb of each register. Conflicts and dismissals have
// verbs of their own, for nobody makes or edits one.
func registerVerbs(book app.Book) (verbs []kong.Option) {
	for _, kind := range slices.Sorted(maps.Keys(book.Registers)) {
		if kind == app.ConflictKind || kind == app.DismissalKind {
			continue
		}
		about := book.Registers[kind].About()
		help := about.Label.JA + " (" + about.Label.EN + "): list, show, new, edit, do, export, import, files."
		verbs = append(verbs, kong.DynamicCommand(string(kind), help, "registers", &registerVerb{register: book.Registers[kind]}))
	}
	return append(verbs, kong.ExplicitGroups([]kong.Group{{Key: "registers", Title: "Registers"}}))
}

// sortedKinds are the registers in the order of their kinds.
func sortedKinds(book app.Book) []app.AnyRegister {
	return slices.SortedFunc(maps.Values(book.Registers), func(a, b app.AnyRegister) int {
		return cmp.Compare(a.About().Kind, b.About().Kind)
	})
}
