package municipal

import (
	"embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
)

//go:embed testdata
var testdata embed.FS

// lines are the words of each line of a file.
func lines(name string) (all [][]string) {
	text, err := testdata.ReadFile("testdata/" + name)
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		all = append(all, strings.Fields(line))
	}
	return all
}

// name is a word and its reading in katakana.
type name struct{ word, kana string }

func pairs(words []string) (names []name) {
	for i := 0; i+1 < len(words); i += 2 {
		names = append(names, name{words[i], words[i+1]})
	}
	return names
}

var surnames = func() (all []name) {
	for _, line := range lines("surnames.txt") {
		all = append(all, pairs(line)...)
	}
	return all
}()

var given = func() map[string][]name {
	all := map[string][]name{}
	for _, line := range lines("given.txt") {
		all[line[0]] = pairs(line[1:])
	}
	return all
}()

var towns = lines("towns.txt") // zip, prefecture, city, towns

// chance makes people, the same for the same seed.
type chance struct{ *rand.Rand }

func seeded(s string) chance {
	h := fnv.New64a()
	h.Write([]byte(s))
	return chance{rand.New(rand.NewPCG(h.Sum64(), 20261123))}
}

func (c chance) one(words ...string) string { return words[c.IntN(len(words))] }

// between is a number from low to high.
func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

// digits are n digits, the first of which is not 0.
func (c chance) digits(n int) string {
	b := []byte(strconv.Itoa(c.between(1, 9)))
	for len(b) < n {
		b = append(b, byte('0'+c.IntN(10)))
	}
	return string(b)
}

// person is somebody who does not exist.
type person struct {
	surname, given name
	sex            string
	born           day
	home           home
	phone, mobile  string
	mail           string
}

func (p *person) joined() string { return p.surname.word + p.given.word }
func (p *person) spaced() string { return p.surname.word + "　" + p.given.word }
func (p *person) kana() string   { return p.surname.kana + " " + p.given.kana }

type day struct{ y, m, d int }

type home struct {
	zip, prefecture, city, town string
	a, b, c                     int
	building                    string
}

func (c chance) person(from, to int) *person {
	p := &person{sex: c.one("男", "女"), born: day{c.between(from, to), c.between(1, 12), c.between(1, 28)}, home: c.home()}
	p.surname = surnames[c.IntN(len(surnames))]
	p.given = given[p.sex][c.IntN(len(given[p.sex]))]
	p.phone = fmt.Sprintf("0%d-%d-%04d", c.between(261, 268), c.between(20, 98), c.IntN(10000))
	p.mobile = fmt.Sprintf("0%d0-%d-%04d", c.between(7, 9), c.between(1000, 9999), c.IntN(10000))
	p.mail = fmt.Sprintf("%s.%d@%s", c.one("momo", "yama-3", "kazu_k", "sora", "fuji.h"), c.between(1, 9999), c.one("example.ne.jp", "mail.example.com", "example.org"))
	return p
}

func (c chance) home() home {
	t := towns[c.IntN(len(towns))]
	h := home{zip: t[0] + "-" + c.digits(4), prefecture: t[1], city: t[2], town: t[3+c.IntN(len(t)-3)], a: c.between(1, 5), b: c.between(1, 39), c: c.between(1, 28)}
	if c.IntN(4) == 0 {
		h.building = c.one("ハイツ梓川", "市営並柳団地3号棟", "メゾン・ド・信濃", "コーポ宮") + " " + strconv.Itoa(c.between(101, 508))
	}
	return h
}

// family are people of one home, the first of whom is given.
func (c chance) family(head *person, born ...int) []*person {
	all := []*person{head}
	for _, year := range born {
		p := c.person(year, year+3)
		p.surname, p.home, p.phone = head.surname, head.home, head.phone
		all = append(all, p)
	}
	return all
}

func (c chance) people(n, from, to int) (all []*person) {
	for range n {
		all = append(all, c.person(from, to))
	}
	return all
}

// individual has the check digit of 平成26年総務省令第85号5条.
func (c chance) individual() string {
	body, sum := c.digits(11), 0
	for i := range body {
		weight := (10-i)%6 + 2
		sum += int(body[i]-'0') * weight
	}
	return body + strconv.Itoa((11-sum%11)%11%10)
}
