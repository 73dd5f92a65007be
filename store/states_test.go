package store_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
	"daicho/store/vfs"
)

// sums are the hashes of all files below a folder.
func sums(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all[path] = sha256.Sum256(b)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

// closed makes a replica with a record in it and closes it.
func closed(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	item(t, r, "秘密の件名")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestBadStatesAreSaidAndLeftAlone(t *testing.T) {
	truncate := func(dir, name string, size int64) error { return os.Truncate(filepath.Join(dir, name), size) }
	for name, c := range map[string]struct {
		spoil func(dir string) error
		code  app.Code
		say   string
	}{
		"no folder":               {os.RemoveAll, app.NotFound, "フォルダーがありません"},
		"a file for a folder":     {func(d string) error { return errors.Join(os.RemoveAll(d), os.WriteFile(d, nil, 0o600)) }, app.NotFound, "フォルダーがありません"},
		"an empty folder":         {func(d string) error { return errors.Join(os.RemoveAll(d), os.Mkdir(d, 0o700)) }, app.NotFound, "台帳のフォルダーではありません"},
		"never finished":          {func(d string) error { return os.Remove(filepath.Join(d, "replica.id")) }, app.Damaged, "途中で終わって"},
		"id unreadable":           {func(d string) error { return truncate(d, "replica.id", 9) }, app.Damaged, "識別番号"},
		"no key file":             {func(d string) error { return os.RemoveAll(d + ".keys") }, app.NotFound, "鍵ファイルがない"},
		"no database":             {func(d string) error { return os.Remove(filepath.Join(d, "replica.db")) }, app.Damaged, "replica.db"},
		"half a database":         {func(d string) error { return truncate(d, "replica.db", 40<<10) }, app.Damaged, "壊れている"},
		"an odd half":             {func(d string) error { return truncate(d, "replica.db", 5000) }, app.Damaged, "壊れている"},
		"an empty database":       {func(d string) error { return truncate(d, "replica.db", 0) }, app.Damaged, "壊れている"},
		"half a key file":         {halfKeyFile, app.Damaged, "鍵ファイルが壊れている"},
		"a newer key file":        {keyFile(`"version": 1`, `"version": 3`), app.Invalid, "新しい版"},
		"another kind of key":     {keyFile("daicho key file", "someone's file"), app.Damaged, "鍵ファイルが壊れている"},
		"a photo for a database":  {photo, app.Damaged, "この鍵のものではない"},
		"no table of page tags":   {removeTable, app.Damaged, "壊れている"},
		"a plain database":        {plainDatabase, app.Damaged, "この鍵のものではない"},
		"another's database":      {othersDatabase, app.Damaged, "この鍵のものではない"},
		"an id of another":        {othersID, app.NotFound, "鍵ファイルがない"},
		"of a newer program":      {statement("INSERT INTO migration VALUES ('core', 9999)"), app.Invalid, "新しい版"},
		"with a module more":      {statement("INSERT INTO migration VALUES ('zeppelin', 1)"), app.Invalid, "新しい版"},
		"a newer form":            {statement("PRAGMA user_version = 3"), app.Invalid, "新しい版"},
		"another kind of file":    {statement("PRAGMA application_id = 1"), app.Invalid, "台帳ではありません"},
		"no device key":           {statement("DELETE FROM self"), app.Damaged, "壊れている"},
		"a device that is not it": {statement("UPDATE self SET device = zeroblob(16)"), app.Damaged, "壊れている"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := closed(t)
			if err := c.spoil(dir); err != nil {
				t.Fatal(err)
			}
			before := sums(t, filepath.Dir(dir))
			_, err := storetest.Open(t, storetest.WithDir(dir))
			var e *app.Error
			if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.Say.JA, c.say) || e.Say.EN == "" {
				t.Fatalf("got %v; want %s, %q", err, c.code, c.say)
			}
			saysWhatToDo(t, err)
			if strings.Contains(err.Error(), "秘密") {
				t.Errorf("the error tells what was stored: %v", err)
			}
			if after := sums(t, filepath.Dir(dir)); !maps.Equal(before, after) {
				t.Error("something was changed")
			}
		})
	}
}

// saysWhatToDo makes sure that an error is one for people, in both languages.
func saysWhatToDo(t *testing.T, err error) {
	t.Helper()
	var e *app.Error
	if !errors.As(err, &e) {
		t.Errorf("no words for people: %v", err)
		return
	}
	ja, en := e.Say.JA, e.Say.EN
	if !strings.HasSuffix(ja, "ください。") || en == "" || en == ja || strings.ContainsAny(ja+en, "\n") {
		t.Errorf("%q and %q do not say what to do", ja, en)
	}
}

// keyFile writes the key file anew with one text in place of another.
func keyFile(old, new string) func(dir string) error {
	return func(dir string) error {
		return rewriteKeyFile(dir, func(b []byte) []byte { return bytes.Replace(b, []byte(old), []byte(new), 1) })
	}
}

func halfKeyFile(dir string) error {
	return rewriteKeyFile(dir, func(b []byte) []byte { return b[:len(b)/2] })
}

func rewriteKeyFile(dir string, change func([]byte) []byte) error {
	id, err := keys.FolderID(dir)
	if err != nil {
		return err
	}
	path := keys.In(dir + ".keys").Path(id)
	b, err := os.ReadFile(path)
	if err == nil && bytes.Equal(b, change(b)) {
		err = errors.New("the key file does not hold that text")
	}
	return errors.Join(err, os.WriteFile(path, change(b), 0o600))
}

