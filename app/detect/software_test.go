package detect

import "testing"

// TestSoftware: addresses in what is published with software are told as a
// hint; those of a register are not, whatever its language.
func TestSoftware(t *testing.T) {
	for text, want := range map[string]string{
		"Copyright (C) 2020 John Doe <john@example.org>\n":                                              "email/low=1",
		"foo (1.2-1) unstable; urgency=low\n\n  * New.\n\n -- J D <jd@example.org>  Mon, 02 Jan 2023\n": "email/low=1",
		"2020-01-02  J D  <jd@example.org>\n\n\t* main.c (run): Stop.\n":                                "email/low=1",
		"Report bugs to the mailing list <foo@example.org>.\n":                                          "email/low=1",
		"Author: J D <jd@example.org>\nDate: Mon\n\n    Fix a bug\n":                                    "email/low=1",
		"Name  Address\nTaro Yamada  taro@example.jp\nHanako Abe  hanako@example.jp\n":                  "email/high=2",
		"Dear Mr. Yamada,\nplease write to taro@example.jp.\n":                                          "email/high=1",
		"ソフトウェアのライセンス（License）の担当\nCopyright は別紙のとおり。連絡先 taro@example.jp\n":                             "email/high=1",
	} {
		if got := findingsIn(t, text, 0); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
	staff := "name,email,license\nTaro Yamada,taro@example.jp,A\nHanako Abe,hanako@example.jp,B\n"
	if got := findingsIn(t, staff, ','); got != "email/high=2" {
		t.Errorf("a register of staff gives %q", got)
	}
}

// TestSoftwareBelowATable: what follows a table, such as the links of its cells, makes
// no hint of its addresses, though it holds words of software and the addresses again.
func TestSoftwareBelowATable(t *testing.T) {
	const links, mailto = "https://example.jp/code/version\n", "mailto:taro@example.jp\n"
	for want, below := range map[string][]string{
		"email/high=2":             {links, links + mailto},
		"email/high=2 email/low=1": {links + mailto, "Author of the library: jd@example.org\n"},
		"email/high=3":             {links, "Please write to jd@example.org.\n"},
	} {
		for _, head := range []string{"番号\tメール\n", ""} {
			d := Standard().NewDocument()
			d.Add(Block{Text: []byte(head + "1\ttaro@example.jp\n2\thanako@example.jp\n"), Sep: '\t'})
			for _, b := range below {
				d.Add(Block{Text: []byte(b)})
			}
			if got := written(d.Findings()); got != want {
				t.Errorf("below %q, above %q: %q, want %q", head, below, got, want)
			}
		}
	}
}
