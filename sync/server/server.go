package server

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync"

	"daicho/app"
	"daicho/store/keys"
)

// Options say what a server needs from its surroundings.
type Options struct {
	Dir        string          // holds server.db and blobs
	Database   string          // connection string of a PostgreSQL database instead of server.db; a secret
	Passphrase keys.Passphrase // opens the key of the sealed database
	Keys       keys.Folder     // where that key stands, outside of Dir; zero: [keys.Default]
	Cost       keys.Cost       // of a try of the passphrase, in [Create]; zero: the usual one
	Book       app.Book        // what decisions are made by
	Clock      app.Clock       // wall time
	Random     io.Reader       // crypto/rand.Reader in programs
	Log        *slog.Logger    // nothing personal is ever written to it; nil: nothing at all

	sealed *sealedBy // known where the key was opened
}

// Server is the server of one contract. Several processes may have one folder
// open at once: one serves, others add people.
type Server struct {
	o       Options
	log     Log
	order   *Sequencer
	blobs   blobs
	leaf    leaf
	news    *news
	joining *gate // enrolments at work
	busy    *gate // other messages at work
	moving  *gate // attachments on their way
	waiting *gate // devices that wait for news
	proving sync.Mutex
	limits  *limits
	uploads uploads
	notary  notary
	metrics *metrics
	copier  copier
}

var (
	errThere = app.Refuse(app.Invalid, "", "このフォルダーには既にサーバーがあります。別のフォルダーを指定してください。", "the folder holds a server already; choose another")
	errTaken = app.Refuse(app.Invalid, "", "このデータベースには既にサーバーがあります。空のデータベースを指定してください。", "the database holds a server already; name an empty one")
	errNone  = app.Refuse(app.NotFound, "", "このフォルダーにサーバーはありません。先に作成してください。", "the folder holds no server; create one first")
	errHalf  = app.Refuse(app.Damaged, "", "サーバーの作成が途中で終わっています。フォルダーを空にして、もう一度作成してください。", "the server was never made whole; empty the folder and create it again")
)

// Create makes a new server in a folder and opens it. It refuses a folder that
// holds one.
func Create(ctx context.Context, o Options) (*Server, error) {
	log, err := createLog(ctx, &o)
	if err != nil {
		return nil, err
	}
	s, err := New(ctx, o, log)
	if err != nil {
		return nil, err
	}
	if err = mark(o.Dir, o.sealed.id); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// New makes a new server over an empty log. Closing the server closes the log,
// and so does an error.
func New(ctx context.Context, o Options, log Log) (*Server, error) {
	if err := found(ctx, log, o); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return open(ctx, o, log)
}

// found gives a new server its identity and its order a name.
func found(ctx context.Context, log Log, o Options) error {
	_, key, err := ed25519.GenerateKey(o.Random)
	if err != nil {
		return err
	}
	epoch, err := app.NewID(app.StampOf(o.Clock()), o.Random)
	if err != nil {
		return err
	}
	return log.Write(ctx, func(tx Tx) error {
		if there, err := tx.Setting(settingIdentity); errors.Is(err, errSealed) || len(there) > 0 {
			return errTaken
		} else if err != nil {
			return err
		}
		return errors.Join(tx.PutSetting(settingIdentity, key.Seed()), tx.PutSetting(settingEpoch, epoch[:]), tx.PutSetting(settingRights, []byte{1}))
	})
}

// Open opens the server in a folder. It never makes one.
func Open(ctx context.Context, o Options) (*Server, error) {
	log, err := openLog(ctx, &o)
	if err != nil {
		return nil, err
	}
	return open(ctx, o, log)
}

// Over opens the server of a log that holds one. Closing the server closes the
// log, and so does an error.
func Over(ctx context.Context, o Options, log Log) (*Server, error) { return open(ctx, o, log) }

func open(ctx context.Context, o Options, log Log) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{o: o, log: log, order: NewSequencer(log, o.Book, o.Random), blobs: blobs{filepath.Join(o.Dir, "blobs")},
		news: newNews(), limits: newLimits(), joining: newGate(maxJoining, ownJoining, byAddress), busy: newGate(maxBusy, ownBusy, byDevice),
		moving: newGate(maxMoving, ownMoving, byDevice), waiting: newGate(maxWaiting, ownWaiting, byDevice)}
	s.metrics = newMetrics(s)
	s.order.judged, s.order.erased = s.metrics.judged, s.erasedSome
	if err := giveScopes(ctx, log, o.Book); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	if err := giveHashes(ctx, log); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	if _, err := s.identity(ctx); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	s.erasedSome(ctx)
	return s, nil
}

// Close closes the database and the second place.
func (s *Server) Close() error {
	s.copier.mu.Lock()
	defer s.copier.mu.Unlock()
	return errors.Join(s.copier.end(), s.log.Close())
}

func (s *Server) now() app.Stamp { return app.StampOf(s.o.Clock()) }
