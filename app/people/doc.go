// Package people is the registers of persons, organisations, sites and grants
// (clauses 1.1.1, 2.1.2 and 3.1.3 of the city's specification), and the rights that
// follow from the grants. What a role may do is not here: see package access.
package people

import "daicho/app"

// Module is what the product takes from this package.
func Module() app.Module {
	return app.Module{Name: "people", Registers: []app.AnyRegister{Persons, Organisations, Sites, Grants}}
}
