package detect

import "testing"

// TestListsInText: plain text that is a table to the eye is read as one.
func TestListsInText(t *testing.T) {
	for text, want := range map[string]string{
		"氏名\t基礎年金番号\n山田太郎\t1234-567890\n":                                                     "pension_number/high=1 person_name/high=1",
		"氏名          基礎年金番号\n\n山田 太郎     1234-567890\n高橋 花子     2345-678901\n":                "pension_number/high=2 person_name/high=2",
		"番号 氏名 介護保険番号\n1 山田 太郎 0000123456\n2 高橋花子 0000123457\n":                               "care_insurance/high=2 person_name/high=2",
		"氏　名　　　　　住民票コード\n山田　太郎　　　１２３４５６７８９０１\n":                                               "resident_code/high=1 person_name/high=1",
		"氏名,口座番号\n山田太郎,1234567\n\n本文 7654321\n":                                               "bank_account/medium=1 person_name/high=1",
		"行　氏名　生年月日　住所　備考\n1　山田　太郎　昭和 5年 3月 2日　甲府市朝気1-2-3\n2　髙橋花子　昭和60年10月20日　甲府市朝気4-5-6　転出\n": "postal_address/high=2 person_name/high=2 birth_date/high=2",
		"番　氏名　基礎年金番号　備考\n1　山田　太郎　1234-567890\n2　高橋花子　2345-678901　死亡\n":                        "pension_number/high=2 person_name/high=2",
		"氏名 住所 電話\n本文がここから始まる。\n":                                                             "",
		"請求書番号 1234567 口座振替\n":                                                                "",
		"001　山田太郎　　　０９０－２３４５－６７８１　　様式\n":                                                      "phone/high=1 person_name/medium=1",
	} {
		if got := findingsIn(t, text, 0); got != sorted(want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, sorted(want))
		}
	}
}

// TestLabels: how forms and programs write labels.
func TestLabels(t *testing.T) {
	for text, want := range map[string]string{
		"【氏名】山田　太郎":                       "person_name/high=1",
		"氏名_漢字: 名取文雄":                     "person_name/high=1",
		"(1) 氏名（漢字）  …… 名取文雄":             "person_name/high=1",
		"Name/氏名: 山田 太郎":                  "person_name/high=1",
		"生　年　月　日　　昭和６３年１月２日":              "birth_date/high=1",
		"生年月日 630102":                     "birth_date/high=1",
		"昭和 63 年 1 月 2 日生まれ":              "birth_date/high=1",
		"\"phoneNumber\": \"0552345678\"": "phone/high=1",
		"\"first_name\": \"千代子\"":         "",
		"\"last_name\": \"山田\"":           "person_name/medium=1",
		"旅券番号 TR 1234567":                 "passport/high=1",
		"記号　１２３４　番号　５６７":                  "health_insurance/medium=1",
		"ゆうちょ銀行 記号10530 番号12345671":       "bank_account/high=1",
		"記号は○、番号は5とする":                    "",
		"口座番号 1 2 3 4 5 6 7":              "bank_account/medium=1",
		"介護被保険者番号\n0000123456":            "care_insurance/high=1",
		"伝票番号\n123456789018":              "",
		"住所　大阪市北区中之島一ノ三ノ二十":               "postal_address/high=1",
		"住所：北海道札幌市中央区北三条西六丁目":             "postal_address/high=1",
		"電話 00-1234-5678":                 "",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestNeighbours: what stands beside a value says what it is, or is not.
func TestNeighbours(t *testing.T) {
	for text, want := range map[string]string{
		"姓,名\n山田,太郎\n山﨑,幸雄\n":                                                 "person_name/medium=2",
		"都道府県,市区町村,町名番地\n山梨県,甲斐市,竜王新町123\n":                                   "postal_address/medium=1",
		"氏名,電話\n山田太郎,552345678\n":                                             "phone/high=1 person_name/high=1",
		"型番,品目\n050-7864-5533,部品\n050-7864-5534,部品\n":                         "phone/low=2",
		"名称,電話\n市立図書館,055-235-1427\n":                                         "phone/low=1",
		"宛名,所在地\n山田太郎,甲府市朝気4-7-19\n":                                          "postal_address/medium=1 person_name/high=1",
		"氏名,元号,生年月日,住所\n山田太郎,昭,550302,甲府市朝気1-2-3\n高橋花子,平,020304,甲府市朝気4-5-6\n": "postal_address/high=2 person_name/high=2 birth_date/high=2",
		"氏名,生年月日,,,,,,\n山田太郎,昭和,55,年,3,月,2,日\n":                               "person_name/high=1 birth_date/high=1",
		"氏名,山田太郎,高橋花子,鈴木一郎,佐藤次郎\n生年月日,H28.9.14,S21.3.25,S49.8.18,S48.5.7\n":   "person_name/high=4 birth_date/high=4",
		"介護被保険者番号,0,0,0,0,7,9,5,0,0,3\n":                                      "care_insurance/high=1",
		"出欠,0,0,0,0,1,1,1,0,0,1\n":                                            "",
		"振込先,甲府信用金庫,本店,普通,3683528\n":                                          "bank_account/high=1",
		"2026/02/23,天皇誕生日\n":                                                  "",
		"氏名,記号,番号\n山田太郎,甲国8,20194927\n":                                       "health_insurance/medium=1 person_name/high=1",
		"氏名,採用\n山田太郎,2020/4/1\n高橋花子,2021/4/1\n鈴木一郎,2022/4/1\n":                "person_name/high=3 birth_date/low=3",
		"山田太郎,1950/4/1\n高橋花子,1971/5/6\n鈴木一郎,2002/7/8\n":                       "person_name/high=3 birth_date/high=3",
		"氏名,電話\n山田太郎,090-1234-5678\n品名,数\n机,3\n氏名,担当\n高橋花子,営業\n":              "phone/high=1 person_name/high=2",
	} {
		if got := findingsIn(t, text, ','); got != sorted(want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, sorted(want))
		}
	}
	for text, want := range map[string]string{
		"市の代表 055-237-1161 から内線 2345 へ":                 "phone/low=1",
		"代表者 山田太郎 055-237-1161":                         "phone/medium=1 person_name/high=1",
		"git clone git@git.example.com:city/portal.git": "",
		"scp a.csv taro@host.example.jp:/srv/data/":     "",
		"連絡先 taro@example.jp:昼間のみ":                      "email/high=1",
		"問合せ：環境課　電話 055-237-5312":                       "phone/low=1",
		"山田太郎様\n勤務先 甲府病院 電話 055-237-5312":               "phone/high=1 person_name/medium=1",
		"出席者　島袋 肇委員、山田 純子委員":                            "person_name/high=2",
		"山田太郎（やまだたろう）":                                  "person_name/medium=1",
		"確認した。\n2　令和3年9月1日から適用する。生年月日":                  "",
		"昭和36年3月11日生まれ。折り返し先は08012345678とのこと":           "phone/medium=1 birth_date/high=1",
		"住所 甲府市朝日1-2-3 コーポ富士101":                        "postal_address/high=1",
		"山梨県甲府市立北小学校5年":                                 "",
		"DB_PASSWORD=aB3dEfgh9":                         "confidential/medium=1",
		"enable secret 5 $1$PBBG$CXQHRPVV":              "confidential/medium=1",
	} {
		if got := findingsIn(t, text, 0); got != sorted(want) {
			t.Errorf("%q\n got %q\nwant %q", text, got, sorted(want))
		}
	}
}
