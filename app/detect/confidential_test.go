package detect

import "testing"

// TestMarks: where a mark stands on the document, and where only the text is
// about marks.
func TestMarks(t *testing.T) {
	for text, want := range map[string]bool{
		"令和8年度当初予算査定資料（取扱注意）": true,
		"取扱注意　令和8年度組織改正案":     true,
		"人事異動原案　　　取扱注意":       true,
		"【取扱注意・複写厳禁】人事異動原案":   true,
		"★部外秘★":                        true,
		"※ 関係者限り":                      true,
		"■取扱注意■ 人事評価結果":                true,
		"庁議資料_部外秘":                     true,
		"部外秘資料":                        true,
		"取扱注意につき複写厳禁":                  true,
		"本資料は取扱注意とする。":                 true,
		"この文書は関係者限りとし、複製を禁ずる。":         true,
		"機密性：機密性3":                     true,
		"（部外秘） 危機管理対応計画":               true,
		"CONFIDENTIAL":                 true,
		"- CONFIDENTIAL -":             true,
		"部外秘の文書は鍵のかかる書庫に置く。":           false,
		"取扱注意の表示がある文書は複写しない":           false,
		"機密性3の情報資産は、暗号化して持ち出す。":        false,
		"極秘に調査を進めた。":                   false,
		"情報を機密性3、機密性2、機密性1に分類する":       false,
		"割れ物につき、取扱注意として運ぶこと。":          false,
		"the CONFIDENTIAL information": false,
		"# confidential":               false,
	} {
		confidential(t, text, 0, want)
	}
}

