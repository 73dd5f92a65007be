package verbs

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"daicho/app"
	"daicho/app/access"
	"daicho/app/calendar"
	"daicho/app/extract"
	"daicho/app/modules"
	register "daicho/app/notice"
	"daicho/app/serve"
	"daicho/app/serve/intake"
	"daicho/app/serve/notice"
	"daicho/assets"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
	"daicho/store"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/wire"
)

// mailFlags say where mail is fetched and sent. Without an address of ours nothing is.
type mailFlags struct {
	From         string        `placeholder:"ADDRESS" help:"Our own mail address. Mail is fetched and sent only where it is given; mail that comes from it is a loop."`
	IMAP         string        `name:"imap" placeholder:"HOST:PORT" help:"The mailbox that becomes tickets."`
	IMAPSecurity string        `name:"imap-security" default:"tls" enum:"tls,starttls,none" help:"tls, starttls, or none."`
	IMAPUser     string        `name:"imap-user" placeholder:"NAME" help:"Its user."`
	IMAPPassword string        `name:"imap-password" placeholder:"FILE" help:"A file with its password, which can be a credential of systemd."`
	Folder       string        `default:"INBOX" help:"The folder that is fetched."`
	Done         string        `default:"Daicho" help:"The folder that mails are moved to when they were taken in."`
	SMTP         string        `name:"smtp" placeholder:"HOST:PORT" help:"The mail server that receipts and notices are handed to."`
	SMTPSecurity string        `name:"smtp-security" default:"starttls" enum:"tls,starttls,none" help:"tls, starttls, or none."`
	SMTPUser     string        `name:"smtp-user" placeholder:"NAME" help:"Its user, if it asks for one."`
	SMTPPassword string        `name:"smtp-password" placeholder:"FILE" help:"A file with its password."`
	Every        time.Duration `default:"30s" help:"How often the mailbox is looked at."`
	Hourly       int           `default:"20" help:"How many mails of one sender become tickets in an hour; more are held."`
	Receipts     int           `default:"5" help:"How many of them are answered by a receipt."`
}

// noticeFlags say how people are told of incidents, beside mail.
type noticeFlags struct {
	HookKey string `name:"hook-key" placeholder:"FILE" help:"A file with the key that web hooks are signed with. Where it is given, people are told of incidents without mail, too."`
}

// deskPerson is whom the jobs work as; people see the name in histories.
const deskPerson = "自動受付"

// desk is the server's own place to work: a replica in its folder.
type desk struct {
	flags   mailFlags
	web     webFlags
	hook    hookFlags
	notice  noticeFlags
	data    data
	server  *server.Server
	console *cli.Console
	pass    keys.Passphrase
	cost    keys.Cost
	log     *slog.Logger
}

// working is the desk while the server serves.
type working struct {
	begin func(at net.Addr)
	end   func() // waits for what is under way
}

// desk prepares the server's own work, if the flags ask for any.
func (v *serveVerb) desk(ctx context.Context, s *server.Server, console *cli.Console, cost keys.Cost) (working, error) {
	if v.Mail.From == "" && v.Web.Listen == "" && v.Hook.Drop == "" && v.Notice.HookKey == "" {
		return working{func(net.Addr) {}, func() {}}, nil
	}
	pass, err := console.Passphrase(ctx)
	if err != nil {
		return working{}, err
	}
	d := &desk{flags: v.Mail, web: v.Web, hook: v.Hook, notice: v.Notice, data: v.data, server: s, console: console, pass: pass, cost: cost, log: slog.New(slog.NewTextHandler(console.Err, nil))}
	ctx, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	return working{
		begin: func(at net.Addr) { all.Go(func() { d.run(ctx, at) }) },
		end:   func() { stop(); all.Wait() },
	}, nil
}

// pause is how long the jobs wait for another process to give them up, and between
// two looks at what is to be sent.
const pause = 5 * time.Second

// run works until ctx ends. Of several processes over one folder one does; who holds
// the file has the jobs, and the system gives it up when that process ends.
func (d *desk) run(ctx context.Context, at net.Addr) {
	serve.Run(ctx, d.log, serve.Job{Name: "desk", Every: pause, Run: func(ctx context.Context) error {
		held, err := durable.Hold(filepath.Join(d.data.Dir, "desk.held"))
		if errors.Is(err, durable.ErrHeld) {
			return nil
		}
		if err != nil {
			return err
		}
		defer held.Close()
		return d.work(ctx, at)
	}})
}

func (d *desk) work(ctx context.Context, at net.Addr) error {
	r, err := d.open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := d.enrol(ctx, r, at); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	wake := make(chan struct{}, 1)
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		defer stop() // without sync there is no work
		client.Follow(ctx, client.Of(r), client.Options{Now: d.console.Now}, wake, d.heard)
	}()
	workers := worker.Readers()
	defer workers.Close()
	serve.Run(ctx, d.log, d.jobs(r, &extract.Reader{Apart: workers}, wake)...)
	<-followed
	return nil
}

// heard tells what people should look at: work of the desk that the server refused lies
// in its outbox.
func (d *desk) heard(got client.Result, err error) {
	if err != nil {
		d.log.Warn("the server's own desk cannot sync", "err", err)
	}
	if got.Rejected > 0 || got.Conflicts > 0 {
		d.log.Warn("the server refused work of its own desk, or it met that of others", "rejected", got.Rejected, "conflicts", got.Conflicts)
	}
}

