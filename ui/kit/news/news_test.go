package news_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/ui/kit/kittest"
	"daicho/ui/kit/news"
	"daicho/ui/text"
)

// dispute lets two people write the title of n inquiries, and gives the conflicts.
func dispute(t *testing.T, r *kittest.Replica, n int, people ...string) []app.Ref {
	t.Helper()
	for range n {
		ref := r.Add(t, ticket.Kind, "title=プリンターの紙詰まり", "channel=phone")
		a, b := r.Load(ref), r.Load(ref)
		r.Author, r.Device = people[0], 1
		r.Edit(t, a, "title=一方の書き方")
		r.Author, r.Device = people[1], 2
		r.Edit(t, b, "title=もう一方の書き方")
	}
	ids, err := r.IDs(t.Context(), app.ConflictKind, app.Query{})
	if err != nil {
		t.Fatal(err)
	}
	refs := make([]app.Ref, len(ids))
	for i, id := range ids {
		refs[i] = app.Ref{Kind: app.ConflictKind, ID: id}
	}
	return refs
}

func ask(t *testing.T, r *kittest.Replica, conflict app.Ref, who, whom string) {
	t.Helper()
	r.Author = who
	if err := r.Do(t.Context(), r.Load(conflict), "ask", []string{"whom=" + r.Person(whom).String(), "text=どちらですか。"}); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, r *kittest.Replica, me string, lang app.Lang) []news.Item {
	t.Helper()
	r.Author = me // who asks for what is his
	items, err := news.Reader{Records: r, Words: text.New(lang), Me: me, Most: 3}.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// What is asked of the person comes first; of the rest what is not his is told, too,
// but as such.
func TestReadTellsWhatIsMine(t *testing.T) {
	r := kittest.NewReplica(t, modules.Book())
	conflicts := dispute(t, r, 1, "髙橋 直", "佐々木 健")
	dispute(t, r, 5, "髙橋 直", "中村 彩")
	ask(t, r, conflicts[0], "佐々木 健", "中村 彩")
	r.Refuse(r.Load(app.Ref{Kind: ticket.Kind, ID: r.Load(conflicts[0]).(*app.Conflict).About.ID}), app.Label{JA: "回答がありません。", EN: "no answer"}, "minutes=45")

	items := read(t, r, "中村 彩", app.JA)
	if len(items) != 1+3+1 {
		t.Fatalf("one question, three of five conflicts, one refusal: %+v", items)
	}
	if got := items[0]; got.Opens != conflicts[0] || !got.Mine || got.Sentence != "2026-000001 の「件名」について、佐々木 健 から照会が届いています。回答してください。" {
		t.Errorf("%+v", got)
	}
	if got := items[4]; !got.Opens.IsZero() || got.Kind != app.DismissalKind || got.Sentence != "2026-000001 の変更が差し戻されました。回答がありません。" {
		t.Errorf("%+v", got)
	}
	for _, i := range items[1:4] {
		if !i.Mine {
			t.Errorf("one of the values is the person's: %+v", i)
		}
	}
	for _, i := range read(t, r, "山田 徹", app.JA)[:3] {
		if i.Mine || strings.Contains(i.Sentence, "照会") {
			t.Errorf("nothing of it is this person's: %+v", i)
		}
	}
	if en := read(t, r, "中村 彩", app.EN)[4].Sentence; en != "2026-000001: a change was refused. No answer." {
		t.Error(en)
	}
	if nobody := read(t, r, "", app.JA); slices.ContainsFunc(nobody[:3], func(i news.Item) bool { return i.Mine }) {
		t.Errorf("nobody is known here: %+v", nobody)
	}
}

// A question that is asked again is another item.
func TestAnItemIsTheSameUntilItIsAskedAgain(t *testing.T) {
	r := kittest.NewReplica(t, modules.Book())
	conflict := dispute(t, r, 1, "髙橋 直", "佐々木 健")[0]
	keys := map[string]bool{}
	note := func(want int) {
		t.Helper()
		for range 2 {
			keys[read(t, r, "中村 彩", app.JA)[0].Key] = true
		}
		if len(keys) != want {
			t.Error(fmt.Sprint(keys), want)
		}
	}
	note(1)
	ask(t, r, conflict, "佐々木 健", "中村 彩")
	note(2)
	ask(t, r, conflict, "中村 彩", "髙橋 直")
	note(2) // it waits for another, and is a conflict as before
	ask(t, r, conflict, "髙橋 直", "中村 彩")
	note(3)
}

func TestReadFails(t *testing.T) {
	for _, at := range []string{"ids", "rows", "names", "rejected"} {
		r := kittest.NewReplica(t, modules.Book())
		dispute(t, r, 1, "髙橋 直", "中村 彩")
		r.Fail, r.FailAt = errors.New("no disk"), at
		if _, err := (news.Reader{Records: r, Words: text.New(app.JA), Me: "中村 彩", Most: 3}).Read(t.Context()); err == nil {
			t.Error(at, "did not fail")
		}
	}
}
