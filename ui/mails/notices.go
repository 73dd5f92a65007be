package mails

import (
	"context"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/notice"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
	"daicho/ui/text"
)

// notices is the section of what people were told, or are to be told. What waits for
// people stands over every page until it is done.
func notices() ui.Section {
	s := register.Section("told", "siren", group, register.Config{
		Register: notice.Register, Works: true, Fixed: true, Title: "title", Sort: "due", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 104}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 180}},
			{Field: "way", Column: kit.Column{Width: 92, Drop: 580}},
			{Field: "to", Column: kit.Column{Width: 160, Drop: 600}},
			{Field: "due", Column: moment},
		},
		Mark:     mark,
		Hidden:   []string{"state", "title", "chain", "message_id", "in_reply_to"},
		Commands: commands,
		Empty:    app.Label{JA: "通知はありません。", EN: "There are no notices."},
	})
	s.Banners = banners
	return s
}

func mark(r app.Record, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: notice.Register.Show(r, "state", lang)}
	switch r.(*notice.Notice).State {
	case notice.Waiting, notice.Sending:
		m.Glyph, m.Tone = "○", kit.Quiet
	case notice.Asked:
		m.Glyph, m.Tone = "▲", kit.Late
	case notice.Given, notice.Unsure:
		m.Glyph, m.Tone = "△", kit.Warn
	case notice.Sent:
		m.Glyph, m.Tone = "◎", kit.Info
	case notice.Spared:
		m.Glyph, m.Tone = "□", kit.Quiet
	case notice.Acknowledged:
		m.Glyph, m.Tone = "●", kit.Good
	}
	return m
}

// commands are what a person can do next. Those of the server are not among them.
func commands(r app.Record) []string {
	n := r.(*notice.Notice)
	switch {
	case n.State == notice.Acknowledged || n.State == notice.Spared:
		return []string{}
	case n.State == notice.Given || n.State == notice.Unsure:
		return []string{"again", "acknowledge"}
	case n.Way == notice.Phone && n.State != notice.Sent:
		return []string{"reached", "call", "acknowledge"}
	}
	return []string{"acknowledge"}
}

// most is how many notices at once are read for the banner.
const most = 20

// banners are of what waits for people, since the first is due: an alarm that somebody
// must see, a telephone call that somebody must make.
func banners(ctx context.Context, records ui.Records) (out []ui.Banner, err error) {
	q := app.Query{Where: []app.Cond{app.Where("state", "=", string(notice.Asked))}, Sort: "due", Limit: most}
	ids, err := records.IDs(ctx, notice.Kind, q)
	if err != nil {
		return nil, err
	}
	rows, err := records.Rows(ctx, notice.Kind, ids)
	for _, r := range rows {
		if n, ok := r.(*notice.Notice); ok {
			out = append(out, ui.Banner{Opens: n.Ref, Says: func(w *text.Words, now time.Time) ui.BannerWords { return says(n, w, now) }})
		}
	}
	return out, err
}

func says(n *notice.Notice, w *text.Words, now time.Time) ui.BannerWords {
	_, what, _ := strings.Cut(n.Subject, "】")
	b := ui.BannerWords{Lead: w.T(text.AlarmLead), Since: w.Moment(n.Due, now), Changes: what, Next: w.T(text.AlarmTo)}
	if n.Way == notice.Phone {
		b.Lead, b.Changes, b.Next = w.T(text.PhoneLead), n.To+w.T(text.FactGap)+what, w.T(text.PhoneTo)
	}
	return b
}
