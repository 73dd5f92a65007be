package roundtrip

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"daicho/app"
)

// Marks that people put into a cell for yes and for no.
var (
	yes = []string{"○", "〇", "◯", "◎", "●", "レ", "✓", "✔", "☑", "済", "済み", "有", "有り", "あり", "true", "1", "y", "yes", "はい"}
	no  = []string{"×", "✕", "✗", "☐", "-", "ー", "―", "未", "未済", "無", "無し", "なし", "false", "0", "n", "no", "いいえ", ""}
)

// typed is what a person wrote into a sheet as the field is typed in the program.
func typed(s app.Spec, text string) string {
	plain := strings.ToLower(norm.NFKC.String(strings.TrimSpace(text)))
	switch s.Type {
	case app.TBool:
		return mark(plain, text)
	case app.TInt:
		if n := strings.NewReplacer("▲", "-", "△", "-", "−", "-", " ", "", "円", "").Replace(plain); !isNone(plain) {
			return strings.TrimSuffix(n, ".0")
		}
		return ""
	case app.TDay:
		if isNone(plain) {
			return ""
		}
		return strings.TrimSuffix(text, " 00:00")
	case app.TTime:
		if isNone(plain) {
			return ""
		}
	case app.TChoice:
		return choice(s, text)
	case app.TTags:
		return strings.Join(strings.Fields(text), " ")
	}
	return text
}

// isNone says whether a cell holds only the sign for not applicable.
func isNone(plain string) bool {
	return slices.Contains([]string{"-", "ー", "―", "−", "なし"}, plain)
}

func mark(plain, text string) string {
	switch {
	case slices.Contains(yes, plain):
		return "はい"
	case slices.Contains(no, plain):
		return "いいえ"
	}
	return text
}

// choice finds the choice that is written so but for width and blanks.
func choice(s app.Spec, text string) string {
	for _, c := range s.Choices {
		if t := fold(text); t == fold(c.Label.JA) || t == fold(c.Name) {
			return c.Label.JA
		}
	}
	return text
}

// same says whether two cells mean the same in a field.
func same(g app.AnyRegister, s app.Spec, a, b string) bool {
	if tidy(a) == tidy(b) {
		return true
	}
	va, err := value(g, s, a)
	if err != nil {
		return false
	}
	vb, err := value(g, s, b)
	return err == nil && va.Equal(vb)
}

// value is what a cell holds, checked as if it were typed in.
func value(g app.AnyRegister, s app.Spec, text string) (app.Value, error) {
	r := g.New()
	if err := g.Enter(r, s.Name, typed(s, text)); err != nil {
		return nil, err
	}
	return g.Column(r, s.Name), nil
}
