package notice

import (
	"context"
	"errors"
	"net"
	"net/textproto"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	mail "github.com/wneessen/go-mail"

	"daicho/app"
	"daicho/app/notice"
)

// Security is how a connection to a mail server is protected.
type Security string

// The ways. Plain is for a relay on this machine or in the same rack.
const (
	TLS      Security = "tls"
	StartTLS Security = "starttls"
	Plain    Security = "none"
)

// SMTP is the mail server that takes what goes out.
type SMTP struct {
	Address      string // host:port
	Security     Security
	User         string // empty: the server asks for none
	PasswordFile string // of the one line; read anew for each mail, never kept or logged
	From         string // ours; mail that comes from it is a loop
	Now          app.Clock
}

const sendTime = time.Minute

// errPassword names no file: it stands in the notice, which others read.
var errPassword = errors.New("the file of the password cannot be read")

// Carry implements Carrier.
func (s *SMTP) Carry(ctx context.Context, n *notice.Notice) error {
	m, err := s.message(n)
	if err != nil {
		return &Refusal{"the address cannot be written to"}
	}
	c, err := s.client()
	if err != nil {
		return err
	}
	return verdict(m, c.DialAndSendWithContext(ctx, m))
}

// verdict keeps what the server answered, without the address that may stand in it. A
// message that it took is sent, however the connection ended then.
func verdict(m *mail.Msg, err error) error {
	if err == nil || m.IsDelivered() {
		return nil
	}
	if code, refused := answered(err); refused {
		return &Refusal{"SMTP " + strconv.Itoa(code)}
	} else if code > 0 {
		return errors.New("SMTP " + strconv.Itoa(code))
	}
	return errors.New("the mail server cannot be reached")
}

// answered is the code of the server's answer, 0 for none, and whether it refuses this
// message for good: a server that turns everybody away, or does not know our password,
// will take it when that is mended.
func answered(err error) (code int, refused bool) {
	var sent *mail.SendError
	var answer *textproto.Error
	switch {
	case errors.As(err, &sent) && sent.ErrorCode() > 0:
		code = sent.ErrorCode()
	case errors.As(err, &answer):
		return answer.Code, false
	default:
		return 0, false
	}
	ours := []mail.SendErrReason{mail.ErrSMTPMailFrom, mail.ErrSMTPRcptTo, mail.ErrSMTPData, mail.ErrSMTPDataClose}
	return code, code >= 500 && code < 600 && slices.Contains(ours, sent.Reason)
}

func (s *SMTP) message(n *notice.Notice) (*mail.Msg, error) {
	m := mail.NewMsg(mail.WithCharset(mail.CharsetUTF8), mail.WithEncoding(mail.EncodingB64))
	if err := errors.Join(m.From(s.From), m.To(n.To)); err != nil {
		return nil, err
	}
	m.Subject(n.Subject)
	m.SetMessageIDWithValue(n.MessageID)
	m.SetDateWithValue(s.Now())
	m.SetUserAgent("Daicho")
	m.SetGenHeader("X-Loop", s.From)
	m.SetGenHeader("X-Auto-Response-Suppress", "All")
	submitted := "auto-generated"
	if n.InReplyTo != "" {
		submitted = "auto-replied"
		m.SetGenHeader(mail.HeaderInReplyTo, "<"+n.InReplyTo+">")
		m.SetGenHeader(mail.HeaderReferences, "<"+n.InReplyTo+">")
	}
	m.SetGenHeader("Auto-Submitted", submitted) // RFC 3834 5
	m.SetBodyString(mail.TypeTextPlain, n.Body)
	return m, nil
}

func (s *SMTP) client() (*mail.Client, error) {
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return nil, err
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	o := []mail.Option{mail.WithPort(number), mail.WithTimeout(sendTime), mail.WithHELO("daicho")}
	switch s.Security {
	case TLS:
		o = append(o, mail.WithSSL())
	case StartTLS:
		o = append(o, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		o = append(o, mail.WithTLSPolicy(mail.NoTLS))
	}
	if s.User != "" {
		pass, err := os.ReadFile(s.PasswordFile)
		if err != nil {
			return nil, errPassword
		}
		o = append(o, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(strings.TrimRight(string(pass), "\r\n")))
	}
	return mail.NewClient(host, o...)
}
