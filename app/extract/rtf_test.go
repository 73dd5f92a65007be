package extract

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
)

func TestRTF(t *testing.T) {
	for in, want := range map[string]string{
		`{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 \'82\'6c\'82\'72;}}\'8e\'81\'96\'bc\par x}`:        "氏名\nx\n",
		`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}caf\'e9 {\f1\'8e\'81}\par}`: "café 氏\n",
		`{\rtf1\uc1\u27663?\u21517 ?\u-10174?\u-8265?z}`:                                                    "氏名𠮷z\n",
		`{\rtf1{\*\unknown hidden}{\pict 0102}{\stylesheet{s;}}seen{\*\shpinst{\shptxt box\par}}}`:          "seen\nbox\n",
		`{\rtf1\trowd\intbl a\cell b\par c\cell\row\pard d\par}`:                                            "a|b c|\nd\n",
		`{\rtf1{\field{\*\fldinst HYPERLINK "mailto:a@example.jp"}{\fldrslt x}}}`:                           `HYPERLINK "mailto:a@example.jp"x` + "\n",
		`{\rtf1 a\bin4 }}}}b}`:           "ab\n",
		"{\\rtf1 a\\\nb\\'zz\\{\\~\\_c}": "a\nb{ -c\n",
	} {
		r := told(t, "a.rtf", []byte(in))
		r.want(t, "a.rtf", RTF, ProtectNone, Full, "")
		if got := shown(r.text["a.rtf"]); got != want {
			t.Errorf("%s\nreads %q, want %q", in, got, want)
		}
	}
	told(t, "a.rtf", []byte(`{\rtf1 {open`)).want(t, "a.rtf", RTF, ProtectNone, Failed, ReasonTruncated)
	told(t, "a.rtf", []byte(`{\rtf1`+strings.Repeat("{", 20_000))).want(t, "a.rtf", RTF, ProtectNone, Partial, ReasonTooDeep)
}

// TestUnpackRTF: the example of [MS-OXRTFCP] 3.2.1, and one by hand.
func TestUnpackRTF(t *testing.T) {
	example := "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42" +
		"\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0"
	got, err := unpackRTF([]byte(example), 1000)
	if want := "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"; err != nil || string(got) != want {
		t.Errorf("unpacked %q (%v), want %q", got, err, want)
	}
	raw := append([]byte("\x00\x00\x00\x00\x05\x00\x00\x00MELA\x00\x00\x00\x00"), "plain"...)
	if got, err := unpackRTF(raw, 1000); err != nil || string(got) != "plain" {
		t.Errorf("unpacked %q (%v)", got, err)
	}
	binary.LittleEndian.PutUint32(raw[4:], 2000)
	if _, err := unpackRTF(raw, 1000); err == nil {
		t.Error("more than the limit was unpacked")
	}
}

// outlook is a message of Outlook, by the streams it has.
func outlook(t testing.TB, extra ...olePart) []byte {
	return oleOf(t, append([]olePart{
		{"__properties_version1.0", make([]byte, 32)},
		{"__substg1.0_0037001F", utf16Bytes("件名の文")}, {"__substg1.0_0C1A001F", utf16Bytes("差出 見本")},
		{"__substg1.0_0C1F001F", utf16Bytes("/O=ORG/CN=x")}, {"__substg1.0_5D01001F", utf16Bytes("from@example.jp")},
		{"__recip_version1.0_#00000000/__substg1.0_39FE001F", utf16Bytes("to@example.jp")},
	}, extra...)...)
}

func TestMSG(t *testing.T) {
	r := told(t, "a.msg", outlook(t,
		olePart{"__substg1.0_1000001E", []byte("\x96\x7b\x95\xb6\r\n")},
		olePart{"__substg1.0_10130102", []byte("<html><body><table><tr><td>氏名</td><td>電話</td></tr></table></body></html>")},
		olePart{"__attach_version1.0_#00000000/__substg1.0_3707001F", utf16Bytes("名簿.csv")},
		olePart{"__attach_version1.0_#00000000/__substg1.0_37010102", []byte(sampleCSV)},
		olePart{"__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0", make([]byte, 24)},
		olePart{"__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001F", utf16Bytes("中の件名")},
	))
	r.want(t, "a.msg", MSG, ProtectNone, Full, "")
	want := "From: 差出 見本\nFrom: from@example.jp\nSubject: 件名の文\nTo: to@example.jp\n本文\r\n氏名|電話|\n"
	if got := shown(r.text["a.msg"]); got != want {
		t.Errorf("read %q, want %q", got, want)
	}
	if got := r.text["a.msg!/名簿.csv"]; got != sampleCSV {
		t.Errorf("the attachment reads %q", got)
	}
	r.want(t, "a.msg!/attachment", MSG, ProtectNone, Full, "")
	if got := r.text["a.msg!/attachment"]; got != "Subject: 中の件名\n" {
		t.Errorf("the message inside reads %q", got)
	}
}

// TestMSGRich: a body that is only there as RTF is read as such.
func TestMSGRich(t *testing.T) {
	rich := "\x00\x00\x00\x00\x0E\x00\x00\x00MELA\x00\x00\x00\x00{\\rtf1 body\\par}"
	r := told(t, "a.msg", outlook(t, olePart{"__substg1.0_10090102", []byte(rich)[:16+14]}))
	r.want(t, "a.msg", MSG, ProtectNone, Failed, ReasonTruncated)
	if got := r.text["a.msg"]; !strings.HasSuffix(got, "\nbody\n") && !strings.HasSuffix(got, "\nbody") {
		t.Errorf("read %q", got)
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 x;}}\trowd\intbl\'8e\'81\cell\row\u-10174?\bin3 abc}`))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.rtf", append([]byte(`{\rtf1`), data...)) })
}

func FuzzUnpackRTF(f *testing.F) {
	f.Add([]byte("\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if out, err := unpackRTF(data, 1<<16); err == nil && len(out) > 1<<17 {
			t.Errorf("%d bytes", len(out))
		}
	})
}

func FuzzMSG(f *testing.F) {
	f.Add(outlook(f, olePart{"__substg1.0_1000001E", []byte("body")}))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.msg", data) })
}

// TestRTFObject: a document in digits is an entry of its own.
func TestRTFObject(t *testing.T) {
	inner := oleOf(t, olePart{"Workbook", joined(bof8, rec(biffNumber, 0, 0, 0, 9.0), eof)})
	object := joined([]byte{1, 5, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 'X', 0, 0, 0, 0, 0, 0, 0, 0, 0},
		binary.LittleEndian.AppendUint32(nil, uint32(len(inner))), inner, []byte("rest"))
	r := told(t, "a.rtf", []byte(`{\rtf1 a{\object{\*\objdata `+hex.EncodeToString(object[:40])+"\n"+hex.EncodeToString(object[40:])+`}{\result b}}}`))
	r.want(t, "a.rtf", RTF, ProtectNone, Full, "")
	r.want(t, "a.rtf!/object1", XLS, ProtectNone, Full, "")
	if got := r.text["a.rtf!/object1"]; got != "9\n" {
		t.Errorf("the workbook reads %q", got)
	}
	told(t, "a.rtf", []byte(`{\rtf1{\*\objdata xyz}}`)).want(t, "a.rtf", RTF, ProtectNone, Partial, ReasonEntries)
}
