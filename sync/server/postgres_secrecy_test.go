package server_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/sync/server"
	"daicho/sync/server/postgrestest"
)

// inTheOpen are the columns of bytes and text that anybody may read who reads
// the database: random names, hashes, public keys, and words of the program.
// Every other one must be sealed.
var inTheOpen = strings.Fields(`
	attachment.device attachment.id audit.hashes counter.name credential.person
	device.id device.person device.public device.state doomed.blob erased.id erased.kind
	held.device held.head impounded.device impounded.head impounded.why
	impounded_key.device impounded_key.key_id impounded_key.subject
	invitation.class invitation.person invitation.secret invitation.used_by
	link.dst_id link.dst_kind link.src_id link.src_kind
	log.body_hash log.chain log.device log.verdict log_key.key_id log_key.subject
	naming.blob naming.id naming.kind number.series person.id reach.device reach.scopes record.id record.kind
	reserved.device reserved.series stood.device
	scope.kind scope.org scope.zone setting.name
	standing.class standing.device
	subject_key.key_id subject_key.subject writer.process`)

// TestPostgresSecrecy looks for what people wrote, and for keys, in a dump of
// the database and in every file of the server.
func TestPostgresSecrecy(t *testing.T) {
	cluster := postgrestest.New(t)
	dsn := cluster.Database(t)
	log, err := server.NewPostgres(t.Context(), dsn, [32]byte{1})
	ok(t, err)
	o := officeOver(t, openBook(), log)
	secrets := o.confide()
	for _, c := range openColumns(t, dsn, log.Sealed()) {
		if !slices.Contains(inTheOpen, c) {
			t.Errorf("%s lies open in PostgreSQL: seal it (sqlTx.seal, sqlTx.opened), and write one in confide; or, if anybody may read it, add it to inTheOpen", c)
		}
	}
	ok(t, log.Close())

	program, err := postgrestest.Program("pg_dump")
	ok(t, err)
	dump, err := exec.Command(program, dsn).Output()
	ok(t, err)
	cluster.Do(t, "CHECKPOINT")
	files := filesIn(t, filepath.Dir(cluster.Dir()))
	for name, secret := range secrets {
		if text := []byte(hex.EncodeToString(secret)); bytes.Contains(dump, secret) || bytes.Contains(dump, text) {
			t.Errorf("%s lies open in a dump", name)
		}
		for path, content := range files {
			if bytes.Contains(content, secret) {
				t.Errorf("%s lies open in %s", name, path)
			}
		}
	}
	// What may lie open is found: the search can find.
	if word := []byte("active"); !bytes.Contains(dump, []byte(hex.EncodeToString(word))) || !isIn(files, word) {
		t.Error("the search finds nothing at all")
	}
}

// confide lets people write, in every place that is kept, and gives what they
// wrote and the keys that it is sealed by.
func (o *office) confide() map[string][]byte {
	o.Helper()
	a, b := o.device("秘密 花子"), o.device("秘密 次郎")
	k := o.open(a, "内密の件名")
	o.edit(a, k.Ref, func(k *ticket.Ticket) { k.Department, k.Body = "内密の所属", "内密の本文" })
	o.sync(a, b)
	o.edit(b, k.Ref, func(k *ticket.Ticket) { k.Site = "預かりの拠点" })
	later, impounded := o.outgoing(b).Segments[0], []byte("a key that lies outside of order")
	ok(o.T, o.Log.Write(context.Background(), func(tx server.Tx) error {
		d, _, err := tx.Device(b.ID)
		ok(o.T, err)
		d.Name = "内密の端末"
		ok(o.T, tx.PutDevice(d))
		ok(o.T, tx.Hold(later, 1))
		ok(o.T, tx.PutStanding(server.Standing{Device: b.ID, LostBy: "内密の届出人", Reason: "内密の理由"}))
		ok(o.T, tx.PutCredential(server.Credential{Person: b.Author(), Password: "内密の合言葉", TOTP: []byte("TOTPの秘密の種"), Recovery: []byte("回復の秘密の符号")}))
		ok(o.T, tx.ImpoundKey(b.ID, app.SubjectKey{Subject: k.Ref.ID, Key: [32]byte(impounded)}, 1))
		return tx.Impound(later, server.Forked, 1)
	}))
	found := map[string][]byte{"a name": []byte("秘密 "), "a title": []byte("内密の件名"), "a department": []byte("内密の所属"), "a body": []byte("内密の本文"),
		"a segment": []byte("預かりの拠点"), "a device's name": []byte("内密の端末"), "who lost it": []byte("内密の届出人"), "why": []byte("内密の理由"),
		"a password": []byte("内密の合言葉"), "a second factor": []byte("TOTPの秘密の種"), "a recovery code": []byte("回復の秘密の符号"), "a key outside the order": impounded}
	o.read(func(tx server.Tx) error {
		keys, err := tx.KeysOf(k.Ref.ID)
		ok(o.T, err)
		identity, err := tx.Setting("identity")
		found["a subject's key"], found["the server's key"] = keys[0].Key[:], identity
		held, _ := tx.Held(b.ID, 9)
		equal(o.T, []int{len(keys), len(identity), len(held)}, []int{1, 32, 1})
		return err
	})
	return found
}

// openColumns are the columns of bytes that are not among the sealed ones.
func openColumns(t *testing.T, dsn string, sealed []string) (open []string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	ok(t, err)
	defer conn.Close(context.Background())
	rows, err := conn.Query(context.Background(), "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type <> 'bigint'")
	ok(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	ok(t, err)
	for _, c := range all {
		if !slices.Contains(sealed, c) {
			open = append(open, c)
		}
	}
	return open
}

func filesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	}))
	return files
}

func isIn(files map[string][]byte, word []byte) bool {
	for _, b := range files {
		if bytes.Contains(b, word) {
			return true
		}
	}
	return false
}
