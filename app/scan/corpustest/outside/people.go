package outside

import (
	"embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

//go:embed testdata
var testdata embed.FS

func words(name string) []string {
	text, err := testdata.ReadFile("testdata/" + name)
	if err != nil {
		panic(err)
	}
	return strings.Fields(string(text))
}

func lines(name string) []string {
	text, err := testdata.ReadFile("testdata/" + name)
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// name is a word and its reading in full-width katakana.
type name struct{ word, kana string }

func pairs(words []string) []name {
	var names []name
	for i := 0; i+1 < len(words); i += 2 {
		names = append(names, name{words[i], words[i+1]})
	}
	return names
}

var (
	surnames = pairs(words("surnames.txt"))
	given    = givenNames()
	towns    = townList()
)

func givenNames() map[string][]name {
	m := map[string][]name{}
	for _, line := range lines("given.txt") {
		w := strings.Fields(line)
		m[w[0]] = append(m[w[0]], pairs(w[1:])...)
	}
	return m
}

type town struct{ zip3, prefecture, city, town string }

func townList() []town {
	var all []town
	for _, line := range lines("towns.txt") {
		w := strings.Fields(line)
		for _, t := range w[3:] {
			all = append(all, town{w[0], w[1], w[2], t})
		}
	}
	return all
}

// person is somebody who does not exist.
type person struct {
	surname, given name
	sex            string // 男, 女
	birth          date
	home           home
	phone, mobile  string // as 055-123-4567, 090-1234-5678
	email          string
	numbers
}

func (p *person) name() string { return p.surname.word + " " + p.given.word }
func (p *person) kana() string { return p.surname.kana + " " + p.given.kana }

// joined is the name without a space.
func (p *person) joined() string { return p.surname.word + p.given.word }

type home struct {
	town
	zip             string // 400-0031
	chome, ban, gou int    // chome 0: the town has none
	building        string
}

// source makes people, the same for the same seed.
type source struct{ *rand.Rand }

func seed(s string) source {
	h := fnv.New64a()
	h.Write([]byte(s))
	return source{rand.New(rand.NewPCG(h.Sum64(), 20260401))}
}

func pick[T any](s source, list []T) T { return list[s.IntN(len(list))] }

// digits are n random digits, the first not 0.
func (s source) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + s.IntN(10))
	}
	b[0] = byte('1' + s.IntN(9))
	return string(b)
}

func (s source) letters(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('A' + s.IntN(26))
	}
	return string(b)
}

// between is a number from low to high.
func (s source) between(low, high int) int { return low + s.IntN(high-low+1) }

func (s source) people(n int) []*person {
	var list []*person
	for range n {
		list = append(list, s.person())
	}
	return list
}

func (s source) person() *person {
	p := &person{surname: pick(s, surnames), sex: pick(s, []string{"男", "女"}), home: s.home()}
	p.given = pick(s, given[p.sex])
	p.birth = date{s.between(1931, 2018), s.between(1, 12), s.between(1, 28)}
	p.phone = fmt.Sprintf("055-%d-%04d", s.between(220, 288), s.IntN(10000))
	p.mobile = fmt.Sprintf("%s-%d-%04d", pick(s, []string{"090", "080", "070"}), s.between(1000, 9999), s.IntN(10000))
	p.email = fmt.Sprintf("%s%d@%s", strings.ToLower(s.letters(s.between(4, 9))), s.IntN(100),
		pick(s, []string{"example.com", "mail.example.jp", "example.ne.jp", "kofu-net.example.jp"}))
	p.numbers = s.numbers()
	return p
}

// family shares the surname and the home of its head.
func (s source) family(head *person, n int) []*person {
	list := []*person{head}
	for range n - 1 {
		p := s.person()
		p.surname, p.home, p.phone = head.surname, head.home, head.phone
		list = append(list, p)
	}
	return list
}

func (s source) home() home {
	h := home{town: pick(s, towns), chome: s.IntN(6), ban: s.between(1, 40), gou: s.between(1, 30)}
	h.zip = fmt.Sprintf("%s-%04d", h.zip3, s.between(1, 899))
	if s.IntN(4) == 0 {
		h.building = fmt.Sprintf("%s%d号", pick(s, []string{"コーポ青葉", "メゾン富士見", "サンハイツ", "県営北新団地2-", "グランドヒルズ"}), s.between(101, 812))
	}
	return h
}
