package requirement

import (
	"context"
	"slices"
	"strings"

	"daicho/app"
)

// Count is how many records of a kind meet all conditions.
type Count func(ctx context.Context, kind app.Kind, where []app.Cond) (int, error)

// Evidence is what one register has for a clause.
type Evidence struct {
	Kind  app.Kind
	Label app.Label
	Count int
	Named bool // the records name the clause themselves; else their register answers it
}

// clauseField is how a record names the clause that it is about.
const clauseField = "clause"

// Gather counts what there is for a clause: the records of each register that answers
// it, and those of others that name it. Requirements are no evidence of themselves.
func Gather(ctx context.Context, registers app.Registers, count Count, clause string) (all []Evidence, err error) {
	for _, g := range sorted(registers) {
		about := g.About()
		var where []app.Cond
		field, names := app.SpecOf(g, clauseField)
		switch {
		case slices.Contains(own, about.Kind):
			continue
		case slices.Contains(about.Clauses, clause):
		case names && field.Indexed:
			where = []app.Cond{app.Where(clauseField, "=", clause)}
		default:
			continue
		}
		n, err := count(ctx, about.Kind, where)
		if err != nil {
			return nil, err
		}
		if n > 0 || where == nil {
			all = append(all, Evidence{about.Kind, about.Label, n, where != nil})
		}
	}
	return all, nil
}

var own = []app.Kind{Kind, JudgementKind, MeasureKind}

func sorted(registers app.Registers) (all []app.AnyRegister) {
	for _, g := range registers {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b app.AnyRegister) int { return strings.Compare(string(a.About().Kind), string(b.About().Kind)) })
	return all
}

// Row is one requirement with the evidence of its clause.
type Row struct {
	*Requirement
	Evidence []Evidence
}

// Matrix is all requirements with what there is for them (充足度マトリクス).
type Matrix struct{ Rows []Row }

// Build makes the matrix. Each clause is counted once.
func Build(ctx context.Context, registers app.Registers, count Count, all []*Requirement) (*Matrix, error) {
	m, known := &Matrix{}, map[string][]Evidence{}
	for _, r := range all {
		if _, counted := known[r.Clause]; !counted {
			found, err := Gather(ctx, registers, count, r.Clause)
			if err != nil {
				return nil, err
			}
			known[r.Clause] = found
		}
		m.Rows = append(m.Rows, Row{r, known[r.Clause]})
	}
	return m, nil
}

// Total is how many requirements are met, of how many that count.
type Total struct{ Met, Of int }

// Percent is the share in hundredths of a percent, cut off: 98.1% never becomes 98.2%.
func (t Total) Percent() int {
	if t.Of == 0 {
		return 0
	}
	return t.Met * 10_000 / t.Of
}

// Total counts by one side's verdicts. Examples never count, nor does what that side
// holds not applicable; what nobody judged counts as not met.
func (m *Matrix) Total(side Side) (t Total) {
	for _, r := range m.Rows {
		v := r.Contractor
		if side == OfCity {
			v = r.City
		}
		if r.Tag == Example || v == NotApplicable {
			continue
		}
		t.Of++
		if v == Met {
			t.Met++
		}
	}
	return t
}
