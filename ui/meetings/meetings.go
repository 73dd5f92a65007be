// Package meetings are the sections of meetings, with a face on which what is said is
// written down line by line, of the bodies that meet, and of the items of minutes. When
// minutes are late, and what becomes of an item, is in app/meeting.
package meetings

import (
	"context"
	"strings"

	"daicho/app"
	"daicho/app/meeting"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/register"
)

// Sections are the entries of the navigation; the first says how many minutes the city
// has not been given.
func Sections() []ui.Section {
	all := []ui.Section{register.SectionOf("meetings", "calendar-days", group, meeting.Register.About(), meetings), register.Section("bodies", "user", group, bodies()),
		register.Section("items", "list-checks", group, items())}
	all[2].Label = app.Label{JA: all[2].Label.JA, EN: "Items"} // short enough for the navigation
	all[0].Count = func(ctx context.Context, r ui.Records) (int, error) {
		return r.Count(ctx, meeting.Kind, []app.Cond{app.Where("state", "=", string(meeting.Held)), app.Where("given_on", "=", int64(0))})
	}
	return all
}

var group = app.Label{JA: "会議・タスク", EN: "Meetings and tasks"}

func meetings(d *ui.Desk) register.Config {
	return register.Config{
		Register: meeting.Register, Title: "title", Sort: "begins", Desc: true,
		Columns: []register.Column{
			{Field: "state", Column: kit.Column{Kind: kit.BadgeColumn, Width: 124}},
			{Field: "number", Column: kit.Column{Kind: kit.MonoColumn, Width: 110, Drop: 640}},
			{Field: "title", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "begins", Column: kit.Column{Kind: kit.MonoColumn, Width: 110, Drop: 460}},
			{Field: "minutes_by", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 560}},
		},
		New:     app.Label{JA: "予定を入れる", EN: "New meeting"},
		Empty:   app.Label{JA: "該当する会議はありません。", EN: "There are no such meetings."},
		Mark:    func(r app.Record, lang app.Lang) kit.Mark { return mark(r.(*meeting.Meeting), d.Today(), lang) },
		Facts:   func(r app.Record, lang app.Lang) string { return facts(r.(*meeting.Meeting), lang) },
		Hidden:  []string{"state", "stage", "sequence"},
		Retires: []string{"cancel"},
		Commands: func(r app.Record) []string {
			switch m := r.(*meeting.Meeting); {
			case m.State == meeting.Planned:
				return []string{"hold", "cancel"}
			case m.State == meeting.Held && m.Stage == meeting.Unwritten:
				return []string{"minutes", "enter"}
			}
			return []string{}
		},
		Face: takingFace,
	}
}

var (
	lateWord    = app.Label{JA: "議事録の遅れ", EN: "Minutes late"}
	minutesWord = app.Label{JA: "議事録: ", EN: "Minutes: "}
)

func mark(m *meeting.Meeting, today app.Day, lang app.Lang) kit.Mark {
	k := kit.Mark{Word: meeting.Register.Show(m, "state", lang), Glyph: "○", Tone: kit.Quiet}
	switch {
	case m.Late(today):
		k = kit.Mark{Word: lateWord.In(lang), Glyph: "▲", Tone: kit.Late}
	case m.State == meeting.Planned:
		k.Tone = kit.Info
	case m.Stage == meeting.Confirmed:
		k = kit.Mark{Word: meeting.Register.Show(m, "stage", lang), Glyph: "●", Tone: kit.Good}
	case m.State == meeting.Held:
		k.Glyph, k.Tone = "◎", kit.Info
	}
	return k
}

// facts are where it is, and how far its minutes are.
func facts(m *meeting.Meeting, lang app.Lang) string {
	if m.State != meeting.Held {
		return m.Place
	}
	return strings.TrimSpace(m.Place + "　" + minutesWord.In(lang) + meeting.Register.Show(m, "stage", lang))
}

func bodies() register.Config {
	return register.Config{
		Register: meeting.Bodies, Title: "name", Sort: "name",
		Columns: []register.Column{
			{Field: "name", Column: kit.Column{Flex: true, Min: 120}},
			{Field: "host", Column: kit.Column{Width: 74}},
			{Field: "authority", Column: kit.Column{Width: 110, Drop: 460}},
			{Field: "every", Column: kit.Column{Width: 120, Drop: 560}},
		},
		New:   app.Label{JA: "登録する", EN: "New body"},
		Empty: app.Label{JA: "会議体の登録はありません。", EN: "There are no bodies."},
	}
}

func items() register.Config {
	return register.Config{
		Register: meeting.Items, Title: "text", Sort: "at", Desc: true,
		Columns: []register.Column{
			{Field: "type", Column: kit.Column{Kind: kit.BadgeColumn, Width: 92}},
			{Field: "text", Column: kit.Column{Flex: true, Min: 150}},
			{Field: "due", Column: kit.Column{Kind: kit.MonoColumn, Width: 78, Drop: 460}},
		},
		New:     app.Label{JA: "項目を書く", EN: "New item"},
		Empty:   app.Label{JA: "該当する項目はありません。", EN: "There are no such items."},
		Mark:    func(r app.Record, lang app.Lang) kit.Mark { return itemMark(r.(*meeting.Item), lang) },
		Hidden:  []string{"type"},
		Retires: []string{"strike"},
		Commands: func(r app.Record) []string {
			if i := r.(*meeting.Item); i.Record.IsZero() && !i.Struck {
				return []string{"strike"}
			}
			return []string{}
		},
	}
}

func itemMark(i *meeting.Item, lang app.Lang) kit.Mark {
	m := kit.Mark{Word: meeting.Items.Show(i, "type", lang), Glyph: "○", Tone: kit.Quiet}
	switch {
	case i.Struck:
		m.Glyph = "×"
	case !i.Record.IsZero():
		m.Glyph, m.Tone = "●", kit.Good
	case i.Type != meeting.Note:
		m.Glyph, m.Tone = "◎", kit.Info
	}
	return m
}
