package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"daicho/app/modules"
	"daicho/cmd/cli"
)

// Every verb that can be typed explains itself and takes --help alone.
func TestEveryVerbHelps(t *testing.T) {
	book := modules.Book()
	parser, err := kong.New(&grammar{book: book}, append(registerVerbs(book), kong.Name("daichoctl"))...)
	if err != nil {
		t.Fatal(err)
	}
	leaves := parser.Model.Leaves(false)
	if len(leaves) < 20 {
		t.Errorf("%d verbs", len(leaves))
	}
	for _, leaf := range leaves {
		var out, said bytes.Buffer
		exit := run(append(names(leaf), "--help"), &cli.Console{Out: &out, Err: &said}, cheap)
		if exit != cli.Done || said.Len() > 0 || !strings.HasPrefix(out.String(), "Usage: daichoctl "+strings.Join(names(leaf), " ")) || leaf.Help == "" {
			t.Errorf("%q: exit %d, %q, %q", names(leaf), exit, &out, &said)
		}
	}
}

// names are the words that lead to a verb.
func names(node *kong.Node) (words []string) {
	for ; node.Type != kong.ApplicationNode; node = node.Parent {
		words = append([]string{node.Name}, words...)
	}
	return words
}
