package verbs

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"daicho/app/modules"
	"daicho/cmd/cli"
	"daicho/store/storetest"
)

// TestAFormUnderWayIsAnswered: the desk is not over, and its replica not closed, while a
// form is read that came before the server was told to end.
func TestAFormUnderWayIsAnswered(t *testing.T) {
	out, said := io.Pipe()
	d := &desk{web: webFlags{Listen: "127.0.0.1:0"}, log: slog.New(slog.DiscardHandler), console: &cli.Console{Out: said, Now: time.Now}}
	r := storetest.New(t, storetest.WithBook(modules.Book()))
	ctx, end := context.WithCancel(t.Context())
	over := make(chan error, 1)
	go func() { over <- d.browse(ctx, r, d.hooks(r, make(chan struct{}, 1)), make(chan struct{}, 1)) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSpace(strings.TrimPrefix(line, "web desk on "))
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: desk\r\nExpect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\n")
	answers := bufio.NewReader(c)
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	end()
	for refused := error(nil); refused == nil; { // until it listens no more
		var again net.Conn
		if again, refused = net.Dial("tcp", address); refused == nil {
			again.Close()
		}
	}
	select {
	case err := <-over:
		t.Fatalf("over while a form is read: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	fmt.Fprint(c, "name=a")
	if _, err := answers.ReadString('\n'); err != nil { // the empty line after 100
		t.Fatal(err)
	}
	w, err := http.ReadResponse(answers, nil)
	if err != nil || w.StatusCode != http.StatusForbidden {
		t.Fatalf("%+v, %v", w, err)
	}
	defer w.Body.Close()
	if err := <-over; err != nil {
		t.Error(err)
	}
}
