package detect

// offices are words of what has a telephone and an address without being a
// person: where one stands in the row and no person is near, a number of the
// fixed network or an address is that of an office, which is public.
var offices = []string{"問合せ", "問合わせ", "問い合わせ", "お問い合わせ", "お問合せ", "問合せ先", "代表電話", "代表番号", "大代表", "市の代表", "町の代表", "村の代表", "市役所", "町役場", "村役場", "区役所", "県庁",
	"本庁舎", "庁舎", "公民館", "会館", "図書館", "体育館", "博物館", "美術館", "センター", "支所", "出張所", "事務局", "事務所", "担当課", "株式会社", "有限会社",
	"合同会社", "（株）", "(株)", "小学校", "中学校", "高等学校", "保育園", "幼稚園", "病院", "医院", "クリニック", "薬局", "警察署", "消防署", "保健所", "郵便局",
	"営業所", "休館日", "開館時間"}

// bodies head columns of those who are no persons: a list without a column of persons
// is one of offices, then.
var bodies = []string{"施設名", "施設の名称", "店名", "会社名", "法人名", "事業者名", "事業所名", "団体名", "機関名", "医療機関名", "学校名", "部署名", "課名", "課・係", "課係", "係名", "部局名", "室名"}

const officeScore = mediumFrom - 1 // what a value of an office is worth at most

// ofOffice says whether an office and no person stands in the row or, in prose,
// shortly above it, or whether the table is one of offices.
func (d *Document) ofOffice(c *candidate) bool {
	if !d.engine.rules[c.rule].public || c.own || d.row.kinds&(1<<d.engine.name) != 0 || d.row.tabular && d.people.met > 0 {
		return false
	}
	if d.people.met > 0 && d.people.line-d.people.met <= closeLines {
		return false
	}
	if d.row.tabular && d.ofOffices {
		return true
	}
	for i := range d.row.words {
		if d.row.words[i].word.office {
			return true
		}
	}
	return false
}
