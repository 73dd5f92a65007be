package client_test

import (
	"errors"
	"net/http"
	"testing"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/wire"
)

// FuzzAnswer lets the server of a device answer anything to one of its questions:
// it is told in a sentence, what was written here stays, and arrives afterwards.
func FuzzAnswer(f *testing.F) {
	paths := []string{wire.PathPush, wire.PathPull, wire.PathStanding, wire.PathRoster, wire.PathRows, wire.PathPast}
	for i, m := range []any{&wire.Pushed{}, &wire.Pulled{Head: 1, UpTo: 1}, &wire.Problem{Code: "forbidden", JA: "不可", EN: "no"}} {
		b, err := wire.Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(i), uint16(200+101*i), b)
	}
	f.Fuzz(func(t *testing.T, question byte, status uint16, body []byte) {
		w, d := world(t)
		line, path := w.Line(d.Key), paths[int(question)%len(paths)]
		o := client.Options{Now: d.Clock, Acquaint: true, Transport: carrier(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == path {
				return answer(200+int(status)%400, body), nil
			}
			return line.RoundTrip(r)
		})}
		write(t, d, "一")
		var known *app.Error
		if _, err := client.Sync(t.Context(), d, o); err != nil && !errors.As(err, &known) {
			t.Fatal(err)
		}
		if len(d.Refs("ticket")) != 1 || d.Seq() != 1 {
			t.Fatal("what was written here is gone")
		}
	})
}
