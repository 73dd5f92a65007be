package register_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// TestDropOnRecord: files that fall onto the open record are its attachments, and those
// that fall beside it nobody takes.
func TestDropOnRecord(t *testing.T) {
	f := withFile(t, "写真.txt", "前")
	dir := t.TempDir()
	for _, name := range []string{"一.txt", "二.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if f.Page.Drop(fyne.NewPos(20, 300), []string{dir}) {
		t.Error("the list of tickets takes files")
	}
	if !f.Page.Drop(fyne.NewPos(1000, 300), []string{dir}) {
		t.Fatal("the record takes no files")
	}
	win := kittest.Window(t, kit.NewOverlay(f.desk(), f.host.Asked, f.host.Card, nil), 1000, 700)
	kittest.Whole(t, win)
	press(t, win, "2件を添付する")
	if !strings.Contains(strings.Join(f.host.Said, "\n"), "2件を添付しました。") {
		t.Error(f.host.Said)
	}
	kittest.Whole(t, f.win)
	if words := kittest.Words(f.win); !strings.Contains(words, "一.txt") || !strings.Contains(words, "二.txt") || !strings.Contains(words, "写真.txt") {
		t.Errorf("the files do not stand there:\n%s", words)
	}
}
