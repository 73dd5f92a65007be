package demo

import (
	"fmt"
	"strconv"
)

// table is rows of cells; the first row is the header.
type table [][]string

func csvOf(t table) string { return joined(t, ",") }
func tsvOf(t table) string { return joined(t, "\t") }

func joined(t table, sep string) string {
	var out []byte
	for _, row := range t {
		for i, cell := range row {
			if i > 0 {
				out = append(out, sep...)
			}
			out = append(out, cell...)
		}
		out = append(out, "\r\n"...)
	}
	return string(out)
}

// rows makes a table of one row per person.
func rows(header []string, from, count int, row func(i int, p person) []string) table {
	t := table{header}
	for i, p := range people(from, count) {
		t = append(t, row(i+1, p))
	}
	return t
}

func residents(from, count int) table {
	return rows([]string{"受付番号", "氏名", "フリガナ", "住所", "生年月日", "個人番号", "電話番号"}, from, count,
		func(i int, p person) []string {
			return []string{fmt.Sprintf("R8-%04d", i), p.name, p.kana, p.address, p.born, p.number, p.phone}
		})
}

func cardRows(from, count int) table {
	return rows([]string{"No", "氏名", "個人番号", "交付予定日"}, from, count, func(i int, p person) []string {
		return []string{strconv.Itoa(i), p.name, p.number, fmt.Sprintf("4月%d日", i%28+1)}
	})
}

func payslips(from, count int) table {
	return rows([]string{"整理番号", "氏名", "マイナンバー", "支払金額"}, from, count, func(i int, p person) []string {
		return []string{strconv.Itoa(1000 + i), p.name, p.number, strconv.Itoa(2_400_000 + 13_000*i)}
	})
}

func addressees(from, count int) table {
	return rows([]string{"通知書", "氏名", "住所", "電話"}, from, count, func(i int, p person) []string {
		return []string{fmt.Sprintf("第%d号", i), p.name, p.address, p.mobile}
	})
}

func committeeRows(from, count int) table {
	return rows([]string{"地区", "氏名", "電話", "メール"}, from, count, func(i int, p person) []string {
		return []string{districts[i%len(districts)], p.name, p.phone, p.mail}
	})
}

func hiddenRows(from, count int) table {
	return rows([]string{"氏名", "個人番号", "携帯"}, from, count, func(_ int, p person) []string {
		return []string{p.name, p.number, p.mobile}
	})
}

func inquiries(from, count int) table {
	return rows([]string{"受付日", "氏名", "連絡先", "メールアドレス", "内容"}, from, count, func(i int, p person) []string {
		return []string{fmt.Sprintf("2026/04/%02d", i), p.name, p.mobile, p.mail, "パスワードを忘れた"}
	})
}

func staff(from, count int) table {
	return rows([]string{"所属", "氏名", "内線", "携帯電話", "メール"}, from, count, func(i int, p person) []string {
		return []string{"総務課", p.name, strconv.Itoa(2100 + i), p.mobile, p.mail}
	})
}

// boxedForm has one digit a cell, as printed forms have.
func boxedForm(n int) table {
	p := inhabitant(n)
	boxes := []string{"個人番号"}
	for _, d := range p.number {
		boxes = append(boxes, string(d))
	}
	return table{{"氏名", p.name}, {"住所", p.address}, boxes}
}

// corporations holds 法人番号: 13 digits, public, and no one's personal data.
func corporations() table {
	return table{
		{"法人番号", "名称", "所在地"},
		{"7000012050002", "見本法人その一", "架空県葉月市本町1丁目"},
		{"2000012100001", "見本法人その二", "架空県葉月市川端2丁目"},
		{"8000020130001", "見本法人その三", "架空県葉月市新田3丁目"},
	}
}

// deviceRows holds serial numbers of twelve digits; some have, by chance, a
// right check digit.
func deviceRows() table {
	t := table{{"資産番号", "品名", "製造番号", "設置場所"}}
	for i := range 40 {
		serial := fmt.Sprintf("%012d", 480_100_000_000+i*1_000_003)
		if i%10 == 0 {
			serial = individualNumber(900 + i)
		}
		t = append(t, []string{fmt.Sprintf("IT-%05d", i+1), "業務用端末", serial, districts[i%len(districts)] + "出張所"})
	}
	return t
}

func certificateCounts() table {
	t := table{{"月", "住民票", "印鑑証明", "戸籍"}}
	for m := range 12 {
		t = append(t, []string{fmt.Sprintf("%d月", (m+3)%12+1), strconv.Itoa(410 + m*7), strconv.Itoa(230 + m*5), strconv.Itoa(88 + m)})
	}
	return t
}

func crowding() table {
	t := table{{"時刻", "待ち人数", "平均待ち時間(分)"}}
	for h := 8; h < 18; h++ {
		t = append(t, []string{fmt.Sprintf("%d:30", h), strconv.Itoa((h*7)%23 + 2), strconv.Itoa((h * 5) % 19)})
	}
	return t
}
