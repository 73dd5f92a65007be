// Package access is the engine of rights: roles, what each may do with each kind
// of record, and the one function that decides. See DESIGN.md in this folder.
//
// Who holds which role is not here: package people reads it from the order. Which
// role may do what with which kind is one line per kind in package modules.
package access
