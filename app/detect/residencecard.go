package detect

func residenceCardRule() Rule {
	return Rule{
		Kind:   ResidenceCard,
		Source: "出入国管理及び難民認定法19条の4; 在留カード等の番号: 出入国在留管理庁「在留カード等番号失効情報照会」(英字2・数字8・英字2)",
		Names: []string{"在留カード番号", "在留カード", "在留ｶｰﾄﾞ", "特別永住者証明書", "特別永住者証明書番号", "在留番号",
			"residence card", "residence_card", "zairyu"},
		Hints:  []string{"氏名", "国籍", "在留資格", "在留期間", "生年月日", "永住"},
		Denies: []string{"型番", "品番", "製造番号", "シリアル", "追跡番号", "伝票番号", "お問い合わせ番号", "送り状", "tracking", "serial"},
		least:  cardDigits, person: true,
		digits: matchResidenceCard,
	}
}

const (
	cardDigits = 8
	cardShape  = 30 // the shape is rare, though parcels have it, too
)

// matchResidenceCard finds AB12345678CD.
func matchResidenceCard(c *chain, emit func(match)) {
	for g := range c.n {
		if c.groups[g].n != cardDigits || g > 0 && !loose(c.groups[g].sep) {
			continue
		}
		before, start := c.lettersOf(g)
		next := c.groups[g].end
		if c.active {
			next += blankAt(c.text, next)
		}
		after, end := lettersAfter(c.text, next)
		if len(before) == 2 && len(after) == 2 {
			value := append(append(before, c.digitsOf(g, g)...), after...)
			emit(match{start: start, end: end, value: value, base: cardShape, valid: true})
		}
	}
}

// lettersAfter is lettersBefore for what follows text[i].
func lettersAfter(text []byte, i int) (letters []byte, end int) {
	end = i
	for end < len(text) && len(letters) < 3 {
		c, size := narrowAt(text, end)
		if !isLetter(c) {
			break
		}
		letters = append(letters, lower(c))
		end += size
	}
	if end < len(text) {
		if c, _ := narrowAt(text, end); c-'0' <= 9 || c == '_' || c == '-' {
			return nil, i
		}
	}
	return letters, end
}
