package modules_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app/modules"
)

func TestMaskNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"個人番号は 123456789018 です":                        "個人番号は 〔個人番号〕 です",
		"マイナンバー：1234-5678-9018、内線 2410":                "マイナンバー：〔個人番号〕、内線 2410",
		"個人番号 １２３４５６７８９０１８":                            "個人番号 〔個人番号〕",
		"個人番号 123456789018 と伝票 123456789012":           "個人番号 〔個人番号〕 と伝票 123456789012",
		"電話 0312345678 個人番号 0312345678 1234-5678-9018": "電話 0312345678 個人番号 0312345678 〔個人番号〕",
	} {
		if got, found := modules.MaskNumbers(text); got != want || !found {
			t.Errorf("%q: %q, %v", text, got, found)
		}
	}
	for _, hyphen := range "－‐‑‒–—―−ー一─﹣" {
		text := "個人番号 1234" + string(hyphen) + "5678" + string(hyphen) + "9018 です"
		if got, found := modules.MaskNumbers(text); got != "個人番号 〔個人番号〕 です" || !found {
			t.Errorf("%q: %q, %v", text, got, found)
		}
	}
	for _, text := range []string{"", "内線 2410 の複合機", "個人番号 123456789012", "電話 055-200-9001"} {
		if got, found := modules.MaskNumbers(text); got != text || found {
			t.Errorf("%q: %q, %v", text, got, found)
		}
	}
}

// TestMayHoldNumber: of what is sure nobody is asked, nor of what cannot be one.
func TestMayHoldNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"伝票 123456789018 が印刷できません": true, "1234-5678-9018": true, "１２３４５６７８９０１８": true,
		"": false, "伝票 123456789012 が印刷できません": false, "内線 2410、電話 055-200-9001": false, "個人番号 123456789018": false,
	} {
		if modules.MayHoldNumber(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// TestNothingIsLeft of what the detector is sure of, whatever stands beside it.
func TestNothingIsLeft(t *testing.T) {
	part := rapid.SampledFrom([]string{"個人番号", "マイナンバー：", "123456789018", "1234-5678-9018", "1234 5678 9018", "１２３４－５６７８－９０１８", "1234一5678一9018",
		"1 2 3 4 5 6 7 8 9 0 1 8", "0312345678", "2410", "1", "-", " ", "　", "(", ")", "\n", "・", "/", "円", "伝票番号", "氏名 葉月見本"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 1, 40).Draw(t, "parts"), "")
		got, _ := modules.MaskNumbers(text)
		if _, left := modules.MaskNumbers(got); left {
			t.Fatalf("%q is left of %q", got, text)
		}
	})
}

// TestSearchNumbers: a table says in its first row what stands below.
func TestSearchNumbers(t *testing.T) {
	s := modules.SearchNumbers()
	s.Add([]byte("氏名,個人番号\n"), ',', false)
	if s.Found() {
		t.Error("a heading is a number")
	}
	s.Add([]byte("葉月 見本,123456789018\n"), ',', true)
	if !s.Found() {
		t.Error("the number below its heading is not found")
	}
}
