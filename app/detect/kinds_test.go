package detect

import (
	"strings"
	"testing"
)

// TestNumbers: each kind of number with a label, in its usual writings, and
// what looks like it.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"住民票コード 12345678901":             "resident_code/high=1",
		"住民票コード：１２３４５６７８９０１":             "resident_code/high=1",
		"住民票コード 1234-567-8901":           "resident_code/high=1",
		"住民票コード 1234567890":              "",
		"12345678901":                    "",
		"運転免許証番号 301912345680":           "drivers_license/high=1",
		"免許証番号：第301912345680号":           "drivers_license/high=1",
		"免許証番号 ３０１９１２３４５６８０":             "drivers_license/high=1",
		"免許証番号 991912345680":             "",
		"301912345680":                   "",
		"旅券番号 TR1234567":                 "passport/high=1",
		"パスポート番号：ＴＲ１２３４５６７":              "passport/high=1",
		"型番 TR1234567":                   "",
		"TR1234567":                      "",
		"旅券番号 TRX1234567":                "",
		"在留カード番号 AB12345678CD":           "residence_card/high=1",
		"在留カード番号：ＡＢ１２３４５６７８ＣＤ":           "residence_card/high=1",
		"追跡番号 AB12345678CD":              "",
		"基礎年金番号 1234-567890":             "pension_number/high=1",
		"基礎年金番号 1234567890":              "pension_number/high=1",
		"1234-567890":                    "",
		"健康保険証 記号番号 12345-678":           "health_insurance/high=1",
		"被保険者証記号・番号 123・4567":            "health_insurance/high=1",
		"保険者番号 33120015":                 "health_insurance/high=1",
		"保険者番号 138016":                   "health_insurance/high=1",
		"雇用保険 1234-567890-1":             "",
		"介護保険被保険者番号 0000123456":          "care_insurance/high=1",
		"口座番号 1234567":                   "bank_account/medium=1",
		"甲府銀行 本店 普通預金 1234567 名義 架空":     "bank_account/high=1",
		"ゆうちょ 10530-12345671":            "bank_account/high=1",
		"振込先：本町支店（普）１２３４５６７":             "bank_account/high=1",
		"請求書番号 1234567 口座振替":             "",
		"郵便番号 4000031":                   "",
		"カード番号 4111111111111111":         "credit_card/high=1",
		"カード番号 3530111333300000":         "credit_card/high=1",
		"4539-1488-0343-6467":            "credit_card/medium=1",
		"5413 6380 9528 5148 4ED9":       "",
		"4539-1488-0343-6468":            "",
		"4111 1111 1111 1111":            "",
		"注文番号 4539148803436467":          "",
		"978-4-00-310101-8":              "",
		"4901234567894":                  "",
		"0f8fad5b-d9cb-469f-a165-708677": "",
		"192.168.100.254 10.0.0.1":       "",
		"version 10.15.7-4567890":        "",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestMachineReadableZone uses the specimen of ICAO Doc 9303 part 4, appendix B.
func TestMachineReadableZone(t *testing.T) {
	const specimen = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
	if got := findingsIn(t, specimen, 0); got != "passport/high=1" {
		t.Errorf("got %q", got)
	}
	if got := findingsIn(t, strings.Replace(specimen, "C36", "C37", 1), 0); got != "" {
		t.Errorf("with a wrong check digit: %q", got)
	}
}

