package extract

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

func sjisBase64(t testing.TB, s string) string {
	t.Helper()
	raw, err := japanese.ShiftJIS.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString([]byte(raw))
}

func message(t testing.TB) string {
	return strings.ReplaceAll(`Return-Path: <bounce-20260401@example.jp>
Message-ID: <123@mail.example.jp>
From: =?Shift_JIS?B?`+sjisBase64(t, "葉月 見本")+`?= <mihon@example.jp>
To: kacho@example.jp
Subject: =?UTF-8?Q?=E4=BB=B6=E5=90=8D?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary=b2

--b2
Content-Type: text/plain; charset=shift_jis
Content-Transfer-Encoding: base64

`+sjisBase64(t, "本文は個人番号 123456789018 です\r\n")+`
--b2
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>=E9=9B=BB=E8=A9=B1 090-1000-=
0001</p>
--b2--
--b1
Content-Type: text/csv; name="=?UTF-8?B?5ZCN57C/LmNzdg==?="
Content-Disposition: attachment
Content-Transfer-Encoding: base64

`+sjisBase64(t, "氏名,電話\r\n")+`
--b1
Content-Type: message/rfc822

From: a@example.jp
Subject: inner

inner body
--b1--
`, "\n", "\r\n")
}

func TestMail(t *testing.T) {
	r := told(t, "a.eml", []byte(message(t)))
	r.want(t, "a.eml", Mail, ProtectNone, Full, "")
	for _, want := range []string{"From: 葉月 見本 <mihon@example.jp>", "Subject: 件名", "個人番号 123456789018", "電話 090-1000-0001"} {
		if !strings.Contains(r.text["a.eml"], want) {
			t.Errorf("%q is missing in %q", want, r.text["a.eml"])
		}
	}
	for _, not := range []string{"bounce", "123@mail"} {
		if strings.Contains(r.text["a.eml"], not) {
			t.Errorf("%q is told: it is not what a person wrote", not)
		}
	}
	if got := r.text["a.eml!/名簿.csv"]; got != "氏名,電話\r\n" {
		t.Errorf("attachment reads %q", got)
	}
	r.want(t, "a.eml!/message.eml", Mail, ProtectNone, Full, "")
	if got := r.text["a.eml!/message.eml"]; !strings.Contains(got, "inner body") {
		t.Errorf("forwarded message reads %q", got)
	}
}

func TestMailKinds(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		typ  Type
		prot Protection
		s    Scanned
		why  Reason
	}{
		"plain":       {"From: a@example.jp\nDate: x\n\nbody\n", Mail, ProtectNone, Full, ""},
		"mailbox":     {"From a@example.jp Wed Apr  1 09:00:00 2026\nFrom: a@example.jp\nDate: x\n\nbody\n", Mailbox, ProtectNone, Full, ""},
		"PGP":         {"From: a@example.jp\nTo: b@example.jp\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\nbody\n--x--\n", Mail, ProtectKey, Unscannable, ReasonKey},
		"cut":         {"From: a@example.jp\nTo: b@example.jp\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nbody\n", Mail, ProtectNone, Partial, ReasonDamaged},
		"not a mail":  {"From: 4月1日\nここから本文です\n", Text, ProtectNone, Full, ""},
		"one header":  {"To: everyone\n\nhello\n", Text, ProtectNone, Full, ""},
		"bad base64":  {"From: a@example.jp\nTo: b@example.jp\nContent-Transfer-Encoding: base64\n\nA===\n", Mail, ProtectNone, Partial, ReasonDamaged},
		"only header": {"From: a@example.jp\nTo: b@example.jp\n\n", Mail, ProtectNone, Full, ""},
	} {
		t.Run(name, func(t *testing.T) {
			told(t, "a", []byte(c.text)).want(t, "a", c.typ, c.prot, c.s, c.why)
		})
	}
}

// TestAroundTheParts: text that no mail program shows, and parts that come too late.
func TestAroundTheParts(t *testing.T) {
	const head = "From: a@example.jp\nTo: b@example.jp\nContent-Type: multipart/mixed; boundary=x\n\n"
	const inner = "Content-Type: multipart/alternative; boundary=%s\n\n中の前\n--%[1]s\n\n中の本文\n--%[1]s--\n中の後\n"
	long := strings.Repeat("長い前文\n", 100_000) // over a MiB
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"before":        {"前の文\n--x\n\n本文\n--x--\n", []string{"前の文", "本文"}},
		"behind":        {"--x\n\n本文\n--x--\n後の文\n", []string{"本文", "後の文"}},
		"long before":   {long + "前の文\n--x\n\n本文\n--x--\n", []string{"長い前文", "前の文", "本文"}},
		"inside":        {"--x\n" + fmt.Sprintf(inner, "y") + "--x\n\n外の本文\n--x--\n", []string{"中の前", "中の本文", "中の後", "外の本文"}},
		"same boundary": {"--x\n" + fmt.Sprintf(inner, "x") + "--x\n\n外の本文\n--x--\n", []string{"中の前", "中の本文", "中の後", "外の本文"}},
		"too late":      {"--x\n\n本文\n--x--\n後の文\n--x\nContent-Transfer-Encoding: base64\n\n6YGF44KM44Gf5paH\n--x--\n", []string{"本文", "後の文", "遅れた文"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := told(t, "a.eml", []byte(head+c.body))
			r.want(t, "a.eml", Mail, ProtectNone, Full, "")
			for _, want := range c.want {
				if !strings.Contains(r.text["a.eml"], want) {
					t.Errorf("%q is missing in %.200q", want, r.text["a.eml"])
				}
			}
		})
	}
}

