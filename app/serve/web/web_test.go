package web_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/serve/web"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/storetest"
)

// desk is one that is served, and a browser without a screen.
type desk struct {
	t       *testing.T
	replica *store.Replica
	clock   *storetest.Clock
	log     bytes.Buffer
	url     string
	client  *http.Client
	handler http.Handler
	wakes   atomic.Int32
	woken   func() // when something was written; nil: nothing more
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, clock: &storetest.Clock{}}
	d.replica = storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithClock(d.clock))
	d.restart()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { d.handler.ServeHTTP(w, r) }))
	t.Cleanup(s.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	d.url, d.client = s.URL, &http.Client{Jar: jar}
	return d
}

// restart puts another desk over the same replica, which remembers nothing else.
func (d *desk) restart() {
	d.handler = web.New(web.Options{Replica: d.replica, Now: d.clock.Now, Log: slog.New(slog.NewTextHandler(&d.log, nil)), Mask: modules.MaskNumbers, Unsure: modules.MayHoldNumber,
		Wake: d.wake}).Handler()
}

func (d *desk) wake() {
	d.wakes.Add(1)
	if d.woken != nil {
		d.woken()
	}
}

// reply is an answer, read.
type reply struct {
	status int
	header http.Header
	text   string
}

func read(t *testing.T, r *http.Response, err error) reply {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r.Body); err != nil {
		t.Fatal(err)
	}
	return reply{r.StatusCode, r.Header, html.UnescapeString(b.String())}
}

func (d *desk) get(path string) reply {
	d.t.Helper()
	r, err := d.client.Get(d.url + path)
	return read(d.t, r, err)
}

var hidden = regexp.MustCompile(`name="form" value="([^"]+)"`)

// handed is the hidden field of a page.
func (d *desk) handed(path string) string {
	d.t.Helper()
	m := hidden.FindStringSubmatch(d.get(path).text)
	if m == nil {
		d.t.Fatal("the page has no form")
	}
	return m[1]
}

func (d *desk) post(path string, v url.Values) reply {
	d.t.Helper()
	r, err := d.client.PostForm(d.url+path, v)
	return read(d.t, r, err)
}

