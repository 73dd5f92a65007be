package report

import (
	"strconv"
	"strings"
	"time"

	"daicho/app/civil"
)

// Slip is the 持出票: what is on a medium, for whom, and room for who took it.
type Slip struct {
	ID, Short string // of the export, and as it stands in the footer
	Made      time.Time
	Maker     string   // the device that wrote it
	To        []string // the devices that can open it, beside the server
	Files     []SlipFile
}

// SlipFile is one file of it.
type SlipFile struct {
	Name              string
	Changes, Attached int
	Bytes             int64
	SHA256            string // hexadecimal
}

// Document is the slip on paper.
func (s *Slip) Document() Document {
	files := Table{Title: "ファイル", Columns: []Column{{Title: "ファイル名", Weight: 2}, {Title: "変更", Right: true}, {Title: "添付", Right: true},
		{Title: "バイト数", Weight: 1.2, Right: true}, {Title: "SHA-256", Weight: 4}}}
	changes, attached := 0, 0
	for _, f := range s.Files {
		changes, attached = changes+f.Changes, attached+f.Attached
		files.Rows = append(files.Rows, []string{f.Name, strconv.Itoa(f.Changes), strconv.Itoa(f.Attached), strconv.FormatInt(f.Bytes, 10), Grouped(f.SHA256)})
	}
	about := Sheet{Pairs: []Pair{
		{Label: "作成日時", Value: civil.Moment(s.Made)}, {Label: "作成端末", Value: s.Maker},
		{Label: "宛先", Value: strings.Join(append([]string{"サーバー"}, s.To...), "、"), Wide: true},
		{Label: "変更", Value: strconv.Itoa(changes) + "件"}, {Label: "添付ファイル", Value: strconv.Itoa(attached) + "個"},
		{Label: "整理番号", Value: s.ID, Wide: true},
	}}
	return Document{Title: "持出票", Number: s.Short, Handling: "取扱注意", Made: s.Made, Blocks: []Block{
		Title{Text: "持出票（Daicho 持ち運び用ファイル）", At: s.Made}, about, files,
		Paragraph{Text: "内容は宛先のサーバーと端末だけが開けます。受け取った人は、「持ち出しと取り込み」の画面または「daichoctl bundle inspect」でSHA-256を照合し、取り込み後に媒体のファイルを消去してください。", Style: Small},
		receipts(),
	}}
}

// receipts is the 受領欄, filled in by hand.
func receipts() Table {
	return Table{Title: "受領欄", Columns: []Column{{Title: "区分"}, {Title: "日時", Weight: 2}, {Title: "所属", Weight: 2}, {Title: "氏名・署名", Weight: 2}},
		Rows: [][]string{{"持出"}, {"受領"}, {"取込"}, {"消去"}}}
}

// Grouped is a hash in groups of eight, to be compared by eye.
func Grouped(sum string) string {
	var groups []string
	for ; len(sum) > 8; sum = sum[8:] {
		groups = append(groups, sum[:8])
	}
	return strings.Join(append(groups, sum), " ")
}
