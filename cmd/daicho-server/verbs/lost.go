package verbs

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/report"
	"daicho/app/report/csv"
	"daicho/app/report/pdf"
	"daicho/assets"
	"daicho/cmd/cli"
	"daicho/store/durable"
	"daicho/sync/server"
)

// deviceLost shuts a lost device out and tells what was on it.
type deviceLost struct {
	oneDevice
	By     string `placeholder:"NAME" help:"Who reports it."`
	Reason string `placeholder:"TEXT" help:"What happened."`
	PDF    string `name:"pdf" placeholder:"FILE" help:"Write the report as a printed form, too."`
	CSV    string `name:"csv" placeholder:"FILE" help:"Write the counts as a table, too."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// lost is the report as printed.
type lost struct {
	Device    string      `json:"device"`
	Name      string      `json:"name"`
	Person    string      `json:"person"`
	Class     string      `json:"class"`
	Lost      string      `json:"lost"`
	By        string      `json:"by"`
	Reason    string      `json:"reason"`
	Contact   string      `json:"last_contact"`
	Lease     string      `json:"lease_ends"`
	GSN       int64       `json:"gsn"`
	Unknown   bool        `json:"everything_assumed"`
	Encrypted bool        `json:"encrypted"` // always: a replica cannot be made otherwise
	Waiting   int         `json:"impounded"`
	Erased    string      `json:"erased"`
	Total     lostGroup   `json:"total"`
	Groups    []lostGroup `json:"groups"`
}

type lostGroup struct {
	Kind        string `json:"kind"`
	Zone        string `json:"zone"`
	Org         string `json:"org"`
	Records     int    `json:"records"`
	Newer       int    `json:"changed_since"`
	Personal    int    `json:"personal_values"`
	Attachments int    `json:"attachments"`
	Keys        int    `json:"keys"`
}

func groupOf(g server.LostGroup) lostGroup {
	org := ""
	if !g.Scope.Org.IsZero() {
		org = g.Scope.Org.String()
	}
	return lostGroup{string(g.Scope.Kind), string(g.Scope.Zone), org, g.Records, g.Newer, g.Personal, g.Attachments, g.Keys}
}

func lostOf(r *server.LostReport) lost {
	l := lost{r.Device.ID.String(), r.Device.Name, r.Person.Name, cmp.Or(r.Class, "low"), r.Lost.RFC3339(), r.By, r.Reason, r.Contact.RFC3339(), r.Lease.RFC3339(),
		r.GSN, r.Unknown, true, r.Waiting, r.Wiped.RFC3339(), groupOf(r.Total), []lostGroup{}}
	for _, g := range r.Groups {
		l.Groups = append(l.Groups, groupOf(g))
	}
	return l
}

// Run reports.
func (v *deviceLost) Run(ctx context.Context, console *cli.Console) error {
	return v.of(ctx, console, func(s *server.Server, id app.ID) error {
		r, err := s.Lost(ctx, id, v.By, v.Reason)
		if err != nil {
			return err
		}
		if err = v.files(r); err != nil {
			return err
		}
		if v.JSON {
			return printJSON(console, lostOf(r))
		}
		return lostOf(r).print(console)
	})
}

func (l lost) print(console *cli.Console) error {
	erased := "it is told to erase itself at its next contact, if there is one"
	if l.Erased != "" {
		erased = "it said that it erased itself at " + l.Erased
	}
	fmt.Fprintf(console.Out, "device %s (%s) of %s is shut out since %s; %s\n", l.Device, l.Name, l.Person, l.Lost, erased)
	fmt.Fprintf(console.Out, "last contact %s; it can be opened by who knows its passphrase until %s; its disk is encrypted\n", l.Contact, l.Lease)
	for _, g := range append(l.Groups, l.Total) {
		where := cmp.Or(g.Kind, "all together")
		if g.Zone != "" {
			where += ", zone " + g.Zone
		}
		if g.Org != "" {
			where += ", organisation " + g.Org
		}
		fmt.Fprintf(console.Out, "%s: %d records (%d of them changed or made since), %d personal values, %d attachments, %d keys\n", where, g.Records, g.Newer, g.Personal, g.Attachments, g.Keys)
	}
	return nil
}

// files writes what else was asked for.
func (v *deviceLost) files(r *server.LostReport) error {
	table := lostTable(r)
	if v.CSV != "" {
		if err := writeFile(v.CSV, func(w io.Writer) error { _, err := csv.Write(w, table, csv.UTF8); return err }); err != nil {
			return err
		}
	}
	if v.PDF == "" {
		return nil
	}
	press, err := pdf.New(assets.PaperFonts())
	if err != nil {
		return err
	}
	doc := lostForm(r, table, time.Now())
	return writeFile(v.PDF, func(w io.Writer) error { _, err := press.Write(w, doc); return err })
}

func writeFile(path string, write func(io.Writer) error) error {
	var b bytes.Buffer
	err := write(&b)
	if err == nil {
		err = durable.Replace(path, b.Bytes())
	}
	if err != nil {
		return cli.Errorf("%s: %v書き込めるファイルを指定してください。", "%s: %v; name a file that can be written", path, err)
	}
	return nil
}

func lostTable(r *server.LostReport) report.Table {
	t := report.Table{Title: "端末にあった記録", Columns: []report.Column{{Title: "種類", Weight: 2}, {Title: "系", Weight: 1}, {Title: "組織", Weight: 2}, {Title: "件数", Right: true},
		{Title: "以後の変更", Right: true}, {Title: "個人情報", Right: true}, {Title: "添付", Right: true}, {Title: "鍵", Right: true}}}
	registers := modules.Book().Registers
	for _, g := range r.Groups {
		one := groupOf(g)
		name := one.Kind
		if register := registers[g.Scope.Kind]; register != nil {
			name = register.About().Label.JA
		}
		t.Rows = append(t.Rows, append([]string{name, one.Zone, one.Org}, counts(one)...))
	}
	t.Rows = append(t.Rows, append([]string{"合計", "", ""}, counts(groupOf(r.Total))...))
	return t
}

func counts(g lostGroup) (cells []string) {
	for _, n := range []int{g.Records, g.Newer, g.Personal, g.Attachments, g.Keys} {
		cells = append(cells, strconv.Itoa(n))
	}
	return cells
}

// lostForm is the report as it is filed.
func lostForm(r *server.LostReport, table report.Table, made time.Time) report.Document {
	at := func(s app.Stamp) string {
		if s == 0 {
			return "なし"
		}
		return s.Time().Format("2006-01-02 15:04")
	}
	pairs := []report.Pair{{Label: "端末", Value: r.Device.Name}, {Label: "端末番号", Value: r.Device.ID.Short()}, {Label: "利用者", Value: r.Person.Name}, {Label: "届出者", Value: r.By},
		{Label: "届出日時", Value: at(r.Lost)}, {Label: "最終接続", Value: at(r.Contact)}, {Label: "利用期限", Value: at(r.Lease)}, {Label: "消去の報告", Value: at(r.Wiped)},
		{Label: "ディスクの暗号化", Value: "あり（常時）"}, {Label: "隔離中の送信", Value: strconv.Itoa(r.Waiting)}, {Label: "理由", Value: r.Reason, Wide: true}}
	note := "件数は、最後の同期までに端末へ送られた可能性のあるものです。遠隔消去は、端末が次に接続したときに行われるもので、確実ではありません。"
	if r.Unknown {
		note = "この端末は同期位置を知らせていないため、すべての記録があったものとして数えています。" + note
	}
	return report.Document{Title: "紛失端末報告", Handling: "取扱注意", Made: made,
		Blocks: []report.Block{report.Title{Text: "紛失端末報告", At: made}, report.Sheet{Pairs: pairs}, table, report.Paragraph{Text: note, Style: report.Small}}}
}
