package simtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"daicho/sync/simtest/chaos"
)

// peerRecord is one record as both sides have it; PouchDB stores it as JSON.
type peerRecord struct {
	ID         string   `json:"_id"`
	Title      string   `json:"title"`
	Body       string   `json:"body"`
	Channel    string   `json:"channel"`
	Category   string   `json:"category"`
	Requester  string   `json:"requester"`
	Department string   `json:"department"`
	Extension  string   `json:"extension"`
	Site       string   `json:"site"`
	Asset      string   `json:"asset"`
	Tags       []string `json:"tags"`
	ReceivedAt int64    `json:"received_at"`
	WishedAt   int64    `json:"wished_at"`
}

var peerWords = strings.Fields(`印刷 できない 接続 端末 再起動 後 も 同じ 画面 が 表示 される 窓口 証明書 発行 遅い 回線 障害 復旧 確認 依頼
	パスワード 初期化 申請 期限 切れ 更新 プリンター 紙詰まり 交換 予備機 設置 移設 電源 配線 通信 断 庁舎 三階 税務課 市民課
	network router printer account reset invoice delivery sensor failure replacement schedule review VPN Excel PDF`)

// peerRecords makes so many, always the same: about 600 bytes of JSON each.
func peerRecords(n int) []peerRecord {
	r := rand.New(rand.NewPCG(12345, 1))
	words := func(k int) string {
		var s []string
		for range k {
			s = append(s, peerWords[r.IntN(len(peerWords))])
		}
		return strings.Join(s, " ")
	}
	channels, categories := []string{"phone", "mail", "web", "counter"}, []string{"device", "network", "account", "business"}
	all := make([]peerRecord, n)
	for i := range all {
		at := int64(1_790_000_000_000) + int64(i)*61_000 + int64(r.IntN(60_000))
		all[i] = peerRecord{ID: fmt.Sprintf("t%014d", i), Title: words(6), Body: words(40), Channel: channels[r.IntN(4)], Category: categories[r.IntN(4)],
			Requester: fmt.Sprint("職員", r.IntN(900)), Department: words(1), Extension: fmt.Sprint(1000 + r.IntN(9000)), Site: fmt.Sprint("庁舎", r.IntN(80)),
			Asset: fmt.Sprintf("PC-%05d", r.IntN(20_000)), Tags: strings.Fields(words(2)), ReceivedAt: at, WishedAt: at + 86_400_000}
	}
	return all
}

// figure is what a piece of work cost.
type figure struct {
	records  int
	took     time.Duration
	cpu      time.Duration // of client and server
	up, down int64
	requests int64
}

// since is what was passed from one point to this one.
func (f figure) since(g figure) figure {
	return figure{f.records, f.took - g.took, f.cpu - g.cpu, f.up - g.up, f.down - g.down, f.requests - g.requests}
}

// mean is of two figures of the same work.
func (f figure) mean(g figure) figure {
	f.took, f.cpu = (f.took+g.took)/2, (f.cpu+g.cpu)/2
	return f
}

var start = time.Now()

// cpuOf is the time a process has had a core for; zero where the system does not
// tell. The kernel counts in hundredths of a second.
func cpuOf(pid int) time.Duration {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	fields, ticks := strings.Fields(rest), time.Duration(0)
	for i := 11; i < min(13, len(fields)); i++ {
		n, _ := strconv.Atoi(fields[i])
		ticks += time.Duration(n)
	}
	return ticks * 10 * time.Millisecond
}

func (f figure) rate() float64 { return float64(f.records) / max(f.took.Seconds(), 1e-9) }

// pouch is PouchDB: a server and clients, each a process, and a proxy between
// them that counts.
type pouch struct {
	*testing.T
	dir, work, file string
	url             string
	line            *chaos.Proxy
	in              io.Writer
	out             *bufio.Scanner
	server, reader  *exec.Cmd
}

// newPouch starts it, if packaging/bench has installed it.
func newPouch(t *testing.T, records []peerRecord) *pouch {
	dir := os.Getenv("DAICHO_PEER")
	if dir == "" {
		return nil
	}
	p := &pouch{T: t, dir: dir, work: t.TempDir()}
	p.file = filepath.Join(p.work, "records.ndjson")
	var text bytes.Buffer
	for _, r := range records {
		ok(t, json.NewEncoder(&text).Encode(r))
	}
	ok(t, os.WriteFile(p.file, text.Bytes(), 0o600))
	p.server = exec.Command("node", filepath.Join(dir, "server.js"), filepath.Join(p.work, "server"))
	p.server.Stderr = os.Stderr
	out, err := p.server.StdoutPipe()
	ok(t, err)
	ok(t, p.server.Start())
	t.Cleanup(func() { p.server.Process.Kill(); p.server.Wait() })
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("PouchDB's server says nothing")
	}
	p.line, err = chaos.Listen("127.0.0.1:"+lines.Text(), chaos.Line{}, 1)
	ok(t, err)
	t.Cleanup(func() { p.line.Close() })
	p.url = "http://" + p.line.Address() + "/bench"
	p.client("first")
	return p
}

