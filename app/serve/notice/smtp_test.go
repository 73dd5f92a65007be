package notice_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	register "daicho/app/notice"
	"daicho/app/serve/notice"
)

// answering is a mail server that answers each command as it is told to, and hangs up
// after an answer that begins with 421. Its greeting is the answer to "".
func answering(t *testing.T, answers map[string]string) *notice.SMTP {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			talk(c, answers)
		}
	}()
	return &notice.SMTP{Address: l.Addr().String(), Security: notice.Plain, From: "desk@example.jp", Now: time.Now}
}

func talk(c net.Conn, answers map[string]string) {
	defer c.Close()
	usual := map[string]string{"": "220 here", "DATA": "354 go on", "QUIT": "221 bye", "EHLO": "250-here\r\n250 AUTH CRAM-MD5"}
	say := func(to string) bool {
		text := answers[to]
		if text == "" {
			text = usual[to]
		}
		if text == "" {
			text = "250 ok"
		}
		fmt.Fprintf(c, "%s\r\n", text)
		return !strings.HasPrefix(text, "421")
	}
	in, data := bufio.NewScanner(c), false
	for more := say(""); more && in.Scan(); {
		switch verb, _, _ := strings.Cut(in.Text(), " "); {
		case data && in.Text() == ".":
			data, more = false, say(".")
		case !data:
			more = say(verb)
			data = verb == "DATA" && answers[verb] == ""
		}
	}
}

// TestAnswers of mail servers: only one to the message itself ends it, and one that was
// taken is never sent again.
func TestAnswers(t *testing.T) {
	const sent, later, refused = "sent", "later", "refused"
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("secret\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ to, answer, want, detail string }{
		{"", "", sent, ""},
		{"", "554 nobody may", later, "SMTP 554"},
		{"", "421 busy", later, ""},
		{"MAIL", "550 not you", refused, "SMTP 550"},
		{"RCPT", "550 no such person a@example.jp", refused, "SMTP 550"},
		{"RCPT", "451 later", later, "SMTP 451"},
		{"DATA", "554 no", refused, "SMTP 554"},
		{".", "552 too large", refused, "SMTP 552"},
		{".", "452 full", later, "SMTP 452"},
		{"RSET", "421 bye", sent, ""}, // it has the message
		{"QUIT", "500 what", sent, ""},
		{"NOOP", "500 what", later, ""},

		{"AUTH", "535 who are you", later, "SMTP 535"},
	} {
		s := answering(t, map[string]string{c.to: c.answer})
		if c.to == "AUTH" {
			s.User, s.PasswordFile = "desk", password
		}
		err := s.Carry(t.Context(), &register.Notice{To: "a@example.jp", Subject: "x", MessageID: "1@example.jp"})
		got := sent
		switch {
		case errors.As(err, new(*notice.Refusal)):
			got = refused
		case err != nil:
			got = later
		}
		if got != c.want || err != nil && c.detail != "" && err.Error() != c.detail || err != nil && strings.Contains(err.Error(), "@") {
			t.Errorf("%q to %q: %s, %v", c.answer, c.to, got, err)
		}
	}
}