// filled is a request as somebody fills it in.
func (d *desk) filled(more ...string) url.Values {
	v := url.Values{"name": {"葉月 見本"}, "department": {"市民課"}, "extension": {"２１３４"}, "site": {"本庁舎 2階"}, "device": {"複合機"},
		"what": {"印刷できません。\r\n紙は入っています。"}, "wished": {""}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	if v.Get("form") == "" {
		v.Set("form", d.handed("/"))
	}
	return v
}

var codes = regexp.MustCompile(`<dd class="code">([^<]+)</dd>`)

// open sends a request, and tells number and word of the receipt.
func (d *desk) open(more ...string) (number, word string) {
	d.t.Helper()
	r := d.post("/", d.filled(more...))
	m := codes.FindAllStringSubmatch(r.text, -1)
	if r.status != http.StatusOK || len(m) != 2 {
		d.t.Fatalf("%d: %s", r.status, r.text)
	}
	return m[0][1], m[1][1]
}

func (d *desk) state(number, word string, more ...string) reply {
	d.t.Helper()
	v := url.Values{"form": {d.handed("/state")}, "number": {number}, "word": {word}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return d.post("/state", v)
}

func (d *desk) tickets() []*ticket.Ticket {
	d.t.Helper()
	all, err := app.Every(d.t.Context(), d.replica, ticket.Register, app.Query{Sort: "received"})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func has(t *testing.T, r reply, status int, words ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, not %d", r.status, status)
	}
	for _, w := range words {
		if !strings.Contains(r.text, w) {
			t.Errorf("the page lacks %q: %s", w, r.text)
		}
	}
}

func TestARequestBecomesAnInquiry(t *testing.T) {
	d := newDesk(t)
	number, word := d.open("wished", "2026-11-24T14:30")
	all := d.tickets()
	if len(all) != 1 || d.wakes.Load() != 1 {
		t.Fatalf("%d inquiries, woken %d times", len(all), d.wakes.Load())
	}
	g := all[0]
	if g.Number != number || g.Title != "印刷できません。" || g.Body != "印刷できません。\n紙は入っています。" || g.Channel != ticket.Web ||
		g.Requester != "葉月 見本" || g.Department != "市民課" || g.Extension != "２１３４" || g.Site != "本庁舎 2階" || g.Asset != "複合機" ||
		g.WishedAt.RFC3339() != "2026-11-24T14:30:00+09:00" || g.ReceivedAt != app.StampOf(d.clock.Now()) {
		t.Errorf("%+v", g)
	}
	// Wide letters, other hyphens and letters that look alike are understood.
	for _, w := range []string{word, strings.ToLower(word), strings.ReplaceAll(word, "-", ""), strings.NewReplacer("0", "o", "1", "l").Replace(word)} {
		has(t, d.state(number, w), http.StatusOK, "印刷できません。", "○", "未着手", "2026年11月24日（火）14:30")
	}
}

// TestTheButtonPressedTwiceOpensOne: the same form brings the same receipt, at once and
// later.
func TestTheButtonPressedTwiceOpensOne(t *testing.T) {
	d := newDesk(t)
	form := d.handed("/")
	receipts := make([]*http.Response, 8)
	var all sync.WaitGroup
	for n := range receipts {
		all.Go(func() {
			r, err := d.client.PostForm(d.url+"/", d.filled("form", form))
			if err != nil {
				t.Error(err)
			}
			receipts[n] = r
		})
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
	number, word := d.open("form", form)
	for _, r := range receipts {
		has(t, read(t, r, nil), http.StatusOK, number, word)
	}
	if n := len(d.tickets()); n != 1 {
		t.Errorf("%d inquiries", n)
	}
	if other, next := d.open(); other == number || next == word || len(d.tickets()) != 2 {
		t.Errorf("another form: %s, %s", other, next)
	}
}

// TestChangedAndSentAgain: who goes back and changes a form that was taken has one
// inquiry, and what was changed stands in its course, once.
func TestChangedAndSentAgain(t *testing.T) {
	d := newDesk(t)
	form := d.handed("/")
	number, word := d.open("form", form, "what", "紙が詰まります。\r\n2段目です。")
	again := d.filled("form", form, "what", "紙が詰まります。\r\n3段目です。", "extension", "2468")
	for range 2 {
		d.restart()
		has(t, d.post("/", again), http.StatusOK, number, word, "同じ受付番号の依頼に追記しました")
	}
	r := d.state(number, word)
	has(t, r, http.StatusOK, "3段目です。", "内線番号: 2468")
	if n := strings.Count(r.text, "3段目です。"); n != 1 || len(d.tickets()) != 1 {
		t.Errorf("it stands there %d times, %d inquiries", n, len(d.tickets()))
	}
	if same := d.post("/", d.filled("form", form, "what", "紙が詰まります。\r\n2段目です。")); strings.Contains(same.text, "追記しました") {
		t.Error("the same was added")
	}
}

// TestARestartForgetsNoForm: what was opened before is taken after it, and once, however
// often it comes; the word stays the same.
func TestARestartForgetsNoForm(t *testing.T) {
	d := newDesk(t)
	form := d.handed("/")
	d.restart()
	number, word := d.open("form", form)
	d.restart()
	if n, w := d.open("form", form); n != number || w != word || len(d.tickets()) != 1 {
		t.Errorf("%s %s and %s %s, %d inquiries", number, word, n, w, len(d.tickets()))
	}
	tell := func(do, text, says string, times int) {
		t.Helper()
		v := url.Values{"form": {d.handed("/state")}, "number": {number}, "word": {word}, "do": {do}, "text": {text}}
		for range 2 {
			d.restart()
			r := d.post("/state", v)
			has(t, r, http.StatusOK, says)
			if n := strings.Count(r.text, text); n != times {
				t.Errorf("%s stands there %d times", text, n)
			}
		}
	}
	tell("add", "電源は入ります。", "ヘルプデスクへ伝えました", 1)
	d.do("answer", cell("text", "トナーを交換しました。"))
	d.do("close")
	tell("again", "また止まりました。", "解決していないこと", 1)
	tell("add", "また止まりました。", "ヘルプデスクへ伝えました", 2) // another form may say the same
	if g := d.tickets()[0]; g.Reopened != 1 {
		t.Errorf("re-opened %d times", g.Reopened)
	}
	form = d.handed("/")
	d.clock.Advance(12 * time.Hour)
	d.restart()
	has(t, d.post("/", d.filled("form", form)), http.StatusForbidden, "時間がたった", "紙は入っています")
}

// TestWhatIsOnTheDiskWasSent: where nothing can be read after it was written, nobody is
// told to send it again.
func TestWhatIsOnTheDiskWasSent(t *testing.T) {
	d := newDesk(t)
	cookie, form := d.browser("192.0.2.1:5000")
	send := func(path string, v url.Values) reply {
		ctx, cancel := context.WithCancel(t.Context())
		d.woken = cancel
		q := httptest.NewRequestWithContext(ctx, "POST", path, strings.NewReader(v.Encode()))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.AddCookie(cookie)
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, q)
		return read(t, w.Result(), nil)
	}
	r := send("/", d.filled("form", form))
	has(t, r, http.StatusOK, "受け付けました", "仮の番号")
	m := codes.FindAllStringSubmatch(r.text, -1)
	if all := d.tickets(); len(m) != 2 || len(all) != 1 || all[0].Number != m[0][1] {
		t.Fatalf("%v, %d inquiries", m, len(all))
	}
	has(t, d.state(m[0][1], m[1][1]), http.StatusOK, "印刷できません。")
	r = send("/state", url.Values{"form": {form}, "number": {m[0][1]}, "word": {m[1][1]}, "do": {"add"}, "text": {"追伸です"}})
	has(t, r, http.StatusOK, "ヘルプデスクへ伝えました。", "いまは状況を表示できません")
	if strings.Contains(r.text, "追伸です") {
		t.Errorf("the page offers to send it again: %s", r.text)
	}
	has(t, d.state(m[0][1], m[1][1]), http.StatusOK, "追伸です")
}

func TestWhatIsWrongIsSaidBesideItsField(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct{ field, value, says string }{
		{"name", "", "お名前がありません"},
		{"department", " 　", "所属がありません"},
		{"extension", "", "内線番号がありません"},
		{"site", "", "場所（庁舎・拠点）がありません"},
		{"what", "\r\n", "内容がありません"},
		{"name", strings.Repeat("あ", 61), "お名前が長すぎます（61文字）。60文字まで"},
		{"what", strings.Repeat("あ", 4001), "内容が長すぎます"},
		{"name", "葉月\n見本", "1行で"},
		{"wished", "あした", "読み取れません"},
		{"wished", "2026-02-30 10:00", "読み取れません"},
		{"wished", "2020-01-01 10:00", "過ぎています"},
		{"wished", "2099-01-01 10:00", "1年より先"},
		{"what", "個人番号は 123456789018 です。", "個人番号（マイナンバー）があります"},
	} {
		r := d.post("/", d.filled(c.field, c.value))
		has(t, r, http.StatusUnprocessableEntity, c.says, "<title>エラー: ", `<a href="#`+c.field+`">`, `id="`+c.field+`-fault"`, `aria-invalid="true"`, "複合機")
	}
	if n := len(d.tickets()); n != 0 {
		t.Errorf("%d inquiries", n)
	}
}

var sure = regexp.MustCompile(`name="sure" value="([^"]+)">個人番号ではないので、このまま送る</button>`)

// TestWhatMayBeAnIndividualNumber is asked about once; the answer stands in the course. It
// counts for the text that was asked about, and for nothing that is certainly one.
func TestWhatMayBeAnIndividualNumber(t *testing.T) {
	d := newDesk(t)
	const what = "伝票 123456789018 が印刷できません。"
	asked := d.post("/", d.filled("what", what))
	has(t, asked, http.StatusUnprocessableEntity, "個人番号（マイナンバー）のような12桁の数字", ">直して送る</button>", what+"</textarea>", "複合機", `<a href="#what">`)
	if len(d.tickets()) != 0 {
		t.Fatal("it is an inquiry before somebody answered")
	}
	m := sure.FindStringSubmatch(asked.text)
	if m == nil {
		t.Fatal("nobody is asked")
	}
	has(t, d.post("/", d.filled("what", what+"別の 987654321098-", "sure", "x")), http.StatusUnprocessableEntity, "このまま送る")
	has(t, d.post("/", d.filled("what", "帳票 123456789018 が印刷できません。", "sure", m[1])), http.StatusUnprocessableEntity, "このまま送る")
	has(t, d.post("/", d.filled("what", "個人番号 123456789018", "sure", m[1])), http.StatusUnprocessableEntity, "個人番号（マイナンバー）があります")
	r := d.post("/", d.filled("what", what, "name", "", "sure", m[1])) // something else is wrong
	has(t, r, http.StatusUnprocessableEntity, "お名前がありません", m[1])
	if strings.Contains(r.text, "のような") {
		t.Error("the same is asked twice")
	}
	d.restart()
	form := d.handed("/")
	number, word := d.open("what", what, "sure", m[1], "form", form)
	d.open("what", what, "sure", m[1], "form", form)
	r = d.state(number, word)
	has(t, r, http.StatusOK, what, "「個人番号ではない」との回答")
	if n := strings.Count(r.text, "との回答"); n != 1 || len(d.tickets()) != 1 {
		t.Errorf("%d answers, %d inquiries", n, len(d.tickets()))
	}

	r = d.state(number, word, "do", "add", "text", "番号は 123456789018 です。")
	has(t, r, http.StatusUnprocessableEntity, "のような12桁の数字", ">直して送る</button>", "番号は 123456789018 です。</textarea>")
	m = sure.FindStringSubmatch(r.text)
	if m == nil {
		t.Fatal("nobody is asked")
	}
	r = d.state(number, word, "do", "add", "text", "番号は 123456789018 です。", "sure", m[1])
	has(t, r, http.StatusOK, "ヘルプデスクへ伝えました")
	if n := strings.Count(r.text, "との回答"); n != 2 || strings.Contains(r.text, "このまま送る") {
		t.Errorf("%d answers: %s", n, r.text)
	}
}

func TestAWishAsPeopleWriteIt(t *testing.T) {
	d := newDesk(t)
	for _, wish := range []string{"2026-11-24T14:30", "2026-11-24 14:30", "2026/11/24 14:30", "２０２６／１１／２４　１４：３０"} {
		d.open("wished", wish)
	}
	for _, g := range d.tickets() {
		if g.WishedAt.RFC3339() != "2026-11-24T14:30:00+09:00" {
			t.Error(g.WishedAt.RFC3339())
		}
	}
}

// TestTheWord: without it a number says nothing, and nobody is told which was wrong.
func TestTheWord(t *testing.T) {
	d := newDesk(t)
	number, word := d.open()
	_, other := d.open()
	pages := map[string]bool{}
	for _, c := range [][2]string{{number, other}, {number, "0000-0000-0000"}, {"2026-999999", word}, {number + "x", word}} {
		r := d.state(c[0], c[1])
		has(t, r, http.StatusNotFound, "組み合わせが見つかりません")
		if strings.Contains(r.text, "印刷できません") {
			t.Errorf("%v is told of the inquiry", c)
		}
		pages[regexp.MustCompile(`value="[^"]*"`).ReplaceAllString(r.text, "")] = true
	}
	if len(pages) != 1 {
		t.Errorf("%d different answers", len(pages))
	}
	slips, err := app.Every(t.Context(), d.replica, ticket.Slips, app.Query{})
	if err != nil || len(slips) != 2 {
		t.Fatal(len(slips), err)
	}
	if s := fmt.Sprintf("%+v", *slips[0]); strings.Contains(s, word) || strings.Contains(s, other) {
		t.Error("the register holds the word")
	}
}

func (d *desk) do(command string, cells ...app.Cell) {
	d.t.Helper()
	rec := d.tickets()[0]
	err := d.replica.Write(d.t.Context(), d.replica.Actor(), func(tx *store.Tx) error { return tx.Do(rec, command, app.Doc(nil).Patch(cells)) })
	if err != nil {
		d.t.Fatal(err)
	}
}

// TestTheCourseOfARequest from its receipt to its confirmation, with one that was not
// done at first.
func TestTheCourseOfARequest(t *testing.T) {
	d := newDesk(t)
	number, word := d.open()
	has(t, d.state(number, word, "do", "take"), http.StatusOK, "受領を確認しました", "○")
	has(t, d.state(number, word, "do", "add", "text", "電源は入ります。"), http.StatusOK, "ヘルプデスクへ伝えました", "あなたから", "電源は入ります。")
	has(t, d.state(number, word, "do", "add", "text", " "), http.StatusUnprocessableEntity, "伝えたいことがありません", `href="#text"`)
	has(t, d.state(number, word, "do", "add", "text", "マイナンバー 123456789018"), http.StatusUnprocessableEntity, "個人番号")
	has(t, d.state(number, word, "do", "confirm"), http.StatusUnprocessableEntity, "まだ完了していません")
	d.do("triage", cell("text", "内部の見立て"))
	d.do("answer", cell("text", "トナーを交換しました。"))
	d.do("close")
	r := d.state(number, word)
	has(t, r, http.StatusOK, "トナーを交換しました。", "●", "完了", "解決しましたか", "ヘルプデスクの回答")
	if strings.Contains(r.text, "内部の見立て") {
		t.Error("what the helpdesk notes for itself is shown")
	}
	has(t, d.state(number, word, "do", "again", "text", "また止まりました。"), http.StatusOK, "解決していないこと", "差戻し")
	if g := d.tickets()[0]; g.State != ticket.Returned || g.Reopened != 1 {
		t.Errorf("%s, %d", g.State, g.Reopened)
	}
	d.do("close")
	has(t, d.state(number, word, "do", "confirm"), http.StatusOK, "完了を確認しました")
	if g := d.tickets()[0]; g.ConfirmedBy != "葉月 見本" || g.ConfirmedAt == 0 {
		t.Errorf("%+v", g)
	}
}

// TestForgedForms: a form of another browser, a changed one, one too old, and one from
// another site open nothing; what was written stays on the page.
func TestForgedForms(t *testing.T) {
	d := newDesk(t)
	good := d.handed("/")
	stranger := newDesk(t).handed("/")
	for name, form := range map[string]string{"none": "x", "another desk's": stranger, "changed": good[:len(good)-1] + "!", "short": good[:20]} {
		r := d.post("/", d.filled("form", form))
		if r.status != http.StatusForbidden || !strings.Contains(r.text, "紙は入っています") || !hidden.MatchString(r.text) {
			t.Errorf("%s: %d", name, r.status)
		}
	}
	jar := d.client.Jar
	d.client.Jar = nil
	has(t, d.post("/", d.filled("form", good)), http.StatusForbidden)
	d.client.Jar = jar
	d.clock.Advance(13 * time.Hour)
	has(t, d.post("/", d.filled("form", good)), http.StatusForbidden, "時間がたった")
	q, err := http.NewRequest("POST", d.url+"/", strings.NewReader(d.filled().Encode()))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Origin", "https://elsewhere.example")
	q.Header.Set("Sec-Fetch-Site", "cross-site")
	r, err := d.client.Do(q)
	has(t, read(t, r, err), http.StatusForbidden)
	if n := len(d.tickets()); n != 0 {
		t.Errorf("%d inquiries", n)
	}
}

// TestAFloodIsHeldBack, keeps what was written, and is over after a while; others are
// not concerned.
func TestAFloodIsHeldBack(t *testing.T) {
	d := newDesk(t)
	cookie, form := d.browser("192.0.2.1:5000")
	send := func(from string) *httptest.ResponseRecorder {
		q := httptest.NewRequest("POST", "/", strings.NewReader(d.filled("form", form).Encode()))
		q.RemoteAddr = from
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.AddCookie(cookie)
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, q)
		return w
	}
	for n := range 40 {
		if w := send("192.0.2.1:5000"); w.Code != http.StatusOK {
			t.Fatalf("%d: %d", n, w.Code)
		}
	}
	w := send("192.0.2.1:5001")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "紙は入っています") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := send("192.0.2.2:5000"); w.Code != http.StatusOK {
		t.Errorf("another address: %d", w.Code)
	}
	d.clock.Advance(3 * time.Second)
	if w := send("192.0.2.1:5000"); w.Code != http.StatusOK {
		t.Errorf("later: %d", w.Code)
	}
}

