package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is a parsed file of the window.
type source struct {
	path string
	file *ast.File
}

// sources parses every file below a folder but this package and tests.
func sources(t *testing.T, root string) (all []source) {
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || filepath.Dir(path) == "." {
			return err
		}
		if dir := filepath.Base(filepath.Dir(path)); dir == "text" || dir == "kittest" || dir == "hello" {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		all = append(all, source{path, f})
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatal(root, len(all), err)
	}
	return all
}

func TestEveryKeyIsUsed(t *testing.T) {
	used := map[string]bool{"Items": true, "Minutes": true, "Seconds": true, "Hours": true, "MinSeconds": true, "Days": true} // by Count, Span, Took and Left
	for _, s := range append(sources(t, ".."), sources(t, program)...) {
		maps.Copy(used, keysIn(s.file))
	}
	for name := range keys(t) {
		if !used[name] {
			t.Errorf("text.%s is used nowhere", name)
		}
	}
}

// keysIn are the names that a file takes from this package.
func keysIn(f *ast.File) map[string]bool {
	used := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "text" {
				used[sel.Sel.Name] = true
			}
		}
		return true
	})
	return used
}

// The program that opens the window, and what in it speaks to the terminal alone.
const (
	program = "../../cmd/daicho"
	tour    = program + "/tour.go"
)

// TestNothingIsSaidInOneLanguage: what is written in a source and drawn as it is
// would be the same in both languages.
func TestNothingIsSaidInOneLanguage(t *testing.T) {
	drawing := drawing(t)
	for _, s := range append(sources(t, ".."), sources(t, program)...) {
		if s.path == tour {
			continue
		}
		for _, fault := range untranslated(s.file, drawing) {
			t.Errorf("%s: %s", s.path, fault)
		}
	}
}

// Each fault is seen where it is planted, and nothing else.
func TestUntranslatedWordsAreSeen(t *testing.T) {
	drawing := drawing(t)
	for code, want := range map[string]string{
		`p.Text(0, 0, 9, 9, w.T(text.Close), st)`:                             "",
		`p.Text(0, 0, 9, 9, "○ "+name, st)`:                                   "",
		`p.Icon(0, 0, 9, "search", c)`:                                        "",
		`app.Label{JA: "閉じる", EN: "Close"}`:                                   "",
		`app.Refuse(app.Invalid, "title", "件名を入力してください。", "give a title")`:    "",
		`errors.New("this goes to the log")`:                                  "",
		`reflect.ValueOf(o).FieldByName("Content")`:                           "",
		`fmt.Fprintf(d.log, "this too: %v", err)`:                             "",
		`fmt.Fprintln(console.Err, "and this")`:                               "",
		`fmt.Fprintf(&b, "but not this")`:                                     `"but not this" is in one language`,
		`cli.Misused("who starts a program reads English")`:                   "",
		`cli.Program{About: "The same in its help"}`:                          "",
		`func() { type a struct { B bool ` + "`help:\"And here\"`" + ` } }()`: "",
		`bus.Call(method, 0, "said to the system")`:                           "",
		`d.window = fyne.NewWindow("窓")`:                                      `"窓" is in one language`,
		`kit.KeyHint{Key: "Ctrl+C", Does: w.T(text.Copy)}`:                    "",
		`p.Text(0, 0, 9, 9, "閉じる", st)`:                                       `"閉じる" is in one language`,
		`x := "閉じる"`:                                                          `"閉じる" is in one language`,
		`x := "Close the door"`:                                               `"Close the door" is in one language`,
		`x := []string{"Close"}`:                                              `"Close" is in one language`,
		`kit.NewButton(desk, kit.Primary, "close", ui.Key{}, do)`:             `"close" is in one language`,
		`b.SetWord("close")`:                                                  `"close" is in one language`,
		`p.Text(0, 0, 9, 9, "until "+w.Day(d, now), st)`:                      `"until " is in one language`,
		`p.Para(0, 0, 9, 9, fmt.Sprintf("%d left", n), st)`:                   `"%d left" is in one language`,
		`widget.NewLabel("close")`:                                            `"close" is in one language`,
		`host.Say(tone, "saved")`:                                             `"saved" is in one language`,
		`w.T("close")`:                                                        `"close" is in one language`,
		`text.Key("close")`:                                                   `"close" is in one language`,
		`app.Label{JA: "閉じる"}`:                                                "a label of one language",
		`app.Label{EN: "Close"}`:                                              "a label of one language",
		`app.Label{"閉じる", "閉じる"}`:                                             "a label of one language",
		`app.Refuse(app.Invalid, "", "件名を入力してください。", "")`:                     "a refusal of one language",
		`app.Because(err, app.Failed, "give a title", "give a title")`:        "a refusal of one language",
		`app.Refuse(app.Invalid, "", "件名を入力してください。", "件名を入力してください。")`:          "a refusal of one language",
		`app.Because(err, app.Failed, "読み取れませんでした。", "the file was not read")`: "",
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package p\nfunc f() { _ = func() { "+code+" } }", 0)
		if err != nil {
			t.Fatal(code, err)
		}
		if got := strings.Join(untranslated(f, drawing), "; "); got != want {
			t.Errorf("%s: seen %q, want %q", code, got, want)
		}
	}
}

