package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	core "daicho/app"
	"daicho/app/extract"
	"daicho/app/finding"
	"daicho/store"
)

// sharedFolder is a folder with many letters, three lists of people of which one is
// in an archive, and at its end files that take a while.
func (s *screen) sharedFolder() (folder string, files int64) {
	s.t.Helper()
	folder = filepath.Join(s.dir, "share")
	ok(s.t, os.Mkdir(folder, 0o700))
	write := func(name string, body []byte) {
		ok(s.t, os.WriteFile(filepath.Join(folder, name), body, 0o600))
		files++
	}
	list := []byte("氏名,個人番号\n見本花子,123456789018\n")
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, err := z.Create("見本名簿.csv")
	ok(s.t, err)
	_, err = w.Write(list)
	ok(s.t, err)
	ok(s.t, z.Close())
	write("a.csv", list)
	write("b.zip", packed.Bytes())
	for i := range 1200 {
		write(fmt.Sprintf("letter-%04d.txt", i), []byte("お知らせ\n会議室の予約について\n"))
	}
	write("m.csv", list)
	write("z.txt", bytes.Repeat([]byte("会議の記録。次回は十二月に開催する。\n"), 1_200_000))
	for i := range 10 {
		ok(s.t, os.Link(filepath.Join(folder, "z.txt"), filepath.Join(folder, fmt.Sprintf("z-%d.txt", i))))
		files++
	}
	return folder, files
}

// scanJob is a job over a folder, of the person at the window.
func scanJob(t *testing.T, r *store.Replica, folder string) *finding.Job {
	t.Helper()
	rec, err := r.Draft(finding.JobKind)
	ok(t, err)
	j := rec.(*finding.Job)
	j.Title, j.Root, j.Server, j.Department = "this PC", folder, "pc-1", "総務課"
	j.Agent = core.Ref{Kind: core.PersonKind, ID: r.Actor().ID}
	ok(t, r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(j) }))
	return j
}

// onlyRun is the one run that there is.
func onlyRun(t *testing.T, r *store.Replica) *finding.Run {
	t.Helper()
	runs, _, err := store.List(t.Context(), r, finding.Runs, core.Query{})
	ok(t, err)
	if len(runs) != 1 {
		t.Fatalf("%d runs, want one", len(runs))
	}
	return runs[0]
}

// bytesOf is how much lies in files with such names.
func bytesOf(t *testing.T, pattern string) (n int64) {
	t.Helper()
	all, err := filepath.Glob(pattern)
	ok(t, err)
	for _, path := range all {
		if info, err := os.Stat(path); err == nil {
			n += info.Size()
		}
	}
	return n
}

// TestAScanAtTheDesk begins a scan in the real window, lets it rest, and kills the
// program; begins again, locks in the middle, and unlocks. One run has read all of it,
// and what stands in the records is what was found.
func TestAScanAtTheDesk(t *testing.T) {
	s := newScreen(t)
	s.create()
	beside := s.replica()
	folder, files := s.sharedFolder()
	job := scanJob(t, beside, folder)
	memory := filepath.Join(s.dir, "replica-scan", job.Ref.ID.String())
	begin := func() {
		s.keys("ctrl+k")
		s.write("Scan overview")
		s.keys("Return", "ctrl+r")
	}
	rest := func() { s.click(1222, 213) }

	kill := s.start("--lang", "en", "--lock-after", "0")
	begin()
	s.logged(1, "a scan has begun")
	s.until("some of it is remembered", func() bool { return bytesOf(t, memory+"*") > 100<<10 })
	rest()
	s.photograph("scan-rests")
	kill()
	if run := onlyRun(t, beside); run.Ended != 0 {
		t.Fatalf("it did not rest: %q of %d files", run.State, run.Files)
	}

	s.start("--lang", "en", "--lock-after", "0")
	begin()
	s.logged(1, "a scan has begun")
	rest()
	s.photograph("scan-goes-on")
	s.keys("ctrl+l")
	s.logged(1, "the scan is paused")
	s.logged(1, "the replica is closed")
	if run := onlyRun(t, beside); run.State != finding.Paused {
		t.Errorf("the lock left the run in %q", run.State)
	}
	s.write(passphrase)
	s.keys("Return")
	s.logged(2, "a scan has begun")
	s.logged(1, "the scan is over")
	s.still("scan-over")

	run := onlyRun(t, beside)
	if run.State != finding.Done || run.Files != files || run.Exposed != 3 || run.Fresh != 3 || run.Entries != 1 || run.Unread != 0 || run.Known < 1000 {
		t.Errorf("of %d files: %+v", files, run)
	}
	found, _, err := store.List(t.Context(), beside, finding.Register, core.Query{Sort: "first_seen"})
	ok(t, err)
	zips := 0
	for _, f := range found {
		if f.Type == extract.ZIP {
			zips++
		}
	}
	if len(found) != 3 || zips != 1 {
		t.Errorf("%d findings, %d archives", len(found), zips)
	}
	for _, word := range []string{"見本", "123456789018", "letter-", folder} {
		if strings.Contains(s.log(), word) {
			t.Errorf("the log holds %s", word)
		}
	}
}
