package web

import (
	"crypto/hmac"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"daicho/app"
	"daicho/app/civil"
)

// field is one line of a form.
type field struct {
	ID, Label, Hint string
	Must            bool
	Long            bool   // some lines
	Type            string // of the input
	Auto            string // what browsers may fill in (JIS X 8341-3 1.3.5)
	Max             int    // characters
	List            bool   // sites are offered
}

// asked are the fields of a request, in the order in which people think of them.
var asked = []field{
	{ID: "name", Label: "お名前", Must: true, Type: "text", Auto: "name", Max: 60},
	{ID: "department", Label: "所属", Must: true, Type: "text", Auto: "organization", Max: 60, Hint: "例: 市民課 窓口係"},
	{ID: "extension", Label: "内線番号", Must: true, Type: "text", Auto: "tel-extension", Max: 20, Hint: "折り返しの電話を受けられる番号"},
	{ID: "site", Label: "場所（庁舎・拠点）", Must: true, Type: "text", Auto: "off", Max: 60, Hint: "例: 本庁舎 2階", List: true},
	{ID: "device", Label: "機器・システムの名前", Type: "text", Auto: "off", Max: 100, Hint: "例: 複合機、財務会計システム。管理番号が分かれば書いてください。"},
	{ID: "what", Label: "内容", Must: true, Long: true, Auto: "off", Max: 4000, Hint: "何をしたときに、何が起きましたか。画面に出た文字も書いてください。個人番号（マイナンバー）は書かないでください。"},
	{ID: "wished", Label: "来てほしい日時", Type: "datetime-local", Auto: "off", Max: 40, Hint: "例: 2026-11-24 14:30。なければ空欄のままで送信してください。"},
}

// shown are those that the state is asked with.
var shown = []field{
	{ID: "number", Label: "受付番号", Must: true, Type: "text", Auto: "off", Max: 60, Hint: "例: 2026-000123"},
	{ID: "word", Label: "合言葉", Must: true, Type: "text", Auto: "off", Max: 40, Hint: "受付のときに表示した12文字。大文字と小文字、ハイフンの有無は問いません。"},
}

// fill is a form as it was filled in, and what is wrong with it.
type fill struct {
	Values url.Values
	Faults []fault
	Asks   string // what the answer holds of who is asked about a number; empty: nobody is
}

// fault is one thing that is wrong; without a field it is about the whole form.
type fault struct{ Field, Says string }

// form is one that was handed out here.
type form struct {
	fill
	nonce []byte
}

func (f fill) fails(field, says string) fill {
	f.Faults = append(f.Faults, fault{field, says})
	return f
}

// value is what stands in a field, in one form of writing.
func (f fill) value(id string) string {
	text := strings.ReplaceAll(f.Values.Get(id), "\r\n", "\n")
	return strings.TrimSpace(norm.NFC.String(strings.ToValidUTF8(text, "\ufffd")))
}

// check says what is missing and what is too long.
func (f fill) check(fields []field) fill {
	for _, a := range fields {
		v := f.value(a.ID)
		switch n := utf8.RuneCountInString(v); {
		case a.Must && v == "":
			f = f.fails(a.ID, a.Label+"がありません。"+a.Label+"を入力してください。")
		case n > a.Max:
			f = f.fails(a.ID, a.Label+"が長すぎます（"+count(n)+"文字）。"+count(a.Max)+"文字までにしてください。")
		case !a.Long && strings.ContainsAny(v, "\n\r\x00"):
			f = f.fails(a.ID, a.Label+"は1行で入力してください。")
		}
	}
	return f
}

// private says where an individual number (個人番号) stands: it is not taken in.
func (f fill) private(fields []field, mask func(string) (string, bool)) fill {
	for _, a := range fields {
		if _, found := mask(f.value(a.ID)); found {
			f = f.fails(a.ID, a.Label+"に個人番号（マイナンバー）があります。番号を消してから、もう一度送信してください。この画面の内容は、まだ保存していません。")
		}
	}
	return f
}

// sureField holds the answer of who was asked whether a number is an individual one, and
// wrote that it is none.
const sureField = "sure"

// doubt asks once about what may be an individual number, and tells the fields of which
// somebody answered that they hold none. The answer counts for what was asked about:
// another text is asked about anew.
func (d *Desk) doubt(in fill, fields []field) (out fill, denied []string) {
	var texts []string
	out = in
	for _, a := range fields {
		if v := in.value(a.ID); !in.wrong(a.ID) && d.Unsure(v) {
			texts, denied = append(texts, v), append(denied, a.Label)
			out = out.fails(a.ID, a.Label+"に、個人番号（マイナンバー）のような12桁の数字があります。個人番号のときは、番号を消して「直して送る」を押してください。個人番号でないときは「個人番号ではないので、このまま送る」を押してください。この画面の内容は、まだ保存していません。")
		}
	}
	if len(texts) == 0 {
		return in, nil
	}
	out.Asks = d.forms.answer(texts)
	if hmac.Equal([]byte(in.Values.Get(sureField)), []byte(out.Asks)) {
		in.Asks = out.Asks // where something else is wrong, nobody answers twice
		return in, denied
	}
	return out, nil
}

// wrong says whether something is wrong with a field already.
func (f fill) wrong(field string) bool {
	return slices.ContainsFunc(f.Faults, func(x fault) bool { return x.Field == field })
}

// denial is what the course of an inquiry keeps of such an answer.
func denial(labels []string) string {
	return strings.Join(labels, "、") + "に個人番号のような12桁の数字があります。送信の前に確認し、「個人番号ではない」との回答を受けました。"
}

// layouts are how browsers and people write a time.
var layouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006/1/2 15:04", "2006-1-2 15:04"}

// wish reads the wished time, in the zone of the contract; empty is none.
func (f fill) wish(now time.Time) (app.Stamp, fill) {
	text := norm.NFKC.String(f.value("wished"))
	if text == "" {
		return 0, f
	}
	for _, l := range layouts {
		t, err := time.ParseInLocation(l, text, civil.Tokyo)
		switch {
		case err != nil:
			continue
		case t.Before(now.Add(-time.Hour)):
			return 0, f.fails("wished", "来てほしい日時が過ぎています。これからの日時を入力するか、空欄にしてください。")
		case t.After(now.AddDate(1, 0, 0)):
			return 0, f.fails("wished", "来てほしい日時が1年より先です。日時を確かめてください。")
		}
		return app.StampOf(t), f
	}
	return 0, f.fails("wished", "来てほしい日時を読み取れません。「2026-11-24 14:30」の形で入力してください。")
}
