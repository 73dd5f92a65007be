package cmd_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

const (
	whyPackage  = "a package comment says in two sentences or more what it is for and when not to use it"
	whyExported = "what others may call says what it does, with units, zones, ranges and errors"
	whyName     = "a name says what is in it; what fits nowhere stays where it is used"
	whyTop      = "the top of the tree is a fixed list; everything new goes below one of its folders"
	whyPath     = "the product knows nothing of the machine it was written on"
)

// emptyNames say nothing about what they name.
var emptyNames = []string{"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}

// badName finds empty names in the folders and the file of a path. Words
// inside a name are seen where it is written with _ or -, and util also when
// it ends a name as in ioutil.
func badName(name string) []string {
	for _, part := range strings.Split(name, "/") {
		stem := strings.TrimSuffix(part, path.Ext(part))
		for _, word := range strings.FieldsFunc(stem, func(r rune) bool { return r == '_' || r == '-' }) {
			if slices.Contains(emptyNames, word) || strings.HasSuffix(word, "util") || strings.HasSuffix(word, "utils") {
				return []string{name + ": " + word + ": " + whyName}
			}
		}
	}
	return nil
}

// foreign matches absolute paths of one machine, and the folder beside the
// tree. It is put together here so that this file does not match itself.
var foreign = regexp.MustCompile(`(^|[\s"'(=:,` + "`" + `])/` + `work(/|["'\s),` + "`" + `]|$)|\.\./` + `shared\b`)

func foreignPaths(name string, text []byte) []string {
	var found []string
	for i, line := range bytes.Split(text, []byte("\n")) {
		if m := foreign.Find(line); m != nil {
			found = append(found, fmt.Sprintf("%s:%d: %s: %s", name, i+1, bytes.TrimSpace(m), whyPath))
		}
	}
	return found
}

// top finds what lies at the top of the tree without a place in the list.
func (t *tree) top(list []string) []string {
	var found []string
	for _, e := range t.entries {
		if name := e.Name(); name[0] != '.' && !slices.Contains(list, name) {
			found = append(found, name+kind(e)+": "+whyTop)
		}
	}
	return found
}

func kind(e fs.DirEntry) string {
	if e.IsDir() {
		return "/"
	}
	return ""
}

// comments finds packages without a real comment and exported names without any.
func (t *tree) comments() []string {
	var found []string
	for _, f := range t.sorted() {
		sources := f.sources()
		if len(sources) == 0 {
			continue
		}
		if !slices.ContainsFunc(sources, func(s *ast.File) bool { return sentences(s.Doc.Text()) >= 2 }) {
			found = append(found, f.path+": package "+sources[0].Name.Name+": "+whyPackage)
		}
		if sources[0].Name.Name == "main" {
			continue
		}
		for _, s := range sources {
			for _, d := range s.Decls {
				found = append(found, t.declaration(d)...)
			}
		}
	}
	return found
}

func (f *folder) sources() []*ast.File {
	var sources []*ast.File
	for _, file := range f.files {
		if !file.test {
			sources = append(sources, file.syntax)
		}
	}
	return sources
}

var sentenceEnd = regexp.MustCompile(`[.!?]["')]*(\s|$)|。`)

func sentences(text string) int { return len(sentenceEnd.FindAllString(text, -1)) }

// declaration finds exported names without a comment. One above a group of
// constants, variables or types speaks for the whole group.
func (t *tree) declaration(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || ast.IsExported(receiver(d.Recv.List[0].Type))) {
			return []string{t.at(d.Pos(), d.Name.Name, whyExported)}
		}
	case *ast.GenDecl:
		if d.Tok != token.IMPORT && d.Doc == nil {
			return t.specs(d.Specs)
		}
	}
	return nil
}

func (t *tree) specs(specs []ast.Spec) []string {
	var found []string
	for _, spec := range specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && s.Comment == nil {
				found = append(found, t.at(s.Pos(), s.Name.Name, whyExported))
			}
		case *ast.ValueSpec:
			if s.Names[0].IsExported() && s.Doc == nil && s.Comment == nil {
				found = append(found, t.at(s.Pos(), s.Names[0].Name, whyExported))
			}
		}
	}
	return found
}

// receiver is the name of a method's type, without pointer and parameters.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