// TestWhatIsToldStays on a page of the state that is refused, and is sent from there for
// what it was written for.
func TestWhatIsToldStays(t *testing.T) {
	d := newDesk(t)
	number, word := d.open()
	for do, label := range map[string]string{"add": "ヘルプデスクへ伝えること", "again": "解決していないこと"} {
		if do == "again" {
			d.do("answer", cell("text", "トナーを交換しました。"))
			d.do("close")
		}
		v := url.Values{"form": {"x"}, "number": {number}, "word": {word}, "do": {do}, "text": {do + "、電源は入ります。\"<b>"}}
		keeps := func(r reply, status int) {
			t.Helper()
			has(t, r, status, do+"、電源は入ります。\"<b></textarea>", label, `name="do" value="`+do+`"`, `value="`+number+`"`, `value="`+word+`"`, ">送信</button>")
		}
		r := d.post("/state", v)
		keeps(r, http.StatusForbidden)
		v.Set("form", hidden.FindStringSubmatch(r.text)[1])
		has(t, d.post("/state", v), http.StatusOK, "伝えました")
		for n := 0; r.status != http.StatusTooManyRequests && n < 50; n++ {
			r = d.post("/state", url.Values{"form": v["form"], "number": {number}, "word": {word}})
		}
		keeps(d.post("/state", v), http.StatusTooManyRequests)
		d.clock.Advance(time.Hour)
	}
	has(t, d.post("/state", url.Values{"form": {"x"}, "do": {"confirm"}}), http.StatusForbidden, ">状況を見る</button>")
}

