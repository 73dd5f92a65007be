// Package chrometest drives a real browser (Debian: chromium) in tests of pages, by
// its DevTools protocol over a pair of pipes: keys are pressed and pictures taken as a
// person would see them. It works in a folder that is gone when the test ends, and
// belongs into no program.
package chrometest

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"
)

// Page is one tab of a browser of its own.
type Page struct {
	t       testing.TB
	in      *os.File
	out     *bufio.Reader
	session string
	last    int
}

const patience = 60 * time.Second // of a slow machine, for one answer

// Open starts a browser with an empty page in which no script of a site runs.
func Open(t testing.TB) *Page {
	t.Helper()
	p := &Page{t: t}
	p.start()
	target := p.call("Target.createTarget", map[string]any{"url": "about:blank"})
	p.session = p.call("Target.attachToTarget", map[string]any{"targetId": target["targetId"], "flatten": true})["sessionId"].(string)
	p.call("Page.enable", nil)
	p.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": true})
	return p
}

// start starts a browser that listens at its third file and speaks at its fourth.
func (p *Page) start() {
	p.t.Helper()
	hears, in, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	out, speaks, err := os.Pipe()
	if err != nil {
		p.t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "daicho-browser-")
	if err != nil {
		p.t.Fatal(err)
	}
	c := exec.Command("chromium", "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", // pages are our own; containers know no sandbox
		"--no-first-run", "--disable-background-networking", "--hide-scrollbars", "--lang=ja", "--user-data-dir="+dir, "about:blank")
	c.Env = append(os.Environ(), "LANG=ja_JP.UTF-8", "LANGUAGE=ja")
	c.ExtraFiles = []*os.File{hears, speaks}
	if err := c.Start(); err != nil {
		p.t.Fatalf("no browser (make setup installs chromium): %v", err)
	}
	hears.Close()
	speaks.Close()
	p.in, p.out = in, bufio.NewReader(out)
	p.t.Cleanup(func() {
		in.Close()
		out.Close()
		_ = c.Process.Kill() // it may have ended
		_ = c.Wait()
		for begun := time.Now(); os.RemoveAll(dir) != nil && time.Since(begun) < patience; {
			time.Sleep(10 * time.Millisecond) // a child of it has not ended yet, and writes
		}
	})
}

// answer is what the browser says.
type answer struct {
	ID     int
	Method string
	Result map[string]any
	Error  *struct{ Message string }
}

// call asks the browser for something and waits for what it answers.
func (p *Page) call(method string, args map[string]any) map[string]any {
	p.t.Helper()
	result, err := p.try(method, args)
	if err != nil {
		p.t.Fatalf("%s: %v", method, err)
	}
	return result
}

// try is call of what the browser may refuse.
func (p *Page) try(method string, args map[string]any) (map[string]any, error) {
	p.t.Helper()
	p.last++
	if args == nil {
		args = map[string]any{}
	}
	asked := map[string]any{"id": p.last, "method": method, "params": args}
	if p.session != "" {
		asked["sessionId"] = p.session
	}
	text, err := json.Marshal(asked)
	if err == nil {
		_, err = p.in.Write(append(text, 0))
	}
	if err != nil {
		p.t.Fatal(err)
	}
	for {
		a := p.hear()
		switch {
		case a.ID != p.last:
		case a.Error != nil:
			return nil, errors.New(a.Error.Message)
		default:
			return a.Result, nil
		}
	}
}

func (p *Page) hear() (a answer) {
	p.t.Helper()
	late := time.AfterFunc(patience, func() { p.in.Close() }) // the browser ends, and so does its pipe
	defer late.Stop()
	text, err := p.out.ReadBytes(0)
	if err == nil {
		err = json.Unmarshal(text[:len(text)-1], &a)
	}
	if err != nil {
		p.t.Fatalf("the browser says nothing more: %v", err)
	}
	return a
}

// Visit opens an address.
func (p *Page) Visit(url string) {
	p.t.Helper()
	p.loaded(func() { p.call("Page.navigate", map[string]any{"url": url}) })
}

// loaded does what brings another page, and waits until that is there.
func (p *Page) loaded(do func()) {
	p.t.Helper()
	before := p.Ask("performance.timeOrigin")
	do()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if p.Ask("document.readyState") == "complete" && p.Ask("performance.timeOrigin") != before {
			return
		}
	}
	p.t.Fatal("no other page came")
}

// Ask evaluates an expression in the page, as text.
func (p *Page) Ask(expression string) string {
	p.t.Helper()
	r := p.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true})
	if r["exceptionDetails"] != nil {
		p.t.Fatalf("%s: %v", expression, r["exceptionDetails"])
	}
	return fmt.Sprint(r["result"].(map[string]any)["value"])
}

// Await waits until an expression in the page says what is wanted: what a page does by
// itself, such as giving the focus, may come after it is there.
func (p *Page) Await(expression, want string) {
	p.t.Helper()
	var said string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if said = p.Ask(expression); said == want {
			return
		}
	}
	p.t.Fatalf("%s: %q, want %q", expression, said, want)
}

// Type writes into what has the focus.
func (p *Page) Type(text string) {
	p.t.Helper()
	p.call("Input.insertText", map[string]any{"text": text})
}

// Tab goes on to the next control, and tells its id.
func (p *Page) Tab() string {
	p.t.Helper()
	p.press("Tab", 9, "")
	return p.Ask("document.activeElement.id")
}

// Enter presses what has the focus and waits for the page that comes.
func (p *Page) Enter() {
	p.t.Helper()
	p.loaded(func() { p.press("Enter", 13, "\r") })
}

func (p *Page) press(key string, code int, text string) {
	p.t.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		p.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text})
	}
}

// Picture takes a picture of the whole page, as wide as a screen of that many pixels.
func (p *Page) Picture(width int) []byte {
	p.t.Helper()
	p.Width(width)
	var r map[string]any
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if r, err = p.try("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}); err == nil {
			break // a page that has just come has no size for a moment
		}
	}
	if err != nil {
		p.t.Fatal(err)
	}
	png, err := base64.StdEncoding.DecodeString(r["data"].(string))
	if err != nil {
		p.t.Fatal(err)
	}
	return png
}

// Width makes the screen that wide; it is 768 pixels high.
func (p *Page) Width(width int) {
	p.t.Helper()
	p.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 768, "deviceScaleFactor": 1, "mobile": false})
}

// Named are the names and roles of all controls, as a screen reader has them.
func (p *Page) Named() (all []string) {
	p.t.Helper()
	nodes, _ := p.call("Accessibility.getFullAXTree", nil)["nodes"].([]any)
	for _, n := range nodes {
		node := n.(map[string]any)
		role, name := said(node["role"]), said(node["name"])
		switch role {
		case "textbox", "button", "link", "combobox", "Date", "DateTime", "InputTime", "heading", "alert":
			all = append(all, role+": "+name)
		}
	}
	return all
}

func said(v any) string {
	m, _ := v.(map[string]any)
	return fmt.Sprint(m["value"])
}