// TestSecrets: a password beside its label, in cells, below a heading, alone
// below a sentence, and in what machines read; and rules on passwords.
func TestSecrets(t *testing.T) {
	for text, want := range map[string]bool{
		"ＩＤ：hazuki01　ＰＷ：Kofu#2024":                                                               true,
		"ログインID fin01 / パスワード Zaimu2024":                                                         true,
		"初期パスワードは「Hazuki2024」です。初回ログイン後に変更してください。":                                               true,
		"初期パスワード\nHz7kQ2mP\n":                                                                    true,
		"zipファイルのパスワードは下記のとおりです。\n\n　　t8Xk-29qZ\n":                                               true,
		"システム名    ID      パスワード\n財務会計      fin01   Zaimu2024\n":                                  true,
		"システム | ID | パスワード | 備考\n財務 | fin01 | Zaimu2024 | なし\n":                                  true,
		"SSID：hazuki-guest\n暗号化キー：kofu8812ab\n":                                                  true,
		"会議室の暗証番号：4071":                                                                          true,
		"サーバ室 解錠番号　：　４０７１":                                                                       true,
		"パスワード：20240401":                                                                         true,
		"パスワードは、英大文字、小文字、数字を含む8文字以上とする。":                                                         false,
		"パスワード：8文字以上":                                                                            false,
		"パスワード: ********":                                                                        false,
		"パスワードを忘れた場合は、情報政策課に連絡してください。\n内線 2345\n":                                                false,
		"パスワードの再設定は https://example.lg.jp/reset2 から行う":                                           false,
		"パスワード有効期限：90日":                                                                          false,
		"暗証番号 4桁の数字を入力":                                                                          false,
		"ID/パスワード：別途連絡":                                                                          false,
		"DB_HOST=db01\nDB_PASSWORD=aB3dEfgh9\n":                                                  true,
		"SMTP_PASS=\"qK29-dmPw\"\n":                                                              true,
		"spring.datasource.password=Xy12kofu88\n":                                                true,
		"database:\n  password: 'Xy12-Kofu'\n":                                                   true,
		"password: Xy12kofu88":                                                                   true,
		"Server=db01;Database=zaimu;User Id=sa;Password=Zaimu#2024;":                             true,
		"postgres://zaimu:Hz7kQ2mP@db01/zaimu":                                                   true,
		"<password>Hz7kQ2mP9</password>":                                                         true,
		"<keyMaterial>kofu8812ab</keyMaterial>":                                                  true,
		"[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n":               true,
		"PresharedKey = FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE=":                            true,
		"net use Z: \\\\fs01\\zaimu Kofu#2024 /user:HAZUKI\\batch01":                             true,
		"net use Z: \\\\fs01\\zaimu /user:batch01 *":                                             false,
		"net use Z: \\\\fs01\\zaimu /user:batch01 %PW%":                                          false,
		"root:$6$mWq2T1xZ$3Gm1V5qJk9uXw0bYtR7sLpNc8dEfHaKzQvUiOeWrTyMn:19000:0:99999:7:::":       true,
		"admin:$apr1$k2J9sd8f$Qw3rTy6uIo9pAsD2fGh5j1:":                                           true,
		"administrator:500:aad3b435b51404eeaad3b435b51404ee:8846f7eaee8fb117ad06bdd830b7586c:::": true,
		"\"access_token\": \"gk7Qp2mX9vB4nL8wR3tY6uZ1\"":                                         true,
		"Authorization: Bearer gk7Qp2mX9vB4nL8wR3tY6uZ1":                                         true,
		"enable secret 9 $9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM":          true,
		"username admin privilege 15 password 7 0822455D0A16":                                    true,
		"snmp-server community h4zuk1kofu RO":                                                    true,
		" pre-shared-key 1 text kofu2024vpn":                                                     true,
		"ipsec ike pre-shared-key 1 text kofu2024vpn":                                            true,
		"login password kofu2024":                                                                true,
		"password = os.Getenv(\"X\")":                                                            false,
		"password: ${DB_PASSWORD}":                                                               false,
		"password: changeme123":                                                                  false,
		"PASS: test_login2":                                                                      false,
		"const password = opts.pass2":                                                            false,
		"token = next_token()":                                                                   false,
		"the token: identifier":                                                                  false,
		"password authentication is described in section 3":                                      false,
		"https://user:password@example.com/":                                                     false,
		"git@example.com":                                                                        false,
	} {
		confidential(t, text, 0, want)
	}
	for text, want := range map[string]bool{
		"項目,内容\nログインID,hazuki01\nパスワード,Kofu2024\n":  true,
		"パスワード,ID\nKofu2024,hazuki01\n":             true,
		"ID ,パスワード ,\nadmin1 ,LTL#3882 ,\n":         true,
		"機器,管理者ID,管理者パスワード\nスイッチ1,admin,swKofu12\n": true,
		"氏名,メール,パスワード\n,,\n":                        true,
		"項目,パスワード\n説明,8文字以上で入力する\n":                 false,
		"パスワード,8文字以上\n":                             false,
		"工事名,予定価格\n橋りょう補修,12345000\n":               true,
		"予定価格（税抜）,\"12,345,000円\"\n":                true,
		"工事名,予定価格,落札金額\n橋りょう補修,12345000,11000000\n": false,
		"書類,提出部数\n取扱注意,1\n":                         true,
	} {
		confidential(t, text, ',', want)
	}
}

// TestMaps: what shows how a network is built.
func TestMaps(t *testing.T) {
	for text, want := range map[string]bool{
		"葉月市庁内ネットワーク構成図（基幹系）\nルータ 192.168.1.1": true,
		"3.2 システム構成図\nAP01 10.1.2.3":           true,
		"システム構成図を提出すること。":                      false,
		"別紙 システム構成図 図10.1.2":                   false,
	} {
		confidential(t, text, 0, want)
	}
}

// confidential asks whether a text holds something confidential for certain.
func confidential(t *testing.T, text string, sep byte, want bool) {
	t.Helper()
	d := Standard().NewDocument()
	d.Add(Block{Text: []byte(text), Sep: sep})
	found := false
	for _, f := range d.Findings() {
		found = found || f.Kind == Confidential && f.Confidence != Low
	}
	if found != want {
		t.Errorf("%q: confidential %v, want %v (%s)", text, found, want, written(d.Findings()))
	}
}
