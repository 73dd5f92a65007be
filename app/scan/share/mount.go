package share

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/cloudsoda/go-smb2"

	"daicho/app"
	"daicho/app/scan"
)

// maxLost is how often in a row a server is tried that does not answer: then all
// that is left of a share is told as lost at once.
const maxLost = 3

// mount is one share of one server.
type mount struct {
	place    place
	logins   func(ctx context.Context, server string) (Login, error)
	patience time.Duration

	mu      sync.Mutex
	line    net.Conn
	session *smb2.Session
	share   *smb2.Share
	lost    int   // failures in a row
	refused error // by the server: no second try
}

// do does something on the share, on a connection made anew if it broke.
func (m *mount) do(ctx context.Context, work func(*smb2.Share) error) error {
	for again := false; ; again = true {
		share, err := m.connected(ctx)
		if err != nil {
			return err
		}
		once, cancel := context.WithTimeout(ctx, m.patience)
		err = work(share.WithContext(once))
		cancel()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !isLost(err) {
			m.answered()
			return err
		}
		if m.drop(share); again {
			return lost(err)
		}
	}
}

// connected is the share on a connection that is believed to stand.
func (m *mount) connected(ctx context.Context) (*smb2.Share, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.refused != nil:
		return nil, m.refused
	case m.share != nil:
		return m.share, nil
	case m.lost >= maxLost:
		return nil, scan.ErrLost
	}
	err := m.connect(ctx)
	if err == nil {
		return m.share, nil
	}
	if refusal := m.refusal(err); refusal != nil {
		m.refused = refusal
		return nil, refusal
	}
	m.lost++
	return nil, lost(err)
}

// answered notes that the server lives.
func (m *mount) answered() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lost = 0
}

func (m *mount) connect(ctx context.Context) error {
	login, err := m.logins(ctx, m.place.server)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, m.patience)
	defer cancel()
	line, err := new(net.Dialer).DialContext(ctx, "tcp", m.place.address())
	if err != nil {
		return err
	}
	if err = m.greet(ctx, line, login); err != nil {
		_ = line.Close() // it may be closed already
		return err
	}
	m.line = line
	return nil
}

// greet logs in, and mounts the share.
func (m *mount) greet(ctx context.Context, line net.Conn, login Login) error {
	d := smb2.Dialer{Initiator: &smb2.NTLMInitiator{User: login.User, Domain: login.Domain, Password: login.Password}}
	session, err := d.DialConn(ctx, line, m.place.address())
	if err != nil {
		return err
	}
	share, err := session.WithContext(ctx).Mount(m.place.share)
	if err != nil {
		return errors.Join(err, session.WithContext(ctx).Logoff())
	}
	m.session, m.share = session, share
	return nil
}

// drop closes a connection that broke, or on which nobody answers, unless another
// goroutine did.
func (m *mount) drop(share *smb2.Share) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.share == share {
		m.lost++
		m.hangUp()
	}
}

func (m *mount) hangUp() {
	_ = m.line.Close() // whatever it says, the line is not used again
	m.share, m.session, m.line = nil, nil, nil
}

// end says farewell to the server, as far as it listens.
func (m *mount) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.session == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), m.patience)
	defer cancel()
	_ = m.session.WithContext(ctx).Logoff() // the server ends it anyway
	m.hangUp()
}

func lost(err error) error {
	if errors.Is(err, scan.ErrLost) {
		return err
	}
	return fmt.Errorf("%w: %w", scan.ErrLost, err)
}

// NT status codes of MS-ERREF.
const (
	statusAccessDenied       = 0xC0000022
	statusWrongPassword      = 0xC000006A
	statusLogonFailure       = 0xC000006D
	statusAccountRestriction = 0xC000006E
	statusPasswordExpired    = 0xC0000071
	statusAccountDisabled    = 0xC0000072
	statusAccountLockedOut   = 0xC0000234
	statusBadNetworkName     = 0xC00000CC
	statusNetworkNameDeleted = 0xC00000C9
	statusUserSessionDeleted = 0xC0000203
	statusSessionExpired     = 0xC000035C
)

// isLost says whether the connection, the session or the share is gone.
func isLost(err error) bool {
	var status *smb2.ResponseError
	if errors.Is(err, scan.ErrLost) {
		return true
	}
	if errors.As(err, &status) {
		return status.Code == statusNetworkNameDeleted || status.Code == statusUserSessionDeleted || status.Code == statusSessionExpired
	}
	var transport *smb2.TransportError
	var network net.Error
	return errors.As(err, &transport) || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, context.DeadlineExceeded)
}

// refusal is the sentence for a login or a share that the server does not take.
func (m *mount) refusal(err error) error {
	var status *smb2.ResponseError
	if errors.As(err, new(*app.Error)) {
		return err // there is no login
	}
	if !errors.As(err, &status) {
		return nil
	}
	switch status.Code {
	case statusLogonFailure, statusWrongPassword, statusAccountRestriction, statusPasswordExpired, statusAccountDisabled, statusAccountLockedOut:
		return app.Because(err, app.Forbidden, fmt.Sprintf("ファイルサーバー %s に、登録されているユーザー名とパスワードではログインできません。パスワードとアカウントの状態を確認し、登録し直してください。", m.place.server),
			fmt.Sprintf("the file server %s does not take the login that is kept for it; look at the password and the account, and keep it anew", m.place.server))
	case statusBadNetworkName:
		return app.Because(err, app.NotFound, fmt.Sprintf("ファイルサーバー %s に共有フォルダー %s がありません。名前を確認してください。", m.place.server, m.place.share),
			fmt.Sprintf("the file server %s has no share %s; look at the name", m.place.server, m.place.share))
	case statusAccessDenied:
		return app.Because(err, app.Forbidden, fmt.Sprintf("共有フォルダー %s を読む権限がありません。ファイルサーバー %s の管理者に確認してください。", m.place.share, m.place.server),
			fmt.Sprintf("the login may not read the share %s; ask the administrator of %s", m.place.share, m.place.server))
	}
	return nil
}
