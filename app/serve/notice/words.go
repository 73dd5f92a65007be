package notice

import (
	"strings"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/extract/mail"
	"daicho/app/notice"
)

// MessageID is the identifier of a notice: its own, known as ours when it comes
// back, and the same whenever it is sent.
func MessageID(id app.ID, from string) string {
	_, domain, ok := strings.Cut(from, "@")
	if !ok {
		domain = "localhost"
	}
	return mail.OwnID + id.String() + "@" + domain
}

// Receipt fills a notice with the automatic answer to a mail that became a ticket.
func Receipt(n *notice.Notice, number, subject, text string, at time.Time) {
	n.Subject = "[受付 " + number + "] " + subject
	n.Body = "このメールは自動で送信しています。\n\n" +
		"お問い合わせを受け付けました。\n\n" +
		"　受付番号　" + number + "\n" +
		"　受付日時　" + when(at) + "\n" +
		"　件名　　　" + subject + "\n\n" +
		"業務時間内に担当者が確認し、ご連絡します。\n" +
		"追加のご連絡は、件名の [受付 " + number + "] を残したまま、このメールに返信してください。\n" +
		quoted(text)
}

// quoted is the beginning of what somebody wrote.
func quoted(text string) string {
	const most = 40
	lines := strings.Split(text, "\n")
	if text == "" {
		return ""
	}
	if len(lines) > most {
		lines = append(lines[:most:most], "（以下省略）")
	}
	return "\n----- お問い合わせの内容 -----\n> " + strings.Join(lines, "\n> ") + "\n"
}

// Incident is what an alarm says of a failure.
type Incident struct {
	Number   string
	Title    string
	System   string // concerned
	Happened time.Time
	Found    time.Time
	State    string
}

// Fill writes an alarm about a failure (clause 3.2.2).
func (i *Incident) Fill(n *notice.Notice) {
	n.Subject = "【障害通知】" + i.Title + "（" + i.Number + "）"
	system := ""
	if i.System != "" {
		system = "　対象　　　" + i.System + "\n"
	}
	n.Body = "障害の発生をお知らせします。" + byItself(n) + "\n\n" +
		"　管理番号　" + i.Number + "\n" +
		"　件名　　　" + i.Title + "\n" +
		system +
		"　発生日時　" + when(i.Happened) + "\n" +
		"　認知日時　" + when(i.Found) + "\n" +
		"　状態　　　" + i.State + "\n\n" +
		"台帳の「通知」で「確認した」を選ぶと、次の連絡先への通知は止まります。\n"
}

// Lateness is what a warning says: the time to tell of a failure runs out.
type Lateness struct {
	Alarm *Incident
	Due   time.Time
	Left  time.Duration // below zero: it has run out
}

// Fill writes a warning for our own people.
func (l *Lateness) Fill(n *notice.Notice) {
	lead := "【通知期限を超過】"
	if l.Left >= 0 {
		lead = "【通知期限まで" + civil.InWords(l.Left) + "】"
	}
	n.Subject = lead + l.Alarm.Title + "（" + l.Alarm.Number + "）"
	n.Body = "障害の通知の到達が、まだ記録されていません。" + byItself(n) + "\n\n" +
		"　管理番号　" + l.Alarm.Number + "\n" +
		"　件名　　　" + l.Alarm.Title + "\n" +
		"　発生日時　" + when(l.Alarm.Happened) + "\n" +
		"　通知期限　" + when(l.Due) + "\n\n" +
		"市の担当者に電話などで通知し、障害の「通知した（到達）」に日時と相手を記録してください。\n"
}

// byItself says that nobody wrote it, where that could be thought.
func byItself(n *notice.Notice) string {
	if n.Way != notice.Mail {
		return ""
	}
	return "このメールは自動で送信しています。"
}

// when is a time as people in Japan write it.
func when(t time.Time) string { return t.In(civil.Tokyo).Format("2006年1月2日 15時04分") }
