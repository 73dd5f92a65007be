package findings

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
	"daicho/ui/text"
)

// assets is the section of the register of information assets.
func assets() ui.Section {
	return register.Section("assets", "clipboard-check", group, register.Config{
		Register: finding.Assets, Title: "title", Sort: "title",
		Columns: []register.Column{
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 620}},
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 104}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 140}},
			{Field: "department", Column: kit.Column{Width: 120, Drop: 460}},
			{Field: "confidentiality", Column: kit.Column{Width: 92, Drop: 540}},
			{Field: "review_by", Column: kit.Column{Kind: kit.MonoColumn, Width: 92, Drop: 700}},
		},
		New:     app.Label{JA: "情報資産を登録する", EN: "New asset"},
		Empty:   app.Label{JA: "該当する情報資産はありません。", EN: "There are no such assets."},
		Mark:    assetMark,
		Facts:   assetFacts,
		Hidden:  []string{"state", "personal"},
		Facets:  []string{"department", "confidentiality", "integrity", "availability"},
		Retires: []string{"dispose"},
		Commands: func(r app.Record) []string {
			if r.(*finding.Asset).State == finding.Disposed {
				return []string{}
			}
			return []string{"review", "dispose"}
		},
		Face: register.Face{Label: app.Label{JA: "点検との照合", EN: "What scans found"}, New: newHeld},
	})
}

func assetMark(r app.Record, lang app.Lang) kit.Mark {
	a := r.(*finding.Asset)
	m := kit.Mark{Glyph: "●", Word: finding.Assets.Show(a, "state", lang), Tone: kit.Good}
	if a.State == finding.Disposed {
		m.Glyph, m.Tone = "□", kit.Quiet
	}
	return m
}

// assetFacts are the classes, and whether it is about people.
func assetFacts(r app.Record, lang app.Lang) string {
	w := text.New(lang)
	said := ""
	for _, class := range []string{"confidentiality", "integrity", "availability"} {
		word := finding.Assets.Show(r, class, lang)
		if spec, _ := app.SpecOf(finding.Assets, class); lang == app.EN {
			word = spec.Label.EN + " " + word
		}
		said += word + w.T(text.FactGap)
	}
	if r.(*finding.Asset).Personal() {
		said += w.Of(app.Label{JA: "個人情報を含む", EN: "personal data"})
	}
	return said
}

// held is what scans found where an asset lies.
type held struct {
	kit.Surface
	desk    *ui.Desk
	words   sayings
	asset   *finding.Asset
	job     *finding.Job // nil: none, or not to be read here
	why     string       // nothing can be said
	open    int          // findings of its department that somebody has to do something about
	exposed int
}

func newHeld(_ ui.Host, desk *ui.Desk) register.View {
	h := &held{desk: desk, words: sayings{desk.Words}}
	h.Extend(h, desk.Look, func(p *kit.Pen, w, _ float32) { h.paint(p, w) })
	return h
}

// Load is part of [register.View].
func (h *held) Load(ctx context.Context, records ui.Records, r app.Record) (func(), error) {
	next := held{asset: r.(*finding.Asset)}
	err := next.read(ctx, records, h.words)
	return func() {
		h.asset, h.job, h.why, h.open, h.exposed = next.asset, next.job, next.why, next.open, next.exposed
		h.Refresh()
	}, err
}

func (h *held) read(ctx context.Context, records ui.Records, words sayings) error {
	reach, err := records.Reach(ctx, finding.Kind)
	switch {
	case err != nil:
		return err
	case reach.None:
		h.why = register.Unreadable(words.Words, finding.Register.About().Label, reach)
		return nil
	case h.asset.Job.IsZero():
		h.why = words.Of(app.Label{JA: "この情報資産の保管場所を見る点検が選ばれていません。「点検」に、保管場所を対象とする点検を選んでください。", EN: "No scan is named that looks where this asset lies. Choose one under \"Scan\"."})
		return nil
	}
	job, err := records.Get(ctx, h.asset.Job)
	if app.IsCode(err, app.NotFound) {
		h.why = words.T(text.LinkNotHere)
		return nil
	}
	if err != nil {
		return err
	}
	h.job = job.(*finding.Job)
	its := []app.Cond{app.Where("job", "=", h.asset.Job.String()), app.Where("department", "=", h.asset.Department)}
	if h.open, err = records.Count(ctx, finding.Kind, append(its[:2:2], app.Where("open", "=", int64(1)))); err == nil {
		h.exposed, err = records.Count(ctx, finding.Kind, append(its[:2:2], app.Where("exposed", "=", int64(1))))
	}
	return err
}

// parts are what the face says, with a head for each.
func (h *held) parts() [][2]string {
	w := h.words
	if h.asset == nil {
		return nil
	}
	review := w.Of(app.Label{JA: "次回の確認は ", EN: "To be reviewed by "}) + w.Day(h.asset.ReviewBy, h.desk.Now()) + w.Of(app.Label{JA: " までです。", EN: "."})
	if h.asset.State == finding.Held && h.asset.ReviewBy < h.desk.Today() {
		review = w.Of(app.Label{JA: "× 確認の期限（", EN: "× The review was due ("}) + w.Day(h.asset.ReviewBy, h.desk.Now()) + w.Of(app.Label{JA: "）を過ぎています。内容を確認してください。", EN: "). See whether all of this is so."})
	}
	all := [][2]string{{w.Of(app.Label{JA: "台帳の確認", EN: "Review"}), review}}
	scans := w.Of(app.Label{JA: "点検の結果", EN: "Scans"})
	if h.job == nil {
		return append(all, [2]string{scans, h.why})
	}
	last := w.Of(app.Label{JA: "まだ実行されていません。", EN: "It has not been run yet."})
	if h.job.LastEnded != 0 {
		last = w.Of(app.Label{JA: "前回の終了は ", EN: "It last ended "}) + w.Moment(h.job.LastEnded, h.desk.Now()) + w.Of(app.Label{JA: " です。", EN: "."})
	}
	return append(all, [2]string{scans, h.job.Title + w.T(text.FactGap) + last},
		[2]string{w.Of(app.Label{JA: "所管課の点検結果", EN: "Findings of the department"}), w.Of(app.Label{JA: "未対応 ", EN: "Open "}) + w.files(int64(h.open)) + w.T(text.FactGap) + w.Of(app.Label{JA: "未保護 ", EN: "unprotected "}) + w.files(int64(h.exposed))})
}

// HeightFor is part of [kit.Tall].
func (h *held) HeightFor(w float32) float32 { return h.paint(kit.NewPen(h.desk.Look), w) }

func (h *held) paint(p *kit.Pen, w float32) float32 {
	x, y := float32(18), float32(14)
	for _, part := range h.parts() {
		p.Panel(x, y, w-36, part[0], "")
		y = p.Para(x, y+34, w-36, 20, part[1], p.Body()) + 12
	}
	return max(y, 40)
}

// AccessibilityLabel is all of it in words.
func (h *held) AccessibilityLabel() string {
	said := ""
	for _, part := range h.parts() {
		said += part[0] + " " + part[1] + "　"
	}
	return said
}

// AccessibilityRole is for screen readers.
func (h *held) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
