package outside

import (
	"fmt"
	"strconv"
	"strings"
)

// numbers are those that the state, insurers and banks give to a person.
type numbers struct {
	individual string // 個人番号, 12 digits
	resident   string // 住民票コード, 11
	licence    string // 運転免許証, 12
	passport   string // AB1234567
	card       string // 在留カード, AB12345678CD
	pension    string // 基礎年金番号, 1234-567890
	insured    string // 保険証の番号, 8 digits
	care       string // 介護被保険者番号, 10
	account    string // 口座番号, 7
	postal     string // ゆうちょ, 10530-12345671
	credit     string // 16
}

func (s source) numbers() numbers {
	return numbers{
		individual: individual(s.digits(11)), resident: resident(s.digits(10)), licence: s.licence(),
		passport: s.letters(2) + s.digits(7), card: s.letters(2) + s.digits(8) + s.letters(2),
		pension: s.digits(4) + "-" + s.digits(6), insured: s.digits(8), care: "0000" + s.digits(6),
		account: s.digits(7), postal: fmt.Sprintf("1%03d0-%s1", s.IntN(1000), s.digits(7)),
		credit: luhn(pick(s, []string{"45", "52"}) + s.digits(13)),
	}
}

// sum adds digits times weights, both from the right.
func sum(digits string, weight func(n int) int) int {
	total := 0
	for n := 1; n <= len(digits); n++ {
		total += int(digits[len(digits)-n]-'0') * weight(n)
	}
	return total
}

// mod11 weighs 2 to 7 and again 2 from the right.
func mod11(n int) int {
	if n <= 6 {
		return n + 1
	}
	return n - 5
}

// individual adds the check digit of 平成26年総務省令第85号 第5条.
func individual(eleven string) string {
	r := sum(eleven, mod11) % 11
	if r <= 1 {
		return eleven + "0"
	}
	return eleven + strconv.Itoa(11-r)
}

// resident adds a check digit with the same weights.
func resident(ten string) string {
	r := sum(ten, mod11) % 11
	if r <= 1 {
		return ten + "0"
	}
	return ten + strconv.Itoa(11-r)
}

// licence is: public safety commission, year, serial, check digit, reissues.
func (s source) licence() string {
	ten := pick(s, []string{"10", "30", "44", "45", "49", "62", "90"}) + fmt.Sprintf("%02d", s.between(70, 99)) + s.digits(6)
	weights := []int{2, 3, 4, 5, 6, 7, 2, 3, 4, 5}
	r := sum(ten, func(n int) int { return weights[n-1] }) % 11
	return ten + strconv.Itoa((11-r)%11%10) + pick(s, []string{"0", "0", "0", "1"})
}

// luhn adds the check digit of a payment card.
func luhn(fifteen string) string {
	total := 0
	for n := 1; n <= len(fifteen); n++ {
		d := int(fifteen[len(fifteen)-n]-'0') * (1 + n%2)
		total += d/10 + d%10
	}
	return fifteen + strconv.Itoa((10-total%10)%10)
}

// insurer adds the check digit of a 保険者番号 (weights 2,1,2,1… and the sum of digits).
func insurer(digits string) string {
	total := 0
	for n := 1; n <= len(digits); n++ {
		d := int(digits[len(digits)-n]-'0') * (1 + n%2)
		total += d/10 + d%10
	}
	return digits + strconv.Itoa((10-total%10)%10)
}

// corporate puts the check digit of a 法人番号 before its twelve digits.
func corporate(twelve string) string {
	r := sum(twelve, func(n int) int { return 2 - n%2 }) % 9
	return strconv.Itoa(9-r) + twelve
}

// jan adds the check digit of a product code (EAN-13).
func jan(twelve string) string {
	r := sum(twelve, func(n int) int { return 1 + 2*(n%2) }) % 10
	return twelve + strconv.Itoa((10-r)%10)
}

// mrz is the lower line of a passport's machine readable zone.
func mrz(number, country string, birth date, sex, until string) string {
	check := func(field string) string {
		total := 0
		for i, c := range field {
			v := 0
			switch {
			case c >= '0' && c <= '9':
				v = int(c - '0')
			case c >= 'A' && c <= 'Z':
				v = int(c-'A') + 10
			}
			total += v * []int{7, 3, 1}[i%3]
		}
		return strconv.Itoa(total % 10)
	}
	born := fmt.Sprintf("%02d%02d%02d", birth.y%100, birth.m, birth.d)
	rest := strings.Repeat("<", 14)
	n, b, u := number+check(number), born+check(born), until+check(until)
	return n + country + b + sex + u + rest + check(rest) + check(n+b+u+rest+check(rest))
}
