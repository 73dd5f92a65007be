package document

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daicho/app"
)

var (
	errFixed   = app.Refuse(app.Forbidden, "state", "回付した版は変更できません。差し戻されると、新しい案が作られます。", "what was submitted is never changed; when it is returned there is a new draft")
	errMoved   = app.Refuse(app.Forbidden, "document", "版を別の文書に移すことはできません。", "a revision stays with its document")
	errCurrent = app.Refuse(app.Invalid, "base", "この案は現行版を基にしています。統合は要りません。", "it is based on the current version already")
)

// mergeMarks stand around what two people changed in one place.
var mergeMarks = app.Marks{A: "<<<<<<< 現行版", B: "======= この案", End: ">>>>>>>"}

// Revise is what a new revision is for.
type Revise struct {
	Level         Level
	Place, Reason string
}

// revise begins a revision with the words of the current one.
func revise(a *app.Act, d *Document, in Revise) error {
	r := &Revision{Head: fresh(a, RevisionKind)}
	r.Document, r.Level, r.Place, r.Reason = d.Ref, in.Level, in.Place, in.Reason
	if !d.Current.IsZero() {
		now, err := revisionAt(a, d.Current)
		if err != nil {
			return err
		}
		r.Body, r.Files = now.Body, slices.Clone(now.Files)
	}
	a.Save(r)
	return stand(a, d, r)
}

// begin gives a new revision its version, author and base.
func begin(a *app.Act, before, r *Revision) error {
	if !before.IsNew() {
		if before.Document != r.Document {
			return errMoved
		}
		return nil
	}
	d, err := documentAt(a, r.Document)
	if err != nil {
		return err
	}
	all, err := revisionsOf(a, d.Ref)
	if err != nil {
		return err
	}
	if r.Author.IsZero() { // it has one where it was sent back
		r.Author = app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	}
	r.Title, r.Made, r.Base, r.Beside = d.Title, a.At, d.Current, nil
	for _, other := range all {
		if other.Ref != r.Ref && other.Base == r.Base && other.IsOpen() {
			r.Beside = append(r.Beside, other.Ref)
		}
	}
	r.Version = draftVersion(d.Version, r.Level, all)
	return stand(a, d, r)
}

// settled notes who writes, and keeps what was submitted as it was.
func settled(a *app.Act, before, after *Revision) error {
	same := before.Body == after.Body && slices.Equal(before.Files, after.Files) && before.Place == after.Place && before.Reason == after.Reason && before.Level == after.Level &&
		before.Accord == after.Accord && slices.Equal(before.Changes, after.Changes)
	if same && !before.IsNew() || before.IsNew() && len(after.Authors) > 0 {
		return nil
	}
	if before.State != Draft {
		return errFixed
	}
	me := app.Ref{Kind: app.PersonKind, ID: a.Actor.ID}
	if !slices.Contains(after.Authors, me) {
		after.Authors = append(slices.Clone(after.Authors), me)
	}
	return nil
}

// hashed keeps the hash of the content: what an approval signs.
func hashed(_ *app.Act, _, r *Revision) error {
	if !r.IsErased() {
		r.Hash = r.ContentHash()
	}
	return nil
}

// ContentHash is SHA-256 over the text, what it changes and why, and the ids of the
// attachments, which are hashes of their own: each with its length before it.
func (r *Revision) ContentHash() string {
	h := sha256.New()
	ids := make([]string, len(r.Files))
	for i, f := range r.Files {
		ids[i] = f.ID.String()
	}
	slices.Sort(ids)
	for _, part := range append([]string{"daicho-revision-1", r.Document.String(), r.Body, r.Place, r.Reason}, ids...) {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// IsOpen says whether the revision is still on its way.
func (r *Revision) IsOpen() bool { return r.State == Draft || r.Waits() || r.State == Passed }

// Waits says whether somebody has to review or to approve it.
func (r *Revision) Waits() bool { return rank(r.State) > 0 }

func revisionsOf(a *app.Act, d app.Ref) (all []*Revision, err error) {
	refs, err := a.Linked(d, RevisionKind)
	for _, ref := range refs {
		if err != nil {
			return nil, err
		}
		var r *Revision
		if r, err = revisionAt(a, ref); err == nil && r.Document == d {
			all = append(all, r)
		}
	}
	return all, err
}

// target is the version that a revision of a level has once it is approved.
func target(current string, l Level) string {
	major, minor, ok := parseVersion(current)
	switch {
	case !ok || major == 0:
		return "1.0"
	case l == Major:
		return fmt.Sprintf("%d.0", major+1)
	}
	return fmt.Sprintf("%d.%d", major, minor+1)
}

// draftMark stands between the version that a draft is of and its number.
const draftMark = "案"

// draftVersion is the version of the next draft: 0.1, 0.2 … before anything was
// approved, then 1.1案1, 1.1案2 …
func draftVersion(current string, l Level, all []*Revision) string {
	next := target(current, l)
	major, minor, ok := parseVersion(current)
	first := ok && major == 0 || !ok
	n := 0
	if first {
		n = minor
	}
	for _, r := range all {
		if of, at, is := strings.Cut(r.Version, draftMark); is && of == next && !first {
			n = max(n, number(at))
		}
		if m, at, ok := parseVersion(r.Version); ok && m == 0 && first {
			n = max(n, at)
		}
	}
	if first {
		return fmt.Sprintf("0.%d", n+1)
	}
	return next + draftMark + strconv.Itoa(n+1)
}

func parseVersion(s string) (major, minor int, ok bool) {
	a, b, ok := strings.Cut(s, ".")
	x, errA := strconv.Atoi(a)
	y, errB := strconv.Atoi(b)
	return x, y, ok && errA == nil && errB == nil
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // 0 where it is none
	return n
}

// merge brings a draft to what the current version says: what both changed in one
// place stands there twice, between marks, for a person to settle.
func merge(a *app.Act, r *Revision, _ struct{}) error {
	d, err := documentAt(a, r.Document)
	if err != nil {
		return err
	}
	switch {
	case r.State != Draft:
		return errFixed
	case r.Base == d.Current:
		return errCurrent
	}
	now, err := revisionAt(a, d.Current)
	if err != nil {
		return err
	}
	var base Revision
	if !r.Base.IsZero() {
		was, err := revisionAt(a, r.Base)
		if err != nil {
			return err
		}
		base = *was
	}
	all, err := revisionsOf(a, d.Ref)
	if err != nil {
		return err
	}
	r.Body = app.MergeMarked(base.Body, now.Body, r.Body, mergeMarks)
	r.Files = slices.DeleteFunc(slices.Clone(r.Files), func(f app.Blob) bool { // the current version left it out
		return slices.Contains(base.Files, f) && !slices.Contains(now.Files, f)
	})
	for _, f := range now.Files {
		if !slices.Contains(r.Files, f) && !slices.Contains(base.Files, f) {
			r.Files = append(r.Files, f)
		}
	}
	r.Base, r.Version = d.Current, draftVersion(d.Version, r.Level, all)
	return nil
}
