package sla

import (
	"fmt"
	"math/big"

	"daicho/app"
)

// Fraction is a part of a whole, exactly. Neither is below zero.
type Fraction struct{ Part, Whole int64 }

// AtLeast says whether it is so many per cent or more. A whole of nothing is: no
// inquiry was missed where there was none.
func (f Fraction) AtLeast(percent int64) bool {
	return new(big.Int).Mul(big.NewInt(f.Part), big.NewInt(100)).Cmp(new(big.Int).Mul(big.NewInt(f.Whole), big.NewInt(percent))) >= 0
}

// Percent is the fraction in per cent, cut off after so many decimals and never
// rounded up: 48 of 49 is 97.95 %, not 98.0 %. A whole of nothing has none: –.
func (f Fraction) Percent(decimals int) string {
	if f.Whole == 0 {
		return "–"
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	n := new(big.Int).Mul(big.NewInt(f.Part), big.NewInt(100))
	n.Quo(n.Mul(n, unit), big.NewInt(f.Whole))
	whole, rest := new(big.Int).QuoRem(n, unit, new(big.Int))
	if decimals == 0 {
		return whole.String() + " %"
	}
	return fmt.Sprintf("%s.%0*s %%", whole, decimals, rest)
}

// Indicator is a fraction held against what the contract asks for.
type Indicator struct {
	Fraction
	Required int64 // per cent
	Reading  Reading
}

// Met says whether it is reached.
func (i Indicator) Met() bool { return i.AtLeast(i.Required) }

// Verdict is 達成 or 未達.
func (i Indicator) Verdict() Verdict {
	if i.Met() {
		return Met
	}
	return Missed
}

// Line is the indicator for a report: 97.95 % (48/49) 未達.
func (i Indicator) Line(lang app.Lang) string {
	return fmt.Sprintf("%s (%d/%d) %s", i.Percent(2), i.Part, i.Whole, i.Verdict().Label().In(lang))
}

// Both is an indicator by the reading in force, and by the other.
type Both struct{ InForce, Other Indicator }

// both puts the reading in force first.
func both(r Reading, by map[Choice]Fraction, required int64) (b Both) {
	b.InForce = Indicator{by[r.Choice], required, r}
	for choice, f := range by {
		if choice != r.Choice {
			b.Other = Indicator{f, required, Reading{Question: r.Question, Choice: choice}}
		}
	}
	return b
}
