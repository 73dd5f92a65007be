package intake

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"daicho/app"
	"daicho/app/letter"
	"daicho/app/serve/notice"
	"daicho/store"
)

// Box is a mailbox that mail is fetched from by IMAP (RFC 9051). What was taken is
// moved to another folder of it, and stays there for people.
type Box struct {
	Address      string // host:port
	Security     notice.Security
	User         string
	PasswordFile string // of the one line; read anew each time, never kept or logged
	Folder       string // INBOX
	Done         string // where mails go that were taken; made if it is missing
}

const answerTime = 2 * time.Minute // of the server, to one command

// Fetch takes in all mails of the folder, the oldest first, and tells how many. A
// mail is moved when what became of it is on the disk; one that fails stays, and the
// next is taken all the same.
func (b *Box) Fetch(ctx context.Context, in *Intake) (taken int, err error) {
	c, err := b.open(ctx)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	selected, err := c.Select(b.Folder, nil).Wait()
	if err != nil {
		return 0, b.failed("the folder cannot be opened", err)
	}
	found, err := c.UIDSearch(&imap.SearchCriteria{}, nil).Wait()
	if err != nil {
		return 0, b.failed("the folder cannot be searched", err)
	}
	for _, uid := range found.AllUIDs() {
		one := b.take(ctx, c, in, selected.UIDValidity, uid)
		if ctx.Err() != nil {
			return taken, ctx.Err()
		}
		if one == nil {
			taken++
		}
		err = errors.Join(err, one)
	}
	return taken, err
}

// failed keeps what the server said out of the reason: it may quote a mail.
func (b *Box) failed(what string, err error) error {
	var said *imap.Error
	if errors.As(err, &said) {
		return fmt.Errorf("IMAP: %s (%s)", what, said.Type)
	}
	return fmt.Errorf("IMAP: %s: %w", what, err)
}

// take takes one mail in, then moves it.
func (b *Box) take(ctx context.Context, c *imapclient.Client, in *Intake, validity uint32, uid imap.UID) error {
	set := imap.UIDSetNum(uid)
	size, err := b.size(c, set)
	if err != nil {
		return err
	}
	if size > MaxSize {
		err = in.tooLarge(ctx, fmt.Sprintf("imap-%d-%d", validity, uid), size)
	} else {
		err = b.bring(ctx, c, in, set)
	}
	if err != nil {
		return err
	}
	if _, err := c.Move(set, b.Done).Wait(); err != nil {
		return b.failed("a mail cannot be moved", err)
	}
	return nil
}

func (b *Box) size(c *imapclient.Client, set imap.UIDSet) (int64, error) {
	got, err := c.Fetch(set, &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil {
		return 0, b.failed("a mail cannot be fetched", err)
	}
	if len(got) == 0 {
		return 0, errors.New("IMAP: a mail is gone") // somebody else moved it
	}
	return got[0].RFC822Size, nil
}

func (b *Box) bring(ctx context.Context, c *imapclient.Client, in *Intake, set imap.UIDSet) error {
	got, err := c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}}).Collect()
	if err != nil {
		return b.failed("a mail cannot be fetched", err)
	}
	if len(got) == 0 || len(got[0].BodySection) == 0 {
		return errors.New("IMAP: a mail is gone")
	}
	return in.Take(ctx, got[0].BodySection[0].Bytes)
}

// open logs in, and makes the folder for what was taken.
func (b *Box) open(ctx context.Context) (*imapclient.Client, error) {
	pass, err := os.ReadFile(b.PasswordFile)
	if err != nil {
		return nil, fmt.Errorf("the file of the password cannot be read: %w", err)
	}
	c, err := b.connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.Login(b.User, strings.TrimRight(string(pass), "\r\n")).Wait(); err != nil {
		c.Close()
		return nil, b.failed("the login is refused", err)
	}
	if _, err := c.Status(b.Done, &imap.StatusOptions{NumMessages: true}).Wait(); err != nil {
		if err := c.Create(b.Done, nil).Wait(); err != nil {
			c.Close()
			return nil, b.failed("the folder for mails that were taken cannot be made", err)
		}
	}
	return c, nil
}

func (b *Box) connect(ctx context.Context) (*imapclient.Client, error) {
	host, _, err := net.SplitHostPort(b.Address)
	if err != nil {
		return nil, err
	}
	d := net.Dialer{Timeout: 30 * time.Second}
	conn, err := d.DialContext(ctx, "tcp", b.Address)
	if err != nil {
		return nil, err
	}
	conn = &timed{conn}
	o := &imapclient.Options{TLSConfig: &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}}
	switch b.Security {
	case notice.TLS:
		return imapclient.New(tls.Client(conn, o.TLSConfig), o), nil
	case notice.StartTLS:
		return imapclient.NewStartTLS(conn, o)
	}
	return imapclient.New(conn, o), nil
}

// timed ends a connection on which nothing comes.
type timed struct{ net.Conn }

// Read implements net.Conn.
func (t *timed) Read(p []byte) (int, error) {
	if err := t.SetReadDeadline(time.Now().Add(answerTime)); err != nil {
		return 0, err
	}
	return t.Conn.Read(p)
}

// tooLarge notes a mail that is not fetched; it stays in the mailbox.
func (in *Intake) tooLarge(ctx context.Context, key string, size int64) error {
	there, err := in.known(ctx, key)
	if err != nil || there {
		return err
	}
	rec, err := in.Replica.Draft(letter.Kind)
	if err != nil {
		return err
	}
	l := rec.(*letter.Letter)
	l.Key, l.Received = key, app.StampOf(in.Now())
	l.Subject = fmt.Sprintf("（大きすぎるメール %d MB）", size>>20)
	l.Outcome, l.Why = letter.Held, letter.TooLarge
	return in.Replica.Write(ctx, in.Replica.Actor(), func(tx *store.Tx) error { return tx.Save(l) })
}
