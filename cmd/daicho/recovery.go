package main

import (
	"bytes"
	"context"
	"strings"
	"time"

	"daicho/app/report"
	"daicho/app/report/pdf"
	"daicho/assets"
	"daicho/ui"
)

// NewRecoveryKey makes a recovery key and its sheet. Neither is kept.
func (d *door) NewRecoveryKey(context.Context) (ui.RecoverySheet, error) {
	r, err := d.open()
	if err != nil {
		return ui.RecoverySheet{}, err
	}
	key, err := r.NewRecoveryKey()
	if err != nil {
		return ui.RecoverySheet{}, err
	}
	s := ui.RecoverySheet{Groups: strings.Split(key.Text(), "-"), File: "recovery-key-" + r.Device().Short() + ".pdf"}
	s.Print, err = printed(recoveryPaper(s.Groups, r.Device().Short(), d.options.Clock()))
	return s, err
}

// groupsInRow is how many groups stand in a row of the sheet.
const groupsInRow = 4

// recoveryPaper is the sheet as it goes into the safe.
func recoveryPaper(groups []string, device string, made time.Time) report.Document {
	table := report.Table{Title: "回復キー", Note: "1行目の左から順に入力する。区切りと大文字・小文字は問わない。", Columns: make([]report.Column, groupsInRow+1)}
	table.Columns[0] = report.Column{Title: "行", Weight: .4}
	for i := range groupsInRow {
		table.Columns[i+1].Title = string(rune('1' + i))
	}
	for n := 0; n < len(groups); n += groupsInRow {
		row := []string{string(rune('1' + n/groupsInRow))}
		table.Rows = append(table.Rows, append(row, groups[n:min(n+groupsInRow, len(groups))]...))
	}
	return report.Document{
		Title: "台帳 回復キー", Handling: "取扱注意", Made: made,
		Blocks: []report.Block{
			report.Title{Text: "台帳 Daicho　回復キー（端末 " + device + "）", At: made},
			report.Paragraph{Text: "パスフレーズを忘れたときに、この端末の台帳を開くための鍵です。この紙を持つ人は、端末があれば台帳を開けます。封をして、端末とは別の金庫などに保管してください。"},
			table,
			report.Paragraph{Text: "使い方：起動画面で「ほかの方法で開く」、続いて「回復キーで開く」を選び、上の文字を順に入力します。回復キーを作り直すと、この紙では開けなくなります。"},
		},
	}
}

func printed(doc report.Document) ([]byte, error) {
	press, err := pdf.New(assets.Font(assets.GothicRegular), assets.Font(assets.GothicBold))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = press.Write(&out, doc)
	return out.Bytes(), err
}
