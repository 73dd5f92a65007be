// Package polite makes a scan wait where it would be in somebody's way: outside
// the hours given to it, faster than its pace, on battery, or while it is paused.
// It also gives the process the lowest priority that the system knows.
//
// Use a [Gate] as scan.Gate. It decides when something is read, never what: what
// is left out is a matter of the scan's options. The clock comes from the caller.
package polite
