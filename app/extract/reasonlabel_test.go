package extract_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/extract"
)

// TestEveryReasonIsSaid in both languages, and one that nobody knows says nothing of itself.
func TestEveryReasonIsSaid(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "reason.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	unknown := extract.Reason("C:\\secret").Label()
	if strings.Contains(unknown.In(app.JA)+unknown.In(app.EN), "secret") {
		t.Error(unknown)
	}
	said := 0
	ast.Inspect(f, func(n ast.Node) bool {
		if spec, is := n.(*ast.ValueSpec); is && strings.HasPrefix(spec.Names[0].Name, "Reason") {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if l := extract.Reason(value).Label(); err != nil || l == unknown || l.JA == "" || l.EN == "" {
				t.Errorf("%s is not said (%v)", spec.Names[0].Name, err)
			}
			said++
		}
		return true
	})
	if said < 30 {
		t.Errorf("only %d reasons were found", said)
	}
}
