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
	if codes := shown.FindAllStringSubmatch(ts.ReadFile("page.html"), -1); len(codes) == 2 {
		ts.Setenv("NUMBER", codes[0][1])
		ts.Setenv("WORD", codes[1][1])
	}
}

// fill sends a form once.
func fill(ts *testscript.TestScript, c *http.Client, address string, fields []string) string {
	form := handed.FindStringSubmatch(fetched(ts, c, address))
	if form == nil {
		ts.Fatalf("%s has no form", address)
	}
	v := url.Values{"form": {form[1]}}
	for _, f := range fields {
		field, value, _ := strings.Cut(f, "=")
		v.Set(field, value)
	}
	r, err := c.PostForm(address, v)
	ts.Check(err)
	return whole(ts, r)
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
