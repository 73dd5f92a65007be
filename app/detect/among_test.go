package detect

import "testing"

// TestAmongWords: names and numbers that share their cell with other words.
func TestAmongWords(t *testing.T) {
	for text, want := range map[string]string{
		"運転者\x1f建設課　主事　山田　太郎\n":                    "person_name/medium=1",
		"担当\x1f現業員　山田太郎\n":                         "person_name/high=1",
		"避難支援者\x1f山田　太郎　℡ 090-1234-5678\n":         "phone/high=1 person_name/medium=1",
		"緊急連絡先\x1f山田　太郎（続柄：長女）\n":                  "person_name/medium=1",
		"連絡先\x1f山田太郎（母） 090-1234-5678\n":           "phone/high=1 person_name/medium=1",
		"相手方\x1f山田太郎（56歳）\n":                       "person_name/high=1",
		"設備\x1f高圧　受電　盤\n":                          "",
		"会場\x1f中央公民館　大会議室　二階\n":                    "",
		"路線\x1f小松　平野線　中央\n":                        "",
		"預金\x1f八十二銀行　駅前支店　普通　1234567　残高 12,034円\n": "bank_account/medium=1",
		"残高\x1f1234567\n口座振替の件\n":                  "",
	} {
		if got := findingsIn(t, text, Cell); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestGrid: in a grid as Sapporo has the numeral is of the town, not of the house.
func TestGrid(t *testing.T) {
	for text, want := range map[string]string{
		"住所：札幌市中央区南一条東3-34-21":         "postal_address/high=1",
		"住所 北海道札幌市中央区北三条西六丁目":          "postal_address/high=1",
		"住所　大阪市北区中之島一ノ三ノ二十":            "postal_address/high=1",
		"住所：松本市里山辺4-15　メゾン・ド・信濃 401":   "postal_address/high=1",
		"住所：松本市里山辺4-15　グラン・シャリオ松本 401": "postal_address/high=1",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestToldBelow: what is told shortly below a table is told of the persons in it.
func TestToldBelow(t *testing.T) {
	for name, c := range map[string]struct{ lines, want string }{
		"at once": {"特記事項\n認知症があり、週に2回は外へ出る。\n", "person_name/high=1 sensitive/medium=1"},
		"later":   {"1\n2\n3\n4\n5\n6\n認知症があり、週に2回は外へ出る。\n", "person_name/high=1 sensitive/low=1"},
	} {
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte("氏名\x1f山田太郎\n"), Sep: Cell})
		d.Add(Block{Text: []byte(c.lines)})
		if got := written(d.Findings()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestStems: an address whose house number stands elsewhere counts under a label.
func TestStems(t *testing.T) {
	for _, c := range []struct {
		text string
		sep  byte
		want string
	}{
		{"氏名,住所1,住所2\n山田太郎,長野県松本市里山辺,3-2-1\n高橋花子,甲府市おもろまち,5-6\n", ',', "postal_address/high=2 person_name/high=2"},
		{"氏名,現住所,番地\n山田太郎,長野県諏訪郡原村柏木,123\n", ',', "postal_address/high=1 person_name/high=1"},
		{"氏名: 山田太郎\n住所1: 長野県松本市里山辺\n住所2: 3-2-1\n", 0, "postal_address/high=1 person_name/high=1"},
		{"氏名,住所\n山田太郎,甲府市\n高橋花子,甲府市役所\n鈴木一郎,未定\n", ',', "person_name/high=3"},
		{"氏名,出身\n山田太郎,長野県松本市里山辺\n", ',', "person_name/high=1"},
		{"工事名,場所\n舗装,松本市里山辺地内\n", ',', ""},
		{"（目的）この条例は、住所\n甲府市に住所を有する者\n", 0, ""},
	} {
		if got := findingsIn(t, c.text, c.sep); got != sorted(c.want) {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, sorted(c.want))
		}
	}
}

// TestBracketOfEitherWidth: digits in a narrow bracket behind a name are no reason not
// to look at it.
func TestBracketOfEitherWidth(t *testing.T) {
	for _, text := range []string{"山田花子（56）が来庁\n", "山田花子(56)が来庁\n"} {
		if got := findingsIn(t, text, 0); got != "person_name/medium=1" {
			t.Errorf("%q: %q", text, got)
		}
	}
}