// parameter is a place in calls of a function.
type parameter struct {
	call string
	at   int
}

// drawing are the parameters that are words for people: all strings that
// functions of ui/kit and the host take, and some of Fyne's.
func drawing(t *testing.T) map[parameter]bool {
	all := map[parameter]bool{{"T", 0}: true, {"Key", 0}: true, {"NewText", 0}: true, {"NewLabel", 0}: true, {"SetText", 0}: true, {"SetPlaceHolder", 0}: true, {"NewWindow", 0}: true}
	for _, s := range append(sources(t, "../kit"), source{"../ui.go", parsed(t, "../ui.go")}) {
		for name, fields := range signatures(s.file) {
			at := 0
			for _, f := range fields {
				for range max(1, len(f.Names)) {
					if typ, ok := f.Type.(*ast.Ident); ok && typ.Name == "string" {
						all[parameter{name, at}] = true
					}
					at++
				}
			}
		}
	}
	for _, internal := range []parameter{{"Icon", 3}, {"SaveFile", 0}, {"PickPath", 0}, {"Show", 0}, {"Enter", 0}, {"Files", 0}, {"SetFiles", 0}, {"ValueText", 1}, {"Width", 0}, {"NewKept", 1}, {"Section", 0}, {"Section", 1}, {"SectionOf", 0}, {"SectionOf", 1}} {
		if !all[internal] {
			t.Errorf("%v is excused and takes no string", internal)
		}
		delete(all, internal) // names of icons, files, fields, cards and sections
	}
	return all
}

func parsed(t *testing.T, path string) *ast.File {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// signatures are the parameters of exported functions and methods.
func signatures(f *ast.File) map[string][]*ast.Field {
	all := map[string][]*ast.Field{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Name.IsExported() {
				all[n.Name.Name] = n.Type.Params.List
			}
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				if typ, ok := m.Type.(*ast.FuncType); ok {
					all[m.Names[0].Name] = typ.Params.List
				}
			}
		}
		return true
	})
	return all
}

// untranslated are the faults of a file: words that are drawn in every language.
func untranslated(f *ast.File, drawing map[parameter]bool) (faults []string) {
	excused := map[ast.Node]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			if n.Tag != nil {
				excuse(n.Tag, excused)
			}
		case *ast.CompositeLit:
			switch {
			case isOf(n.Type, "app", "Label"):
				faults = append(faults, label(n, excused)...)
			case isOf(n.Type, "cli", "Program"):
				excuse(n, excused)
			}
		case *ast.CallExpr:
			faults = append(faults, called(n, drawing, excused)...)
		case *ast.BasicLit:
			if said := wordsOf(n); n.Kind == token.STRING && !excused[n] && (hasJapanese(said) || isEnglish(said)) && !isGlyphs(said) {
				faults = append(faults, n.Value+" is in one language")
			}
		}
		return true
	})
	return faults
}

