package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
)

// pair is a scan beside what a peer does with the same files.
type pair struct {
	what, goal string
	rounds     int
	ours, peer command
}

func (b *bench) pairs() []pair {
	rg := func(folder string, more ...string) command {
		return append(command{"rg", "-j1", "-c", "-f", b.patterns, b.folder(folder)}, more...)
	}
	out := filepath.Join(b.scratch, "out")
	return []pair{
		{"UTF-8, numbers alone, beside ripgrep", "≥ 1", 5, append(b.scan("1", b.folder("utf8")), b.numbers...), rg("utf8")},
		{"UTF-8, all kinds, beside ripgrep", "≥ 0.5", 5, b.scan("1", b.folder("utf8")), rg("utf8")},
		{"CP932, all kinds, beside rg -E sjis", "≥ 0.5", 5, b.scan("1", b.folder("cp932")), rg("cp932", "-E", "sjis")},
		{"a log, all kinds, beside ripgrep", "", 3, b.scan("1", b.folder("log")), rg("log")},
		{"tables of persons, all kinds, beside ripgrep", "", 3, b.scan("1", b.folder("table")), rg("table")},
		{"PDF, beside pdftotext", "", 3, b.scan("1", b.folder("pdf")), command{"sh", "-c", `for f in "$1"/*; do pdftotext "$f" - >/dev/null; done`, "sh", b.folder("pdf")}},
		{"Word, beside LibreOffice", "", 1, b.scan("1", b.folder("docx")), libre(b.scratch, out, b.files("docx"), "--convert-to", "txt:Text (encoded):UTF8")},
		{"Excel, beside LibreOffice", "", 1, b.scan("1", b.folder("xlsx")), libre(b.scratch, out, b.files("xlsx"), "--convert-to", "csv")},
	}
}

func (b *bench) folder(name string) string { return filepath.Join(b.dir, "files", name) }

// files are those of a folder that fill made.
func (b *bench) files(folder string) []string {
	names, _ := filepath.Glob(filepath.Join(b.folder(folder), "*")) // the pattern is one
	return names
}

func (b *bench) scan(jobs string, folders ...string) command {
	return append(command{b.program, "scan", "--jobs", jobs}, folders...)
}

// others are the kinds that ripgrep's patterns do not look for: a list of words does
// not find them.
var others = []string{"person_name", "postal_address", "sensitive"}

// pack makes a pack of rules that leaves them out, and is what a scan is told of it.
func (b *bench) pack() ([]string, error) {
	draft, key, trusted, to := filepath.Join(b.scratch, "draft"), filepath.Join(b.scratch, "key"), filepath.Join(b.scratch, "trusted"), filepath.Join(b.scratch, "pack")
	var changes []map[string]any
	for _, kind := range others {
		changes = append(changes, map[string]any{"kind": kind, "off": true, "approver": "bench", "until": "9999-12-31"})
	}
	text, err := json.Marshal(map[string]any{"name": "numbers", "version": 1, "edition": "bench", "changes": changes})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(draft, text, 0o600); err != nil {
		return nil, err
	}
	public, err := exec.Command(b.program, "rules", "key", "--key-file", key).Output()
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(trusted, public, 0o600); err != nil {
		return nil, err
	}
	_, err = run(command{b.program, "rules", "sign", draft, "--key-file", key, "--to", to})
	return []string{"--rules", to, "--rules-key", trusted}, err
}
