package detect

func licenseRule() Rule {
	return Rule{
		Kind: DriversLicense,
		// The number is laid down in 道路交通法施行規則 別記様式第14; how it is
		// made up is known from practice only, so the check only scores.
		Source: "道路交通法93条1項1号 (免許証の番号)",
		Names: []string{"運転免許証番号", "運転免許証", "運転免許", "免許証番号", "免許番号", "免許証の番号", "免許証No",
			"運転経歴証明書", "license number", "driver license", "drivers license", "driver's license", "licence no", "menkyo", "menkyo_no"},
		Hints: []string{"氏名", "住所", "生年月日", "公安委員会", "交付", "有効", "普通自動車", "運転者"},
		Denies: []string{"伝票番号", "注文番号", "管理番号", "整理番号", "受付番号", "車台番号", "登録番号", "法人番号", "問合せ番号",
			"お問い合わせ番号", "追跡番号", "送り状", "製造番号", "timestamp", "tracking", "order", "serial"},
		least: licenseDigits, checked: true, person: true,
		digits: matchLicense,
	}
}

const (
	licenseDigits = 12
	licenseBase   = 5  // a bare number says nothing
	licenseOdd    = -5 // a check that is not the usual one
)

// commissions are the prefixes of the public safety commissions.
var commissions = func() (set [100]bool) {
	for _, r := range [][2]int{{10, 14}, {20, 25}, {30, 30}, {40, 49}, {50, 55}, {60, 65}, {70, 74}, {80, 83}, {90, 97}} {
		for n := r[0]; n <= r[1]; n++ {
			set[n] = true
		}
	}
	return set
}()

func matchLicense(c *chain, emit func(match)) {
	for g := 0; g < c.n; g++ {
		to := g
		if c.groups[g].n == 4 && c.fourFourFour(g) {
			to = g + 2
		}
		if c.total(g, to) != licenseDigits || !c.apart(g, to) {
			continue
		}
		emit(c.license(g, to))
		g = to
	}
}

// license judges twelve digits: commission, year, six digits, check, reissues.
// A number with a wrong check is only believed where a label names it.
func (c *chain) license(from, to int) match {
	v := c.digitsOf(from, to)
	m := c.matched(from, to, licenseBase, commissions[two(v)])
	if !licenseCheck(v) {
		m.base = licenseOdd
		m.valid = m.valid && c.active
	}
	return m
}

// licenseCheck checks the eleventh digit: weights 5432765432 on the first ten,
// the last digit of 11 less the sum modulo 11; for remainder 0 both 1 and 0 are seen.
func licenseCheck(v []byte) bool {
	sum := 0
	for i := range 10 {
		sum += int(v[i]-'0') * int("5432765432"[i]-'0')
	}
	check := int(v[10] - '0')
	return check == (11-sum%11)%10 || sum%11 == 0 && check == 0
}
