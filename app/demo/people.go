package demo

import (
	"fmt"
	"strings"
)

// person is an invented inhabitant of 葉月市.
type person struct {
	name, kana, address, born string
	number                    string // 個人番号 with a right check digit
	phone, mobile, mail       string
}

var (
	familyNames = [...][2]string{
		{"葉月", "ハヅキ"}, {"水無瀬", "ミナセ"}, {"霜月", "シモツキ"}, {"如月", "キサラギ"}, {"弥生野", "ヤヨイノ"},
		{"卯月", "ウヅキ"}, {"皐", "サツキ"}, {"神無", "カミナシ"}, {"師走田", "シワスダ"}, {"長月", "ナガツキ"},
		{"文月", "フミツキ"}, {"髙橋架", "タカハシカ"},
	}
	givenNames = [...][2]string{
		{"見本", "ミホン"}, {"例太郎", "レイタロウ"}, {"仮子", "カリコ"}, {"試", "タメシ"}, {"架音", "カノン"},
		{"想一", "ソウイチ"}, {"模代", "モヨ"},
	}
	districts = [...]string{"本町", "緑が丘", "川端", "新田", "月見台"}
)

// people invents count inhabitants, the first being number from.
func people(from, count int) []person {
	all := make([]person, count)
	for i := range all {
		all[i] = inhabitant(from + i)
	}
	return all
}

func inhabitant(n int) person {
	family, given := familyNames[n%len(familyNames)], givenNames[n%len(givenNames)]
	return person{
		name:    family[0] + " " + given[0],
		kana:    family[1] + " " + given[1],
		address: fmt.Sprintf("架空県葉月市%s%d丁目%d番%d号", districts[n%len(districts)], n%5+1, n%29+1, n%17+1),
		born:    fmt.Sprintf("%d年%d月%d日", 1940+n*7%70, n%12+1, n%28+1),
		number:  individualNumber(n),
		phone:   fmt.Sprintf("055-200-%04d", 9000+n%1000),
		mobile:  fmt.Sprintf("090-1000-%04d", n%10000),
		mail:    fmt.Sprintf("%s%d@example.jp", strings.ToLower(romaji[n%len(romaji)]), n),
	}
}

var romaji = [...]string{"hazuki", "minase", "shimo", "kisaragi", "yayoi", "uzuki", "satsuki"}

// individualNumber invents a number with the check digit of 総務省令第85号5条.
// It is computed here anew, not taken from the scanner, so that a mistake there
// does not hide itself. Every ninth begins with a zero.
func individualNumber(n int) string {
	body := 20_000_000_000 + (n*7_368_787+31_415)%70_000_000_000
	if n%9 == 0 {
		body %= 10_000_000_000
	}
	digits := fmt.Sprintf("%011d", body)
	weights := [...]int{6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	check := 11 - sum%11
	if check >= 10 {
		check = 0
	}
	return fmt.Sprintf("%s%d", digits, check)
}
