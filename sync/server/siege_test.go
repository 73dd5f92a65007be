package server_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// siege is a server under attack over real TLS. The victim has a change that it
// has not brought yet; the attacker has an enrolled device, whose person may
// read files of the LGWAN zone alone; the clerk has brought a secret of another.
type siege struct {
	*office
	rights                  guarded
	at                      string
	server                  wire.Pin
	victim, attacker, clerk *simtest.Device
	secret                  *file
	dir                     string       // above all that the server writes
	lines                   int          // of the order before the attack
	heard                   bytes.Buffer // all that was answered to it
}

// guarded lets people write what they may read.
type guarded struct{ *archive }

// May is part of [app.Access].
func (g guarded) May(_ app.View, c *app.Change, _ app.Stamp, was, is app.Scope) error {
	mine, _ := g.Clearance(nil, c.Author, 0)
	if was != (app.Scope{}) && !mine.Reads(was) || !mine.Reads(is) {
		return app.Refuse(app.Forbidden, "", "権限がありません。", "no right")
	}
	return nil
}

// planted are words that must never reach the attacker.
var planted = []string{"極秘の件名", "秘密色", "写真の中身"}

func newSiege(t *testing.T) *siege {
	a := newArchive()
	s := &siege{rights: guarded{a}}
	a.Access = s.rights
	s.dir = filepath.Dir(t.TempDir())
	s.office = strictOffice(t, a.Book, logtest.NewMemory())
	s.at, s.server = s.serve(), s.pin()
	s.victim, s.attacker, s.clerk = s.enrolled("被害者", s.at), s.enrolled("攻撃者", s.at), s.enrolled("係員", s.at)
	a.readers[s.attacker.Author()] = clearance("lgwan")
	s.secret = s.file(s.clerk, planted[0], planted[1], app.ZoneNumber)
	blob, err := s.clerk.Attach(s.secret.Ref, "写真", strings.NewReader(planted[2]))
	ok(t, err)
	s.secret.Files = []app.Blob{blob}
	ok(t, s.clerk.Save(s.secret))
	s.file(s.clerk, "回覧", "青", app.ZoneLGWAN)
	s.syncs(s.clerk)
	s.syncs(s.attacker)
	s.file(s.victim, "届けたい件名", "", app.ZoneLGWAN)
	s.lines = s.count()
	return s
}

// file writes a new file.
func (s *siege) file(d *simtest.Device, title, colour string, zone app.Zone) *file {
	s.Helper()
	r, err := d.Draft(fileKind)
	ok(s.T, err)
	f := r.(*file)
	f.Title, f.Colour, f.Zone = title, colour, zone
	ok(s.T, d.Save(f))
	r, err = d.Get(f.Ref)
	ok(s.T, err)
	return r.(*file)
}

func (s *siege) count() int {
	head, err := s.order.Head(s.Context())
	ok(s.T, err)
	return int(head)
}

// web speaks to the server with a device's key.
func (s *siege) web(d *simtest.Device) *http.Client {
	conf, err := wire.ClientTLS(d.Key, s.server, s.Clock)
	ok(s.T, err)
	t := &http.Transport{TLSClientConfig: conf, DisableCompression: true}
	s.Cleanup(t.CloseIdleConnections)
	return &http.Client{Transport: t}
}

// asks sends bytes, with headers by pairs, and gives status and code of the answer.
func (s *siege) asks(d *simtest.Device, verb, path string, body []byte, headers ...string) string {
	s.Helper()
	said, _ := s.answer(d, verb, path, body, headers...)
	return said
}

func (s *siege) answer(d *simtest.Device, verb, path string, body []byte, headers ...string) (string, []byte) {
	s.Helper()
	q, err := http.NewRequest(verb, "https://"+s.at+path, bytes.NewReader(body))
	ok(s.T, err)
	for i := 0; i < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	a, err := s.web(d).Do(q)
	ok(s.T, err)
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	ok(s.T, err)
	s.heard.Write(text)
	var p wire.Problem
	if a.StatusCode < 300 || wire.Decode(text, &p) != nil {
		return fmt.Sprint(a.StatusCode), text
	}
	if p.JA == "" || p.EN == "" {
		s.Errorf("%s %s: refused without words", verb, path)
	}
	return fmt.Sprint(a.StatusCode, " ", p.Code), text
}

// says sends a message.
func (s *siege) says(d *simtest.Device, path string, message any) string {
	s.Helper()
	return s.asks(d, "POST", path, encode(s.T, message))
}

// pushes sends a push, and tells of whom something was refused, too.
func (s *siege) pushes(d *simtest.Device, p *wire.Push) string {
	s.Helper()
	said, text := s.answer(d, "POST", wire.PathPush, encode(s.T, p))
	var out wire.Pushed
	if said == "200" {
		ok(s.T, wire.Decode(text, &out))
	}
	for _, r := range out.Refused {
		said += " " + r.Problem.Code
	}
	return said
}

// endures is what must hold after each attack: nothing has come into the order
// that its owner did not send, the attacker has read none of the words, the
// victim's change is still there and arrives, and others are served.
func (s *siege) endures(grown int) {
	s.Helper()
	equal(s.T, s.count(), s.lines+grown)
	for _, word := range planted {
		if bytes.Contains(s.heard.Bytes(), []byte(word)) {
			s.Errorf("the attacker has read %q", word)
		}
	}
	equal(s.T, []uint64{s.victim.Acked, s.victim.Seq()}, []uint64{0, 1})
	s.syncs(s.victim)
	equal(s.T, s.victim.Said[1].Verdict, app.Accepted)
	fresh := s.enrolled("新人", s.at)
	options := over(fresh)
	options.FillFrom = 1 // by rows, not from the first line on
	_, err := client.Sync(s.Context(), fresh, options)
	ok(s.T, err)
	equal(s.T, len(fresh.Refs(fileKind)), len(s.victim.Refs(fileKind)))
}
