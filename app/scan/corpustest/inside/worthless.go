package inside

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"daicho/app/scan/corpustest"
)

// worthless are files that hold nothing of anybody: what machines write, and
// lists of things that look like numbers of people.
func worthless() []corpustest.Case {
	cases := []corpustest.Case{
		machine("slips", "slips.csv", "伝票番号,発行日,金額", func(n int) string { return fmt.Sprintf("%s,2026/%02d/01,%d", twelve(n), 1+n%12, n*370) }),
		machine("corporations", "corporations.csv", "法人番号,商号,区分", func(n int) string { return corporate(n) + ",葉月建材株式会社,製造" }),
		machine("orders", "orders.json", "", func(n int) string {
			return fmt.Sprintf(`{"order_id": %q, "sku": %q, "qty": %d}`, twelve(n), digits(n, 8), n)
		}),
		machine("goods", "goods.csv", "JAN,品名,単価", func(n int) string { return fmt.Sprintf("49%s,鉛筆 %d本,%d", digits(n, 11), n, n*10) }),
		machine("meters", "meters.csv", "メーター番号,検針日,指針", func(n int) string { return fmt.Sprintf("%s,2026-10-%02d,%d", digits(n, 10), 1+n%28, n*31) }),
		machine("log", "access.log", "", func(n int) string {
			return fmt.Sprintf("192.0.2.%d - - [20/Nov/2026:10:%02d:%02d +0900] \"GET /a?id=%s HTTP/1.1\" 200 %d", n%256, n%60, n%60, twelve(n), n*977)
		}),
		machine("hashes", "SHA256SUMS", "", func(n int) string { return fmt.Sprintf("%x  file%d.bin", []byte(twelve(n)+twelve(n+1)+"abcdefgh"), n) }),
		machine("uuids", "ids.txt", "", func(n int) string { return "0f8fad5b-d9cb-469f-a165-" + twelve(n) }),
		machine("census", "census.csv", "市区町村名,世帯数,人口,増減", func(n int) string {
			return fmt.Sprintf("%s,%d,%d,%d", places[n%len(places)].city, 20000+n*731, 50000+n*1713, n-20)
		}),
		machine("budget", "budget.tsv", "款\t項\t目\t予算額\t決算額", func(n int) string { return fmt.Sprintf("%d\t%d\t%d\t%d\t%d", n%9, n%5, n%3, n*1000000, n*999000) }),
		machine("assets", "assets.csv", "資産番号,機器名,シリアル番号,設置場所,導入日", func(n int) string {
			return fmt.Sprintf("K%06d,ノートPC,%s,本庁舎%d階,2024/%02d/15", n, digits(n, 12), 1+n%6, 1+n%12)
		}),
		machine("stamps", "times.csv", "timestamp,value", func(n int) string { return fmt.Sprintf("2026%02d%02d10%02d,%d.5", 1+n%12, 1+n%28, n%60, n) }),
		machine("sections", "sections.csv", "部,課,係,人数", func(n int) string {
			return []string{"総務部,情報課,管理係,8", "市民部,市民課,住民係,12", "税務部,収納課,整理係,9", "福祉部,長寿課,介護係,11"}[n%4]
		}),
		machine("stations", "stations.txt", "", func(n int) string {
			return []string{"千葉 福島", "長野 松本", "石川 金沢", "宮城 仙台", "大月 甲府"}[n%5]
		}),
	}
	return append(cases, documentation()...)
}

// machine writes sixty lines under a header.
func machine(name, file, head string, line func(int) string) corpustest.Case {
	var b strings.Builder
	if head != "" {
		b.WriteString(head + "\n")
	}
	for n := range 60 {
		b.WriteString(line(n) + "\n")
	}
	return corpustest.Case{Name: "nobody-" + name, File: file, Make: func(f *corpustest.Folder) error { return f.Write(file, []byte(b.String())) }}
}

// documentation are licences that every Debian machine has. They name firms and
// years, and nobody.
func documentation() (cases []corpustest.Case) {
	for _, name := range []string{"Apache-2.0", "Artistic", "BSD", "CC0-1.0", "GPL-2", "GPL-3", "LGPL-2.1", "MPL-2.0"} {
		cases = append(cases, corpustest.Case{Name: "nobody-licence-" + name, File: name, Make: func(f *corpustest.Folder) error {
			b, err := os.ReadFile(filepath.Join("/usr/share/common-licenses", name))
			if err != nil {
				return err
			}
			return f.Write(name, b)
		}})
	}
	return cases
}
