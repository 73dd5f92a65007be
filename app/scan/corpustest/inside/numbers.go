package inside

import (
	"fmt"
	"strconv"
	"strings"
)

// myNumber has the check digit of 総務省令第85号5条.
func myNumber(n int) string {
	eleven := fmt.Sprintf("%011d", (int64(n+1)*48271*7919*31+31415926535)%100000000000)
	check := 11 - weighed(eleven, "65432765432")%11
	if check >= 10 {
		check = 0
	}
	return eleven + strconv.Itoa(check)
}

// licence has the check digit that licences usually have.
func licence(n int) string {
	ten := []string{"30", "10", "62", "45", "90"}[n%5] + fmt.Sprintf("%02d%06d", 80+n%19, (n+1)*102947%1000000)
	return ten + strconv.Itoa((11-weighed(ten, "5432765432")%11)%10) + "0"
}

// corporate has the check digit of a corporate number.
func corporate(n int) string {
	twelve := fmt.Sprintf("0%05d%06d", ((n+1)*102947+10000)%100000, (n+1)*104729%1000000)
	return strconv.Itoa(9-weighed(twelve, "212121212121")%9) + twelve
}

func weighed(digits, weights string) (sum int) {
	for i := range digits {
		sum += int(digits[i]-'0') * int(weights[i]-'0')
	}
	return sum
}

// card has a Luhn digit behind the prefix of a network.
func card(n int) string {
	return withLuhn([]string{"453914", "540412", "353011"}[n%3] + fmt.Sprintf("%09d", int64(n+1)*829392911%1000000000))
}

func insurer(n int) string { return withLuhn(fmt.Sprintf("33%05d", (n+1)*7919%100000)) }

func withLuhn(body string) string {
	sum := 0
	for i := range body {
		d := int(body[len(body)-1-i]-'0') * (2 - i%2)
		sum += d/10 + d%10
	}
	return body + strconv.Itoa((10-sum%10)%10)
}

// twelve are digits that mean nothing.
func twelve(n int) string {
	return fmt.Sprintf("%012d", (int64(n+1)*7919*999983*131+123456789)%1000000000000)
}

func digits(n, count int) string {
	return fmt.Sprintf("%0*d", count, int64(n+3)*7368787*15485863%pow(count))
}

func pow(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

func residence(n int) string {
	return fmt.Sprintf("%c%c%s%c%c", 'A'+n%26, 'B'+n%24, digits(n, 8), 'C'+n%20, 'A'+n*3%26)
}

func passport(n int) string { return fmt.Sprintf("T%c%s", 'A'+n%26, digits(n, 7)) }

// inFours parts a number in groups of four.
func inFours(s, sep string) string {
	var groups []string
	for ; s != ""; s = s[min(4, len(s)):] {
		groups = append(groups, s[:min(4, len(s))])
	}
	return strings.Join(groups, sep)
}

// wide writes ASCII in full width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r - '!' + '！'
		}
		return r
	}, s)
}
