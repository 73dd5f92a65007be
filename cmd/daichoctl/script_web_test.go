package main

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	handed = regexp.MustCompile(`name="form" value="([^"]+)"`)
	shown  = regexp.MustCompile(`<dd class="code">([^<]+)</dd>`)
)

// browse fills in the form of a page of the web desk and sends it, once the desk is
// there: browse URL WORDS [FIELD=VALUE...]. The page that comes must hold the words;
// how a request stands is asked again until it does. It lies in the file page.html;
// NUMBER and WORD are those of a receipt.
func browse(ts *testscript.TestScript, _ bool, args []string) {
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	c := &http.Client{Jar: jar, Timeout: patience}
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		text := fill(ts, c, args[0], args[2:])
		ts.Check(os.WriteFile(ts.MkAbs("page.html"), []byte(text), 0o600))
		if strings.Contains(text, args[1]) {
			break
		}
		if !strings.HasSuffix(args[0], "/state") || time.Now().After(end) {
			ts.Fatalf("%s does not say %s: %s", args[0], args[1], text)
		}
	}
	keepReceipt(ts)
}

// fill sends a form once.
func fill(ts *testscript.TestScript, c *http.Client, address string, fields []string) string {
	form := handed.FindStringSubmatch(fetched(ts, c, address))
	if form == nil {
		ts.Fatalf("%s has no form", address)
	}
	v := filled(fields)
	v.Set("form", form[1])
	r, err := c.PostForm(address, v)
	ts.Check(err)
	return whole(ts, r)
}

// openForm opens a page of the web desk and puts its form and the browser's cookie into
// FORM and COOKIE: openform URL.
func openForm(ts *testscript.TestScript, _ bool, args []string) {
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	form := handed.FindStringSubmatch(fetched(ts, &http.Client{Jar: jar, Timeout: patience}, args[0]))
	at, err := url.Parse(args[0])
	ts.Check(err)
	if cookies := jar.Cookies(at); form == nil || len(cookies) != 1 {
		ts.Fatalf("%s has no form, or %d cookies", args[0], len(cookies))
	} else {
		ts.Setenv("COOKIE", cookies[0].String())
	}
	ts.Setenv("FORM", form[1])
}

// sendForm sends the form that was opened, however long ago; the page that comes must hold
// the words: sendform URL WORDS [FIELD=VALUE...]. It sets what browse sets.
func sendForm(ts *testscript.TestScript, _ bool, args []string) {
	v := filled(args[2:])
	v.Set("form", ts.Getenv("FORM"))
	fetched(ts, http.DefaultClient, args[0])
	q, err := http.NewRequest(http.MethodPost, args[0], strings.NewReader(v.Encode()))
	ts.Check(err)
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Cookie", ts.Getenv("COOKIE"))
	r, err := http.DefaultClient.Do(q)
	ts.Check(err)
	text := whole(ts, r)
	ts.Check(os.WriteFile(ts.MkAbs("page.html"), []byte(text), 0o600))
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not say %s: %s", args[0], args[1], text)
	}
	keepReceipt(ts)
}

func filled(fields []string) url.Values {
	v := url.Values{}
	for _, f := range fields {
		field, value, _ := strings.Cut(f, "=")
		v.Set(field, value)
	}
	return v
}

// keepReceipt puts what a receipt says into variables.
func keepReceipt(ts *testscript.TestScript) {
	if codes := shown.FindAllStringSubmatch(ts.ReadFile("page.html"), -1); len(codes) == 2 {
		ts.Setenv("NUMBER", codes[0][1])
		ts.Setenv("WORD", codes[1][1])
	}
}

// fetched is a page, once there is one.
func fetched(ts *testscript.TestScript, c *http.Client, url string) string {
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		r, err := c.Get(url)
		if err == nil {
			return whole(ts, r)
		}
		if time.Now().After(end) {
			ts.Fatalf("nobody answers: %v", err)
		}
	}
}

func whole(ts *testscript.TestScript, r *http.Response) string {
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	ts.Check(err)
	return html.UnescapeString(string(text))
}

// postEvent posts a file to the server's hook, once it is there: report URL TOKEN FILE STATUS.
func postEvent(ts *testscript.TestScript, _ bool, args []string) {
	body := ts.ReadFile(args[2])
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		q, err := http.NewRequest(http.MethodPost, args[0], strings.NewReader(body))
		ts.Check(err)
		q.Header.Set("Authorization", "Bearer "+args[1])
		r, err := http.DefaultClient.Do(q)
		if err != nil && time.Now().Before(end) {
			continue
		}
		ts.Check(err)
		if text := whole(ts, r); r.Status[:3] != args[3] {
			ts.Fatalf("%s, not %s: %s", r.Status, args[3], text)
		}
		return
	}
}
