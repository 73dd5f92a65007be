package outside

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// secrets are important, though about nobody.
func secrets() []layout {
	return []layout{
		{"estimate", func(c *content) {
			c.say("予 定 価 格 調 書")
			c.add([][]any{{"件名", "庁舎空調設備更新工事"}, {"予定価格", thousands(c.between(1000, 9000)*10000) + "円（税抜）"}, {"最低制限価格", thousands(c.between(800, 900)*10000) + "円"}, {"入札日", "令和8年5月20日"}})
			c.present(k.Confidential)
		}, []output{{"予定価格調書.docx", office("")}, {"予定価格.xlsx", excel("")}, {"予定価格調書.pdf", office("")}}},

		{"network", func(c *content) {
			c.say("庁内ネットワーク構成図（取扱注意）")
			c.add([][]any{{"機器名", "役割", "IPアドレス", "セグメント", "設置場所"}, {"L3SW-01", "コアスイッチ", "10.20.0.1", "10.20.0.0/16", "サーバー室"}, {"FW-01", "ファイアウォール", "10.20.255.254", "DMZ", "サーバー室"}, {"AD-01", "認証サーバー", "10.20.10.11", "10.20.10.0/24", "サーバー室"}})
			c.present(k.Confidential)
		}, []output{{"ネットワーク構成図.xlsx", excel("")}, {"構成図.pptx", office("")}, {"ネットワーク構成.docx", office("")}}},

		{"logins", func(c *content) {
			rows := [][]any{{"システム名", "URL", "ID", "パスワード"}}
			for _, s := range []string{"財務会計", "文書管理", "グループウェア", "電子入札"} {
				rows = append(rows, []any{s, "https://intra.example.jp/" + c.digits(2), "admin" + c.digits(2), c.letters(3) + "#" + c.digits(5)})
			}
			c.add(rows)
			c.present(k.Confidential)
		}, []output{{"ID一覧.xlsx", excel("")}, {"パスワード一覧.csv", comma("cp932", ',', true)}, {"accounts.docx", office("")}, {"pw.txt", text("utf8", "\t")}}},

		{"login-memo", func(c *content) {
			c.say("業務システム 管理者アカウント")
			c.say("ユーザーID: sysadmin")
			c.say("パスワード: %s!%s", c.letters(4), c.digits(4))
			c.present(k.Confidential)
		}, []output{{"メモ.txt", text("cp932", "")}, {"メモ.docx", office("")}}},

		{"environment", func(c *content) {
			c.say("DB_HOST=10.1.2.3\nDB_USER=zeimu\nDB_PASSWORD=%s_%s\nAWS_SECRET_ACCESS_KEY=%s%s", c.letters(5), c.digits(4), c.letters(20), c.digits(20))
			c.present(k.Confidential)
		}, []output{{".env", text("utf8", "")}}},

		{"marked", func(c *content) {
			c.say("【部外秘】")
			c.say("新庁舎移転計画（案）")
			c.say("本資料は検討中のものであり、関係者以外への配布を禁ずる。")
			c.present(k.Confidential)
		}, []output{{"移転計画.docx", office("")}, {"移転計画.pptx", office("")}, {"移転計画.odt", office("")}}},

		{"insiders", func(c *content) {
			c.sayIn(inHeader, "関係者限り")
			c.say("用地取得交渉の方針について")
			c.say("上限額は別途協議する。")
			c.present(k.Confidential)
		}, []output{{"交渉方針.docx", office("")}, {"交渉方針.doc", office("")}}},

		{"firewall", func(c *content) { // rules of a router, with its password
			c.say("hostname RT-KOFU-01\nenable secret 5 $1$%s$%s\nusername admin password 7 %s", c.letters(4), c.letters(20), c.digits(14))
			for i := range 6 {
				c.say("access-list 10%d permit ip 10.20.%d.0 0.0.0.255 any", i, i)
			}
			c.present(k.Confidential)
		}, []output{{"rt01-confg.txt", text("utf8", "")}}},

		key("key-rsa", "server.key", "openssl", "genrsa", "-out", "%s", "2048"),
		key("key-ec", "ec.pem", "openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "%s"),
		key("key-ssh", "id_ed25519", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "batch", "-f", "%s"),
	}
}

// key is made by a program each time, so that none lies in the tree.
func key(name, file string, command ...string) layout {
	return layout{name, func(c *content) { c.present(k.Confidential) }, []output{{file, func(f *k.Folder, _ *content, file string) error {
		var args []string
		for _, a := range command[1:] {
			if a == "%s" {
				a = f.Path(file)
			}
			args = append(args, a)
		}
		if err := f.Run(command[0], args...); err != nil {
			return fmt.Errorf("making a key: %w", err)
		}
		return nil
	}}}}
}
