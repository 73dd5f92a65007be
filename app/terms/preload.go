package terms

import (
	"daicho/app"
	"daicho/app/sla"
)

// known are the questions that the specification leaves open, each with the reading
// that holds until another is agreed on first.
var known = []struct {
	clause, question string
	engine           sla.Question
	ways             []Way
}{
	{"3.1.4", "日曜日は業務時間に含まれるか", "", []Way{{"yes", "含まれる（文言のとおり）"}, {"no", "含まれない"}}},
	{"3.1.4", "祝祭日に振替休日と国民の休日を含むか", "", []Way{{"yes", "含む"}, {"no", "含まない"}}},
	{"3.3.1", "稼働率の分母と、システムによる受付の扱い", sla.UptimeBy, []Way{{string(sla.Staffed), "業務時間のうち、人がいる時間だけを稼働とする。月と年度で算定する"}, {string(sla.WithIntake), "システムで受け付ける時間も稼働とする。月と年度で算定する"}}},
	{"3.3.1", "一次受付率に、情報課が直接受けた問い合わせを含むか", sla.FirstLineBy, []Way{{string(sla.FirstTaken), "ヘルプデスクが自ら受けたものだけを一次受付とする。放棄呼は別に示し、監視による起票は含めない"}, {string(sla.HandedOver), "即時に引き継がれたものも一次受付とする"}}},
	{"3.2.2", "発生時刻が分からないときの起点", "", []Way{{"interval", "最後の正常から最初の異常までとし、最初の異常で判定し、最も悪い場合を併記する"}, {"detected", "検知した時刻とする"}}},
	{"3.2.2", "重大でない障害の報告の2時間", sla.ReportWhen, []Way{{string(sla.Rolled), "時間外に満了するときは、次の業務開始まで延ばす"}, {string(sla.Counted), "業務時間だけを数える"}}},
	{"3.2.2", "障害の重大さを誰が決めるか", "", []Way{{"city", "市の基準による。事業者は案を示す"}, {"vendor", "事業者が決め、市に報告する"}}},
	{"3.3.2", "本庁舎以外の拠点への到着の期限", "", []Way{{"none", "協議が成立するまでは期限なし（未協議）"}, {"travel", "30分に移動時間を加える"}}},
	{"3.3.2", "サービス時間外の希望時間", sla.WishOutside, []Way{{string(sla.AsWished), "希望時間のとおりに数える"}, {string(sla.NextOpening), "次に人がいる時間から数える"}}},
	{"3.3.2", "早い到着と、依頼者の不在", "", []Way{{"met", "達成とし、不在は証拠とともに記録する"}, {"again", "希望時間に改めて訪問する"}}},
	{"2.2.1", "2週間以上の作業の数え方", "", []Way{{"both", "開始日と終了日を含めて14日以上、または10営業日以上"}, {"calendar", "開始日と終了日を含めて14日以上"}}},
	{"1.3.2", "1ヶ月の数え方と、境の時刻", "", []Way{{"calendar", "暦の1ヶ月とし、境の時刻は第2段階に含める"}, {"days", "30日とする"}}},
	{"1.1.1", "電話とチャットによる連絡", "", []Way{{"slip", "口頭連絡票を作成すれば認める"}, {"no", "認めない"}}},
	{"3.4.2", "パスワード化と認める強さ", "", []Way{{"strict", "所有者パスワードだけのPDFは未保護とし、隣に置かれたパスワードは検出とする"}, {"any", "パスワードがあれば保護されたとする"}}},
	{"3.4.3", "即時停止を命じる者", "", []Way{{"duty", "当番の誰でも。先に止め、直ちに報告する"}, {"city", "市の承認者"}}},
	{"3.1.4", "但し書きの事前協議が及ぶ範囲", "", []Way{{"business", "業務時間だけ。協議は開始前に記録し、市が申し出る"}, {"all", "常駐の時間にも及び、合意を要する"}}},
	{"3.2.2", "通知の時刻", sla.NoticeWhen, []Way{{string(sla.Delivered), "届いた時刻とし、全ての時刻を残す"}, {string(sla.Sent), "送った時刻とする"}, {string(sla.Acknowledged), "確認された時刻とする"}}},
	{"1.3.2", "災害の段階の起点", "", []Way{{"difficulty", "サービスの提供が困難になった時"}, {"disaster", "災害が発生した時"}}},
	{"3.3.1", "即時の引継ぎと、98%の期間", "", []Way{{"five", "5分以内とし、月と年度で算定する"}, {"hour", "1時間以内とし、年度で算定する"}}},
}

// Writer is where records are made: a transaction of a replica.
type Writer interface {
	Draft(app.Kind) (app.Record, error)
	Save(app.Record) error
}

// Preload enters those of the questions that are not there, and returns how many these
// were. A question of the engine that somebody entered himself is there.
func Preload(w Writer, there []*Topic) (made int, err error) {
	have, engines := map[int]bool{}, map[sla.Question]bool{"": false}
	for _, t := range there {
		have[t.Item], engines[t.Engine] = true, t.Engine != ""
	}
	for i, k := range known {
		if have[i+1] || engines[k.engine] {
			continue
		}
		r, err := w.Draft(TopicKind)
		if err != nil {
			return made, err
		}
		t := r.(*Topic)
		t.Item, t.Clause, t.Question, t.Engine, t.Ways = i+1, k.clause, k.question, k.engine, k.ways
		if err = w.Save(t); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}
