package staffing

import "daicho/app"

// PhaseKind is the kind of phases.
const PhaseKind app.Kind = "phase"

// Phase is a part of the contract's time.
type Phase struct {
	app.Head
	Name string
	Type PhaseType
	From app.Day // first day
	To   app.Day // last day
	Note string
	Of   app.Ref // the contract, so that all phases are found by it
}

// contract stands for the whole contract in links; there is no record of it.
var contract = app.Ref{Kind: "contract", ID: app.ID{1}}

// PhaseType is what is done in a phase.
type PhaseType string

// The types of phases.
const (
	Planning     PhaseType = "planning"
	Construction PhaseType = "construction"
	Migration    PhaseType = "migration"
	Operation    PhaseType = "operation"
	Ending       PhaseType = "ending"
)

// Phases is the register of phases.
var Phases = app.Describe(PhaseKind, "フェーズ", "Phases",
	app.Text("name", "名称", "Name", func(p *Phase) *string { return &p.Name }).Must().Search().Index(),
	app.One("type", "区分", "Type", func(p *Phase) *PhaseType { return &p.Type }, app.Is(Planning, "計画・設計", "Planning"), app.Is(Construction, "構築", "Construction"),
		app.Is(Migration, "移行", "Migration"), app.Is(Operation, "運用", "Operation"), app.Is(Ending, "終了・引継ぎ", "Ending")).Must().Index(),
	app.On("from", "開始日", "First day", func(p *Phase) *app.Day { return &p.From }).Must().Index(),
	app.On("to", "終了日", "Last day", func(p *Phase) *app.Day { return &p.To }).Must().Index(),
	app.Long("note", "備考", "Note", func(p *Phase) *string { return &p.Note }).Search().Seal(),
	app.Link("of", "対象", "Of", contract.Kind, func(p *Phase) *app.Ref { return &p.Of }).ByRule(),
).Clause("3.1.3").Rule(ordered).Lists(app.Listed("all", "全て", "All").By("from"))

var errNoPhase = app.Refuse(app.Invalid, "on", "この日を含むフェーズが登録されていません。交代日を確認するか、市にフェーズの登録を依頼してください。", "no phase holds that day; check it, or have the city enter the phase")

var errPhaseOrder = app.Refuse(app.Invalid, "to", "終了日が開始日より前です。日付を確認してください。", "the last day is before the first; check both")

func ordered(_ *app.Act, _, after *Phase) error {
	if after.To < after.From {
		return errPhaseOrder
	}
	after.Of = contract
	return nil
}

// Holds says whether a day lies in the phase.
func (p *Phase) Holds(d app.Day) bool { return p.From <= d && d <= p.To }

// phaseOn is the phase in which a day lies; where several overlap, the construction
// phase, for its rule is the stricter one.
func phaseOn(a *app.Act, d app.Day) (*Phase, error) {
	refs, err := a.Linked(contract, PhaseKind)
	if err != nil {
		return nil, err
	}
	var found *Phase
	for _, ref := range refs {
		p, err := app.Get(a, Phases, ref)
		if err != nil {
			return nil, err
		}
		if p.Holds(d) && (found == nil || p.Type == Construction) {
			found = p
		}
	}
	if found == nil {
		return nil, errNoPhase
	}
	return found, nil
}
