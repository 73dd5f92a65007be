package findings_test

import (
	"fmt"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/finding"
	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/findings"
	"daicho/ui/kit/kittest"
)

// departments are those of a city with what a run counts in each: files, bytes,
// protected and unprotected ones.
var departments = []struct {
	name                      string
	files, protected, exposed int
}{
	{"税務課", 41200, 612, 214}, {"市民課", 33800, 402, 96}, {"福祉総務課", 29100, 880, 311}, {"教育委員会", 25400, 120, 44}, {"共有", 21900, 75, 128},
	{"子育て支援課", 17300, 310, 61}, {"水道局", 14800, 44, 9}, {"議会事務局", 9100, 12, 3}, {"情報課", 7600, 96, 0}, {"人事課", 6900, 214, 72}, {"公民館", 5200, 8, 17}, {"選挙管理委員会", 3100, 61, 2},
}

// world is a city whose two servers have been scanned each month for a year.
type world struct {
	*kittest.Replica
	agent string
	jobs  []app.Ref
}

func newWorld(t testing.TB) *world {
	w := &world{Replica: kittest.NewReplica(t, modules.Book()), agent: "ｆｓ１の点検"}
	who := w.Employ(t, w.agent)
	for i, title := range []string{"本庁舎の共有フォルダー", "北庁舎の共有フォルダー"} {
		w.jobs = append(w.jobs, w.Add(t, finding.JobKind, "title="+title, fmt.Sprintf("root=smb://fs%d/share", i+1), fmt.Sprintf("server=fs%d", i+1), "department=情報課", "agent="+who.String()))
	}
	return w
}

// scanned runs both jobs once; more is by how many hundredths there were more
// unprotected files than there are now.
func (w *world) scanned(t testing.TB, at time.Time, more int, told ...string) {
	t.Helper()
	defer func(was string) { w.Author = was }(w.Author)
	w.Author = w.agent
	for i, job := range w.jobs {
		w.At = at.Add(time.Duration(i) * time.Hour)
		lines, files, protected, exposed := []string{"job=" + job.String()}, 0, 0, 0
		rows := ""
		for n, d := range departments {
			if n%2 != i {
				continue
			}
			bad := d.exposed + d.exposed*more/100
			files, protected, exposed = files+d.files, protected+d.protected, exposed+bad
			rows += fmt.Sprintf("%s|%d|%d|%d|%d\n", d.name, d.files, d.files*48_000, d.protected, bad)
		}
		lines = append(lines, fmt.Sprintf("files=%d", files), fmt.Sprintf("protected=%d", protected), fmt.Sprintf("exposed=%d", exposed), "unread=3", "departments="+rows)
		if i == 0 {
			lines = append(lines, told...)
		}
		run := w.Add(t, finding.RunKind, lines...)
		rec := w.Load(run)
		w.At = w.At.Add(40 * time.Minute)
		w.Edit(t, rec, "state=done")
	}
	w.At = kittest.Now
}

// seen is what a run tells of a file.
func seen(n int, kinds, persons, protection, weakness, department string) string {
	return fmt.Sprintf("do:tell;files=%s|seen|%s|%s|xlsx|48213|%s|%s|yes||%s", app.ID{1, byte(n)}, kinds, persons, protection, weakness, department)
}

// year is a city in its second year of scans: its unprotected files grow fewer.
func year(t testing.TB) *world {
	w := newWorld(t)
	for back := 11; back > 0; back-- {
		w.scanned(t, kittest.Now.AddDate(0, -back, -3), back*9)
	}
	w.scanned(t, kittest.Now.AddDate(0, 0, -3), 0,
		seen(1, `individual_number\|100-999\|high\nperson_name\|100-999\|medium`, "100-999", "none", "", "税務課"),
		seen(2, `bank_account\|10-99\|high`, "10-99", "password", string(extract.NotePasswordBeside), "税務課"),
		seen(3, `phone\|1-9\|low`, "1-9", "none", "", "福祉総務課"))
	return w
}

// overviewOf is the page over a replica.
func overviewOf(t testing.TB, d *ui.Desk, w *world) (ui.Page, *kittest.Host) {
	h := kittest.NewHost(t, d, w.Replica)
	return findings.Sections()[0].New(h), h
}

// retire retires the second job.
func (w *world) retire(t testing.TB) {
	if err := w.Do(t.Context(), w.Load(w.jobs[1]), "retire", nil); err != nil {
		t.Fatal(err)
	}
}
