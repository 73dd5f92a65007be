package detect

func pensionRule() Rule {
	return Rule{
		Kind:   PensionNumber,
		Source: "国民年金法14条, 同施行規則 (基礎年金番号: 数字4桁-6桁)",
		Names: []string{"基礎年金番号", "年金番号", "年金手帳", "年金手帳番号", "年金手帳の番号", "年金証書", "年金コード",
			"基礎年金", "nenkin", "nenkin_no", "pension number"},
		Hints:  []string{"氏名", "生年月日", "被保険者", "住所", "資格取得", "厚生年金", "国民年金", "配偶者"},
		Denies: []string{"雇用保険", "電話番号", "事業所番号", "事業所整理番号", "伝票番号", "注文番号", "管理番号"},
		least:  pensionDigits, labelled: true, person: true,
		digits: matchPension,
	}
}

const pensionDigits = 10

// matchPension takes ten digits together or as 4-6.
func matchPension(c *chain, emit func(match)) {
	for g := range c.n {
		switch {
		case c.groups[g].n == pensionDigits && c.apart(g, g):
			emit(c.matched(g, g, labelledBase, true))
		case g+1 < c.n && c.groups[g].n == 4 && c.groups[g+1].n == 6 && c.even(g, g+1) && c.apart(g, g+1):
			emit(c.matched(g, g+1, labelledBase, true))
		}
	}
}
