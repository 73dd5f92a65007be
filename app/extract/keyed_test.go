package extract

import (
	"strings"
	"testing"
)

func TestKeyedText(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		typ  Type
		want string
	}{
		"a.json": {`{"氏名":"\u8449\u6708 見本","番号":[1.23456789018e11,"b\nc",{"x":null,"y":true}],"z":2}`, JSON,
			"氏名: 葉月 見本\n番号: 123456789018\n番号: b c\nz: 2\n"},
		"b.jsonl":   {"{\"a\":\"1\"}\n{\"a\":\"2\"}\n", JSON, "a: 1\na: 2\n"},
		"c.json":    {"{'python': 1}\n", JSON, "{'python': 1}\n"},
		"a.xml":     {`<?xml version="1.0"?><a:r k="v &amp; w"><!-- c --><氏名>葉月 <b>見本</b></氏名><![CDATA[x<y]]></a:r>`, XML, "k: v & w\n氏名: 葉月 \nb: 見本\nx<y\n"},
		"cp932.xml": {"<?xml version='1.0' encoding='Shift_JIS'?><\x8e\x81\x96\xbc>\x97\x74\x8c\x8e</\x8e\x81\x96\xbc>", XML, "氏名: 葉月\n"},
		"a.sql": {"-- 注釈\nINSERT INTO `t` (`氏名`, `番号`) VALUES ('葉''月',123),('b\\'c, d',\n NULL);\nINSERT INTO `t` (`氏名`, `番号`) VALUES ('e',2);\nSELECT 1;\n", SQL,
			"-- 注釈\n氏名|番号\n葉月|123\nb'c, d|NULL\ne|2\nSELECT 1;\n"},
		"pg.dump": {"COPY public.t (\"氏名\", a) FROM stdin;\n葉月\t1\n\\N\t2\n\\.\n\nend\n", SQL, "氏名|a\n葉月|1\n|2\n\nend\n"},
		"pg.sql":  {"INSERT INTO t\nVALUES (1, 'a'),\n  (f(2, 3), 'b');\n", SQL, "1|a\nf2,3|b\n"},
	} {
		t.Run(name, func(t *testing.T) {
			r := told(t, name, []byte(c.in))
			r.want(t, name, c.typ, ProtectNone, Full, "")
			if got := shown(r.text[name]); got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
		})
	}
	told(t, "a.json", []byte(`{"a":`)).want(t, "a.json", JSON, ProtectNone, Partial, ReasonTruncated)
	told(t, "a.json", []byte(strings.Repeat("[", 5000))).want(t, "a.json", JSON, ProtectNone, Partial, ReasonTooDeep)
	told(t, "a.xml", []byte("<?xml version='1.0'?><a")).want(t, "a.xml", XML, ProtectNone, Partial, ReasonDamaged)
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"a":[1,{"b":"\u8449"}],"c":null}`))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.json", append([]byte("["), data...)) })
}

func FuzzMarkup(f *testing.F) {
	f.Add([]byte(`<a b="c">d<e/>f</a>`))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.xml", append([]byte("<?xml?>"), data...)) })
}

func FuzzSQL(f *testing.F) {
	f.Add([]byte("INSERT INTO t (a) VALUES ('b'),(2);\nCOPY t (a) FROM stdin;\n1\n\\.\n"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, "a.sql", data) })
}
