package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"daicho/sync/server"
	"daicho/ui"
)

// authenticator shows the codes of a secret, as a telephone does (RFC 6238).
type authenticator struct{ secret []byte }

// newAuthenticator reads what a person photographs.
func newAuthenticator(t *testing.T, s *server.Server, person string) authenticator {
	t.Helper()
	text, _, err := s.SetTOTP(t.Context(), person)
	ok(t, err)
	u, err := url.Parse(text)
	ok(t, err)
	secret, err := base32.StdEncoding.DecodeString(u.Query().Get("secret"))
	ok(t, err)
	return authenticator{secret}
}

func (a authenticator) code(at time.Time) string {
	mac := hmac.New(sha1.New, a.secret)
	_ = binary.Write(mac, binary.BigEndian, at.Unix()/30) // never fails
	sum := mac.Sum(nil)
	n := binary.BigEndian.Uint32(sum[sum[19]&15:]) & (1<<31 - 1)
	return fmt.Sprintf("%06d", n%1e6)
}

// past is a clock that can be put forward.
type past struct{ before time.Duration }

func (p *past) now() time.Time { return time.Now().Add(-p.before) }

const day = 24 * time.Hour

// TestRenewalAfterTheEnd: a sync in the background asks nobody and says what is
// wanted; a wrong code is told as that, and the right one brings everything.
func TestRenewalAfterTheEnd(t *testing.T) {
	clock := &past{31 * day}
	s, at := newServerAt(t, clock.now, slog.New(slog.DiscardHandler))
	addUser(t, s, "中村 彩")
	code, err := s.EnrollCode(t.Context(), "中村 彩", []string{at})
	ok(t, err)
	d := newTestDoor(t)
	d.options.Clock = clock.now
	ok(t, d.Enrol(t.Context(), code, []byte(passphrase), ui.Proof{}))
	ok(t, s.SetPassword(t.Context(), "中村 彩", "夏祭りの夜に花火"))
	phone := newAuthenticator(t, s, "中村 彩")
	r, l := &records{door: d}, newLink(d, clock.now)
	clock.before = 0
	saveTicket(t, r, "written after the end")
	stop := l.start(t.Context(), d.opened())
	defer stop()
	if err := l.SyncNow(t.Context()); !ui.IsUnproved(unproved(err)) {
		t.Fatalf("without a proof: %v", err)
	}
	if st := l.Status(); !st.Unproved || !st.Halted || st.Online {
		t.Errorf("the window is not told: %+v", st)
	}
	err = l.Prove(t.Context(), ui.Proof{Password: "夏祭りの夜に花見", Code: phone.code(time.Now())})
	if !ui.IsUnproved(err) || !strings.Contains(err.Error(), "4 more tries") {
		t.Errorf("a wrong password: %v", err)
	}
	ok(t, l.Prove(t.Context(), ui.Proof{Password: "夏祭りの夜に花火", Code: wide(phone.code(time.Now()))}))
	if st := l.Status(); st.Unproved || !st.Online || st.Waiting != 0 {
		t.Errorf("after the proof: %+v", st)
	}
	ok(t, l.SyncNow(t.Context()))
}

// wide is a code as a Japanese input method types it.
func wide(code string) string {
	return "　" + strings.Map(func(r rune) rune { return r - '0' + '０' }, code)
}

// TestEnrolmentWantsThePerson: the door is told, and the same code and
// passphrase go on with a proof.
func TestEnrolmentWantsThePerson(t *testing.T) {
	s, at := newServer(t)
	addUser(t, s, "中村 彩")
	ok(t, s.SetPassword(t.Context(), "中村 彩", "夏祭りの夜に花火"))
	code, err := s.EnrollCode(t.Context(), "中村 彩", []string{at})
	ok(t, err)
	d := newTestDoor(t)
	enrol := func(p ui.Proof) error { return d.Enrol(t.Context(), code, []byte(passphrase), p) }
	if err := enrol(ui.Proof{}); !ui.IsUnproved(err) {
		t.Fatalf("without a proof: %v", err)
	}
	if err := enrol(ui.Proof{Password: "違うパスワード"}); !ui.IsUnproved(err) {
		t.Errorf("with another password: %v", err)
	}
	if err := d.Enrol(t.Context(), "DAICHO1-ABCDE", []byte(passphrase), ui.Proof{}); err == nil || ui.IsUnproved(err) {
		t.Errorf("another refusal is no question: %v", err)
	}
	ok(t, enrol(ui.Proof{Password: "夏祭りの夜に花火"}))
}