// called looks at the arguments of a call: of a refusal both languages, nothing
// in what is for a log, and of what draws no word at all.
func called(c *ast.CallExpr, drawing map[parameter]bool, excused map[ast.Node]bool) (faults []string) {
	name := nameOf(c.Fun)
	switch {
	case isOf(c.Fun, "app", "Refuse") || isOf(c.Fun, "app", "Because"):
		return refusal(c, excused)
	case isOf(c.Fun, "fmt", "Errorf") || isOf(c.Fun, "errors", "New") || isOf(c.Fun, "cli", "Misused") || logged(c) || ofBus(c) || name == "FieldByName":
		excuse(c, excused)
		return nil
	}
	for at, arg := range c.Args {
		if !drawing[parameter{name, at}] {
			continue
		}
		ast.Inspect(arg, func(n ast.Node) bool {
			if inner, ok := n.(*ast.CallExpr); ok && nameOf(inner.Fun) != "Sprintf" {
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && hasLetters(wordsOf(lit)) && !excused[lit] && !isName(wordsOf(lit)) && !isGlyphs(wordsOf(lit)) {
				excused[lit] = true
				faults = append(faults, lit.Value+" is in one language")
			}
			return true
		})
	}
	return faults
}

// logged reports whether a call writes into the log of the program.
func logged(c *ast.CallExpr) bool {
	to := isOf(c.Fun, "fmt", "Fprintf") || isOf(c.Fun, "fmt", "Fprintln")
	return to && slices.Contains([]string{"log", "Err"}, nameOf(c.Args[0]))
}

// ofBus reports whether a call speaks to other programs of the system.
func ofBus(c *ast.CallExpr) bool {
	return nameOf(c.Fun) == "Call" || isOf(c.Fun, "dbus", nameOf(c.Fun))
}

// refusal wants the last two arguments in Japanese and English, if both stand there.
func refusal(c *ast.CallExpr, excused map[ast.Node]bool) []string {
	excuse(c, excused)
	ja, isJA := c.Args[len(c.Args)-2].(*ast.BasicLit)
	en, isEN := c.Args[len(c.Args)-1].(*ast.BasicLit)
	if isJA && isEN && (!hasJapanese(ja.Value) || hasJapanese(en.Value) || !hasLetters(wordsOf(en))) {
		return []string{"a refusal of one language"}
	}
	return nil
}

// label wants both languages of a label, where they are written.
func label(l *ast.CompositeLit, excused map[ast.Node]bool) []string {
	excuse(l, excused)
	said := map[string]ast.Expr{}
	for i, e := range l.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			said[nameOf(kv.Key)] = kv.Value
		} else {
			said[[]string{"JA", "EN"}[i]] = e
		}
	}
	if len(said) == 1 {
		return []string{"a label of one language"}
	}
	if en, ok := said["EN"].(*ast.BasicLit); ok && hasJapanese(en.Value) {
		return []string{"a label of one language"}
	}
	return nil
}

// excuse takes all literals below a node as translated.
func excuse(n ast.Node, excused map[ast.Node]bool) {
	ast.Inspect(n, func(n ast.Node) bool { excused[n] = true; return true })
}

func isOf(e ast.Expr, pkg, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == name && nameOf(sel.X) == pkg
}

// nameOf is the name of what is called, without its package or receiver.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// wordsOf is a literal without the verbs of fmt and what cannot be words.
func wordsOf(lit *ast.BasicLit) string {
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return verbs.ReplaceAllString(s, "")
}

var (
	verbs   = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z]`)
	letters = regexp.MustCompile(`\pL`)
	// sentence is two words, or one that begins large: nothing that only programs read
	sentence = regexp.MustCompile(`^[A-Z][a-z]+[.:]?$|[A-Za-z]{2,},? [a-z]{2,}`)
)

func hasLetters(s string) bool { return letters.MatchString(s) }
func isEnglish(s string) bool  { return sentence.MatchString(s) && !isName(s) }

// isName allows what is called so in every language.
func isName(s string) bool {
	return slices.Contains([]string{"Esc", "Enter", "Shift", "Ctrl", "Alt", "Ctrl+C", "SHA-256"}, s)
}

// isGlyphs allows the seal and the name of the product, and the line breaker's lists of marks.
func isGlyphs(s string) bool {
	return s == "台" || s == "台帳 Daicho" || strings.HasPrefix(s, "、。")
}
