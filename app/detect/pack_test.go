package detect

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daicho/app/civil"
)

var packKey = ed25519.NewKeyFromSeed([]byte(strings.Repeat("k", ed25519.SeedSize)))

func packOf(changes ...Change) *Pack {
	return &Pack{Name: "葉月市", Version: 2, Edition: "地方公共団体における情報セキュリティポリシーに関するガイドライン (令和7年3月版)", Changes: changes}
}

var packDay = civil.Date{Year: 2026, Month: time.November, Day: 22}

func TestPackIsSigned(t *testing.T) {
	file, err := SignPack(packOf(Change{Kind: ResidentCode, Names: []string{"宛名コード"}}), packKey)
	if err != nil {
		t.Fatal(err)
	}
	trusted := packKey.Public().(ed25519.PublicKey)
	if p, err := OpenPack(file, trusted); err != nil || p.Changes[0].Names[0] != "宛名コード" {
		t.Errorf("%+v, %v", p, err)
	}
	for i := range file {
		forged := append([]byte{}, file...)
		forged[i] ^= 1
		if _, err := OpenPack(forged, trusted); !errors.Is(err, ErrPackSignature) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	if _, err := OpenPack(file); !errors.Is(err, ErrPackSignature) {
		t.Errorf("without a key: %v", err)
	}
}

// TestPackOfAnotherFormat: what is signed, and of a format that this program does not
// know, is not read by halves.
func TestPackOfAnotherFormat(t *testing.T) {
	trusted := packKey.Public().(ed25519.PublicKey)
	for _, format := range []string{"", `"format":0,`, `"format":2,"new":true,`} {
		body := "{" + format + `"name":"葉月市","version":1,"edition":"令和7年3月版","changes":[]}`
		line := base64.StdEncoding.EncodeToString(ed25519.Sign(packKey, []byte(body)))
		if _, err := OpenPack([]byte(line+"\n"+body), trusted); !errors.Is(err, ErrPackFormat) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestPackRefuses(t *testing.T) {
	for name, c := range map[string]Change{
		"no such kind":            {Kind: "shoe_size"},
		"word of one character":   {Kind: Phone, Names: []string{"電"}},
		"exception by nobody":     {Kind: Phone, Off: true, Until: "2027-03-31"},
		"exception without end":   {Kind: Phone, Denies: []string{"内線表"}, Approver: "情報課長"},
		"exception until no day":  {Kind: Phone, Off: true, Approver: "情報課長", Until: "2027-02-30"},
		"exception until a month": {Kind: Phone, Off: true, Approver: "情報課長", Until: "2027-03"},
	} {
		if _, err := SignPack(packOf(c), packKey); !errors.Is(err, ErrPackContent) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPackChangesRules(t *testing.T) {
	for name, c := range map[string]struct {
		change     Change
		text, want string
	}{
		"a name":           {Change{Kind: ResidentCode, Names: []string{"宛名コード"}}, "宛名コード 12345678901", "resident_code/high=1"},
		"a denial":         {Change{Kind: Phone, Denies: []string{"内線表"}, Approver: "情報課長", Until: "2026-11-22"}, "内線表 090-1000-0001", "phone/low=1"},
		"a denial, ended":  {Change{Kind: Phone, Denies: []string{"内線表"}, Approver: "情報課長", Until: "2026-11-21"}, "内線表 090-1000-0001", "phone/high=1"},
		"a kind left out":  {Change{Kind: Phone, Off: true, Approver: "情報課長", Until: "2027-03-31"}, "090-1000-0001", ""},
		"a word dropped":   {Change{Kind: ResidentCode, Drop: []string{"住民コード"}, Approver: "情報課長", Until: "2027-03-31"}, "住民コード 12345678901", ""},
		"a mark":           {Change{Kind: Confidential, Cues: []string{"庁内限り"}}, "【庁内限り】", "confidential/high=1"},
		"a sensitive word": {Change{Kind: Sensitive, Cues: []string{"要援護区分"}}, "氏名：山田太郎\n要援護区分：2\n", "person_name/high=1 sensitive/medium=1"},
	} {
		d := With(packDay, packOf(c.change)).NewDocument()
		d.Add(Block{Text: []byte(c.text)})
		if got := written(d.Findings()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := findingsIn(t, "宛名コード 12345678901", 0); got != "" {
		t.Errorf("the product's own rules are changed: %q", got)
	}
}

// TestSince: a text that other rules do not concern has the same findings by them,
// and is about as many persons.
func TestSince(t *testing.T) {
	lines := []string{"整理 12345678901\n", "整理 TR1234567\n", "本文の行です。\n", "整理 taro@example.jp\n", "別紙 123456789018\n", "氏名：山田太郎\n",
		"整理 昭和63年1月2日\n", "整理 2026-11-22\n", "甲府市丸の内1-18-1\n", "別紙 1234567\n", "整理 0000123456\n", "整理 090-1000-0001\n", "既往歴：整理\n", "別紙\n",
		"氏名,整理,別紙,電話\n", "山田 太郎,別紙,301912345680,整理\n", "整 理 担当\n", "Seiri no. 12345678901\n"}
	words := []string{"整理", "別紙", "本文", "氏名", "担当", "seiri", "理 1"}
	change := rapid.Custom(func(t *rapid.T) Change {
		c := Change{Kind: rapid.SampledFrom(Standard().Kinds()).Draw(t, "kind")}
		word := []string{rapid.SampledFrom(words).Draw(t, "word")}
		*rapid.SampledFrom([]*[]string{&c.Names, &c.Hints, &c.Denies, &c.Cues, &c.Drop}).Draw(t, "list") = word
		c.Off = rapid.IntRange(0, 7).Draw(t, "off") == 0
		return c
	})
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(lines), 1, 4).Draw(t, "lines"), ""))
		sep := rapid.SampledFrom([]byte{0, ','}).Draw(t, "sep")
		before, after := With(packDay, packOf(change.Draw(t, "before"))), With(packDay, packOf(change.Draw(t, "after")))
		old, now := before.NewDocument(), after.NewDocument()
		old.Add(Block{Text: text, Sep: sep})
		now.Add(Block{Text: text, Sep: sep})
		var s Sketcher
		s.Add(text)
		if d := after.Since(before.Table()); d.Concerns(Traces{old.Judged(), s.Sketch()}) {
			return
		}
		if a, b := written(old.Findings()), written(now.Findings()); a != b || old.Persons() != now.Persons() {
			t.Fatalf("%q: %q became %q, and %d persons %d, though it is not concerned", text, a, b, old.Persons(), now.Persons())
		}
	})
}

// TestSinceSpares: a word that is new concerns the texts that it stands in, however
// it is spread, and the same rules concern none.
func TestSinceSpares(t *testing.T) {
	after := With(packDay, packOf(Change{Kind: DriversLicense, Names: []string{"講習番号"}}))
	for text, want := range map[string]bool{
		"令和8年度の計画について、各課は月末までに提出してください。": false,
		"講習は11月24日です。番号札を取ってください。":       false,
		"次の講習番号を":          true,
		"講 習 番 号：１２":       true,
		"講　習　番　号":          true,
		"":                 false,
		"講習番号":             true,
		"\xff\xe3講習番号\xe3": true,
	} {
		var s Sketcher
		s.Add([]byte(text))
		traces := Traces{Text: s.Sketch()}
		if d := after.Since(Standard().Table()); d.Concerns(traces) != want {
			t.Errorf("%q is concerned: %v", text, !want)
		}
		if d := Standard().Since(Standard().Table()); d.Concerns(traces) {
			t.Errorf("the same rules want %q read again", text)
		}
	}
}

// FuzzOpenPack: whatever is signed is a pack that can be written again, or refused.
func FuzzOpenPack(f *testing.F) {
	f.Add(`{"format":1,"name":"a","version":1,"edition":"b","changes":[{"kind":"phone","names":["内線番号"],"until":"2027-03-31"}]}`)
	f.Add(`{"format":1,"name":"a","version":1,"edition":"b","changes":[{"kind":"phone","off":true}]}`)
	trusted := packKey.Public().(ed25519.PublicKey)
	f.Fuzz(func(t *testing.T, body string) {
		line := base64.StdEncoding.EncodeToString(ed25519.Sign(packKey, []byte(body)))
		p, err := OpenPack([]byte(line+"\n"+body), trusted)
		if err != nil {
			return
		}
		if _, err := SignPack(p, packKey); err != nil {
			t.Errorf("%q is a pack and cannot be written: %v", body, err)
		}
		With(packDay, p)
	})
}
