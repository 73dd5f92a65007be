//go:build !unix

package agent

// accounts are not asked for on these systems.
type accounts struct{}

func (accounts) of(string) string { return "" }