// client starts a client with a database of its own.
func (p *pouch) client(name string) {
	p.Helper()
	c := exec.Command("node", filepath.Join(p.dir, "client.js"), filepath.Join(p.work, name), p.file)
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	ok(p.T, err)
	out, err := c.StdoutPipe()
	ok(p.T, err)
	ok(p.T, c.Start())
	p.Cleanup(func() { in.Close(); c.Process.Kill(); c.Wait() })
	p.in, p.out, p.reader = in, bufio.NewScanner(out), c
}

// do has the client do something and says what it cost.
func (p *pouch) do(words ...any) figure {
	p.Helper()
	before := p.now()
	_, err := fmt.Fprintln(p.in, append(words, p.url)...)
	ok(p.T, err)
	if !p.out.Scan() {
		p.Fatal("PouchDB's client ended", p.out.Err())
	}
	var said struct {
		Docs int
		MS   float64
	}
	ok(p.T, json.Unmarshal(p.out.Bytes(), &said))
	f := p.now().since(before)
	f.records, f.took = said.Docs, time.Duration(said.MS*float64(time.Millisecond))
	return f
}

func (p *pouch) now() figure {
	up, down := p.line.Passed()
	return figure{cpu: cpuOf(p.server.Process.Pid) + cpuOf(p.reader.Process.Pid), up: up, down: down, requests: p.line.Connections()}
}

// load is how many programs want to run, over 1, 5 and 15 minutes: with more than
// there are cores, only figures of one minute can be held beside each other.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown" // not on this system
	}
	return strings.TrimSpace(string(text))
}

// ratio prints a goal and what was reached.
func ratio(what, goal string, got float64, cpu ...float64) {
	fmt.Printf("%-62s %10.2f   %s", what, got, goal)
	for _, c := range cpu {
		fmt.Printf("   by CPU time %.2f", c)
	}
	fmt.Println()
}

func (f figure) print(who, what string) {
	fmt.Printf("%-8s %-34s %8d records %9.2f s %9.2f s CPU %9.0f/s %9.2f MB up %8.2f MB down %5d connections\n",
		who, what, f.records, f.took.Seconds(), f.cpu.Seconds(), f.rate(), float64(f.up)/1e6, float64(f.down)/1e6, f.requests)
}

// beside is the rate of one as a multiple of another's, by the clock and by what
// both took of the cores: others may use the machine at the same time.
func (f figure) beside(g figure) (clock, cpu float64) {
	perRecord := func(h figure) float64 { return h.cpu.Seconds() / float64(max(h.records, 1)) }
	return f.rate() / g.rate(), perRecord(g) / max(perRecord(f), 1e-9)
}

// TestPeer does the same work with PouchDB and with Daicho, a real server each,
// and prints what each cost. Times are never asserted. `make bench-sync` gives
// a number of records and installs PouchDB; a plain run does our part with few.
func TestPeer(t *testing.T) {
	n := 300
	if text := os.Getenv("DAICHO_RECORDS"); text != "" {
		if _, err := fmt.Sscan(text, &n); err != nil {
			t.Fatal("DAICHO_RECORDS is a number:", err)
		}
	}
	records := peerRecords(n)
	fmt.Println("load before:", load())
	var push, pull, idle figure
	if p := newPouch(t, records); p != nil {
		push, pull, idle = p.all()
	}
	mine := newOurs(t).all(records)
	if push.records == 0 {
		return
	}
	push2, pull2, _ := newPouch(t, records).all() // others may use the machine: once before, once after
	fmt.Println("load after:", load())
	fmt.Printf("PouchDB's initial pull after by before: %.2f\n\n", pull2.rate()/pull.rate())
	push, pull = push.mean(push2), pull.mean(pull2)
	for _, r := range []struct {
		what, goal string
		mine, peer figure
	}{
		{"signed push: records/s beside bulkDocs", "≥ 0.40", mine.push, push},
		{"initial sync until lists are usable: records/s", "≥ 5.00", mine.lists, pull},
		{"initial sync with the index complete: records/s", "≥ 2.50", mine.index, pull},
	} {
		clock, cpu := r.mine.beside(r.peer)
		ratio(r.what, r.goal, clock, cpu)
	}
	ratio("initial sync: bytes both ways", "≤ 0.60", float64(mine.index.up+mine.index.down)/float64(pull.up+pull.down))
	ratio("no-op sync: bytes both ways", "", float64(mine.idle.up+mine.idle.down)/float64(idle.up+idle.down))
}

func (p *pouch) all() (push, pull, idle figure) {
	push = p.do("push")
	push.print("PouchDB", "bulkDocs to the server")
	pull = p.do("pull")
	pull.print("PouchDB", "initial pull")
	idle = p.do("pull")
	idle.print("PouchDB", "no-op pull")
	p.do("edit", min(2_000, push.records)).print("PouchDB", "push of edits")
	return push, pull, idle
}
