package helpdesk_test

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/civil"
	"daicho/app/dispatch"
	"daicho/app/incident"
	"daicho/app/modules"
	"daicho/app/modules/modulestest"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// A city has 20,000 inquiries a year, the last of them just before cityEnd, and as many
// of them are open in a large city as in a small one.
const (
	aYear    = 20_000
	openOnes = 60
	fillPage = 5_000
)

var (
	cityEnd = time.Date(2026, 11, 20, 14, 0, 0, 0, civil.Tokyo)
	hall    = app.Ref{Kind: people.SiteKind, ID: app.ID{1}}
	branch  = app.Ref{Kind: people.SiteKind, ID: app.ID{2}}
	clerk   = app.ID{8}
)

// city is inquiries in the making: the rules decide what is done to each, and what stands
// in the end comes to a replica as it does to a new device.
type city struct {
	*modulestest.Office
	rows []store.Row
}

// cityRows are the rows of a city of n inquiries.
func cityRows(t testing.TB, n int) []store.Row {
	c := &city{Office: modulestest.New(t)}
	for ref, name := range map[app.Ref]string{hall: "本庁舎", branch: "南出張所"} {
		s := people.Sites.Draft(ref.ID)
		s.Name, s.Main = name, ref == hall
		c.OK(c.Save(clerk, s))
		c.rows = append(c.rows, store.Row{Ref: ref, GSN: 1, Doc: c.Rows[ref]})
	}
	for i := range n {
		c.Now = cityEnd.Add(-time.Duration(n-i) * (365 * 24 * time.Hour / aYear))
		c.inquiry(i, n-i <= openOnes)
		if i%400 == 0 {
			c.failure(i)
		}
		c.keep()
	}
	return c.inOrder()
}

// inOrder are all rows in the order in which a server sends them.
func (c *city) inOrder() []store.Row {
	slices.SortFunc(c.rows, func(a, b store.Row) int {
		return cmp.Or(cmp.Compare(a.Ref.Kind, b.Ref.Kind), bytes.Compare(a.Ref.ID[:], b.Ref.ID[:]))
	})
	return c.rows
}

// keep puts what was made last away; the sites stay for what comes next.
func (c *city) keep() {
	for ref, doc := range c.Rows {
		if ref.Kind != people.SiteKind {
			c.rows = append(c.rows, store.Row{Ref: ref, GSN: int64(len(c.rows)), Doc: doc})
			delete(c.Rows, ref)
		}
	}
}

func (c *city) id(i int) app.ID {
	id, err := app.NewID(app.StampOf(c.Now), storetest.Random(uint64(i)))
	c.OK(err)
	return id
}

// after does something some minutes later.
func (c *city) after(minutes int, ref app.Ref, command string, args ...string) {
	c.Now = c.Now.Add(time.Duration(minutes) * time.Minute)
	c.OK(c.Do(clerk, ref, command, args...))
}

var subjects = []string{"共有プリンターから印刷できない", "給与システムに入れない", "共有フォルダーが見えない", "端末の動作が遅い", "会議室の回線が切れる", "異動に伴う権限の変更", "画面が真っ暗なまま"}

// inquiry is the life of one: some wait for the city, some are visited, some come again.
func (c *city) inquiry(i int, open bool) {
	k := ticket.Register.Draft(c.id(i))
	k.Title, k.Body = fmt.Sprintf("%s（%d）", subjects[i%len(subjects)], i), "朝から再起動を繰り返しても直らない。窓口の業務に支障がある。"
	k.Channel, k.Category, k.Impact = ticket.Phone, []ticket.Category{ticket.Device, ticket.Account, ticket.Network, ticket.Business}[i%4], ticket.Minor
	if i%50 == 7 {
		k.Channel, k.CalledAt = ticket.City, app.StampOf(c.Now.Add(-3*time.Minute))
	}
	k.Requester, k.Department, k.Site = "印南 帳子", fmt.Sprintf("第%d課", i%37), fmt.Sprintf("第%d庁舎", i%9)
	c.OK(c.Save(clerk, k))
	if i%3 > 0 || !open {
		c.after(10, k.Ref, "start")
	}
	if i%4 == 1 {
		c.after(5, k.Ref, "wait", "text=部署に確認を求めた。")
		if open {
			return
		}
		c.after(60*20, k.Ref, "start")
	}
	if i%10 == 3 {
		c.visit(i, k.Ref, open)
	}
	if open {
		return
	}
	c.after(15, k.Ref, "answer", "text=設定をやり直し、使えることを確かめた。")
	if i%20 == 9 {
		c.after(1, k.Ref, "staff", "text=鍵を開けた。", "need=needless")
	}
	c.after(5, k.Ref, "close")
	if i%50 == 11 {
		c.after(60*24*3, k.Ref, "return")
		c.after(30, k.Ref, "close")
	}
}

