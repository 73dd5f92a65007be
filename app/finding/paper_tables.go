package finding

import (
	"cmp"
	"fmt"
	"slices"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/detect"
	"daicho/app/report"
)

func (i *Inspection) targets() report.Table {
	t := report.Table{Title: "点検の対象", Columns: []report.Column{{Title: "番号", Weight: 2}, {Title: "名称", Weight: 4.5}, {Title: "サーバー", Weight: 2}, {Title: "実施日", Weight: 2.3},
		{Title: "ファイル数", Weight: 2.4, Right: true}, {Title: "読取不可", Weight: 1.9, Right: true}, {Title: "未保護", Weight: 1.8, Right: true}, {Title: "前回比", Weight: 1.8, Right: true}}}
	for _, r := range i.Runs {
		row := []string{r.Job.Number, r.Job.Title, r.Job.Server, "未実施", notApplicable, notApplicable, notApplicable, notApplicable}
		if r.Run != nil {
			row = append(row[:3], civil.DateOf(r.Run.Begun.Time()).WarekiShort(), thousands(r.Run.Files), thousands(r.Run.Unread), thousands(r.Run.Exposed), notApplicable)
			if r.Before != nil {
				row[7] = signed(r.Run.Exposed - r.Before.Exposed)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (i *Inspection) kinds() report.Table {
	t := report.Table{Title: "該当数（種別・件数帯）", Note: "（単位：ファイル）", Columns: []report.Column{{Title: "種別", Weight: 4}, {Title: "1～9", Right: true}, {Title: "10～99", Right: true},
		{Title: "100～999", Right: true}, {Title: "1,000以上", Right: true}, {Title: "計", Right: true}}}
	sums := map[detect.Kind]*KindCount{}
	for _, r := range i.Runs {
		if r.Run == nil {
			continue
		}
		for _, k := range r.Run.Kinds {
			sum := at(sums, k.Kind)
			sum.Few, sum.Tens, sum.Hundreds, sum.Thousands = sum.Few+k.Few, sum.Tens+k.Tens, sum.Hundreds+k.Hundreds, sum.Thousands+k.Thousands
		}
	}
	for _, c := range kindColumns[0].Choices {
		if k := sums[detect.Kind(c.Value)]; k != nil {
			t.Rows = append(t.Rows, []string{c.Label.JA, count(k.Few), count(k.Tens), count(k.Hundreds), count(k.Thousands), count(k.Few + k.Tens + k.Hundreds + k.Thousands)})
		}
	}
	return t
}

func (i *Inspection) departments() report.Table {
	t := report.Table{Title: "所属別", Note: "（単位：ファイル）", Columns: []report.Column{{Title: "所属", Weight: 4}, {Title: "ファイル数", Weight: 2, Right: true}, {Title: "保護済", Weight: 1.6, Right: true},
		{Title: "未保護", Weight: 1.6, Right: true}, {Title: "未保護率", Weight: 4, Right: true}, {Title: "前回比", Weight: 1.6, Right: true}}}
	now, compared, before := map[string]*DepartmentCount{}, map[string]*DepartmentCount{}, map[string]*DepartmentCount{}
	for _, r := range i.Runs {
		addDepartments(now, r.Run)
		if r.Run != nil && r.Before != nil {
			addDepartments(compared, r.Run)
			addDepartments(before, r.Before)
		}
	}
	for _, d := range sorted(now) {
		change := notApplicable
		if compared[d.Department] != nil {
			change = signed(compared[d.Department].Exposed - at(before, d.Department).Exposed)
		}
		t.Rows = append(t.Rows, []string{d.Department, thousands(d.Files), thousands(d.Protected), thousands(d.Exposed), Rate(d.Exposed, d.Exposed+d.Protected), change})
	}
	return t
}

func addDepartments(to map[string]*DepartmentCount, r *Run) {
	if r == nil {
		return
	}
	for _, d := range r.Departments {
		sum := at(to, d.Department)
		sum.Department = d.Department
		sum.Files, sum.Protected, sum.Exposed = sum.Files+d.Files, sum.Protected+d.Protected, sum.Exposed+d.Exposed
	}
}

// sorted are departments, the one with the most exposed files first.
func sorted(all map[string]*DepartmentCount) (list []*DepartmentCount) {
	for _, d := range all {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b *DepartmentCount) int {
		return cmp.Or(cmp.Compare(b.Exposed, a.Exposed), cmp.Compare(a.Department, b.Department))
	})
	return list
}

func (i *Inspection) states() report.Table {
	t := report.Table{Title: "是正状況", Note: "（単位：ファイル）", Columns: []report.Column{{Title: "状態", Weight: 3}, {Title: "件数", Right: true}, {Title: "備考", Weight: 6}}}
	states := map[State]int{}
	var fresh, reopened, unread int
	for _, f := range i.Findings {
		if f.State != Corrected && f.State != Moved || i.within(f.SettledAt) {
			states[f.State]++
		}
		fresh += int(one(i.within(f.FirstSeen)))
		reopened += int(one(f.Reopened > 0 && f.Open()))
		unread += int(one(f.Unread && f.Lies()))
	}
	row := func(name string, n int, note string) { t.Rows = append(t.Rows, []string{name, count(n), note}) }
	row("新規（未確認）", states[New], fmt.Sprintf("期間中に初めて検出したもの %d件（状態を問わない）", fresh))
	row("確認済", states[Confirmed], "")
	row("是正中", states[Correcting], fmt.Sprintf("うち期限超過 %d件", len(i.overdue())))
	row("是正済", states[Corrected], "期間中の再点検で確認したもの")
	row("例外", states[Excepted], "承認された例外")
	row("移動", states[Moved], "期間中に別の場所で見つかったもの。移動先を数える")
	row("再発", reopened, "是正済または例外の終了後に再び検出したもの（上の内数）")
	row("確認できず", unread, "直近の点検で読み取れず、状態を判定していないもの（上の内数）")
	return t
}

func (i *Inspection) within(at app.Stamp) bool {
	day := civil.DateOf(at.Time())
	return at != 0 && day.Compare(i.From) >= 0 && day.Compare(i.Until) <= 0
}

func (i *Inspection) overdue() (late []*Finding) {
	made := app.DayOf(civil.DateOf(i.Made))
	for _, f := range i.Findings {
		if f.Open() && f.Due > 0 && f.Due < made {
			late = append(late, f)
		}
	}
	return late
}

func (i *Inspection) late() report.Table {
	t := report.Table{Title: "是正期限を過ぎたもの", Columns: []report.Column{{Title: "番号", Weight: 2}, {Title: "所属", Weight: 3}, {Title: "推定人数", Weight: 2}, {Title: "初回検出", Weight: 2}, {Title: "是正期限", Weight: 2}}}
	for _, f := range i.overdue() {
		t.Rows = append(t.Rows, []string{f.Number, f.Department, Register.Show(f, "persons", app.JA), civil.DateOf(f.FirstSeen.Time()).WarekiShort(), f.Due.Civil().WarekiShort()})
	}
	return t
}

func (i *Inspection) exceptions() report.Table {
	t := report.Table{Title: "例外", Columns: []report.Column{{Title: "番号", Weight: 2.2}, {Title: "所属", Weight: 2.5}, {Title: "理由", Weight: 5}, {Title: "期限", Weight: 2}, {Title: "申請者", Weight: 2}, {Title: "承認者", Weight: 2}, {Title: "承認日", Weight: 2}}}
	for _, f := range i.Findings {
		if f.State == Excepted {
			t.Rows = append(t.Rows, []string{f.Number, f.Department, f.Reason, f.Until.Civil().WarekiShort(), i.name(f.AskedBy), i.name(f.DecidedBy), civil.DateOf(f.DecidedAt.Time()).WarekiShort()})
		}
	}
	return t
}

func (i *Inspection) name(of app.Ref) string {
	if i.Name == nil {
		return notApplicable
	}
	return cmp.Or(i.Name(of), notApplicable)
}

func (i *Inspection) unread() report.Table {
	t := report.Table{Title: "読み取れなかった理由", Columns: []report.Column{{Title: "理由", Weight: 6}, {Title: "件数", Right: true}}}
	sums := newSums().errors
	for _, r := range i.Runs {
		if r.Run == nil {
			continue
		}
		for _, e := range r.Run.Errors {
			sums[e.Reason] += e.Count
		}
	}
	for _, o := range reasons() {
		if n := sums[o.reason]; n > 0 {
			t.Rows = append(t.Rows, []string{o.ja, thousands(n)})
			delete(sums, o.reason)
		}
	}
	var others int64
	for _, n := range sums {
		others += n
	}
	if others > 0 {
		t.Rows = append(t.Rows, []string{"その他", thousands(others)})
	}
	return t
}

func (i *Inspection) source() string {
	return fmt.Sprintf("仕様書 3.4.2　出典：台帳の点検の実行・点検結果（%s、%sの時点）", i.period(), civil.Moment(i.Made))
}
