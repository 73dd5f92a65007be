package main

import (
	"context"
	"fmt"
	"time"

	"daicho/cmd/cli"
	"daicho/store"
	"daicho/store/keys"
)

// replicaVerb is what keeps a replica safe and whole.
type replicaVerb struct {
	Backup      replicaBackupVerb      `cmd:"" help:"Write a backup that opens by a passphrase of its own."`
	Restore     replicaRestoreVerb     `cmd:"" help:"Make the replica from a backup, in a new folder."`
	Verify      replicaVerifyVerb      `cmd:"" help:"Read every page, chain and attachment; exit 1 at the first damage."`
	Repair      replicaRepairVerb      `cmd:"" help:"Make a damaged database anew from what can be read of it."`
	Passphrase  replicaPassphraseVerb  `cmd:"" help:"Change the passphrase."`
	RecoveryKey replicaRecoveryVerb    `cmd:"" help:"Make a recovery key to be kept in a safe."`
	Shares      replicaSharesVerb      `cmd:"" help:"Make three sheets of which any two open the replica."`
	Rekey       replicaRekeyVerb       `cmd:"" help:"Draw a new data key and write the database again."`
	Erase       replicaEraseVerb       `cmd:"" help:"Destroy the replica's keys, then its files."`
	Index       replicaIndexVerb       `cmd:"" help:"Read attachments, so that search finds the words in them."`
	AcceptOlder replicaAcceptOlderVerb `cmd:"" help:"Go on with files that are an older copy, on purpose."`
}

// bytes prints how far a long work is, for people who watch.
func (s *session) bytes(what string) func(done, total int64) {
	told := int64(-1)
	return func(done, total int64) {
		if total < worthShowing || done*10/total == told {
			return
		}
		told = done * 10 / total
		fmt.Fprintf(s.console.Err, "daichoctl: %s: %d0%%\n", what, told)
	}
}

// worthShowing is about what takes seconds.
const worthShowing = 256 << 20

