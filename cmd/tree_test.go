package cmd_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// module is this module's path in imports.
const module = "daicho"

// tree is the source of a module, parsed and as far as needed type-checked. It
// is read in-process: what `go list` says inside a test would be cached with
// the test, and a violation could go unseen.
type tree struct {
	fset     *token.FileSet
	folders  map[string]*folder
	entries  []fs.DirEntry // of the top
	words    []string      // findings in names and text of files of any kind
	checking map[string]bool
}

// folder is one package: its files, and after check the types of those that
// are no tests.
type folder struct {
	path  string // "app/ticket", relative to the module
	files []file
	types *types.Package
	info  *types.Info
}

type file struct {
	syntax *ast.File
	test   bool
}

// load reads a module but for .git, what is built (bin, var) and the planted
// violations. Go files below testdata are text like any other there.
func load(files fs.FS) (*tree, error) {
	t := &tree{fset: token.NewFileSet(), folders: map[string]*folder{}, checking: map[string]bool{}}
	var err error
	if t.entries, err = fs.ReadDir(files, "."); err != nil {
		return nil, err
	}
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == ".git" || name == "bin" || name == "var"):
			return fs.SkipDir
		case d.IsDir() || name == ".git" || name == "cmd/testdata/planted.txtar":
			return nil // .git is a file in a linked work tree
		}
		return t.add(files, name)
	})
	return t, err
}

func (t *tree) add(files fs.FS, name string) error {
	source, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	t.words = append(t.words, badName(name)...)
	if bytes.IndexByte(source, 0) < 0 {
		t.words = append(t.words, foreignPaths(name, source)...)
	}
	if path.Ext(name) != ".go" || strings.Contains(name, "testdata/") {
		return nil
	}
	syntax, err := parser.ParseFile(t.fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	f := t.folders[path.Dir(name)]
	if f == nil {
		f = &folder{path: path.Dir(name)}
		t.folders[f.path] = f
	}
	f.files = append(f.files, file{syntax, strings.HasSuffix(name, "_test.go")})
	return nil
}

// Import gives the type checker this module's packages as they are and every
// foreign one empty: which of our own things a name means is all that is asked.
func (t *tree) Import(name string) (*types.Package, error) {
	if f := t.folders[strings.TrimPrefix(name, module+"/")]; f != nil && strings.HasPrefix(name, module+"/") {
		t.check(f)
		if f.types != nil {
			return f.types, nil
		}
	}
	base := path.Base(name)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		base = path.Base(path.Dir(name))
	}
	empty := types.NewPackage(name, base)
	empty.MarkComplete()
	return empty, nil
}

// check finds the types of a folder, once. Errors are expected (foreign
// packages look empty, files of several systems repeat names) and passed over.
func (t *tree) check(f *folder) {
	if t.checking[f.path] {
		return
	}
	t.checking[f.path] = true
	var sources []*ast.File
	for _, file := range f.files {
		if !file.test {
			sources = append(sources, file.syntax)
		}
	}
	f.info = &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: t, Error: func(error) {}, FakeImportC: true}
	f.types, _ = config.Check(module+"/"+f.path, t.fset, sources, f.info)
}

// sorted gives the folders in order of their paths.
func (t *tree) sorted() []*folder {
	var folders []*folder
	for _, f := range t.folders {
		folders = append(folders, f)
	}
	slices.SortFunc(folders, func(a, b *folder) int { return strings.Compare(a.path, b.path) })
	return folders
}

// at writes a finding: where, what and why.
func (t *tree) at(pos token.Pos, what, why string) string {
	p := t.fset.Position(pos)
	return p.Filename + ":" + strconv.Itoa(p.Line) + ": " + what + ": " + why
}

// matches reports whether a list of patterns names a folder; the last pattern
// that fits decides.
func matches(patterns []string, folder string) bool {
	named := false
	for _, p := range patterns {
		not, negative := strings.CutPrefix(p, "!")
		if fits(not, folder) {
			named = !negative
		}
	}
	return named
}

// fits matches one pattern segment by segment.
func fits(pattern, folder string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(folder, "/")
	for i, w := range want {
		if w == "..." {
			return true
		}
		if i >= len(have) {
			return false
		}
		if ok, err := path.Match(w, have[i]); !ok || err != nil {
			return false
		}
	}
	return len(want) == len(have)
}
