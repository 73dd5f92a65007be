package documents

import (
	"fmt"
	"strings"

	"daicho/app"
	"daicho/app/compare"
	"daicho/app/document"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// HeightFor is part of [kit.Tall].
func (s *sheet) HeightFor(w float32) float32 { return s.paint(kit.NewPen(s.desk.Look), w) }

// paint draws the paper and what belongs to it, and returns how high that is.
func (s *sheet) paint(p *kit.Pen, w float32) float32 {
	if s.file.doc == nil {
		return 40
	}
	y := s.paper(p, 18, 14, w-36) + 18
	y = s.versions(p, 18, y, w-36) + 10
	y = s.steps(p, 18, y, w-36) + 10
	y = s.differences(p, 18, y, w-36) + 10
	return s.correspondence(p, 18, y, w-36) + 16
}

// paper is a picture of the print: number and date, the boxes of approval, title
// and text, with a bar beside what the version changes.
func (s *sheet) paper(p *kit.Pen, x, y, w float32) float32 {
	const margin, body = 26, 20
	d, r := s.file.doc, s.file.shown()
	in := w - 2*margin
	lines, head := s.lines(p, r, in), s.headLines(r)
	left, at, title := in-boxesWide-12, y+14, y+108
	if left < 140 { // the lines stand below the boxes
		left, at, title = in, y+100, y+106+float32(len(head))*body
	}
	high := title - y + 42 + float32(len(lines))*body + margin
	p.Rect(x, y, w, high, p.Paper)
	p.Box(x, y, w, high, nil, p.Line, 0)
	for _, words := range head {
		p.Text(x+margin, at, left, body, words, p.Label().In(p.PaperInk))
		at += body
	}
	var boxes []kit.Approval
	for i := range stages {
		boxes = append(boxes, s.file.box(r, stages[len(stages)-1-i], s.words))
	}
	p.Add(kit.NewApprovals(s.desk, boxes), x+w-margin-boxesWide, y+14, boxesWide, 80)
	at = p.Balanced(x+margin, title, in, 26, d.Title, p.Subject().In(p.PaperInk).C(), 1) + 10
	for _, l := range lines {
		st := p.Body().In(p.PaperInk)
		if l.head {
			st = st.B()
		}
		p.Text(x+margin, at, in, body, l.text, st)
		if l.fresh {
			p.Rect(x+margin-12, at, 3, body, p.Accent)
		}
		at += body
	}
	return y + high
}

// boxesWide is how much room the boxes of approval take.
const boxesWide = 5*58 + 2

// headLines are what stands at the top of the paper: how it is handled, its number,
// version and date.
func (s *sheet) headLines(r *document.Revision) (out []string) {
	d := s.file.doc
	for _, words := range []string{document.Register.Show(d, "secrecy", s.desk.Words.Lang()), d.Number, s.words.version(r, d), s.words.day(d.Issued)} {
		if words != "" {
			out = append(out, words)
		}
	}
	return out
}

// line is one line on the paper.
type line struct {
	text        string
	head, fresh bool
}

// lines break the text of a revision to the paper: Markdown's headings are bold.
func (s *sheet) lines(p *kit.Pen, r *document.Revision, w float32) (out []line) {
	if r == nil {
		return []line{{text: s.words.of(app.Label{JA: "この文書には、まだ版の本文がありません。", EN: "No version of this document has a text yet."})}}
	}
	for _, piece := range s.file.changes(r) {
		if piece.Op == compare.Gone {
			continue
		}
		words := strings.TrimLeft(piece.Text, "#")
		l := line{head: len(words) < len(piece.Text), fresh: piece.Op == compare.New}
		st := p.Body()
		if l.head {
			st = st.B()
		}
		for _, part := range p.Wrap(strings.TrimSpace(words), st, w) {
			l.text = part
			out = append(out, l)
		}
	}
	for _, f := range r.Files {
		out = append(out, line{text: s.words.of(app.Label{JA: "添付：", EN: "Attached: "}) + f.Name})
	}
	return out
}

// versions are all revisions, the newest first: none ever vanishes.
func (s *sheet) versions(p *kit.Pen, x, y, w float32) float32 {
	p.Panel(x, y, w, s.words.of(app.Label{JA: "版", EN: "Versions"}), fmt.Sprintf(s.words.of(app.Label{JA: "%d件", EN: "%d"}), len(s.file.all)))
	y += 32
	for _, r := range s.file.all {
		n := p.Badge(x, y+3, mark(r, s.desk.Words.Lang()))
		b := s.open[r.Ref]
		p.Add(b, x+max(n+6, 130), y, b.Need(), 24)
		at := x + max(n+6, 130) + b.Need() + 8
		who := s.file.names(r.Author) + "　" + s.desk.Words.Moment(r.Made, s.desk.Now())
		nw := min(p.Width(who, p.Caption()), w/3)
		p.Text(x+w-nw, y, nw+1, 24, who, p.Caption().R())
		p.Text(at, y, x+w-nw-12-at, 24, flat(r.Reason), p.Body())
		y += 26
		for _, other := range r.Beside {
			if o := s.file.at(other); o != nil && o.IsOpen() && r.IsOpen() {
				p.Text(at, y-2, x+w-at, 20, s.words.beside(o.Version), p.Caption().In(p.Warn))
				y += 20
			}
		}
	}
	return y
}

// flat is a long text in one line.
func flat(s string) string { return strings.ReplaceAll(s, "\n", "　") }

// steps are what was said to the revision on the paper, in the order of time.
func (s *sheet) steps(p *kit.Pen, x, y, w float32) float32 {
	p.Panel(x, y, w, s.words.of(app.Label{JA: "審査と承認", EN: "Review and approval"}), s.words.of(app.Label{JA: "作成者・1次・2次・承認者は別の人です", EN: "each by another person"}))
	y += 34
	r := s.file.shown()
	for _, a := range s.file.signed {
		if r == nil || a.Revision != r.Ref {
			continue
		}
		y = s.step(p, x, y, w, a)
	}
	if r != nil && r.Waits() {
		words := document.Revisions.Show(r, "state", s.desk.Words.Lang())
		p.Text(x, y, w, 22, s.words.due(words, r.Due), p.Body().In(p.Warn))
		y += 24
	}
	if r != nil && r.Hash != "" {
		p.Text(x, y, w, 20, s.words.of(app.Label{JA: "内容の照合値 ", EN: "Hash of the content "})+r.Hash[:16], p.Caption().M())
		y += 22
	}
	return y
}

func (s *sheet) step(p *kit.Pen, x, y, w float32, a *document.Approval) float32 {
	lang := s.desk.Words.Lang()
	tone := kit.Mark{Glyph: "●", Word: document.Approvals.Show(a, "verdict", lang), Tone: kit.Good}
	if a.Verdict == document.No {
		tone.Glyph, tone.Tone = "▽", kit.Warn
	}
	note := ""
	if a.GSN == 0 {
		tone.Glyph, tone.Tone, note = "○", kit.Quiet, s.words.pending()
	}
	if !a.For.IsZero() {
		note = strings.TrimSpace(note + "　" + s.words.onBehalf(s.file.names(a.For)))
	}
	if a.Reason != "" {
		note = strings.TrimSpace(note + "　" + flat(a.Reason))
	}
	n := p.Badge(x, y+2, tone)
	at := x + max(n+8, 100)
	p.Text(at, y, 130, 22, document.Approvals.Show(a, "step", lang), p.Body().B())
	p.Text(at+134, y, w-at-134-120+x, 22, s.file.names(a.By), p.Body())
	p.Text(x+w-120, y, 120, 22, s.desk.Words.Moment(a.At, s.desk.Now()), p.Caption().R())
	y += 22
	if note != "" {
		y = p.Para(at, y, x+w-at, 18, note, p.Caption())
	}
	return y + 4
}

// differences are the lines that the revision on the paper changes.
func (s *sheet) differences(p *kit.Pen, x, y, w float32) float32 {
	r := s.file.shown()
	if r == nil || s.file.at(r.Base) == nil {
		return y
	}
	p.Panel(x, y, w, s.words.of(app.Label{JA: "前の版との違い", EN: "Changes"}), s.file.at(r.Base).Version+" → "+r.Version)
	y += 32
	for _, piece := range compare.Around(s.file.changes(r), 1) {
		st, sign := p.Label(), "　"
		switch piece.Op {
		case compare.Gone:
			st, sign = st.In(p.Late), "－"
		case compare.New:
			st, sign = p.Label().In(p.OK).B(), "＋"
		case compare.Same:
			if piece.Text == "" {
				sign = "…"
			}
		}
		p.Text(x, y, 18, 20, sign, st)
		y = p.Para(x+20, y, w-20, 20, piece.Text, st)
	}
	return y
}

// correspondence is what this document answers and what answers it, and who has
// read it.
func (s *sheet) correspondence(p *kit.Pen, x, y, w float32) float32 {
	chain := s.file.chain()
	if len(chain) == 0 && len(s.file.receipts) == 0 && s.file.doc.ReplyDue == 0 {
		return y
	}
	p.Panel(x, y, w, s.words.of(app.Label{JA: "往復と供覧", EN: "Correspondence"}), s.replies())
	y += 32
	for _, ref := range chain {
		b := s.open[ref]
		p.Text(x, y, 120, 24, s.relation(ref), p.Label())
		p.Add(b, x+124, y, min(b.Need(), w-124), 24)
		y += 26
	}
	for _, r := range s.file.receipts {
		m := kit.Mark{Glyph: "○", Tone: kit.Quiet, Word: s.words.of(app.Label{JA: "未確認", EN: "not read"})}
		when := s.words.until(r.Due)
		if r.Read != 0 {
			m, when = kit.Mark{Glyph: "●", Tone: kit.Good, Word: s.words.of(app.Label{JA: "確認済", EN: "read"})}, s.desk.Words.Moment(r.Read, s.desk.Now())
		}
		p.Badge(x, y+2, m)
		p.Text(x+124, y, w-124-130, 24, s.file.names(r.Person)+"（"+document.Receipts.Show(r, "form", s.desk.Words.Lang())+"）", p.Body())
		p.Text(x+w-130, y, 130, 24, when, p.Caption().R())
		y += 26
	}
	return y
}

// replies says whether the document has been answered, and by when it should be.
func (s *sheet) replies() string {
	switch d := s.file.doc; {
	case d.Answered != 0:
		return s.words.of(app.Label{JA: "回答済　", EN: "answered "}) + s.words.day(d.Answered)
	case d.ReplyDue != 0:
		return s.words.of(app.Label{JA: "回答期限　", EN: "reply due "}) + s.words.day(d.ReplyDue)
	}
	return ""
}

func (s *sheet) relation(ref app.Ref) string {
	switch d := s.file.doc; ref {
	case d.ReplyTo:
		return s.words.of(app.Label{JA: "回答する文書", EN: "in reply to"})
	default:
		for _, by := range d.AnsweredBy {
			if by == ref {
				return s.words.of(app.Label{JA: "回答文書", EN: "reply"})
			}
		}
	}
	return s.words.of(app.Label{JA: "関連", EN: "related"})
}

// sheetWords are the words of the sheet.
type sheetWords struct{ *text.Words }

func (w sheetWords) of(l app.Label) string { return l.In(w.Lang()) }

func (w sheetWords) pending() string {
	return w.of(app.Label{JA: "署名済・登録待ち", EN: "signed, waits for the server"})
}

func (w sheetWords) box(s document.Step) string {
	switch s {
	case document.Review1:
		return w.of(app.Label{JA: "1次", EN: "1st"})
	case document.Review2:
		return w.of(app.Label{JA: "2次", EN: "2nd"})
	case document.Vendor:
		return w.of(app.Label{JA: "承認", EN: "Firm"})
	case document.City:
		return w.of(app.Label{JA: "市", EN: "City"})
	}
	return w.of(app.Label{JA: "作成", EN: "Author"})
}

func (w sheetWords) office(s document.Step) string {
	if s == document.City {
		return w.of(app.Label{JA: "市", EN: "city"})
	}
	return w.of(app.Label{JA: "運用", EN: "ops"})
}

func (w sheetWords) version(r *document.Revision, d *document.Document) string {
	v := d.Version
	if r != nil {
		v = r.Version
	}
	if v == "" {
		return ""
	}
	return fmt.Sprintf(w.of(app.Label{JA: "第%s版", EN: "version %s"}), v)
}

// day is a date as papers have it.
func (w sheetWords) day(d app.Day) string {
	switch {
	case d == 0:
		return ""
	case w.Lang() == app.EN:
		return d.String()
	}
	return d.Civil().Wareki()
}

func (w sheetWords) until(d app.Day) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf(w.of(app.Label{JA: "期限 %s", EN: "due %s"}), d.Civil().Slash())
}

func (w sheetWords) due(step string, d app.Day) string {
	return strings.TrimSpace("◎ " + step + "　" + w.until(d))
}

func (w sheetWords) onBehalf(name string) string {
	return fmt.Sprintf(w.of(app.Label{JA: "%sの委任による", EN: "for %s"}), name)
}

func (w sheetWords) beside(version string) string {
	return fmt.Sprintf(w.of(app.Label{JA: "第%s版と並行する案です。先に承認された版と統合してください。", EN: "A draft beside %s: merge it with the one that is approved first."}), version)
}
