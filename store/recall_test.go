package store_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"daicho/app"
	"daicho/store"
	"daicho/store/bigram"
	"daicho/store/storetest"
)

// recallVar says how many texts the search is tried on: 50000 is the whole proof.
const recallVar = "DAICHO_RECALL"

// TestRecall compares searches with brute force, in a sealed replica: parts of
// texts, spelled another way, must find exactly the texts that hold them.
func TestRecall(t *testing.T) {
	texts, queries := 3_000, 200
	if s := os.Getenv(recallVar); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		texts, queries = n, 500
	}
	l := newLibrary(t, texts)
	asked := 0
	for asked < queries {
		from := l.books[l.rnd.IntN(len(l.books))]
		query := l.vary(l.cut(from.text))
		words := strings.Fields(query)
		if !slices.ContainsFunc(words, func(w string) bool { return skeleton(w) != "" }) {
			continue // nothing but punctuation
		}
		asked++
		l.ask(t, query, words, from)
		l.ask(t, `"`+query+`"`, []string{query}, from)
	}
}

// library is a replica full of texts and what brute force looks through.
type library struct {
	rnd     *rand.Rand
	replica *store.Replica
	books   []*book // the oldest first
}

type book struct {
	ref      app.Ref
	text     string
	skeleton string
}

func newLibrary(t *testing.T, n int) *library {
	t.Helper()
	l := &library{rnd: rand.New(rand.NewPCG(3, 5)), replica: storetest.New(t)}
	for len(l.books) < n {
		err := l.replica.Write(t.Context(), l.replica.Actor(), func(tx *store.Tx) error {
			for range min(500, n-len(l.books)) {
				if err := l.add(tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// add saves one text, as a title and a body or as the name of a part.
func (l *library) add(tx *store.Tx) error {
	kind := storetest.ItemKind
	if len(l.books) > 0 && l.rnd.IntN(5) == 0 {
		kind = storetest.PartKind
	}
	rec, err := tx.Draft(kind)
	if err != nil {
		return err
	}
	b := &book{ref: rec.Meta().Ref, text: l.sentence()}
	shown := b.text
	switch r := rec.(type) {
	case *storetest.Item:
		r.Title, r.Body = b.text, l.sentence()+"\n"+l.sentence()
		shown += "\n" + r.Body
	case *storetest.Part:
		r.Item, r.Name = l.books[0].ref, b.text
	}
	if err := tx.Save(rec); err != nil {
		return err
	}
	b.skeleton = skeleton(rec.Meta().Number + "\n" + shown)
	l.books = append(l.books, b)
	return nil
}

// skeleton is the definition that searches are held to: the text folded, with
// one dot for all that stands between letters, marks, digits and symbols. A
// word is found where its skeleton is a part of the text's.
func skeleton(text string) string {
	var b strings.Builder
	for _, r := range bigram.Fold(text) {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) {
			b.WriteRune(r)
		} else if !strings.HasSuffix(b.String(), ".") {
			b.WriteByte('.')
		}
	}
	return strings.Trim(b.String(), ".")
}

// withoutEnd leaves out a long vowel mark after three sounds and more.
func withoutEnd(word string) string {
	stem, long := strings.CutSuffix(word, "ー")
	sounds := []rune(stem)
	if !long || len(sounds) < 3 {
		return word
	}
	for _, r := range sounds[len(sounds)-3:] {
		if !unicode.In(r, unicode.Hiragana) && r != 'ー' {
			return word
		}
	}
	return stem
}

// ask searches by both ways and compares with brute force.
func (l *library) ask(t *testing.T, query string, words []string, from *book) {
	t.Helper()
	want := map[app.Ref]bool{}
	kinds := map[app.Kind]int{}
	var newest []app.Ref
	for _, b := range slices.Backward(l.books) {
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(b.skeleton, withoutEnd(skeleton(w))) }) {
			want[b.ref] = true
			kinds[b.ref.Kind]++
			newest = append(newest, b.ref)
		}
	}
	if !want[from.ref] {
		t.Errorf("%s is no part of the text it was cut from: %s", query, from.text)
	}
	for _, kind := range []app.Kind{storetest.ItemKind, storetest.PartKind} {
		ids, err := l.replica.IDs(t.Context(), kind, app.Query{Find: query})
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) != min(kinds[kind], app.MaxList) {
			t.Errorf("%s: %d of %s, brute force has %d", query, len(ids), kind, kinds[kind])
		}
		for _, id := range ids {
			if !want[app.Ref{Kind: kind, ID: id}] {
				t.Errorf("%s: found one that does not hold it", query)
			}
		}
	}
	l.all(t, query, newest)
}

// all searches over all registers for the newest.
func (l *library) all(t *testing.T, query string, newest []app.Ref) {
	t.Helper()
	const limit = 20
	hits, err := l.replica.Search(t.Context(), query, limit)
	if err != nil {
		t.Fatal(err)
	}
	var got []app.Ref
	for _, h := range hits {
		got = append(got, h.Ref)
	}
	if len(newest) >= 200 && !slices.Equal(got, newest[:limit]) {
		t.Errorf("%s: not the newest %d", query, limit)
	}
	if len(got) != min(limit, len(newest)) || slices.ContainsFunc(got, func(r app.Ref) bool { return !slices.Contains(newest, r) }) {
		t.Errorf("%s: %d hits, brute force has %d", query, len(got), len(newest))
	}
}
