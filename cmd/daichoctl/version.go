package main

import (
	"fmt"
	"runtime"

	"daicho/cmd/cli"
)

// versionVerb says which program this is.
type versionVerb struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run prints.
func (v *versionVerb) Run(s *session) error {
	if v.JSON {
		return printJSON(s.console.Out, map[string]string{
			"name": "daichoctl", "version": cli.Version, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH,
		})
	}
	_, err := fmt.Fprintf(s.console.Out, "daichoctl %s (%s, %s/%s)\n", cli.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
