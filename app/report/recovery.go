package report

import (
	"strconv"
	"time"
)

// RecoveryKey is the sheet with a recovery key, as it goes into the safe.
type RecoveryKey struct {
	Groups []string // of characters, in the order in which they are typed
	Device string   // short name of the device that it opens
	Made   time.Time
}

// groupsInRow is how many groups stand in a row of the sheet.
const groupsInRow = 4

// Document is the sheet on paper.
func (k *RecoveryKey) Document() Document {
	table := Table{Title: "回復キー", Note: "1行目の左から順に入力する。区切りと大文字・小文字は問わない。", Columns: []Column{{Title: "行", Weight: .4}}}
	for i := range groupsInRow {
		table.Columns = append(table.Columns, Column{Title: strconv.Itoa(i + 1)})
	}
	for n := 0; n < len(k.Groups); n += groupsInRow {
		row := []string{strconv.Itoa(n/groupsInRow + 1)}
		table.Rows = append(table.Rows, append(row, k.Groups[n:min(n+groupsInRow, len(k.Groups))]...))
	}
	return Document{Title: "台帳 回復キー", Handling: "取扱注意", Made: k.Made, Blocks: []Block{
		Title{Text: "台帳 Daicho　回復キー（端末 " + k.Device + "）", At: k.Made},
		Paragraph{Text: "パスフレーズを忘れたときに、この端末の台帳を開くための鍵です。この紙を持つ人は、端末があれば台帳を開けます。封をして、端末とは別の金庫などに保管してください。"},
		table,
		Paragraph{Text: "使い方：起動画面で「ほかの方法で開く」、続いて「回復キーで開く」を選び、上の文字を順に入力します。回復キーを作り直すと、この紙では開けなくなります。"},
	}}
}