// open opens the replica, or makes it. The server's passphrase opens it.
func (d *desk) open(ctx context.Context) (*store.Replica, error) {
	folder, err := keys.Default()
	if err != nil {
		return nil, err
	}
	o := store.Options{Dir: filepath.Join(d.data.Dir, "desk"), Keys: folder, Cost: d.cost, Book: modules.Book(), Clock: d.console.Now,
		Random: rand.Reader, App: "daicho-server " + cli.Version, ToSync: true}
	if _, err := keys.FolderID(o.Dir); errors.Is(err, keys.ErrNoReplicaID) || errors.Is(err, os.ErrNotExist) {
		if err := os.RemoveAll(o.Dir); err != nil { // what a server that was killed left: it never was a replica
			return nil, err
		}
		return store.Create(ctx, o, d.pass)
	}
	return store.Open(ctx, o, d.pass)
}

// enrol makes the replica a device of the desk's person.
func (d *desk) enrol(ctx context.Context, r *store.Replica, at net.Addr) error {
	_, err := client.Pins(ctx, client.Of(r), d.console.Now)
	if !app.IsCode(err, app.NotFound) {
		return err
	}
	if err := d.introduce(ctx); err != nil {
		return err
	}
	code, err := d.server.EnrollCodeOf(ctx, deskPerson, wire.Class("low"), []string{local(at)})
	if err != nil {
		return err
	}
	_, err = client.Enroll(ctx, client.Of(r), code, client.Options{Now: d.console.Now, Name: "desk"})
	return err
}

// introduce gives the desk a person with the roles that its work needs.
func (d *desk) introduce(ctx context.Context) error {
	return d.server.Act(ctx, func(a *server.Acting) error {
		if _, err := a.FindPerson(deskPerson); err == nil {
			return nil
		}
		p, err := a.AddPerson(deskPerson)
		if err != nil {
			return err
		}
		for _, role := range []access.Role{access.Helpdesk, access.Security} {
			b := bounds{Note: "メールの受付と通知"}
			if err := b.grant(a, p, string(role)); err != nil {
				return err
			}
		}
		return nil
	})
}

// local is how this machine reaches its own listener.
func local(at net.Addr) string {
	t, ok := at.(*net.TCPAddr)
	if !ok || !t.IP.IsUnspecified() {
		return at.String()
	}
	return (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: t.Port}).String()
}

// jobs are those that the flags ask for. What mail brings is read by reader; wake has
// what they wrote sent at once.
func (d *desk) jobs(r *store.Replica, reader *extract.Reader, wake chan<- struct{}) (jobs []serve.Job) {
	f := d.flags
	events := d.hooks(r, wake)
	if d.web.Listen != "" {
		jobs = append(jobs, serve.Job{Name: "web", Every: pause, Run: func(ctx context.Context) error { return d.browse(ctx, r, events, wake) }})
	}
	if d.hook.Drop != "" {
		jobs = append(jobs, serve.Job{Name: "events", Every: pause, Run: func(ctx context.Context) error {
			_, err := events.Drop(ctx, d.hook.Drop)
			return err
		}})
	}
	in := &intake.Intake{Replica: r, Reader: reader, From: f.From, Now: d.console.Now, Log: d.log, Mask: modules.MaskNumbers, Search: func() intake.Search { return modules.SearchNumbers() },
		Hourly: f.Hourly, Receipts: f.Receipts}
	if f.IMAP != "" {
		box := &intake.Box{Address: f.IMAP, Security: notice.Security(f.IMAPSecurity), User: f.IMAPUser, PasswordFile: f.IMAPPassword, Folder: f.Folder, Done: f.Done}
		jobs = append(jobs, serve.Job{Name: "mailbox", Every: f.Every, Run: func(ctx context.Context) error {
			n, err := box.Fetch(ctx, in)
			if n > 0 {
				poke(wake)
			}
			return err
		}})
	}
	return append(jobs, serve.Job{Name: "notices", Every: min(pause, f.Every), Run: d.telling(r, in, wake)})
}

// telling makes the notices that are wanting, and sends those that are due.
func (d *desk) telling(r *store.Replica, in *intake.Intake, wake chan<- struct{}) func(context.Context) error {
	f := d.flags
	out := &notice.Outbox{Replica: r, Now: d.console.Now, Log: d.log, Carry: map[register.Way]notice.Carrier{
		register.Hook: notice.NewHook(d.notice.HookKey, d.console.Now),
	}}
	if f.SMTP != "" {
		out.Carry[register.Mail] = &notice.SMTP{Address: f.SMTP, Security: notice.Security(f.SMTPSecurity), User: f.SMTPUser, PasswordFile: f.SMTPPassword, From: f.From, Now: d.console.Now}
	}
	return func(ctx context.Context) error {
		defer d.hurry(ctx, r, wake)
		table, err := calendar.ReadHolidays(assets.Holidays())
		if err != nil {
			return err
		}
		alarms := &notice.Alarms{Replica: r, From: f.From, Holidays: table, Now: d.console.Now, Log: d.log}
		err = alarms.Pass(ctx)
		if f.SMTP != "" {
			err = errors.Join(err, in.Answer(ctx))
		}
		return errors.Join(err, out.Pass(ctx))
	}
}

// hurry has what waits sent at once.
func (d *desk) hurry(ctx context.Context, r *store.Replica, wake chan<- struct{}) {
	if s, err := r.Status(ctx); err == nil && s.Pending > 0 {
		poke(wake)
	}
}

func poke(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}
