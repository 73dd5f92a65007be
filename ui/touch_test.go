package ui_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inputs are the methods by which Fyne gives a widget the keyboard and the
// mouse. Moves of the mouse are seen by Cursor of what fills the window.
var inputs = []string{"TypedKey", "TypedRune", "TypedShortcut", "KeyDown", "Tapped", "TappedSecondary", "DoubleTapped", "MouseDown", "Scrolled", "Dragged", "Cursor"}

// stock are Fyne's own widgets that take input, with what must be answered
// before they do: the rest of their input comes with one of these.
var stock = map[string][]string{
	"Entry": {"TypedKey", "TypedRune", "TypedShortcut", "MouseDown"},
	"Check": {"TypedKey", "TypedRune", "TypedShortcut", "Tapped"},
}

// widgets are the types of the window: which input each takes, and whether it
// notes that; and which of Fyne's widgets each is made of.
type widgets struct {
	touches map[string]map[string]bool
	made    map[string]string
}

func readWidgets(t *testing.T) widgets {
	w := widgets{map[string]map[string]bool{}, map[string]string{}}
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			w.note(filepath.Dir(path)+".", d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w widgets) note(place string, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || !slices.Contains(inputs, d.Name.Name) || d.Name.Name == "Cursor" && !ofTheMouse(d.Type) {
			return
		}
		name := place + receiver(d.Recv.List[0].Type)
		if w.touches[name] == nil {
			w.touches[name] = map[string]bool{}
		}
		w.touches[name][d.Name.Name] = callsTouch(d.Body)
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if typ, ok := s.(*ast.TypeSpec); ok {
				w.noteType(place+typ.Name.Name, typ.Type)
			}
		}
	}
}

func (w widgets) noteType(name string, typ ast.Expr) {
	st, ok := typ.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range st.Fields.List {
		sel, ok := f.Type.(*ast.SelectorExpr)
		if ok && len(f.Names) == 0 && stock[sel.Sel.Name] != nil {
			w.made[name] = sel.Sel.Name
		}
	}
}

// ofTheMouse tells the cursor of the mouse from that of a table.
func ofTheMouse(f *ast.FuncType) bool {
	sel, ok := f.Results.List[0].Type.(*ast.SelectorExpr)
	return ok && sel.X.(*ast.Ident).Name == "desktop"
}

func receiver(e ast.Expr) string {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	return e.(*ast.Ident).Name
}

func callsTouch(body *ast.BlockStmt) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		found = found || ok && sel.Sel.Name == "Touch"
		return true
	})
	return found
}

// TestEveryInputIsNoted: the window locks itself when nobody has touched it
// for a while, so every way in which somebody can touch it must be noted.
func TestEveryInputIsNoted(t *testing.T) {
	w := readWidgets(t)
	for name, methods := range w.touches {
		for method, touches := range methods {
			if !touches {
				t.Errorf("%s.%s takes input and does not call Touch of the desk", name, method)
			}
		}
	}
	for name, of := range w.made {
		for _, method := range stock[of] {
			if _, own := w.touches[name][method]; !own {
				t.Errorf("%s leaves %s to Fyne's %s, which notes nothing", name, method, of)
			}
		}
	}
	for _, whole := range []string{"shell.frame", "shell.doorPage", "kit.Overlay", "kit.selectList"} {
		if !w.touches[whole]["Cursor"] {
			t.Errorf("%s fills the window and does not see the mouse move", whole)
		}
	}
	if len(w.made) < 2 {
		t.Errorf("the test sees only %v of Fyne's widgets", w.made)
	}
}
