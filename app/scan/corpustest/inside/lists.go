package inside

import (
	"fmt"

	"daicho/app/scan/corpustest"
)

// column is one of a list: how it is called on paper and in programs, what is
// in it, and of which kind that is.
type column struct {
	head, key string
	kind      corpustest.Kind
	of        func(person) string
}

var (
	colNo       = column{"No.", "id", "", func(p person) string { return fmt.Sprint(p.n + 1) }}
	colName     = column{"氏名", "shimei", corpustest.PersonName, person.name}
	colJoined   = column{"氏名（漢字）", "name", corpustest.PersonName, person.joined}
	colKana     = column{"フリガナ", "kana", "", person.kana}
	colSurname  = column{"姓", "last_name", corpustest.PersonName, func(p person) string { return p.surname }}
	colGiven    = column{"名", "first_name", "", func(p person) string { return p.given }}
	colBirth    = column{"生年月日", "birthday", corpustest.BirthDate, func(p person) string { return p.born.slashed() }}
	colBirthJP  = column{"生年月日（和暦）", "seinengappi", corpustest.BirthDate, func(p person) string { return p.born.short() }}
	colAddress  = column{"住所", "jusho", corpustest.PostalAddress, person.address}
	colPhone    = column{"電話番号", "tel", corpustest.Phone, person.phone}
	colMobile   = column{"携帯", "mobile", corpustest.Phone, person.mobile}
	colMail     = column{"メールアドレス", "email", corpustest.Email, person.mail}
	colMyNumber = column{"個人番号", "kojin_bango", corpustest.IndividualNumber, func(p person) string { return myNumber(p.n) }}
	colMyFours  = column{"マイナンバー", "my_number", corpustest.IndividualNumber, func(p person) string { return inFours(myNumber(p.n), "-") }}
	colResident = column{"住民票コード", "juminhyo_code", corpustest.ResidentCode, func(p person) string { return digits(p.n, 11) }}
	colLicence  = column{"運転免許証番号", "license_no", corpustest.DriversLicense, func(p person) string { return licence(p.n) }}
	colPension  = column{"基礎年金番号", "nenkin_no", corpustest.PensionNumber, func(p person) string { return digits(p.n, 4) + "-" + digits(p.n+7, 6) }}
	colCare     = column{"介護被保険者番号", "kaigo_no", corpustest.CareInsurance, func(p person) string { return "000" + digits(p.n, 7) }}
	colHealth   = column{"被保険者証番号", "hokensho", corpustest.HealthInsurance, func(p person) string { return digits(p.n, 4) + "-" + digits(p.n+5, 4) }}
	colPassport = column{"旅券番号", "passport_no", corpustest.Passport, func(p person) string { return passport(p.n) }}
	colCardNo   = column{"在留カード番号", "zairyu", corpustest.ResidenceCard, func(p person) string { return residence(p.n) }}
	colAccount  = column{"口座番号", "account_no", corpustest.BankAccount, func(p person) string { return digits(p.n, 7) }}
	colBank     = column{"金融機関", "bank", "", func(p person) string {
		return []string{"山梨中央銀行", "甲府信用金庫", "みずほ銀行"}[p.n%3]
	}}
	colBranch   = column{"支店名", "branch", "", func(p person) string { return []string{"本店", "朝日支店", "石和支店"}[p.n%3] }}
	colCard     = column{"クレジットカード番号", "card_no", corpustest.CreditCard, func(p person) string { return inFours(card(p.n), "-") }}
	colRelation = column{"続柄", "relation", "", func(p person) string { return []string{"世帯主", "妻", "子"}[p.n%3] }}
	colExpiry   = column{"有効期限", "expiry", "", func(p person) string { return fmt.Sprintf("2027/%02d/%02d", 1+p.n%12, 1+p.n%28) }}
	colJoined0  = column{"資格取得日", "joined", "", func(p person) string { return fmt.Sprintf("2019/%02d/01", 1+p.n%12) }}
)

// sheets are the lists by name.
var sheets = map[string][]column{
	"contacts":  {colNo, colName, colKana, colPhone, colMail},
	"residents": {colJoined, colBirth, colAddress, colMyNumber},
	"household": {colNo, colName, colBirthJP, colRelation, colMyFours, colResident},
	"parted":    {colSurname, colGiven, colMobile, colMail},
	"drivers":   {colJoined, colLicence, colExpiry},
	"pension":   {colName, colPension, colJoined0},
	"care":      {colJoined, colCare, colBirthJP, colAddress},
	"health":    {colName, colHealth, colBirth},
	"foreign":   {colNo, colName, colPassport, colCardNo},
	"accounts":  {colNo, colBank, colBranch, colAccount, colJoined},
	"cards":     {colName, colCard, colPhone},
}

// wants counts what rows of the columns hold. A reading in kana may count as a
// second name.
func wants(columns []column, people []person) corpustest.Wants {
	want := corpustest.Wants{}
	distinct := map[corpustest.Kind]map[string]bool{}
	kana := false
	for _, c := range columns {
		kana = kana || c.head == colKana.head
		for _, p := range people {
			if distinct[c.kind] == nil {
				distinct[c.kind] = map[string]bool{}
			}
			value := c.of(p)
			if c.kind == corpustest.PersonName {
				value = p.name()
			}
			distinct[c.kind][value] = true
		}
	}
	for kind, values := range distinct {
		if kind != "" {
			want[kind] = corpustest.Range{Min: len(values), Max: len(values)}
		}
	}
	if n := want[corpustest.PersonName]; kana {
		want[corpustest.PersonName] = corpustest.Range{Min: n.Min, Max: 2 * n.Min}
	}
	return want
}

func crowd(from, count int) (people []person) {
	for n := range count {
		people = append(people, someone(from+n))
	}
	return people
}

// rows are the cells of a list, its header first unless there is none.
func rows(columns []column, people []person, head func(column) string) [][]string {
	var all [][]string
	if head != nil {
		var names []string
		for _, c := range columns {
			names = append(names, head(c))
		}
		all = append(all, names)
	}
	for _, p := range people {
		var cells []string
		for _, c := range columns {
			cells = append(cells, c.of(p))
		}
		all = append(all, cells)
	}
	return all
}

func onPaper(c column) string    { return c.head }
func inPrograms(c column) string { return c.key }
