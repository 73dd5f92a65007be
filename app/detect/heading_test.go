package detect

import "testing"

// TestHeadings: what stands above a column holds until a row of labels follows.
func TestHeadings(t *testing.T) {
	const people = "氏名,電話\n山田太郎,090-1234-5678\n"
	for text, want := range map[string]string{
		// A row of values may hold words of the rules, and nothing that is found.
		people + "綏靖懿徳孝昭孝安,旅券 なし\n高橋花子,080-1234-5678\n":                               "phone/high=2 person_name/high=2",
		"通知先,対象者,関係,書類\n山田 太郎,山田 花子,子,住民票\n綏靖 甲乙,綏靖 丙丁,配偶者,免許証\n高橋 一郎,高橋 次郎,本人,旅券\n":  "person_name/high=2 person_name/medium=2 person_name/low=1",
		"No,氏名,生年月日,備考\n1,山田太郎,1950/4/1,\n2,綏靖懿徳孝昭孝安,,本人確認書類 免許証\n3,高橋花子,1971/5/6,\n": "person_name/high=2 birth_date/high=2",
		// A second table has other columns.
		people + "品名,数\n机,3\n氏名,担当\n高橋花子,営業\n":                    "phone/high=1 person_name/high=2",
		people + "役職,氏名,生年月日\n会長,高橋花子,1971/5/6\n":                 "phone/high=1 person_name/high=2 birth_date/high=1",
		"名称,住所\n山田商店,甲府市朝気1-2-3\n\n氏名,自宅電話\n高橋花子,090-2345-6781\n": "phone/high=1 postal_address/high=1 person_name/high=1",
		// A number behind a label is no value.
		"番号,氏名,住所1,住所2\n1,山田太郎,甲府市朝気1-2-3,\n":               "postal_address/high=1 person_name/high=1",
		"氏名,自宅住所1,電話1,電話2\n山田太郎,甲府市朝気1-2-3,055-235-1427,\n": "phone/high=1 postal_address/high=1 person_name/high=1",
		"住所\n甲府市朝気1\n": "postal_address/high=1",
	} {
		if got := findingsIn(t, text, ','); got != sorted(want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, sorted(want))
		}
	}
}

// TestTablesOfOffices: telephones and addresses in a list without persons are nobody's own.
func TestTablesOfOffices(t *testing.T) {
	for text, want := range map[string]string{
		"部,課・係,直通,内線,FAX\n総務部,財政課管理係,055-234-3000,2101,055-234-3200\n": "phone/low=2",
		"施設名,住所,電話\nあさひ,甲府市朝気1-2-3,055-235-1427\n":                     "phone/low=1 postal_address/low=1",
		"団体名,連絡先\nあさひの会,090-2345-6781\n":                               "phone/high=1",
		"団体名,代表者,連絡先\nあさひの会,山田太郎,055-235-1427\n":                       "phone/high=1 person_name/high=1",
		"所属,世話役,電話\n総務部,山田太郎,055-235-1427\n":                           "phone/high=1 person_name/medium=1",
		"地区,電話,住所\n朝日,055-235-1427,甲府市朝気1-2-3\n":                       "phone/high=1 postal_address/high=1",
	} {
		if got := findingsIn(t, text, ','); got != sorted(want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, sorted(want))
		}
	}
}

// TestOtherDays: days are births only where something says so.
func TestOtherDays(t *testing.T) {
	for text, want := range map[string]string{
		"氏名,生年月日,入居日\n山田太郎,S25.4.1,H15.4.1\n高橋花子,S46.5.6,H20.5.1\n鈴木一郎,H2.7.8,H30.6.1\n":  "person_name/high=3 birth_date/high=3",
		"氏名,許可年月日\n山田太郎,昭和45年4月1日\n高橋花子,昭和63年5月1日\n鈴木一郎,平成20年6月1日\n":                      "person_name/high=3",
		"氏名,住所,督促\n山田太郎,甲府市朝気4-7-19,20260219\n高橋花子,甲府市朝気1-2-3,20260413\n":                 "postal_address/high=2 person_name/high=2 birth_date/low=2 sensitive/high=1",
		"氏名,死亡者（死亡年月日）,電話\n山田太郎,山田一郎（平成2年4月1日）,055-235-1427\n":                            "phone/high=1 person_name/high=1 person_name/medium=1",
		"お名前,送信日時\n山田太郎,1990-11-02 10:00\n高橋花子,2004-11-03 11:00\n鈴木一郎,2026-11-04 12:00\n": "person_name/high=3",
		"氏名,BD,電話\n山田太郎,1950/4/1,055-235-1427\n高橋花子,1971/5/6,\n鈴木一郎,2002/7/8,\n":          "phone/high=1 person_name/high=3 birth_date/high=3",
		"氏名,生まれた日\n山田太郎,1950/4/1\n":                                                       "person_name/high=1 birth_date/high=1",
		"氏名,被保険者誕生日\n山田太郎,1950/4/1\n":                                                     "person_name/high=1 birth_date/high=1",
	} {
		if got := findingsIn(t, text, ','); got != sorted(want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, sorted(want))
		}
	}
}

// TestLostZeros: a number without its first zero is a telephone in a column of them alone.
func TestLostZeros(t *testing.T) {
	for text, want := range map[string]string{
		"氏名,電話\n山田太郎,552345678\n":                        "phone/high=1 person_name/high=1",
		"お客様番号,氏名,電話\n265272942,山田太郎,055-235-1427\n":     "phone/high=1 person_name/high=1",
		"氏名,会員,携帯\n山田太郎,9023456781,\n高橋花子,8034567812,\n": "person_name/high=2",
		"氏名,会員,携帯\n山田太郎,,9023456781\n高橋花子,,8034567812\n": "phone/high=2 person_name/high=2",
		"氏名,水栓,電話\n山田太郎,265272942,\n高橋花子,267123456,なし\n": "person_name/high=2",
	} {
		if got := findingsIn(t, text, ','); got != sorted(want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, sorted(want))
		}
	}
}
