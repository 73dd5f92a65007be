package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"daicho/app"
	"daicho/store/bigram"
)

// How many of the newest records of a kind that hold a pair of characters are looked at,
// among how many of any kind, so that the work does not grow with the replica; and how
// many of the best of these are read.
const (
	gramRows   = 1_000
	seenRows   = 20_000
	candidates = 200
)

// otherWord is what a word counts beside one that was said.
const otherWord = 0.5

// Similar finds the records of a kind that say most of what a text says, the most alike
// first, by the pairs of characters that both have: one that few records have counts
// more than one that stands everywhere. It needs no word to be the same.
func (s *Replica) Similar(ctx context.Context, like app.Like) (hits []Hit, err error) {
	if _, err := s.book.Registers.Of(like.Kind); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(r *reader) error {
		found, err := r.similar(like)
		if err != nil {
			return err
		}
		for _, ref := range found[:min(like.Limit, len(found))] {
			h, _, err := r.hit(ref, nil)
			if err != nil {
				return err
			}
			hits = append(hits, h)
		}
		return nil
	})
	return hits, err
}

// similar ranks the records that share the rarest pairs with a text.
func (r *reader) similar(like app.Like) ([]app.Ref, error) {
	weights, sought, scores, err := r.sharing(like)
	if err != nil {
		return nil, err
	}
	delete(scores, like.Except)
	some, err := r.described(like, best(scores))
	if err != nil {
		return nil, err
	}
	weighRest(weights, sought, some)
	total := 0
	for _, c := range some {
		total += c.size
	}
	for i := range some {
		some[i].score = bigram.Likeness(weights, some[i].grams, float64(total)/float64(len(some)))
	}
	slices.SortStableFunc(some, func(a, b described) int { return cmp.Compare(b.score, a.score) })
	var refs []app.Ref
	told := map[string]bool{}
	for _, c := range some {
		if c.score > 0 && !told[c.title] { // what is called the same says nothing more
			refs, told[c.title] = append(refs, c.ref), true
		}
	}
	return refs, nil
}

// best are the ids with the highest scores, the newest first of what is equal.
func best(scores map[app.ID]float64) []app.ID {
	ids := slices.SortedFunc(maps.Keys(scores), func(a, b app.ID) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), slices.Compare(b[:], a[:]))
	})
	return ids[:min(candidates, len(ids))]
}

// described is a record that may be alike.
type described struct {
	ref   app.Ref
	title string
	grams map[bigram.Gram]int
	size  int
	score float64
}

// described reads records.
func (r *reader) described(like app.Like, ids []app.ID) (some []described, err error) {
	g := r.s.book.Registers[like.Kind]
	for _, id := range ids {
		rec, err := r.load(app.Ref{Kind: like.Kind, ID: id})
		if err != nil {
			return nil, err
		}
		var lines []string
		for _, f := range like.Fields {
			lines = append(lines, g.Show(rec, f, app.JA))
		}
		c := described{ref: rec.Meta().Ref, title: title(g, rec), grams: bigram.Grams(strings.Join(lines, "\n"))}
		for _, n := range c.grams {
			c.size += n
		}
		some = append(some, c)
	}
	return some, nil
}

// weighRest weighs what no record was looked for by: by how many of the records that are
// compared have it.
func weighRest(weights map[bigram.Gram]float64, sought map[bigram.Gram]bool, some []described) {
	for g, weight := range weights {
		if sought[g] {
			continue
		}
		in := 0
		for _, c := range some {
			if c.grams[g] > 0 {
				in++
			}
		}
		weights[g] = weight * bigram.Rarity(float64(in), float64(len(some)))
	}
}

// sharing looks for records by the pairs of a text that tell what it is about: how much
// these weigh together in each, with the weights of all.
func (r *reader) sharing(like app.Like) (weights map[bigram.Gram]float64, sought map[bigram.Gram]bool, scores map[app.ID]float64, err error) {
	var all int64
	if _, err := r.one("SELECT seq FROM sqlite_sequence WHERE name = 'searched'", nil, &all); err != nil {
		return nil, nil, nil, err
	}
	weights, sought, scores = bigram.Asked(like.Text), map[bigram.Gram]bool{}, map[app.ID]float64{}
	for gram, weight := range bigram.Asked(like.Also) {
		weights[gram] = max(weights[gram], weight*otherWord)
	}
	for _, gram := range telling(weights) {
		ids, in, err := r.holding(gram, like.Kind, all)
		if err != nil {
			return nil, nil, nil, err
		}
		weights[gram] *= bigram.Rarity(in, float64(max(all, 1)))
		for _, id := range ids {
			scores[id] += weights[gram]
		}
		sought[gram] = true
	}
	return weights, sought, scores, nil
}

// telling are the pairs that are not written in hiragana alone; all, if there are none.
func telling(weights map[bigram.Gram]float64) (some []bigram.Gram) {
	var rest []bigram.Gram
	for g, weight := range weights {
		switch {
		case g.IsPair() && weight > bigram.OfHiragana:
			some = append(some, g)
		case g.IsPair():
			rest = append(rest, g)
		}
	}
	if len(some) == 0 {
		return rest
	}
	return some
}

// holding are the newest records that hold a pair, and about how many do in all: where
// there are more than are looked at, as many as if they stood equally far apart.
func (r *reader) holding(gram bigram.Gram, kind app.Kind, all int64) (ids []app.ID, in float64, err error) {
	match, last := `"`+string(gram)+`"`, int64(0)
	err = r.each(`SELECT searched.id, seen.rowid FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?) seen
		CROSS JOIN searched ON searched.row = seen.rowid WHERE kind = ? LIMIT ?`, // the left side of this join goes first, in its order
		[]any{match, seenRows, string(kind), gramRows}, func(scan func(...any) error) error {
			var id []byte
			if err := scan(&id, &last); err != nil {
				return err
			}
			ref, err := refOf(string(kind), id)
			ids = append(ids, ref.ID)
			return err
		})
	more := len(ids) == gramRows
	if err == nil && !more {
		more, err = r.one("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?", []any{match, seenRows - 1}, &last)
	}
	in = float64(len(ids))
	if more {
		in *= float64(all) / float64(max(all-last, 1))
	}
	return ids, in, err
}