// browser is the cookie and a form of somebody at an address.
func (d *desk) browser(from string) (*http.Cookie, string) {
	d.t.Helper()
	q := httptest.NewRequest("GET", "/", nil)
	q.RemoteAddr = from
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, q)
	return w.Result().Cookies()[0], hidden.FindStringSubmatch(w.Body.String())[1]
}

// TestGuessingIsSlow: a wrong word costs as much as several forms.
func TestGuessingIsSlow(t *testing.T) {
	d := newDesk(t)
	number, _ := d.open()
	tries := 0
	for r := d.state(number, "0000-0000-0000"); r.status == http.StatusNotFound; r = d.state(number, "0000-0000-0000") {
		if tries++; tries > 10 {
			t.Fatal("more than 10 guesses at once")
		}
	}
}

func TestWhatBrowsersAreTold(t *testing.T) {
	d := newDesk(t)
	r := d.get("/")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"Referrer-Policy":         "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
	} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, bad := range []string{"<script", "style=", "http://", "https://", "onclick"} {
		if strings.Contains(r.text, bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	c, _ := d.browser("192.0.2.1:1")
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		t.Errorf("%+v", c)
	}
	has(t, d.get("/nothing"), http.StatusNotFound, "ページはありません")
	has(t, d.post("/", url.Values{"what": {strings.Repeat("x", 80_000)}}), http.StatusRequestEntityTooLarge, "長すぎる")
}

