package incident

import (
	"slices"

	"daicho/app"
)

// Watched is what the register of monitored targets says of what failed.
type Watched struct {
	Host, Name string // as the tool calls it, and as people do
	Systems    []string
	Site       app.Ref
	Severity   app.Ref
}

// Concern takes that over. What people wrote stays, and so does the severity that they
// gave; one that is closed stays as it is.
func (i *Incident) Concern(a *app.Act, w Watched) error {
	if i.State == Closed {
		return nil
	}
	if w.Name != "" && (i.Target == "" || i.Target == w.Host) {
		i.Target = w.Name
	}
	for _, s := range w.Systems {
		if !slices.Contains(i.Systems, s) {
			i.Systems = append(i.Systems, s)
		}
	}
	if !w.Site.IsZero() && !slices.Contains(i.Sites, w.Site) {
		i.Sites = append(i.Sites, w.Site)
	}
	a.Save(i)
	if w.Severity.IsZero() || !i.Severity.IsZero() {
		return nil
	}
	return grade(a, i, Grading{Grade: w.Severity, Note: "監視対象の登録による。"})
}
