package bring_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"

	"daicho/app/modules"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/bring"
	"daicho/ui/kit/kittest"
	"daicho/ui/text"
)

func put(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestLook: a folder tells its files without those that programs hide, a name of Windows
// is read, and what is not there says why without keeping the others.
func TestLook(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "契約", "計画.pdf"), "12345")
	put(t, filepath.Join(dir, "契約", "別紙", "表.csv"), "1")
	put(t, filepath.Join(dir, "契約", ".git", "x"), "1")
	put(t, filepath.Join(dir, "契約", "Thumbs.db"), "1")
	put(t, filepath.Join(dir, "契約", "~計画.pdf"), "1")
	old, err := japanese.ShiftJIS.NewEncoder().String("旧帳票.txt")
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, old), "1")
	put(t, filepath.Join(dir, "\xff\xfe.txt"), "1")
	items, err := bring.Look(context.Background(), []string{filepath.Join(dir, "契約"), filepath.Join(dir, old), filepath.Join(dir, "\xff\xfe.txt"), filepath.Join(dir, "ない.txt")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range items {
		line := i.Name
		for _, f := range i.Files {
			line += " " + f.Name
		}
		if i.Why != nil {
			line += " !"
		}
		got = append(got, line)
	}
	want := "契約 表.csv 計画.pdf\n旧帳票.txt 旧帳票.txt\n??.txt !\nない.txt !"
	if strings.Join(got, "\n") != want && strings.Join(got, "\n") != strings.Replace(want, "??", "?", 1) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// TestLockEndsTheWork: a lock waits for the file under way and for no other.
func TestLockEndsTheWork(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"1.txt", "2.txt", "3.txt"} {
		put(t, filepath.Join(dir, name), name)
	}
	d := kittest.Desk(t)
	host := kittest.NewHost(t, d, kittest.NewReplica(t, modules.Book()))
	took := 0
	bring.Ask(host, []string{dir}, bring.Offer{Title: text.BringAttach, Sentence: text.BringToRecord, Act: text.BringAttachAct, Done: text.BringAttached,
		Take: func(context.Context, bring.File, int) (bool, error) {
			took++
			host.Asked.(ui.Keeper).Keep()
			return false, nil
		}})
	win := kittest.Window(t, kit.NewOverlay(d, host.Asked, host.Card, nil), 1000, 700)
	kittest.Buttons(win)[0].Tapped(nil)
	if said := strings.Join(host.Said, "\n"); took != 1 || !strings.Contains(said, "途中で中止しました。") {
		t.Errorf("%d taken, said %s", took, said)
	}
}