// TestTheLogTellsNoNames, nor what was written, nor words.
func TestTheLogTellsNoNames(t *testing.T) {
	d := newDesk(t)
	number, word := d.open()
	d.state(number, word, "do", "add", "text", "追伸です")
	d.state(number, "0000-0000-0000")
	d.post("/", d.filled("name", ""))
	for _, bad := range []string{"葉月", "見本", "市民課", "印刷", "追伸", word, strings.ReplaceAll(word, "-", ""), number} {
		if strings.Contains(d.log.String(), bad) {
			t.Errorf("the log tells %s: %s", bad, d.log.String())
		}
	}
	if !strings.Contains(d.log.String(), "opened") {
		t.Error("the log tells nothing at all")
	}
}

// TestTextIsText: what somebody writes is never part of the page.
func TestTextIsText(t *testing.T) {
	d := newDesk(t)
	number, word := d.open("what", `<script>alert(1)</script>"><b>`)
	r, err := d.client.PostForm(d.url+"/state", url.Values{"form": {d.handed("/state")}, "number": {number}, "word": {word}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(r.Body); err != nil || strings.Contains(b.String(), "<script>") || !strings.Contains(b.String(), "&lt;script&gt;") {
		t.Errorf("%v: %s", err, b.String())
	}
}

func cell(field, text string) app.Cell { return app.Cell{Field: field, Now: app.TextValue(text)} }
