package ui_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// speech is what a type tells a screen reader: the methods it has by itself, and
// the types that it is made of and may have them from.
type speech struct {
	own  map[string]bool
	from []string
}

// unheard take the mouse, and a screen reader finds the same elsewhere.
var unheard = map[string]string{
	"kit.veil": "the ground of a card, clicked to close it as Esc does",
	"kit.Form": "a click beside a field goes into it, and each field says itself",
}

// TestOwnWidgetsSpeak lists the widgets of the window that take the keyboard or
// the mouse, and names each that tells a screen reader nothing.
func TestOwnWidgetsSpeak(t *testing.T) {
	all := speeches(t)
	heard := 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		takes := []string{}
		for _, m := range []string{"TypedKey", "Tapped"} {
			if all[name].own[m] {
				takes = append(takes, m)
			}
		}
		if len(takes) == 0 {
			continue
		}
		says := speaks(all, name, "AccessibilityLabel") && speaks(all, name, "AccessibilityRole")
		fmt.Printf("%-28s %-18s %t\n", name, strings.Join(takes, " "), says)
		if says {
			heard++
		} else if _, excused := unheard[name]; !excused {
			t.Errorf("%s takes %v and tells a screen reader nothing", name, takes)
		}
	}
	for name := range unheard {
		if all[name] == nil || speaks(all, name, "AccessibilityLabel") {
			t.Errorf("%s needs no excuse", name)
		}
	}
	if heard < 12 {
		t.Errorf("the test sees %d widgets", heard)
	}
}

// speaks reports whether a type has a method, by itself or from what it is made of.
func speaks(all map[string]*speech, name, method string) bool {
	s := all[name]
	return s != nil && (s.own[method] || slices.ContainsFunc(s.from, func(of string) bool { return speaks(all, of, method) }))
}

// speeches reads all types of the window; a type is named as in kit.Button.
func speeches(t *testing.T) map[string]*speech {
	all := map[string]*speech{}
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err == nil {
			readSpeech(all, f)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func readSpeech(all map[string]*speech, f *ast.File) {
	of := func(typ string) *speech {
		name := f.Name.Name + "." + typ
		if all[name] == nil {
			all[name] = &speech{own: map[string]bool{}}
		}
		return all[name]
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv != nil {
				if typ, ok := bare(n.Recv.List[0].Type).(*ast.Ident); ok {
					of(typ.Name).own[n.Name.Name] = true
				}
			}
		case *ast.TypeSpec:
			if st, ok := n.Type.(*ast.StructType); ok {
				of(n.Name.Name).from = embedded(f.Name.Name, st)
			}
		}
		return true
	})
}

func embedded(pkg string, st *ast.StructType) (names []string) {
	for _, field := range st.Fields.List {
		if len(field.Names) > 0 {
			continue
		}
		switch typ := bare(field.Type).(type) {
		case *ast.Ident:
			names = append(names, pkg+"."+typ.Name)
		case *ast.SelectorExpr:
			names = append(names, typ.X.(*ast.Ident).Name+"."+typ.Sel.Name)
		}
	}
	return names
}

// bare is a type without pointer and parameters.
func bare(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.StarExpr:
		return bare(e.X)
	case *ast.IndexExpr:
		return bare(e.X)
	}
	return e
}
