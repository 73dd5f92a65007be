package verbs

import "daicho/cmd/worker"

// apartVerb reads what came by mail and may end a process.
type apartVerb struct{}

// Run serves until nobody asks any more. The parser of PDF is interpreted: a server
// has no folder for code.
func (v *apartVerb) Run() error { return worker.Main("") }
