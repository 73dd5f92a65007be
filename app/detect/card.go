package detect

func cardRule() Rule {
	return Rule{
		Kind:   CreditCard,
		Source: "ISO/IEC 7812-1 (発行者識別番号, 桁数, 検査数字)",
		Names: []string{"カード番号", "クレジットカード", "クレジットカード番号", "クレジット番号", "クレカ", "ｶｰﾄﾞ番号", "ｸﾚｼﾞｯﾄ", "会員番号",
			"card number", "card_number", "cardnumber", "card no", "card_no", "credit card", "credit_card"},
		Hints: []string{"有効期限", "名義", "セキュリティコード", "氏名", "支払", "決済", "visa", "mastercard", "jcb", "amex", "cvv", "cvc", "expiry"},
		Denies: []string{"伝票番号", "注文番号", "追跡番号", "送り状", "お問い合わせ番号", "製造番号", "シリアル", "管理番号", "imei", "serial",
			"tracking", "order", "invoice", "sku", "timestamp", "isbn", "jan", "職員番号", "在留カード番号"},
		least: 14, checked: true, person: true,
		digits: matchCard,
	}
}

const (
	cardGrouped   = 60
	cardBare      = 40
	cardAmong     = 5 // four groups out of a row of many
	cardPublished = 5 // the examples of every manual are nobody's; a label must name them
)

// matchCard finds 14 to 16 digits together, 4-4-4-4, 4-6-5 and 4-6-4.
func matchCard(c *chain, emit func(match)) {
	for g := 0; g < c.n; g++ {
		to := c.cardEnd(g)
		if to < 0 || !c.apart(g, to) {
			continue
		}
		if m := c.matched(g, to, cardBare, true); issuer(m.value) {
			m.valid = luhn(m.value)
			if to > g {
				m.base = cardGrouped
			}
			if to > g && (c.n > 8 || g > 0 && c.groups[g-1].n == 4 || c.amongCodes(g, to)) {
				m.base = cardAmong
			}
			if published[string(m.value)] {
				m.base = cardPublished
			}
			emit(m)
			g = to
		}
	}
}

// amongCodes says whether the groups stand in a row of codes of four letters
// and digits: 5413 6380 9528 5148 4ED9.
func (c *chain) amongCodes(from, to int) bool {
	start, end := c.groups[from].start, c.groups[to].end
	return mixed(c.text[min(end+1, len(c.text)):min(end+5, len(c.text))]) || mixed(c.text[max(0, start-5):max(0, start-1)])
}

// mixed says whether text is four letters and digits, some of each.
func mixed(text []byte) bool {
	letters := 0
	for _, b := range text {
		if !isAlnum(b) {
			return false
		}
		if isLetter(b) {
			letters++
		}
	}
	return len(text) == 4 && letters > 0 && letters < 4
}

// cardEnd is the last group of a card number that begins with group g, or -1.
func (c *chain) cardEnd(g int) int {
	switch n := c.groups[g].n; {
	case n >= 14 && n <= 16:
		return g
	case n != 4:
		return -1
	case c.follow(g, 4, 4, 4):
		return g + 3
	case c.follow(g, 6, 5), c.follow(g, 6, 4):
		return g + 2
	}
	return -1
}

// follow says whether groups of these sizes follow group g, evenly parted.
func (c *chain) follow(g int, sizes ...int) bool {
	if g+len(sizes) >= c.n || !c.even(g, g+len(sizes)) {
		return false
	}
	for i, n := range sizes {
		if c.groups[g+1+i].n != n {
			return false
		}
	}
	return g+1+len(sizes) >= c.n || c.groups[g+1+len(sizes)].n != 4
}

// issuer says whether a network issues numbers that begin so, of that length.
func issuer(v []byte) bool {
	four := two(v)*100 + two(v[2:])
	switch len(v) {
	case 14: // Diners Club
		return four/10 >= 300 && four/10 <= 305 || four/100 == 36 || four/100 == 38
	case 15: // American Express
		return four/100 == 34 || four/100 == 37
	}
	return four/1000 == 4 || // Visa
		four >= 5100 && four <= 5599 || four >= 2221 && four <= 2720 || // Mastercard
		four >= 3528 && four <= 3589 || // JCB
		four == 6011 || four/100 == 65 || four/10 >= 644 && four/10 <= 649 // Discover
}

// published are numbers that payment firms give for tests.
var published = setOf("4111111111111111 4242424242424242 4012888888881881 4000056655665556 4222222222222220 4012000033330026" +
	" 5555555555554444 5105105105105100 5200828282828210 2223003122003222 5454545454545454 2222420000001113" +
	" 378282246310005 371449635398431 378734493671000 30569309025904 38520000023237 36227206271667" +
	" 6011111111111117 6011000990139424 3530111333300000 3566002020360505 4000000000000002 5425233430109903")
