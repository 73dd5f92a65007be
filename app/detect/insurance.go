package detect

func healthRule() Rule {
	return Rule{
		Kind: HealthInsurance,
		Source: "健康保険法施行規則 (被保険者等記号・番号); 保険者番号の検証番号: 診療報酬請求書等の記載要領 別添 " +
			"「保険者番号等の設定について」(昭和51年8月7日 保発第45号)",
		Names: []string{"保険者番号", "被保険者証", "被保険者証番号", "被保険者証記号番号", "被保険者記号", "記号番号", "記号・番号",
			"被保険者番号", "被保険者等記号", "被保険者等番号", "健康保険証", "健康保険証番号", "保険証", "保険証番号", "保険証記号番号",
			"資格確認書", "健康保険被保険者証", "保険記号", "保険番号", "hokensha", "insurance number", "insured_no", "hokensho"},
		Hints: []string{"氏名", "生年月日", "続柄", "資格取得", "世帯主", "本人", "家族", "枝番", "国民健康保険", "国保", "後期高齢者", "健康保険", "協会けんぽ"},
		Denies: []string{"介護保険", "介護保険被保険者番号", "介護保険被保険者証", "雇用保険", "雇用保険被保険者番号", "ゆうちょ", "口座番号",
			"電話番号", "郵便番号", "事業所番号", "損害保険", "自動車保険", "証券番号"},
		Cues:  []string{"記号"},
		least: 5, labelled: true, telling: true, person: true,
		digits: matchHealth, word: matchSymbol(false, healthSymbol),
	}
}

func careRule() Rule {
	return Rule{
		Kind:   CareInsurance,
		Source: "介護保険法施行規則26条, 様式第1号 (被保険者番号: 数字10桁)",
		Names: []string{"介護保険", "介護保険被保険者番号", "介護保険番号", "介護保険証", "介護保険証番号", "介護保険被保険者証", "介護被保険者番号",
			"被保険者番号", "介護番号", "kaigo", "kaigo_no"},
		Hints:  []string{"氏名", "生年月日", "要介護", "要支援", "認定", "保険者", "居宅", "ケアマネ", "介護"},
		Denies: []string{"雇用保険", "雇用保険被保険者番号", "後期高齢者", "事業所番号", "事業者番号", "指定番号", "電話番号", "伝票番号", "管理番号"},
		least:  careDigits, labelled: true, person: true,
		digits: matchCare,
	}
}

const (
	careDigits   = 10
	healthBase   = 5  // digits of a usual length under a label
	healthSymbol = 50 // 記号 1234 番号 567
	healthColumn = 50 // the same in columns of those names
)

// matchHealth takes 5 to 8 digits together, or two groups with a hyphen or a
// middle dot. Dates and telephone numbers have such shapes, too.
func matchHealth(c *chain, emit func(match)) {
	if c.n > 2 && c.n <= 4 && c.groups[1].sep != sepSpace {
		return // a date, a telephone number, another code
	}
	for g := 0; g < c.n; g++ {
		if g+1 < c.n && c.paired(g) && c.total(g, g+1) >= 5 && c.total(g, g+1) <= 14 && c.apart(g, g+1) {
			emit(c.matched(g, g+1, healthBase, true))
			g++
			continue
		}
		n := c.groups[g].n
		if n < 5 || n > 8 || !c.apart(g, g) || isUnit(c.text, c.groups[g].end) {
			continue
		}
		m := c.matched(g, g, healthBase, true)
		if insurerCheck(m.value) {
			m.base = labelledBase
		}
		emit(m)
	}
}

// paired says whether 記号 and 番号 stand in groups g and g+1.
func (c *chain) paired(g int) bool {
	s := c.groups[g+1].sep
	return (s == sepHyphen || s == sepMiddle) && c.groups[g].n <= 8 && c.groups[g+1].n <= 8
}

// insurerCheck checks 保険者番号 of 6 or 8 digits: weights 2, 1, 2, 1 … from the
// right on all but the last, sums of the digits of each product; the last is
// 10 less the sum modulo 10.
func insurerCheck(v []byte) bool {
	if len(v) != 6 && len(v) != 8 {
		return false
	}
	return luhn(v)
}

// luhn is the check of ISO/IEC 7812-1 annex B.
func luhn(v []byte) bool {
	sum := 0
	for i := range v {
		d := int(v[len(v)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
			d = d/10 + d%10
		}
		sum += d
	}
	return sum%10 == 0
}

// matchCare takes ten digits together, or parted evenly as in forms.
func matchCare(c *chain, emit func(match)) {
	for g := range c.n {
		if c.groups[g].n == careDigits && c.apart(g, g) {
			emit(c.matched(g, g, labelledBase, true))
		}
	}
	if c.n == careDigits && c.nDigits == careDigits && c.even(0, c.n-1) {
		emit(c.matched(0, c.n-1, labelledBase, true))
	}
}

// isUnit says whether what follows makes the digits an amount or a date.
func isUnit(text []byte, i int) bool {
	if i >= len(text) || text[i] < 0x80 {
		return false
	}
	switch rune3at(text, i) {
	case '年', '月', '日', '時', '分', '円', '千', '万', '億', '人', '名', '件', '条', '項', '号', '回', '歳', '才', '個', '台', '％', '丁', '番', '世', '戸', '枚', '度', '点', '階', '室', '学', '班', '組', '周':
		return true
	}
	return false
}

// rune3at is rune3 with the bounds checked; 0 when there is no such character.
func rune3at(text []byte, i int) rune {
	if i < 0 || i+2 >= len(text) || text[i]&0xF0 != 0xE0 {
		return 0
	}
	return rune3(text[i:])
}