func photo(dir string) error {
	b := make([]byte, 300_000)
	_, err := io.ReadFull(storetest.Random(9), b)
	return errors.Join(err, os.WriteFile(filepath.Join(dir, "replica.db"), append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), b...), 0o600))
}

func plainDatabase(dir string) error {
	path := filepath.Join(dir, "replica.db")
	if err := os.Remove(path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	_, err = db.Exec("CREATE TABLE self (x); INSERT INTO self VALUES (1)")
	return errors.Join(err, db.Close())
}

func othersDatabase(dir string) error {
	path := filepath.Join(dir, "replica.db")
	if err := os.Remove(path); err != nil {
		return err
	}
	db, err := vfs.Create(path, [32]byte{1})
	if err != nil {
		return err
	}
	return db.Close()
}

func othersID(dir string) error {
	return os.WriteFile(filepath.Join(dir, "replica.id"), []byte(keys.NewID()+"\n"), 0o600)
}

// statement runs SQL in the sealed database, as a newer program might have.
func statement(text string) func(dir string) error {
	return func(dir string) error {
		id, err := keys.FolderID(dir)
		if err != nil {
			return err
		}
		key, err := keys.In(dir+".keys").Open(context.Background(), id, storetest.Passphrase)
		if err != nil {
			return err
		}
		db, err := vfs.Open(filepath.Join(dir, "replica.db"), key)
		if err != nil {
			return err
		}
		_, err = db.Write.Exec(text)
		return errors.Join(err, db.Close())
	}
}

func TestWrongPassphraseChangesNothing(t *testing.T) {
	dir := closed(t)
	before := sums(t, filepath.Dir(dir))
	o := store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Book: storetest.Book(), Clock: (&storetest.Clock{}).Now, Random: storetest.Random(1), Tables: storetest.Tables()}
	_, err := store.Open(t.Context(), o, keys.Passphrase("違う"))
	if !errors.Is(err, keys.ErrWrongPassphrase) || !app.IsCode(err, app.Forbidden) {
		t.Errorf("got %v", err)
	}
	saysWhatToDo(t, err)
	after := sums(t, filepath.Dir(dir))
	maps.DeleteFunc(after, func(path string, _ [32]byte) bool { return filepath.Ext(path) == ".tries" })
	if !maps.Equal(before, after) {
		t.Error("more was changed than the count of wrong tries")
	}
}

func TestCreateWritesOverNothing(t *testing.T) {
	dir := closed(t)
	create := func(dir string) error {
		o := store.Options{Dir: dir, Keys: keys.In(dir + ".keys2"), Book: storetest.Book(), Clock: (&storetest.Clock{}).Now, Random: storetest.Random(1), Tables: storetest.Tables()}
		_, err := store.Create(context.Background(), o, storetest.Passphrase)
		return err
	}
	for name, c := range map[string]struct {
		spoil func(dir string) error
		say   string
	}{
		"a replica":       {func(string) error { return nil }, "既に台帳"},
		"a half-made one": {func(d string) error { return os.Remove(filepath.Join(d, "replica.id")) }, "途中で終わって"},
		"something else": {func(d string) error {
			return errors.Join(os.RemoveAll(d), os.MkdirAll(filepath.Join(d, "写真"), 0o700))
		}, "空ではありません"},
		"a file": {func(d string) error { return errors.Join(os.RemoveAll(d), os.WriteFile(d, nil, 0o600)) }, "書き込めません"},
	} {
		if err := c.spoil(dir); err != nil {
			t.Fatal(err)
		}
		before := sums(t, dir)
		err := create(dir)
		if err == nil || !strings.Contains(app.ErrorOf(err).Say.JA, c.say) {
			t.Errorf("%s: got %v", name, err)
		}
		if !maps.Equal(before, sums(t, dir)) {
			t.Errorf("%s: something was changed", name)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		dir = closed(t)
	}
}

// dry runs out of randomness after some bytes, as a machine might fail at any
// point of a creation.
type dry struct {
	from io.Reader
	left int
}

func (d *dry) Read(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errors.New("no randomness")
	}
	return d.from.Read(p)
}

func TestFailedCreationLeavesNothingBehind(t *testing.T) {
	o := storetest.Options(t)
	o.Random = &dry{o.Random, 8}
	if _, err := store.Create(t.Context(), o, storetest.Passphrase); err == nil {
		t.Fatal("it was created")
	}
	if _, err := os.Stat(o.Dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	if left, err := os.ReadDir(o.Dir + ".keys"); err != nil || len(left) != 0 {
		t.Errorf("left of its key: %v, %v", left, err)
	}
	o.Random = storetest.Random(1)
	r, err := store.Create(t.Context(), o, storetest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestFolderHeldByAnotherProgram writes while another process is in the middle
// of a transaction and does not come to its end.
func TestFolderHeldByAnotherProgram(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	r := storetest.New(t, storetest.WithDir(dir))
	it := item(t, r, "先の記録")
	if err := r.WaitForOthers(50 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	c, out := child(t, "hold", dir, "")
	if said := bufio.NewScanner(out); !said.Scan() || said.Text() != "holding" {
		t.Fatalf("the other process said %q", said.Text())
	}
	before := sums(t, dir)
	it.Title = "変更"
	err := trySave(r, it)
	if !app.IsCode(err, app.Failed) || !strings.Contains(app.ErrorOf(err).Say.JA, "使用中") {
		t.Errorf("got %v", err)
	}
	saysWhatToDo(t, err)
	after := sums(t, dir)
	delete(before, filepath.Join(dir, "replica.db-shm")) // holds the locks
	delete(after, filepath.Join(dir, "replica.db-shm"))
	if !maps.Equal(before, after) {
		t.Error("something was changed")
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
	save(t, r, it)
}
