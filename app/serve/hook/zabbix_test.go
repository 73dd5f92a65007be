package hook_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/incident"
	"daicho/app/serve/chrometest"
)

// mediaType is the script that Zabbix runs, and its parameters by name.
func mediaType(t *testing.T) (script string, parameters map[string]string) {
	t.Helper()
	text, err := os.ReadFile("../../../packaging/zabbix/daicho.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "script: |\n")
	script, _, ok := strings.Cut(rest, "      description:")
	if !ok {
		t.Fatal("the media type has no script")
	}
	parameters = map[string]string{}
	for _, m := range regexp.MustCompile(`- name: (\S+)\n\s+value: '([^']*)'`).FindAllStringSubmatch(string(text), -1) {
		parameters[m[1]] = m[2]
	}
	return script, parameters
}

// filled is what Zabbix puts into the macros. What has none stays as it is written.
func filled(parameters map[string]string, macros map[string]string) string {
	out := map[string]string{}
	for name, value := range parameters {
		if out[name] = value; strings.HasPrefix(value, "{") && macros[value] != "" {
			out[name] = macros[value]
		}
	}
	text, _ := json.Marshal(out) // a map of strings
	return string(text)
}

// TestTheMediaType runs the script that we ship, with a stand-in for Zabbix's own
// HttpRequest, and hands what it would post to the server.
func TestTheMediaType(t *testing.T) {
	script, parameters := mediaType(t)
	parameters["token"] = "T-12345"
	p := chrometest.Open(t)
	s := newServer(t)
	problem := map[string]string{"{EVENT.ID}": "77", "{HOST.NAME}": "住基サーバー", "{EVENT.NAME}": "ディスクの\"空き\"が5%未満", "{EVENT.NSEVERITY}": "5", "{EVENT.VALUE}": "1",
		"{EVENT.DATE}": "2026.11.22", "{EVENT.TIME}": "09:50:07", "{EVENT.OPDATA}": "4 %"}
	recovered := map[string]string{"{EVENT.RECOVERY.DATE}": "2026.11.22", "{EVENT.RECOVERY.TIME}": "09:59:59"}
	for k, v := range problem {
		if recovered[k] == "" {
			recovered[k] = v
		}
	}
	recovered["{EVENT.VALUE}"] = "0"
	for _, macros := range []map[string]string{problem, recovered} {
		value, _ := json.Marshal(filled(parameters, macros))
		got := p.Ask(`(function () {
			var seen = {headers: []};
			var HttpRequest = function () {};
			HttpRequest.prototype = {addHeader: function (h) { seen.headers.push(h); }, getStatus: function () { return 200; },
				post: function (url, body) { seen.url = url; seen.body = body; return '{}'; }};
			seen.result = (function (value) {` + script + `})(` + string(value) + `);
			return JSON.stringify(seen);
		})()`)
		var seen struct {
			Headers           []string
			URL, Body, Result string
		}
		if err := json.Unmarshal([]byte(got), &seen); err != nil || seen.Result != "OK" || !strings.HasSuffix(seen.URL, "/hook/zabbix") {
			t.Fatalf("%v: %s", err, got)
		}
		w := s.ask("POST", strings.TrimPrefix(seen.Headers[1], "Authorization: "), seen.Body)
		if w.Code != 200 {
			t.Errorf("%d %s of %s", w.Code, w.Body, seen.Body)
		}
	}
	i := every(s, incident.Register, "title")
	if len(i) != 1 || i[0].Title != `住基サーバー: ディスクの"空き"が5%未満` || i[0].State != incident.Recovered || i[0].Occurred != at(9, 50)+7_000 || i[0].Recovered != at(9, 59)+app.Stamp(59_000) {
		t.Errorf("%+v", i)
	}
}
