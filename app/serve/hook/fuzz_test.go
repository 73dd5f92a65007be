package hook

import "testing"

// FuzzReport: whatever comes makes an event that the register takes, or is refused.
func FuzzReport(f *testing.F) {
	for _, seed := range []string{`{"eventid":"1","host":"h","trigger":"t","severity":"4","value":"1","time":"2026-11-20T17:50:00+09:00"}`,
		`{"eventid":"1","host":"h","trigger":"t","severity":"4","value":"0","time":"2026.11.20 17:50:00+09:00","recovery":"2026.11.20 17:50:00+09:00"}`, "", "{}", "[1]", "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := read(text)
		if err == nil && (e.Host == "" || e.Title == "" || e.Key == "zabbix:" || e.Occurred <= 0 || e.Recovered != 0 && e.Recovered < e.Occurred) {
			t.Errorf("%+v", e)
		}
	})
}
