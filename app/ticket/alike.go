package ticket

import (
	"strings"

	"daicho/app"
)

// Alike asks for the inquiries that say the same as a text, the most alike first: those
// of the past, with their answers, and those that somebody else has just made.
func Alike(text string, limit int) app.Like {
	return app.Like{Kind: Kind, Text: text, Also: otherWords(text), Fields: []string{"title", "body", "answer"}, Limit: limit}
}

// Alike asks for the others that say the same as an inquiry.
func (t *Ticket) Alike(limit int) app.Like {
	like := Alike(t.Title+"\n"+t.Body, limit)
	like.Except = t.Ref.ID
	return like
}

// otherWords are what others call what a text speaks of: people of an office and people
// of its desk have different names for most things.
func otherWords(text string) string {
	var others []string
	for _, same := range sameThing {
		words := strings.Fields(same)
		for i, w := range words {
			if strings.Contains(text, w) {
				others = append(others, words[:i]...)
				others = append(others, words[i+1:]...)
				break
			}
		}
	}
	return strings.Join(others, "\n")
}

// sameThing are words for one thing, a line each.
var sameThing = []string{
	"パソコン PC 端末 コンピューター 業務機", "ノートパソコン ノートPC モバイル端末", "画面 モニター ディスプレイ 表示装置",
	"プリンター 印刷機 複合機 コピー機", "印刷 プリント 刷る", "紙詰まり 詰まる", "用紙 紙", "白黒 モノクロ", "カラー 色付き",
	"スキャン 読み取", "FAX ファクス ファックス", "トナー インク", "判子 印鑑 印影 押印 公印 ハンコ",
	"キーボード 入力できない 打てない", "マウス カーソル 矢印", "USBメモリー USBメモリ 記憶媒体 メモリースティック", "DVD CD ディスク", "バッテリー 電池 充電",
	"カメラ 映像 録画", "マイク 音声", "スピーカー 無音 鳴らない 聞こえない", "プロジェクター 投影 映写",
	"メール 電子メール Eメール", "送信 送る", "受信 届く 届かない",
	"迷惑メール 不審なメール 怪しいメール 詐欺メール フィッシング", "予定表 スケジュール カレンダー 予定",
	"ログイン サインイン 入れない 認証が通らない", "パスワード 暗証 暗証番号", "ロック 使用停止", "利用者ID アカウント ID 利用者登録 ユーザー", "権限 許可 見られない アクセス権",
	"トークン ワンタイム 二要素 多要素", "職員証 ICカード 職員カード カード", "退職 離職", "異動 配属 転任", "改姓 旧姓 苗字 結婚", "会計年度任用職員 臨時職員 臨時",
	"紛失 なくし 失くし 置き忘れ 落とし", "鞄 かばん バッグ", "盗難 盗まれ",
	"共有フォルダー 共有フォルダ ファイルサーバー NAS", "ファイル 文書 データ", "容量不足 満杯", "削除 消した 消えた", "復元 元に戻 復旧",
	"壊れ 破損 開けない", "読み取り専用 書き込めない 編集できない", "Excel エクセル 表計算 集計表", "Word ワード 文書作成", "PDF ピーディーエフ", "マクロ 自動処理", "検索 探す 調べ 照会",
	"日本語入力 かな入力 ひらがな 漢字変換 変換", "英字 アルファベット ローマ字", "単語登録 辞書", "外字 異体字",
	"インターネット ネット ウェブ Web", "ホームページ サイト ウェブサイト", "記事 ページ", "遮断 規制 禁止 ブロック", "無線LAN Wi-Fi WiFi ワイファイ 電波", "LAN ネットワーク 回線 通信",
	"接続 つながらない", "切れる 切断 途切れ", "遅い のろい 重い 時間がかか 待たされ", "固まる 止まる 動かなく フリーズ", "起動 立ち上が 立ち上げ", "更新 アップデート 入替え", "エラー 失敗 不具合",
	"テレワーク 在宅勤務 在宅 自宅", "WEB会議 オンライン会議 テレビ会議 オンライン打合せ オンライン", "警報 アラーム 警告", "停電 計画停電", "サーバー室 機械室", "空調 冷房 エアコン",
	"ウイルス マルウェア", "ウイルス対策ソフト 検査ソフト セキュリティソフト", "定義 パターンファイル", "証明書 電子証明書",
	"住民 市民 来庁者", "マイナンバーカード 個人番号カード", "マイナンバー 個人番号", "国保 国民健康保険", "介護 要介護", "保育所 保育園", "ひとり親 母子 父子", "学校 小学校 中学校", "給食 給食費",
	"口座振替 引き落とし", "銀行 金融機関", "固定資産 土地", "農地 畑", "水道 検針 メーター", "選挙 投票 有権者", "戸籍 本籍", "避難所 体育館", "防災 災害", "議会 本会議", "図書館 図書", "道路 図面",
	"時間外 残業 超過勤務", "出勤 打刻 タイムレコーダー", "旅費 出張", "経路 道順 乗換", "人事評価 自己評価", "決裁 承認", "支出 伝票 財務会計", "申請 申込み 手続",
	"電話 内線", "留守番電話 応答メッセージ", "放送 チャイム", "番号発券機 順番待ち 呼出し", "扉 ドア 入口",
	"小数 端数", "二重 重複 二回", "空欄 空白", "白紙 真っ白", "ちらつく 揺れ",
}
