package server_test

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"net/url"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// TestTOTP holds the codes against RFC 6238, appendix B, SHA-1: the last six of
// its eight digits.
func TestTOTP(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := server.TOTP(secret, at/30); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}

func TestCodesCountOneStepAroundAndOnce(t *testing.T) {
	secret := []byte("12345678901234567890")
	now := time.Unix(1111111111, 0)
	step := now.Unix() / 30
	for _, c := range []struct {
		of, last int64
		good     bool
	}{{-2, 0, false}, {-1, 0, true}, {0, 0, true}, {1, 0, true}, {2, 0, false}, {0, step, false}, {-1, step, false}, {1, step, true}} {
		got, good := server.StepOf(secret, server.TOTP(secret, step+c.of), c.last, now)
		if good != c.good || good && got != step+c.of || !good && got != c.last {
			t.Errorf("code of step %d after %d: %v, %v", c.of, c.last, got, good)
		}
	}
}

func TestPasswords(t *testing.T) {
	hash, err := server.HashPassword("ﾊﾟｽﾜｰﾄﾞ１２", rand.Reader)
	ok(t, err)
	again, err := server.HashPassword("ﾊﾟｽﾜｰﾄﾞ１２", rand.Reader)
	ok(t, err)
	equal(t, hash == again, false)
	for _, c := range []struct {
		hash, typed string
		want        bool
	}{
		{hash, "ﾊﾟｽﾜｰﾄﾞ１２", true}, {hash, "パスワード12", true}, {hash, "パスワード13", false}, {hash, "", false}, {"", "", false},
		{strings.Replace(hash, "m=47104", "m=99999999", 1), "パスワード12", false}, {strings.Replace(hash, "t=1", "t=0", 1), "パスワード12", false},
		{"$argon2id$v=19$m=8,t=1,p=1$$", "", false}, {hash[:strings.LastIndex(hash, "$")], "パスワード12", false},
		// what another program made of "password" with the salt "somesaltSOMESALT"
		{"$argon2id$v=19$m=64,t=2,p=1$" + "c29tZXNhbHRTT01FU0FMVA" + "$" + "AAAA", "password", false},
	} {
		if got := server.IsPassword(c.hash, c.typed); got != c.want {
			t.Errorf("%q of %q: %v", c.typed, c.hash, got)
		}
	}
}

// secretOf is what an authenticator reads from a URL.
func secretOf(t *testing.T, text string) []byte {
	t.Helper()
	u, err := url.Parse(text)
	ok(t, err)
	equal(t, []string{u.Scheme, u.Host, u.Path, u.Query().Get("issuer")}, []string{"otpauth", "totp", "/Daicho:青木", "Daicho"})
	secret, err := base32.StdEncoding.DecodeString(u.Query().Get("secret"))
	ok(t, err)
	return secret
}

func proving(o *office, d *simtest.Device, p wire.Proof) client.Options {
	options := o.Options(d)
	options.Prove = func(context.Context) (wire.Proof, error) { return p, nil }
	return options
}