func TestCheckDigits(t *testing.T) {
	for _, n := range []string{"4111111111111111", "3530111333300000", "378282246310005", "33120015", "138016"} {
		if !luhn([]byte(n)) {
			t.Errorf("%s is not valid", n)
		}
		for d := byte('0'); d <= '9'; d++ {
			if other := n[:len(n)-1] + string(d); other != n && luhn([]byte(other)) {
				t.Errorf("%s is valid", other)
			}
		}
	}
	if !licenseCheck([]byte("301912345680")) || licenseCheck([]byte("301912345670")) {
		t.Error("the licence's check digit is not the one of the facts")
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		"山梨県甲府市丸の内1-18-1":              "postal_address/medium=1",
		"甲府市丸の内一丁目18番1号":               "postal_address/medium=1",
		"甲府市丸の内１丁目１８－１":                "postal_address/medium=1",
		"住所 甲府市丸の内1-18-1":              "postal_address/high=1",
		"住所：山梨県南巨摩郡身延町梅平1234番地の5":      "postal_address/high=1",
		"〒400-0031 甲府市丸の内1-18-1":       "postal_address/high=1",
		"東京都千代田区丸の内1-1-1":              "postal_address/medium=1",
		"札幌市中央区北1条西2丁目3番地":             "postal_address/medium=1",
		"現住所：葉月市本町12番地":                "postal_address/high=1",
		"住所 甲府市":                       "",
		"山梨県甲府市":                       "",
		"東京都千代田区と港区":                   "",
		"甲府市は平成30年3月1日に中核市となった":        "",
		"甲府市条例第3-1号":                   "",
		"甲府市の人口は18-20万人":               "",
		"システム構成図3-1を参照":                "",
		"所在地 甲府市丸の内1-18-1":             "postal_address/low=1",
		"甲府市丸の内1-18-1 と甲府市丸の内一丁目18番1号": "postal_address/medium=1",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for text, want := range map[string]string{
		"山田 太郎":               "person_name/medium=1",
		"山田　太郎":               "person_name/medium=1",
		"山田太郎様":               "person_name/medium=1",
		"森田ひろしさんから電話":         "person_name/medium=1",
		"高橋 花子さんから電話":         "person_name/medium=1",
		"髙橋 花子 様、高橋花子様":       "person_name/medium=1",
		"氏名：山田太郎":             "person_name/high=1",
		"氏名　桜井ひろし\n":          "person_name/high=1",
		"氏　名　山田　太郎":           "person_name/high=1",
		"{\"name\":\"山田太郎\"}": "person_name/high=1",
		"氏名　山田　太郎":            "person_name/high=1",
		"申請者は山田太郎です":          "person_name/high=1",
		"担当者：山田":              "person_name/low=1",
		"フリガナ ヤマダ タロウ":        "person_name/medium=1",
		"フリガナ ﾔﾏﾀﾞ ﾀﾛｳ":       "person_name/medium=1",
		"氏名 山田太郎 フリガナ ヤマダタロウ": "person_name/high=1",
		"山田 陽翔":               "person_name/medium=1",
		"山田 澪翔":               "person_name/low=1",
		"氏名：山田 澪翔":            "person_name/high=1",
		"氏名：葉月 見本":            "person_name/high=1",
		"山田商店様":               "",
		"株式会社 山田工業":           "",
		"千葉 福島 山口":            "",
		"千代田区 中央区":            "",
		"大阪 支社、福岡 支店":         "",
		"様式第1号、皆様、仕様":         "",
		"名前の 先頭部分":            "", "名前:目的:方法": "", "file_name: 伸長されたファイル": "",
		"氏名を記入すること":   "",
		"氏名、住所、電話番号":  "",
		"担当者：情報課":     "",
		"計画 推進 会議 資料": "",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestBirthDates(t *testing.T) {
	for _, written := range []string{"1988年1月2日", "1988/01/02", "1988-1-2", "1988.1.2", "19880102", "１９８８年１月２日", "昭和63年1月2日", "昭和６３年１月２日",
		"昭和六十三年一月二日", "昭和 63年 1月 2日", "S63.1.2", "Ｓ６３．１．２", "S63/01/02", "S630102", "3630102", "㍼63年1月2日"} {
		for _, text := range []string{"生年月日 " + written, "生年月日：" + written + "（満36歳）", "生年月日\n" + written} {
			if got := findingsIn(t, text, 0); got != "birth_date/high=1" && got != "birth_date/medium=1" {
				t.Errorf("%q gives %q", text, got)
			}
		}
		if got := findingsIn(t, "施行日 "+written, 0); got != "" {
			t.Errorf("施行日 %s gives %q", written, got)
		}
	}
	for text, want := range map[string]string{
		"昭和63年1月2日生":             "birth_date/high=1",
		"1988年1月2日生まれ":           "birth_date/high=1",
		"令和元年5月1日生":              "birth_date/high=1",
		"昭和65年1月2日生":             "",
		"生年月日 1988年13月2日":        "",
		"生年月日欄に記入。申込日は2024年4月1日": "",
		"2026-11-22 10:00":       "",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestSensitive(t *testing.T) {
	for text, want := range map[string]string{
		"要配慮個人情報とは、人種、信条、病歴等をいう。":                           "sensitive/low=3",
		"障害者手帳の申請手続":                                        "",
		"システム障害の報告":                                         "",
		"氏名：山田太郎\n既往歴：高血圧":                                  "person_name/high=1 sensitive/medium=1",
		"既往歴：高血圧\n氏名：山田太郎":                                  "person_name/high=1 sensitive/medium=1",
		"山田太郎様 障害者手帳 2級":                                    "person_name/medium=1 sensitive/medium=1",
		"既往歴：高血圧":                                           "sensitive/low=1",
		"担当 山田太郎\n" + strings.Repeat("本文\n", 9) + "生活保護の制度": "person_name/high=1",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestConfidential(t *testing.T) {
	for text, want := range map[string]string{
		"【部外秘】":          "confidential/high=1",
		"CONFIDENTIAL\n": "confidential/high=1",
		"A (confidential) note, for internal use only": "",
		"会議資料（取扱注意）":                                   "confidential/high=1",
		"取扱注意\n\n本文":                                   "confidential/high=1",
		"部外秘の文書は鍵のかかる書庫に置く。":                           "",
		"予定価格 12,345,000円":                             "confidential/medium=1",
		"予定価格は取引の実例を考慮して定める。":                          "",
		"管理者パスワード：Xy12!abc":                            "confidential/medium=1",
		"パスワード：8文字以上とする":                               "",
		"パスワード: ********":                              "",
		"password = os.Getenv(\"X\")":                  "",
		"-----BEGIN RSA PRIVATE KEY-----\nMII":         "confidential/high=1",
		"key := \"-----BEGIN RSA PRIVATE KEY-----\"":   "",
		"-----BEGIN CERTIFICATE-----\nMII":             "",
		"ネットワーク構成図\nルータ 192.168.1.1":                   "confidential/medium=1",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestLists: what no label names is known by its columns and its rows.
func TestLists(t *testing.T) {
	bare := "山田太郎,甲府市丸の内1-18-1,090-1000-0001\n高橋花子,甲府市朝気2-3-4,090-1000-0002\n鈴木一郎,北杜市大泉町5-6,090-1000-0003\n"
	if got, want := findingsIn(t, bare, ','), "phone/high=3 postal_address/high=3 person_name/high=3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	form := "No.,氏名（漢字）,区分,住民票コード（本人）,備考\n1,山田太郎,新規,12345678901,なし\n2,高橋花子,継続,12345678902,\n"
	if got, want := findingsIn(t, form, ','), "resident_code/high=2 person_name/high=2"; got != want {
		t.Errorf("other words in the header: got %q, want %q", got, want)
	}
	care := "氏名,介護保険番号\n山田太郎,0766669669\n高橋花子,0751462195\n鈴木一郎,0556088511\n"
	if got, want := findingsIn(t, care, ','), "care_insurance/high=3 person_name/high=3"; got != want {
		t.Errorf("numbers that look like telephones: got %q, want %q", got, want)
	}
	duties := "担当,名前,参加者\n総務,検索,全員\n情報 政策,更新,課員\n"
	if got := findingsIn(t, duties, ','); got != "" && got != "person_name/low=1" {
		t.Errorf("a list of duties gives %q", got)
	}
	words := "北海道支社,売上\n東北支店,売上\n関東工場,売上\n"
	if got := findingsIn(t, words, ','); got != "" {
		t.Errorf("a list of offices gives %q", got)
	}
	passwords := "システム,ログインID,パスワード\n財務,fin01,Zaimu2024\n"
	if got := findingsIn(t, passwords, ','); got != "confidential/high=1" {
		t.Errorf("a list of passwords gives %q", got)
	}
	disabled := "氏名,障害等級\n山田太郎,1級\n高橋花子,2級\n"
	if got := findingsIn(t, disabled, ','); got != "person_name/high=2 sensitive/high=1" {
		t.Errorf("a table of grades gives %q", got)
	}
}

// TestTitle: what names a block speaks for it as a line above does.
func TestTitle(t *testing.T) {
	d := Standard().NewDocument()
	d.Add(Block{Text: []byte("123456789018\n"), Title: "個人番号の一覧"})
	if got := written(d.Findings()); got != "individual_number/medium=1" {
		t.Errorf("got %q", got)
	}
	d.Add(Block{Text: []byte("023456789013\n")})
	if got := written(d.Findings()); got != "individual_number/medium=1 individual_number/low=1" {
		t.Errorf("the title holds on: %q", got)
	}
}

func TestPersons(t *testing.T) {
	for text, want := range map[string]int{
		"":             0,
		"123456789018": 0,
		"氏名,個人番号\n山田太郎,123456789018\n高橋花子,023456789013\n": 2,
		"電話,メール\n090-1000-0001,a@example.jp\n":            1,
		"氏名,電話\n山田太郎,090-1000-0001\n山田太郎,090-1000-0002\n": 1,
	} {
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte(text), Sep: ','})
		if got := d.Persons(); got != want {
			t.Errorf("%q: %d persons, want %d", text, got, want)
		}
	}
	for n, want := range map[int]Band{0: Nobody, 1: Few, 9: Few, 10: Tens, 99: Tens, 100: Hundreds, 999: Hundreds, 1000: Thousands, 1 << 20: Thousands} {
		if got := BandOf(n); got != want {
			t.Errorf("%d persons are %q, want %q", n, got, want)
		}
	}
}