func (c *city) visit(i int, of app.Ref, open bool) {
	v := dispatch.Register.Draft(c.id(i))
	v.Ticket, v.Site, v.Engineer, v.WishedBy, v.Wished = of, hall, "佐々木 健", "印南 帳子", app.StampOf(c.Now.Add(time.Hour))
	if i%20 == 13 {
		v.Site = branch
	}
	c.OK(c.Save(clerk, v))
	if open {
		return
	}
	for j, command := range []string{"depart", "arrive", "begin"} {
		c.after([]int{50, 15 + i%30, 2}[j], v.Ref, command)
	}
	v = modulestest.Load(c.Office, dispatch.Register, v.Ref)
	v.Work = "給紙ローラーを清掃した。"
	c.OK(c.Save(clerk, v))
	c.after(20, v.Ref, "finish")
}

func (c *city) failure(i int) {
	f := incident.Register.Draft(c.id(i + 1))
	f.Title, f.Affects, f.Impact, f.Interim = "住民記録システムに接続できない", true, "窓口で照会ができない。", "予備機に切り替えた。"
	c.OK(c.Save(clerk, f))
	c.after(1, f.Ref, "occur", "at="+c.Now.Format(app.TypedTime), "source=monitoring")
	c.after(i/400%15, f.Ref, "deliver", "way=電話", "who=情報課")
	c.after(40, f.Ref, "scope")
	c.after(20, f.Ref, "plan")
}

// fill brings rows to a new replica.
func fill(t testing.TB, r *store.Replica, rows []store.Row) {
	t.Helper()
	epoch := app.ID{0xe0, 1}
	err := r.Rescope(t.Context(), epoch, app.ReadsAll, int64(len(rows)))
	for p := (store.Rows{Epoch: epoch, Total: int64(len(rows))}); err == nil && len(rows) > 0; {
		p.Rows, p.Keys = rows[:min(fillPage, len(rows))], nil
		rows = rows[len(p.Rows):]
		p.More = len(rows) > 0
		for _, row := range p.Rows {
			p.Keys = append(p.Keys, app.SubjectKey{Subject: row.Ref.ID, Key: sha256.Sum256(row.Ref.ID[:])})
		}
		err = r.Fill(t.Context(), p)
		p.After = p.Rows[len(p.Rows)-1].Ref
	}
	if err == nil {
		err = r.Index(t.Context(), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// cityOf is a replica of a city of n inquiries, which is made once where DAICHO_BENCH
// names a folder.
func cityOf(t testing.TB, n int) *store.Replica {
	t.Helper()
	clock := &storetest.Clock{}
	clock.Advance(cityEnd.Sub(storetest.Start))
	root := os.Getenv("DAICHO_BENCH")
	if root == "" {
		root = t.TempDir()
	}
	dir := filepath.Join(root, fmt.Sprintf("desk-%d", n))
	if _, err := os.Stat(dir + ".done"); err != nil {
		r := storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithDir(dir), storetest.WithClock(clock), storetest.WithSeed(uint64(n)))
		begun := time.Now()
		rows := cityRows(t, n)
		fill(t, r, rows)
		fmt.Printf("made %d inquiries, %d records in all, in %.1f minutes\n", n, len(rows), time.Since(begun).Minutes())
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir+".done", nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := store.Open(t.Context(), store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Book: modules.Book(), Clock: clock.Now, Random: storetest.Random(1), App: "bench"}, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}
