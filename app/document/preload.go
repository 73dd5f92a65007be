package document

import "daicho/app"

// named are the seven documents that 3.1.2 names: key and title. They are there from
// the first day, so that a missing one is seen.
var named = []struct {
	key  Key
	typ  Type
	name string
}{
	{ProjectPlan, Plan, "プロジェクト計画書"}, {SupportDesign, Design, "インフラサポート設計書"}, {TestPlan, Plan, "テスト計画書"}, {MigrationPlan, Plan, "移行計画書"},
	{OperationPlan, Plan, "運用計画書"}, {FailurePlan, Plan, "障害対応計画書"}, {ContinuityPlan, Plan, "事業継続計画"},
}

// Writer is where records are made: a transaction of a replica.
type Writer interface {
	Draft(app.Kind) (app.Record, error)
	Save(app.Record) error
}

// Preload makes those of the seven key documents that nobody has registered, and
// returns how many these were.
func Preload(w Writer, there []*Document) (made int, err error) {
	have := map[Key]bool{}
	for _, d := range there {
		have[d.Key] = true
	}
	for _, n := range named {
		if have[n.key] {
			continue
		}
		r, err := w.Draft(Kind)
		if err != nil {
			return made, err
		}
		d := r.(*Document)
		d.Title, d.Type, d.Key, d.Clause, d.Secrecy, d.Retention = n.name, n.typ, n.key, "3.1.2", Secret2, InUse
		if err = w.Save(d); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}
