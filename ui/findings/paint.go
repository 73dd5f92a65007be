package findings

import (
	"daicho/app"
	"daicho/ui/kit"
	"daicho/ui/kit/register"

	"daicho/app/finding"
	"daicho/ui/text"
)

// Measures of the page in design pixels.
const (
	pageHead  = 44
	margin    = 16
	cardsTop  = 54
	bodyTop   = 142
	trendHigh = 128
	tableLeft = 120 // the least height of a table: below it, the trend is left out
)

func (p *overview) paintOverview(d *kit.Pen, w, h float32) {
	d.Rect(0, 0, w, h, d.Sheet)
	p.paintHead(d, w)
	switch {
	case p.now == nil:
		d.Empty(0, pageHead, w, h-pageHead, p.words.T(text.Loading), "")
		return
	case p.now.reach.None:
		d.Empty(0, pageHead, w, h-pageHead, register.Unreadable(p.words.Words, finding.Runs.About().Label, p.now.reach), "")
		return
	case len(p.now.jobs) == 0:
		d.Empty(0, pageHead, w, h-pageHead, p.words.Of(app.Label{JA: "点検がまだ登録されていません。対象のフォルダーと実行者を決めて、点検を登録してください。実行者の端末が、決めた曜日と時間帯に点検します。", EN: "There are no scans yet. Register one: which folder is scanned, and by which agent. The agent's machine scans it in the hours that you set."}), "")
		return
	}
	d.Add(p.figures, margin, cardsTop, w-2*margin, kit.FigureHeight)
	top := p.live.paint(d, w, p.papers.paint(d, w, bodyTop))
	if p.now.totals.ran == 0 {
		p.paintNotRun(d, w, top, h)
		return
	}
	left := float32(int((w - 3*margin) * .5))
	p.paintMap(d, margin, top, left, h-top-8)
	p.paintRight(d, 2*margin+left, top, w-3*margin-left, h-top-8)
}

func (p *overview) paintHead(d *kit.Pen, w float32) {
	right := w - margin
	switch {
	case p.now == nil || p.now.reach.None:
	case len(p.now.jobs) == 0:
		right = d.Place(right, 8, p.begin)
	case p.live.offered():
		right = d.Place(right, 8, p.report, p.live.begin)
	default:
		right = d.Place(right, 8, p.report)
	}
	d.H(0, pageHead, w)
	x := margin + d.Text(margin, 0, 0, pageHead, p.words.Of(overviewName), d.Title()) + 12
	if note := p.headNote(); right-x > d.Width(note, d.Label())+12 {
		d.Text(x, 1, 0, pageHead, note, d.Label())
	}
}

// headNote says what the figures are of, and how much of it nobody could read.
func (p *overview) headNote() string {
	note := p.words.Of(app.Label{JA: "各点検の直近の結果", EN: "The last run of each scan"})
	if p.now == nil || p.now.totals.ran == 0 {
		return note
	}
	t, gap := p.now.totals, p.words.T(text.FactGap)
	return note + gap + p.words.Of(app.Label{JA: "全 ", EN: "files "}) + p.words.files(t.files) + gap + p.words.Of(app.Label{JA: "読取不可 ", EN: "not read "}) + p.words.files(t.unread)
}

// paintNotRun shows the jobs, and that none of them has been run.
func (p *overview) paintNotRun(d *kit.Pen, w, top, h float32) {
	note := p.words.Of(app.Label{JA: "まだ一度も実行されていません。実行者の端末で「この端末で点検する」を押すか、daichoctl agent を動かしてください。決めた時間帯に点検します。", EN: "No scan has been run yet. Choose \"Scan here\" on the agent's machine, or run daichoctl agent there: it scans in the hours that are set."})
	d.Panel(margin, top, w-2*margin, p.words.Of(app.Label{JA: "点検", EN: "Scans"}), "")
	y := d.Para(margin, top+34, w-2*margin, 20, note, d.Sub())
	d.Add(p.tables[faceJobs], margin, y+8, w-2*margin, h-y-16)
}

func (p *overview) paintMap(d *kit.Pen, x, y, w, h float32) {
	right := x + w - p.axes.Need()
	d.Add(p.axes, right, y-4, p.axes.Need(), 29)
	right = d.Place(right-10, y-2, p.area)
	title := p.words.Of(app.Label{JA: "未保護の地図", EN: "Map"})
	if right-x > d.Width(title, d.Body().B())+8 {
		d.Text(x, y, 0, 26, title, d.Body().B())
	}
	d.H(x, y+29, w)
	legend := p.words.Of(app.Label{JA: "全ファイルに占める未保護　■ 1%以上　△ 0.5%以上", EN: "Exposed of all files: ■ from 1%, △ from 0.5%"})
	d.Text(x, y+32, w, 18, legend, d.Caption())
	d.Add(p.tree, x, y+54, w, h-54)
}

func (p *overview) paintRight(d *kit.Pen, x, y, w, h float32) {
	if h > trendHigh+28+tableLeft+40 && len(p.now.trend) > 1 {
		d.Panel(x, y, w, p.words.Of(app.Label{JA: "未保護ファイルの推移", EN: "Unprotected files"}), p.words.Of(app.Label{JA: "各月末の直近の結果", EN: "as each month ended"}))
		d.Add(p.trend, x, y+32, w, trendHigh)
		y, h = y+trendHigh+44, h-trendHigh-44
	}
	d.Add(p.tabs, x, y-3, w, 29)
	list := p.list.Need()
	foot := float32(0)
	if p.face == faceFound {
		foot = 30
		d.Place(x+w, y+h-26, p.list)
		d.Text(x, y+h-25, w-list-8, 26, p.foundNote(), d.Caption())
	}
	d.Add(p.tables[p.face], x, y+28, w, h-28-foot)
}

// foundNote says whose files are listed, and whether these are all.
func (p *overview) foundNote() string {
	if p.found.total == 0 && len(p.found.rows) == 0 {
		return ""
	}
	note := p.words.department(p.found.part) + "　" + p.words.Count(p.found.total)
	if len(p.found.rows) < p.found.total {
		note += p.words.Of(app.Label{JA: "のうち先頭 ", EN: ", the first "}) + p.words.Count(len(p.found.rows))
	}
	return note
}