type replicaBackupVerb struct {
	To   string `arg:"" placeholder:"FOLDER" help:"A folder that is new or empty, or holds a backup that was interrupted."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run backs up.
func (v *replicaBackupVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		pass, err := s.console.NextPassphrase(ctx, "Passphrase of the backup: ")
		if err != nil {
			return err
		}
		b, err := r.Backup(ctx, v.To, pass, s.bytes("backup"))
		if err != nil {
			return fmt.Errorf("%s: %w", v.To, err)
		}
		return s.printBackup(b, v.JSON, "backed up")
	})
}

func (s *session) printBackup(b store.Backup, asJSON bool, what string) error {
	if asJSON {
		return printJSON(s.console.Out, b)
	}
	_, err := fmt.Fprintf(s.console.Out, "%s: %d changes, %d of them not sent, and %d attachments; %d attachments are not here\n",
		what, b.Changes, b.Unsent, b.Blobs, b.Absent)
	return err
}

type replicaRestoreVerb struct {
	From string `arg:"" placeholder:"FOLDER" help:"The backup."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run restores, and opens what it made.
func (v *replicaRestoreVerb) Run(ctx context.Context, s *session) error {
	o, err := s.options()
	if err != nil {
		return err
	}
	pass, err := s.console.Passphrase(ctx)
	if err != nil {
		return err
	}
	fresh, err := s.console.NextPassphrase(ctx, "New passphrase of the replica: ")
	if err != nil {
		return err
	}
	b, err := store.Restore(ctx, o, v.From, pass, fresh, s.bytes("restore"))
	if err != nil {
		return fmt.Errorf("%s: %w", v.From, err)
	}
	o.ToSync = true // an old backup may be told to sync first, not that it cannot be restored
	if err := opened(ctx, o, fresh, func(*store.Replica) error { return nil }); err != nil {
		return err
	}
	if err := s.printBackup(b, v.JSON, "restored"); err != nil || v.JSON {
		return err
	}
	_, err = fmt.Fprintln(s.console.Out, "this is the same device: sync it before it is used, and never use two copies of it;",
		"if the server has later changes of this device, sync says so: then enrol in a new folder")
	return err
}

type replicaVerifyVerb struct {
	All  bool `help:"Go on after the first damage and list everything."`
	JSON bool `name:"json" help:"Print one JSON object for each finding."`
}

// damage is [store.Finding] as JSON.
type damage struct {
	Check      string `json:"check"`
	Page       int64  `json:"page,omitempty"`
	Of         string `json:"of,omitempty"`
	Change     uint64 `json:"change,omitempty"`
	Attachment string `json:"attachment,omitempty"`
	What       string `json:"what"`
}

// Run verifies.
func (v *replicaVerifyVerb) Run(ctx context.Context, s *session) error {
	found := 0
	err := s.closed(ctx, func(o store.Options, how keys.Opener) error {
		return store.Inspect(ctx, o, how, s.bytes("verify"), func(f store.Finding) error {
			found++
			if !v.All {
				return cli.Errorf("破損があります（%s）。--all で全て表示できます。「daichoctl replica repair」で修復してください。", "%s; --all lists everything, daichoctl replica repair mends the database", f)
			}
			return v.print(s, f)
		})
	})
	switch {
	case err != nil:
		return err
	case found > 0:
		return cli.Errorf("破損が%d件あります。「daichoctl replica repair」で修復してください。", "%d findings; daichoctl replica repair mends the database", found)
	case v.JSON:
		return nil
	}
	_, err = fmt.Fprintln(s.console.Out, "everything is as it was written")
	return err
}

func (v *replicaVerifyVerb) print(s *session, f store.Finding) error {
	if !v.JSON {
		_, err := fmt.Fprintln(s.console.Out, f)
		return err
	}
	line := damage{Check: f.Check, Page: f.Page, Of: f.Of, Change: f.Seq, What: f.What}
	if f.Blob != (store.Finding{}).Blob {
		line.Attachment = f.Blob.String()
	}
	return printJSON(s.console.Out, line)
}

type replicaPassphraseVerb struct{}

// Run takes whatever opens the replica now, then the new passphrase.
func (replicaPassphraseVerb) Run(ctx context.Context, s *session) error {
	return s.openBy(ctx, func(*store.Options) {}, func(r *store.Replica, how keys.Opener) error {
		fresh, err := s.console.NextPassphrase(ctx, "New passphrase: ")
		if err == nil {
			err = r.ChangePassphrase(ctx, how, fresh)
		}
		if err == nil {
			_, err = fmt.Fprintln(s.console.Out, "the new passphrase opens this replica; copies of its key file still open by the old one")
		}
		return err
	})
}

type replicaRekeyVerb struct{}

// Run writes the database again.
func (replicaRekeyVerb) Run(ctx context.Context, s *session) error {
	o, err := s.options()
	if err != nil {
		return err
	}
	pass, err := s.console.Passphrase(ctx)
	if err != nil {
		return err
	}
	if err := store.Rekey(ctx, o, pass); err != nil {
		return fmt.Errorf("replica %s: %w", o.Dir, err)
	}
	_, err = fmt.Fprintln(s.console.Out, "the database is under a new data key; everything that opened the replica still does")
	return err
}

type replicaEraseVerb struct {
	All        bool   `help:"Leave nothing that opens any copy, not even the recovery key."`
	Yes        string `placeholder:"DEVICE" help:"The short name of the device, as init printed it: says that you mean this one."`
	WithUnsent bool   `help:"Even if changes were never sent to the server: they are lost."`
}

// Run erases.
func (v *replicaEraseVerb) Run(ctx context.Context, s *session) error {
	return s.closed(ctx, func(o store.Options, how keys.Opener) error {
		o.ToSync, o.Older = true, true // whatever state it is in, it may go
		if err := opened(ctx, o, how, func(r *store.Replica) error { return v.allowed(ctx, r) }); err != nil {
			return err
		}
		if err := store.Erase(ctx, o, v.All); err != nil {
			return err
		}
		left := "only the recovery key opens copies of the folder now"
		if v.All {
			left = "nothing opens any copy of the folder now"
		}
		_, err := fmt.Fprintln(s.console.Out, "erased;", left)
		return err
	})
}

// allowed makes sure that the person knows what is lost.
func (v *replicaEraseVerb) allowed(ctx context.Context, r *store.Replica) error {
	status, err := r.Status(ctx)
	if err != nil {
		return err
	}
	unsent := status.Pending + status.UnsentBlobs
	if short := r.Device().Short(); v.Yes != short {
		return cli.Misused("端末 %s の台帳と、未送信の変更と添付ファイル%d件を消去します。よければ --yes %s を指定してください。", "this destroys the replica of device %s with %d changes and attachments that were never sent; say --yes %s if you mean it", short, unsent, short)
	}
	if unsent > 0 && !v.WithUnsent {
		return cli.Errorf("未送信の変更と添付ファイルが%d件あり、消去すると失われます。先に同期するか、--with-unsent を指定してください。", "%d changes and attachments were never sent and would be lost: sync first, or say --with-unsent", unsent)
	}
	return nil
}

type replicaAcceptOlderVerb struct{}

// Run takes the files for the last ones from now on.
func (replicaAcceptOlderVerb) Run(ctx context.Context, s *session) error {
	err := s.open(ctx, func(o *store.Options) { o.Older = true }, func(*store.Replica) error { return nil })
	if err == nil {
		_, err = fmt.Fprintln(s.console.Out, "these files are taken for the last ones; if the server has later changes of this device, sync says so")
	}
	return err
}

// today is the day for a sheet of paper.
func today() string { return time.Now().Format(time.DateOnly) }