// TestLongHeader: what is passed over in a header, of the message or of a part, is told.
func TestLongHeader(t *testing.T) {
	fields := func(n int) string { return strings.Repeat("X-Trace: "+strings.Repeat("x", 1014)+"\n", n) } // of 1023 bytes without their ends
	for name, c := range map[string]struct {
		text string
		want Scanned
		why  Reason
	}{
		"as long as is read": {"From: a@example.jp\nTo: b@example.jp\n" + fields(1024) + "Subject: last\n\nbody\n", Full, ""},
		"too long":           {"From: a@example.jp\nTo: b@example.jp\n" + fields(1026) + "Subject: last\n\nbody\n", Partial, ReasonHeader},
		"a line":             {"From: a@example.jp\nTo: b@example.jp\nSubject: " + strings.Repeat("x", 256<<10) + "\n\nbody\n", Partial, ReasonHeader},
		"of a part": {"From: a@example.jp\nTo: b@example.jp\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + fields(1027) + "X-Last: x\n\nbody\n--x--\n",
			Partial, ReasonHeader},
	} {
		t.Run(name, func(t *testing.T) {
			r := told(t, "a.eml", []byte(c.text))
			r.want(t, "a.eml", Mail, ProtectNone, c.want, c.why)
			if got := r.text["a.eml"]; !strings.Contains(got, "body") || c.want == Full && !strings.Contains(got, "Subject: last\n") {
				t.Errorf("read %.2000q", got)
			}
		})
	}
}

// TestFileInText: an archive that an old program wrote into the text is opened.
func TestFileInText(t *testing.T) {
	const head, behind = "From: a@example.jp\nTo: b@example.jp\n\n本文\n", "後の文\n"
	zipped := uuencoded(zipOf(t, part{"名簿.csv", sampleCSV}))
	r := told(t, "a.eml", []byte(head+"begin 644 a.zip\n"+zipped+"end\n"+behind))
	r.want(t, "a.eml", Mail, ProtectNone, Full, "")
	r.want(t, "a.eml!/a.zip", ZIP, ProtectNone, Full, "")
	if got := r.text["a.eml!/a.zip!/名簿.csv"]; got != sampleCSV {
		t.Errorf("the file reads %q", got)
	}
	if got := r.text["a.eml"]; !strings.HasSuffix(got, "本文\n後の文\n") {
		t.Errorf("the text reads %q", got)
	}
	r = told(t, "a.eml", []byte(head+"begin 644 a.zip\n"+zipped[:len(zipped)/2]))
	r.want(t, "a.eml", Mail, ProtectNone, Partial, ReasonDamaged)
	r.want(t, "a.eml!/a.zip", Other, ProtectUnknown, Failed, ReasonDamaged)
}

// uuencoded is data as the lines of POSIX uuencode.
func uuencoded(data []byte) string {
	var b strings.Builder
	for line := range slices.Chunk(data, 45) {
		b.WriteByte(' ' + byte(len(line)))
		for group := range slices.Chunk(line, 3) {
			g := append(slices.Clone(group), 0, 0)
			for _, c := range []byte{g[0] >> 2, g[0]<<4 | g[1]>>4, g[1]<<2 | g[2]>>6, g[2]} {
				b.WriteByte(' ' + c&63)
			}
		}
		b.WriteByte('\n')
	}
	return b.String() + "`\n"
}

// TestLongBody: of a text that is larger than what is held, the beginning is read,
// and the file does not say that it is all.
func TestLongBody(t *testing.T) {
	const head = "From: a@example.jp\nTo: b@example.jp\nContent-Type: text/plain; charset=utf-8\n\n"
	for body, want := range map[int]Scanned{2000: Full, 2001: Partial} {
		r := toldWithin(t, "a.eml", []byte(head+strings.Repeat("x", body)), Limits{Buffer: 2000})
		if f := r.file(t, "a.eml"); f.Scanned != want || want == Partial && f.Reason != ReasonTooLarge {
			t.Errorf("%d bytes: %s (%s), want %s", body, f.Scanned, f.Reason, want)
		}
		if got := strings.Count(r.text["a.eml"], "x"); got < 2000 {
			t.Errorf("%d bytes: %d are told", body, got)
		}
	}
}

func FuzzMail(f *testing.F) {
	f.Add([]byte(message(f)))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.eml", append([]byte("From: a\nTo: b\n"), data...)) })
}
