package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"daicho/app/extract/mail"
	"daicho/app/serve/mailtest"
	"daicho/app/serve/notice"
)

// mailServers starts real mail servers: mailservers. INBOX takes mail for the desk,
// IMAP gives it out to user desk, whose password lies in mail-password, and OUTSIDE
// takes what the desk sends; its folder is OUTDIR, that of INBOX is INDIR.
func mailServers(t *testing.T) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, _ []string) {
		inbox, outside := mailtest.NewSMTP(t, ""), mailtest.NewSMTP(t, "")
		ts.Setenv("INBOX", inbox.Address)
		ts.Setenv("INDIR", inbox.Dir)
		ts.Setenv("IMAP", mailtest.IMAP(t, inbox.Dir))
		ts.Setenv("OUTSIDE", outside.Address)
		ts.Setenv("OUTDIR", outside.Dir)
		ts.Check(os.WriteFile(ts.MkAbs("mail-password"), []byte(mailtest.Password+"\n"), 0o600))
	}
}

// hookServer takes web hooks: hookserver. HOOK is its address. It keeps the last post's
// body in hook.json and its signature, checked against the key in hook-key, in hook.txt.
func hookServer(t *testing.T) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, _ []string) {
		const key = "合言葉-2"
		ts.Check(os.WriteFile(ts.MkAbs("hook-key"), []byte(key+"\n"), 0o600))
		web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			seconds, sum, _ := strings.Cut(strings.TrimPrefix(r.Header.Get(notice.Signature), "t="), ",v1=")
			m := hmac.New(sha256.New, []byte(key))
			m.Write([]byte(seconds + "." + string(body)))
			says := fmt.Sprintf("%s %s signed: %v", r.Method, r.URL, hex.EncodeToString(m.Sum(nil)) == sum)
			if err := errors.Join(err, os.WriteFile(ts.MkAbs("hook.json"), body, 0o600), os.WriteFile(ts.MkAbs("hook.txt"), []byte(says+"\n"), 0o600)); err != nil {
				t.Error(err)
			}
		}))
		t.Cleanup(web.Close)
		ts.Setenv("HOOK", web.URL)
	}
}

// post sends a file to the desk, with $NUMBER in it filled in: post FILE.
func post(ts *testscript.TestScript, _ bool, args []string) {
	raw := strings.ReplaceAll(ts.ReadFile(args[0]), "$NUMBER", ts.Getenv("NUMBER"))
	ts.Check(smtp.SendMail(ts.Getenv("INBOX"), nil, "mihon@example.jp", []string{"desk@example.jp"}, []byte(raw)))
}

// mailSet lays every mail of the reader's tests into the desk's mailbox, and one with a
// file of 40 MB: mailset. It passes by SMTP, which would mend some of them. MAILS is how many.
func mailSet(ts *testscript.TestScript, _ bool, _ []string) {
	files, err := filepath.Glob("../../app/extract/mail/testdata/*.eml")
	ts.Check(err)
	for i, f := range files {
		raw, err := os.ReadFile(f)
		ts.Check(err)
		lay(ts, i, raw)
	}
	line := strings.Repeat("QUFB", 19) + "\r\n"
	lay(ts, len(files), []byte("From: large@example.jp\r\nSubject: 40 MB\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee the file\r\n"+
		"--b\r\nContent-Type: application/octet-stream; name=large.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"+strings.Repeat(line, 40<<20/57)+"--b--\r\n"))
	ts.Setenv("MAILS", strconv.Itoa(len(files)+1))
}

// lay puts a mail into the mailbox.
func lay(ts *testscript.TestScript, n int, raw []byte) {
	name := fmt.Sprintf("%d.%d.set", 1_790_000_000+n, n)
	tmp := filepath.Join(ts.Getenv("INDIR"), "tmp", name)
	ts.Check(os.WriteFile(tmp, raw, 0o644))
	ts.Check(os.Rename(tmp, filepath.Join(ts.Getenv("INDIR"), "new", name)))
}

// mails waits until so many have gone out, and puts them into a folder as 1.eml, 2.eml…: mails N FOLDER.
func mails(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	var files []string
	for end := time.Now().Add(patience); len(files) < want; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			ts.Fatalf("%d mails, want %d", len(files), want)
		}
		files, err = filepath.Glob(filepath.Join(ts.Getenv("OUTDIR"), "new", "*"))
		ts.Check(err)
	}
	if len(files) > want {
		ts.Fatalf("%d mails, want %d", len(files), want)
	}
	slices.Sort(files) // by the time that their names begin with
	ts.Check(os.MkdirAll(ts.MkAbs(args[1]), 0o755))
	for i, f := range files {
		text, err := os.ReadFile(f)
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[1]), strconv.Itoa(i+1)+".eml"), text, 0o600))
	}
}

// receipts waits until so many Message-IDs have gone out; none may go out a third time: receipts N.
func receipts(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		files, err := filepath.Glob(filepath.Join(ts.Getenv("OUTDIR"), "new", "*"))
		ts.Check(err)
		copies := map[string]int{}
		for _, f := range files {
			text, err := os.ReadFile(f)
			ts.Check(err)
			m, err := mail.Parse(strings.NewReader(string(text)), mail.Options{})
			ts.Check(err)
			if copies[m.ID]++; copies[m.ID] > 2 {
				ts.Fatalf("%s went out a third time", m.ID)
			}
		}
		if len(copies) > want || time.Now().After(end) {
			ts.Fatalf("%d receipts, want %d", len(copies), want)
		}
		if len(copies) == want {
			return
		}
	}
}

// until syncs a replica and prints from it until that holds a text: until TEXT REPLICA VERB….
func until(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(patience); ; time.Sleep(200 * time.Millisecond) {
		ts.Check(ts.Exec("daichoctl", "--replica", args[1], "sync"))
		ts.Check(ts.Exec("daichoctl", append([]string{"--replica", args[1]}, args[2:]...)...))
		if strings.Contains(ts.ReadFile("stdout"), args[0]) {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%q never prints %q", args[1:], args[0])
		}
	}
}
