package findings

import (
	"context"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// findingFace says in words what a scan saw in a file, how it is protected, and where
// it lies.
var findingFace = register.Face{Label: app.Label{JA: "検出内容", EN: "What was seen"}, New: newSight}

type sight struct {
	kit.Surface
	desk  *ui.Desk
	words sayings
	found *finding.Finding
	where string
	path  bool // where says a path, not why there is none
}

func newSight(_ ui.Host, desk *ui.Desk) register.View {
	s := &sight{desk: desk, words: sayings{desk.Words}}
	s.Extend(s, desk.Look, func(p *kit.Pen, w, _ float32) { s.paint(p, w) })
	return s
}

// Load is part of [register.View].
func (s *sight) Load(ctx context.Context, records ui.Records, r app.Record) (func(), error) {
	f := r.(*finding.Finding)
	where, path, err := s.place(ctx, records, f)
	return func() { s.found, s.where, s.path = f, where, path; s.Refresh() }, err
}

// place is where the file lies, or why that is not said, in one sentence.
func (s *sight) place(ctx context.Context, records ui.Records, f *finding.Finding) (say string, path bool, err error) {
	reach, err := records.Reach(ctx, finding.PlaceKind)
	if err != nil || reach.None {
		return register.Unreadable(s.words.Words, finding.Places.About().Label, reach), false, err
	}
	found, err := records.Get(ctx, f.Place())
	if app.IsCode(err, app.NotFound) {
		return s.words.Of(app.Label{JA: "場所の記録はこの端末にありません。まだ届いていないか、消去されています。", EN: "Where it lies is not on this device: it has not come yet, or was erased."}), false, nil
	}
	if err != nil {
		return "", false, err
	}
	return found.(*finding.Place).Path, true, nil
}

// HeightFor is part of [kit.Tall].
func (s *sight) HeightFor(w float32) float32 { return s.paint(kit.NewPen(s.desk.Look), w) }

// AccessibilityLabel is all of it in words.
func (s *sight) AccessibilityLabel() string {
	if s.found == nil {
		return ""
	}
	said := protection(s.found, s.words) + "　" + s.where
	for _, k := range s.found.Kinds {
		said += "　" + s.kind(k)
	}
	return said
}

// AccessibilityRole is for screen readers.
func (s *sight) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (s *sight) kind(k finding.KindFound) string {
	w := s.words
	return w.Of(kindName(k)) + " " + w.Of(seenAs("values", string(k.Values))) + w.Of(app.Label{JA: "件 確度", EN: " values, confidence "}) + w.Of(seenAs("confidence", string(k.Confidence)))
}

// paint draws everything, and returns how high that is.
func (s *sight) paint(p *kit.Pen, w float32) float32 {
	if s.found == nil {
		return 40
	}
	x, in, words := float32(18), w-36, s.words
	y := s.kinds(p, x, 14, in) + 14
	for _, part := range [][2]string{
		{words.Of(app.Label{JA: "保護", EN: "Protection"}), protection(s.found, words)},
		{words.Of(app.Label{JA: "閲覧できる範囲", EN: "Who may read it"}), everyone(s.found, words)},
		{words.Of(app.Label{JA: "場所", EN: "Where it lies"}), s.where},
		{words.Of(app.Label{JA: "経過", EN: "Since then"}), s.past()},
	} {
		st := p.Body()
		if s.path && part[1] == s.where {
			st = st.M()
		}
		p.Panel(x, y, in, part[0], "")
		y = p.Para(x, y+34, in, 20, part[1], st) + 12
	}
	return y
}

// kinds is a table of the kinds of data: how many values of each, and how sure that is.
func (s *sight) kinds(p *kit.Pen, x, y, w float32) float32 {
	words := s.words
	p.Panel(x, y, w, words.Of(app.Label{JA: "該当種別", EN: "Kinds of data"}), words.Of(app.Label{JA: "値は保存しません", EN: "no value is kept"}))
	y += 32
	second, third := x+w*.5, x+w*.78
	p.Text(x, y, w*.5, 20, words.Of(app.Label{JA: "種別", EN: "Kind"}), p.Label())
	p.Text(second, y, w*.28, 20, words.Of(app.Label{JA: "異なる値の数", EN: "Values"}), p.Label())
	p.Text(third, y, w*.22, 20, words.Of(app.Label{JA: "確度", EN: "Confidence"}), p.Label())
	y += 22
	for _, k := range s.found.Kinds {
		p.H(x, y, w)
		p.Text(x, y, w*.5-6, 24, words.Of(kindName(k)), p.Body().B())
		p.Text(second, y, w*.28-6, 24, words.Of(seenAs("values", string(k.Values))), p.Body())
		p.Badge(third, y+3, confidence(k, words))
		y += 25
	}
	return y
}

func confidence(k finding.KindFound, w sayings) kit.Mark {
	m := kit.Mark{Glyph: "●", Word: w.Of(seenAs("confidence", string(k.Confidence))), Tone: kit.Late}
	switch k.Confidence {
	case "medium":
		m.Glyph, m.Tone = "◎", kit.Warn
	case "low":
		m.Glyph, m.Tone = "○", kit.Quiet
	}
	return m
}

// past says when it was found, and what has become of it.
func (s *sight) past() string {
	f, w, now := s.found, s.words, s.desk.Now()
	say := w.Of(app.Label{JA: "初回検出 ", EN: "First seen "}) + w.Moment(f.FirstSeen, now) + w.Of(app.Label{JA: "、最終検出 ", EN: ", last seen "}) + w.Moment(f.LastSeen, now) + w.Of(app.Label{JA: "。", EN: "."})
	if f.Unread {
		say += w.Of(app.Label{JA: "前回の点検では読み取れず、今の状態は分かりません。", EN: " The last scan could not read it: nobody knows how it is now."})
	}
	if f.SettledAt != 0 {
		say += w.Of(app.Label{JA: "再点検（", EN: " Looked at again ("}) + w.Moment(f.SettledAt, now) + w.Of(app.Label{JA: "）の結果：", EN: "): "}) + finding.Register.Show(f, "settled", w.Lang()) + w.Of(app.Label{JA: "。", EN: "."})
	}
	if f.Reopened > 0 {
		say += w.Of(app.Label{JA: "これまでに ", EN: " It came back "}) + w.Number(f.Reopened) + w.Of(app.Label{JA: "回、再び検出されました。", EN: " times."})
	}
	return say
}

// protection says in a sentence what stands between a reader and the file.
func protection(f *finding.Finding, w sayings) string {
	said := map[extract.Protection]app.Label{
		extract.ProtectNone:     app.Label{JA: "保護されていません。開けば誰でも内容を読めます。", EN: "Nothing protects it: whoever opens it reads it."},
		extract.ProtectPassword: app.Label{JA: "パスワードで保護されています。", EN: "A password protects it."},
		extract.ProtectKey:      app.Label{JA: "暗号化されています。", EN: "It is encrypted."},
		extract.ProtectPartial:  app.Label{JA: "一部だけが保護されています。残りは誰でも読めます。", EN: "Only a part of it is protected; whoever opens it reads the rest."},
		extract.ProtectUnknown:  app.Label{JA: "保護されているかどうかを確認できませんでした。", EN: "Whether anything protects it could not be told."},
	}[f.Protection]
	if f.Weakness == "" {
		return w.Of(said)
	}
	return w.Of(said) + w.Of(app.Label{JA: "ただし、", EN: " But: "}) + weakness(f.Weakness, w)
}

// weakness says why a protection is less than it seems, and what to do.
func weakness(n extract.Note, w sayings) string {
	said, known := map[extract.Note]app.Label{
		extract.NoteOwnerPassword:   app.Label{JA: "パスワードが必要なのは変更するときだけで、読むだけなら誰でもできます。開くときのパスワードを設定してください。", EN: "the password is asked for changes only. Set one for opening it."},
		extract.NoteDefaultPassword: app.Label{JA: "既定のパスワードで開けます。別のパスワードを設定してください。", EN: "the default password opens it. Set another."},
		extract.NoteZipCrypto:       app.Label{JA: "古い暗号（ZipCrypto）のため、短時間で破られます。AES-256 で作り直してください。", EN: "ZipCrypto is soon broken. Make it anew with AES-256."},
		extract.NoteRC4:             app.Label{JA: "古い暗号（RC4 40ビット）のため、短時間で破られます。今の形式で保存し直してください。", EN: "RC4 of 40 bits is soon broken. Save it anew in today's format."},
		extract.NoteXOR:             app.Label{JA: "暗号とは言えない方式（XOR）です。今の形式で保存し直してください。", EN: "XOR is no encryption. Save it anew in today's format."},
		extract.NotePasswordBeside:  app.Label{JA: "同じ場所に、パスワードを書いたとみられるファイルがあります。別の場所に移してください。", EN: "a file that seems to hold its password lies beside it. Keep that elsewhere."},
	}[n]
	if !known {
		said = app.Label{JA: string(n), EN: string(n)}
	}
	return w.Of(said)
}

// everyone says who may read the file, as far as the system that holds it tells.
func everyone(f *finding.Finding, w sayings) string {
	switch f.Everyone {
	case finding.Readable:
		return w.Of(app.Label{JA: "サーバーに接続できる人は誰でも読めます。", EN: "Everybody who reaches the server may read it."})
	case finding.Closed:
		return w.Of(app.Label{JA: "決められた人またはグループだけが読めます。", EN: "Some people or groups alone may read it."})
	}
	return w.Of(app.Label{JA: "共有の設定からは分かりませんでした。", EN: "The share does not tell."})
}
