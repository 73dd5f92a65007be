package detect

func residentRule() Rule {
	return Rule{
		Kind: ResidentCode,
		// The rule of the check digit is in 平成14年総務省告示第436号, whose
		// text is not at hand; so a label must name the code.
		Source: "住民基本台帳法7条13号, 同施行規則1条 (数字11桁)",
		Names:  []string{"住民票コード", "住民コード", "住基コード", "住民票ｺｰﾄﾞ", "juminhyo", "jumin_code", "juminhyo_code"},
		Hints:  []string{"氏名", "住所", "生年月日", "性別", "世帯主", "続柄", "住民票", "住民基本台帳"},
		Denies: []string{"法人番号", "伝票番号", "注文番号", "管理番号", "整理番号"},
		least:  residentDigits, labelled: true, person: true,
		digits: matchResident,
	}
}

const (
	residentDigits = 11
	labelledBase   = 10 // the right length and nothing else
)

// matchResident takes eleven digits in up to four groups, of one separator.
func matchResident(c *chain, emit func(match)) {
	for g := 0; g < c.n; g++ {
		for to := g; to < c.n && to < g+4; to++ {
			if c.total(g, to) == residentDigits && c.even(g, to) && c.apart(g, to) {
				emit(c.matched(g, to, labelledBase, true))
				g = to
				break
			}
		}
	}
}

// total counts the digits of the groups from..to.
func (c *chain) total(from, to int) (n int) {
	for g := from; g <= to; g++ {
		n += c.groups[g].n
	}
	return n
}

// even says whether one and the same hyphen or space parts the groups.
func (c *chain) even(from, to int) bool {
	for g := from + 1; g <= to; g++ {
		s := c.groups[g].sep
		if s != c.groups[from+1].sep || s != sepHyphen && s != sepSpace {
			return false
		}
	}
	return true
}

// matched is the match of the groups from..to; its value is their digits.
func (c *chain) matched(from, to int, base int16, valid bool) match {
	return match{start: c.groups[from].start, end: c.groups[to].end, value: c.digitsOf(from, to), base: base, valid: valid}
}
