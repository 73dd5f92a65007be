package cmd_test

import (
	"go/ast"
	"go/types"
	"path"
	"strconv"
	"strings"
	"testing"
)

// imports holds every import against the layers and the bans on whole packages.
func (t *tree) imports() []string {
	var found []string
	for _, f := range t.sorted() {
		own := layerOf(f.path)
		if own == nil {
			found = append(found, t.at(f.files[0].syntax.Package, f.path, "has no line in the table of layers; give it one, with its reason"))
			continue
		}
		for _, file := range f.files {
			for _, spec := range file.syntax.Imports {
				found = append(found, t.importOf(f, file, own, spec)...)
			}
		}
	}
	return found
}

func (t *tree) importOf(f *folder, file file, own *layer, spec *ast.ImportSpec) []string {
	name, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return []string{t.at(spec.Pos(), spec.Path.Value, err.Error())}
	}
	var found []string
	inside, ours := strings.CutPrefix(name, module+"/")
	if ours && !file.test && !matches(own.may, inside) && root(inside) != root(f.path) {
		found = append(found, t.at(spec.Pos(), f.path+" imports "+inside, own.why))
	}
	for _, b := range bans {
		if len(b.names) == 0 && (b.tests || !file.test) && fits(b.what, name) && matches(b.in, f.path) {
			found = append(found, t.at(spec.Pos(), f.path+" imports "+name, b.why))
		}
	}
	return found
}

func layerOf(folder string) *layer {
	for i := range layers {
		if matches(layers[i].of, folder) {
			return &layers[i]
		}
	}
	return nil
}

// root is the folder whose tree is open to itself: app/report of
// app/report/pdf. Folders of one segment have none but themselves.
func root(folder string) string {
	if parts := strings.SplitN(folder, "/", 3); len(parts) > 1 {
		return path.Join(parts[:2]...)
	}
	return folder
}

// names holds every use of a banned name against the bans, whatever the
// package is called in that file and whatever the value is held in.
func (t *tree) names() []string {
	var found []string
	for _, f := range t.sorted() {
		t.check(f)
		for _, file := range f.files {
			if file.test {
				continue
			}
			ast.Inspect(file.syntax, func(n ast.Node) bool {
				if selector, ok := n.(*ast.SelectorExpr); ok {
					found = append(found, t.nameOf(f, selector)...)
				}
				return true
			})
		}
	}
	return found
}

func (t *tree) nameOf(f *folder, selector *ast.SelectorExpr) []string {
	from := source(f.info, selector)
	var found []string
	for _, b := range bans {
		for _, name := range b.names {
			if name == selector.Sel.Name && from == b.what && matches(b.in, f.path) {
				found = append(found, t.at(selector.Pos(), f.path+" uses "+from+"."+name, b.why))
			}
		}
	}
	return found
}

// source is the path of the package that a selector's name comes from: x.Name
// of an imported package x, or a method of a type of this module. It is empty
// for fields, and for a method that only fulfils io.Writer.
func source(info *types.Info, selector *ast.SelectorExpr) string {
	if x, ok := selector.X.(*ast.Ident); ok {
		if imported, ok := info.Uses[x].(*types.PkgName); ok {
			return imported.Imported().Path()
		}
	}
	method, ok := info.Uses[selector.Sel].(*types.Func)
	if !ok || method.Pkg() == nil || isWriter(method) {
		return ""
	}
	return method.Pkg().Path()
}

// isWriter reports whether a method is Write([]byte) (int, error).
func isWriter(method *types.Func) bool {
	s := method.Signature()
	return s.Params().Len() == 1 && types.Identical(s.Params().At(0).Type(), types.NewSlice(types.Typ[types.Byte]))
}

// goroutines finds go statements of the screen outside ui/task.
func (t *tree) goroutines() []string {
	var found []string
	for _, f := range t.sorted() {
		for _, file := range f.files {
			if file.test || !matches(goroutines.in, f.path) {
				continue
			}
			ast.Inspect(file.syntax, func(n ast.Node) bool {
				if g, ok := n.(*ast.GoStmt); ok {
					found = append(found, t.at(g.Pos(), f.path+" starts a goroutine", goroutines.why))
				}
				return true
			})
		}
	}
	return found
}

func TestPatterns(t *testing.T) {
	tests := []struct {
		patterns []string
		folder   string
		want     bool
	}{
		{[]string{"app"}, "app", true},
		{[]string{"app"}, "app/sla", false},
		{[]string{"app/*"}, "app/sla", true},
		{[]string{"app/*"}, "app", false},
		{[]string{"app/*"}, "app/report/pdf", false},
		{[]string{"ui/*/*test"}, "ui/theme/themetest", true},
		{[]string{"ui/*/*test"}, "ui/theme/tone", false},
		{[]string{"app/..."}, "app", true},
		{[]string{"app/..."}, "application", false},
		{[]string{"app/*/..."}, "app/report/pdf", true},
		{[]string{"app/*/..."}, "app", false},
		{[]string{"..."}, "ui/kit", true},
		{[]string{"...", "!ui/..."}, "ui/kit", false},
		{[]string{"...", "!ui/...", "ui/kit"}, "ui/kit", true},
		{nil, "ui", false},
	}
	for _, tt := range tests {
		if got := matches(tt.patterns, tt.folder); got != tt.want {
			t.Errorf("matches(%v, %q) = %v", tt.patterns, tt.folder, got)
		}
	}
}
