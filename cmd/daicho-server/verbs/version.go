package verbs

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
func (v *versionVerb) Run(console *cli.Console) error {
	if v.JSON {
		return printJSON(console, map[string]string{
			"name": "daicho-server", "version": cli.Version, "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH,
		})
	}
	_, err := fmt.Fprintf(console.Out, "daicho-server %s (%s, %s/%s)\n", cli.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