// TestEnrolmentAsksForPasswordAndCode goes through everything that can be shown.
func TestEnrolmentAsksForPasswordAndCode(t *testing.T) {
	o := newOffice(t, modules.Book())
	code := o.code("青木", "server.example:1")
	ok(t, o.Server.SetPassword(t.Context(), "青木", "夏祭りの夜に花火"))
	url, recovery, err := o.Server.SetTOTP(t.Context(), "青木")
	ok(t, err)
	secret := secretOf(t, url)
	now := func() string { return server.TOTP(secret, o.Now.Unix()/30) }
	d := o.device("")
	_, err = client.Enroll(t.Context(), d, code, o.Options(d))
	o.refused(err, app.Forbidden, "is needed")
	for name, p := range map[string]wire.Proof{
		"nothing": {}, "the password alone": {Password: "夏祭りの夜に花火"}, "the code alone": {Code: now()}, "another password": {Password: "夏祭りの夜に花見", Code: now()},
	} {
		_, err = client.Enroll(t.Context(), d, code, proving(o, d, p))
		if !app.IsCode(err, app.Forbidden) || !strings.Contains(err.Error(), "wrong") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = client.Enroll(t.Context(), d, code, proving(o, d, wire.Proof{Password: "夏祭りの夜に花火", Code: now()}))
	ok(t, err)
	_, err = client.Enroll(t.Context(), d, code, proving(o, d, wire.Proof{Password: "夏祭りの夜に花火", Code: now()}))
	o.refused(err, app.Forbidden, "wrong") // the code has been used
	_, err = client.Enroll(t.Context(), d, code, proving(o, d, wire.Proof{Password: "夏祭りの夜に花火", Code: recovery[3]}))
	ok(t, err)
	_, err = client.Enroll(t.Context(), d, code, proving(o, d, wire.Proof{Password: "夏祭りの夜に花火", Code: recovery[3]}))
	o.refused(err, app.Forbidden, "wrong") // so has this one
	ok(t, o.Server.SetPassword(t.Context(), "青木", ""))
	ok(t, o.Server.DropTOTP(t.Context(), "青木"))
	_, err = client.Enroll(t.Context(), d, code, o.Options(d))
	ok(t, err)
}

// TestNobodyWithoutACodeHearsOfPasswords keeps them from being tried by strangers.
func TestNobodyWithoutACodeHearsOfPasswords(t *testing.T) {
	o := newOffice(t, modules.Book())
	o.code("青木", "server.example:1")
	ok(t, o.Server.SetPassword(t.Context(), "青木", "夏祭りの夜に花火"))
	status, p, _ := o.ask(o.device(""), "POST", wire.PathEnroll, encode(t, &wire.Enroll{Secret: [16]byte{9}, Proof: &wire.Proof{Password: "夏祭りの夜に花火"}}))
	equal(t, []any{status, p.Field}, []any{403, ""})
}

// TestTriesAreLockedOut doubles the wait after five wrong passwords, for that
// person alone, up to an hour.
func TestTriesAreLockedOut(t *testing.T) {
	o := newOffice(t, modules.Book())
	code := o.code("青木", "server.example:1")
	ok(t, o.Server.SetPassword(t.Context(), "青木", "夏祭りの夜に花火"))
	d := o.device("")
	try := func(password string) error {
		_, err := client.Enroll(t.Context(), d, code, proving(o, d, wire.Proof{Password: password}))
		return err
	}
	for _, said := range []string{"; 4 more tries", "; 3 more tries", "; 2 more tries", "; 1 more tries", "; wait 30 s and"} {
		o.refused(try("違うパスワード"), app.Forbidden, said)
	}
	o.refused(try("夏祭りの夜に花火"), app.Forbidden, "; wait 30 s more")
	for _, wait := range []time.Duration{30, 60, 120, 240, 480, 960, 1920, 3600, 3600} {
		o.Now = o.Now.Add(wait*time.Second - time.Millisecond)
		o.refused(try("夏祭りの夜に花火"), app.Forbidden, "too many wrong tries; wait 1 s more")
		o.Now = o.Now.Add(time.Millisecond)
		o.refused(try("違うパスワード"), app.Forbidden, "wrong")
	}
	o.device("馬場") // others are not held up
	o.Now = o.Now.Add(time.Hour)
	ok(t, try("夏祭りの夜に花火"))
	o.refused(try("違うパスワード"), app.Forbidden, "wrong")
	ok(t, try("夏祭りの夜に花火")) // the count began anew
}

func TestCredentialsThatCannotBe(t *testing.T) {
	o := newOffice(t, modules.Book())
	o.code("青木", "server.example:1")
	for _, password := range []string{"1234567", strings.Repeat("長", 201), "\xff\xff\xff\xff\xff\xff\xff\xff"} {
		o.refused(o.Server.SetPassword(t.Context(), "青木", password), app.Invalid, "8 to 200")
	}
	o.refused(o.Server.SetPassword(t.Context(), "いない人", "夏祭りの夜に花火"), app.NotFound, "no such person")
	_, _, err := o.Server.SetTOTP(t.Context(), "いない人")
	o.refused(err, app.NotFound, "no such person")
}
