package fulltext_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"daicho/app/extract"
	"daicho/app/extract/pdf"
	"daicho/app/fulltext"
	"daicho/store"
	"daicho/store/storetest"
)

// TestManyFiles reads DAICHO_FILES attached Office and PDF files in the background
// while somebody records, one record after the other, and prints how long a record
// took meanwhile and when nothing was read. It is stopped once in the middle, as a
// person who locks the window does. Times are never asserted; that every file is
// found by a word that it alone holds is. `make bench-documents` gives the number.
func TestManyFiles(t *testing.T) {
	files, records := 30, 40
	if text := os.Getenv("DAICHO_FILES"); text != "" {
		var err error
		if files, err = strconv.Atoi(text); err != nil {
			t.Fatal("DAICHO_FILES holds a number of files:", err)
		}
		records = 200
	}
	r := storetest.New(t)
	for i := range files {
		name, content := office(t, i)
		attach(t, r, name, content)
	}
	before := recordFor(t, r, records, nil)
	engine := pdf.New(t.TempDir())
	defer engine.Close()
	read := &extract.Reader{Limits: fulltext.Limits(), PDF: engine}
	var result fulltext.Result
	begun := time.Now()
	meanwhile := recordFor(t, r, 0, func() {
		ctx, stop := context.WithCancel(t.Context())
		first, err := fulltext.Run(ctx, r, read, func(done, total int) {
			if done == total/2 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("stopped: %v", err)
		}
		rest, err := fulltext.Run(t.Context(), r, read, nil)
		if err != nil {
			t.Error(err)
		}
		result = fulltext.Result{Read: first.Read + rest.Read, Parts: first.Parts + rest.Parts, Not: first.Not + rest.Not}
	})
	took := time.Since(begun)
	fmt.Printf("\n%d files read in %.1f s, %.0f a second; %+v\n", files, took.Seconds(), float64(files)/took.Seconds(), result)
	printLatency("a record, nothing read meanwhile", before)
	printLatency("a record, while files are read", meanwhile)
	for i := range files {
		name, _ := nameOf(i)
		if got := found(t, r, wordOf(i)); got != name {
			t.Fatalf("%s is found in %q, want %q", wordOf(i), got, name)
		}
	}
}

// wordOf is a word that one file alone holds.
func wordOf(i int) string { return fmt.Sprintf("固有語第%07d条", i) }

func nameOf(i int) (string, func(testing.TB, string) []byte) {
	switch i % 10 {
	case 0:
		return fmt.Sprintf("報告%d.pdf", i), pdfOf // which are slow to make
	case 1, 2, 3, 4, 5:
		return fmt.Sprintf("議事録%d.docx", i), docxOf
	}
	return fmt.Sprintf("一覧%d.xlsx", i), xlsxOf
}

// office is a file of one of three formats, with a page or two of text.
func office(t *testing.T, i int) (string, []byte) {
	name, write := nameOf(i)
	text := wordOf(i)
	for n := range 12 {
		text += fmt.Sprintf(" 第%d項 情報システムの運用に当たり、障害の記録、連絡の経過及び復旧の確認を台帳に残すこと。", n+1)
	}
	return name, write(t, text)
}

// recordFor saves n records one after the other, or records while something is done,
// and returns how long each took.
func recordFor(t *testing.T, r *store.Replica, n int, while func()) (took []time.Duration) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		if while != nil {
			while()
		}
	}()
	for i := 0; ; i++ {
		select {
		case <-done:
			if i >= n {
				return took
			}
		default:
		}
		begun := time.Now()
		saveOne(t, r, i)
		took = append(took, time.Since(begun))
		time.Sleep(20 * time.Millisecond)
	}
}

func saveOne(t *testing.T, r *store.Replica, i int) {
	t.Helper()
	rec, err := r.Draft(storetest.ItemKind)
	if err != nil {
		t.Fatal(err)
	}
	rec.(*storetest.Item).Title = fmt.Sprint("受付 ", i)
	if err := r.Write(t.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(rec) }); err != nil {
		t.Fatal(err)
	}
}

func printLatency(what string, took []time.Duration) {
	slices.Sort(took)
	at := func(percent int) float64 { return took[(len(took)-1)*percent/100].Seconds() * 1000 }
	fmt.Printf("%-36s %6d times, ms: p50 %.1f, p95 %.1f, p99 %.1f, most %.1f\n", what, len(took), at(50), at(95), at(99), at(100))
}
