package sections_test

import (
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/incident"
	"daicho/app/modules"
	"daicho/app/notice"
	"daicho/ui/kit/kittest"
)

// leaked is a security incident that the server tells people of, with a telephone call
// that somebody must make.
func leaked(t testing.TB, r *kittest.Replica) (what, call app.Ref) {
	r.At = kittest.Now.Add(-6 * time.Minute)
	what = r.Add(t, incident.Kind, "title=共有フォルダーからの持ち出し", "nature=security", "urgency=immediate", "affects=yes", "leak=wrongful", "individual_number=yes", "target=fs1",
		"do:know", "do:stop", "do:judge")
	first := r.Add(t, notice.LineKind, "name=情報課 当番", "way=mail", "to=joho@city.example.jp")
	duty := r.Add(t, notice.LineKind, "name=情報課 課長", "way=phone", "to=055-200-2410", "after=5")
	chief := r.Add(t, notice.LineKind, "name=総務部長", "way=mail", "to=somu@city.example.jp", "after=20")
	title, about, chain := "title=【障害通知】共有フォルダーからの持ち出し（I2026-0001）", "about="+what.String(), "chain="+what.String()
	r.Add(t, notice.Kind, title, about, chain, "way=mail", "to=joho@city.example.jp", "line="+first.String(), "do:begin", "do:end;result=later;detail=SMTP 451", "do:begin", "do:end;result=ok")
	due := func(after time.Duration) string { return "due=" + kittest.Now.Add(after).Format(app.TypedTime) }
	r.At = kittest.Now
	call = r.Add(t, notice.Kind, title, about, chain, "way=phone", "to=055-200-2410", "line="+duty.String(), due(-time.Minute), "body=障害の発生をお知らせします。", "do:ask", "do:call;outcome=silent")
	r.Add(t, notice.Kind, title, about, chain, "way=mail", "to=somu@city.example.jp", "line="+chief.String(), due(14*time.Minute))
	return what, call
}

// What waits for people stands over every page until one of them has done it, and the
// incident says whom the server has told, what comes next, and when the law wants what.
func TestPeopleAreAskedToTelephone(t *testing.T) {
	for _, v := range kittest.Variants() {
		r := kittest.NewReplica(t, modules.Book())
		what, call := leaked(t, r)
		w := over(t, v, r)
		w.Go("tickets")
		w.look(t, "alarm-"+v.Name)
		w.Go("escalation")
		w.look(t, "alarm-list-"+v.Name)
		w.Open(call)
		w.look(t, "alarm-call-"+v.Name)
		w.Open(what)
		for face := range 5 {
			if w.face(face) {
				w.look(t, "alarm-incident-"+string(rune('0'+face))+"-"+v.Name)
			}
		}
		if t.Failed() {
			t.Fatal(v.Name)
		}
	}
}

// The banner names the number and goes when somebody has telephoned; an alarm in the
// window goes when somebody has acknowledged it.
func TestAnAlarmGoesWhenItIsDone(t *testing.T) {
	w := over(t, kittest.Variant{W: 1280, H: 800, Lang: app.JA, Factor: 1}, kittest.NewReplica(t, modules.Book()))
	_, call := leaked(t, w.rep)
	w.Go("tickets")
	w.says(t, "\n電話で通知してください\n")
	w.says(t, "055-200-2410　共有フォルダーからの持ち出し（I2026-0001）")
	w.act(t, call, "reached")
	if w.shows("電話で通知してください") {
		t.Error("somebody has telephoned:", kittest.Words(w.win))
	}
	var heard []string
	w.OnNotice(func(sentence string) { heard = append(heard, sentence) })
	alarm := w.rep.Add(t, notice.Kind, "title=【障害通知】回線の停止（I2026-0002）", "way=desktop")
	if w.shows("障害の通知") {
		t.Error("its time has not come")
	}
	w.act(t, alarm, "ask")
	w.says(t, "\n障害の通知\n")
	if len(heard) != 1 || strings.Contains(heard[0], "回線") {
		t.Error("the system says", heard)
	}
	w.says(t, "\n回線の停止（I2026-0002）\n")
	w.act(t, alarm, "acknowledge")
	if w.shows("障害の通知\n") {
		t.Error("somebody has acknowledged it:", kittest.Words(w.win))
	}
}
