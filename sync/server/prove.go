package server

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"daicho/app"
	"daicho/sync/wire"
)

// After so many failed tries a person waits, twice as long after each more.
const (
	freeTries = 5
	firstBar  = 30_000      // milliseconds
	lastBar   = 60 * 60_000 // an hour: longer would let anybody shut people out
	minLength = 8           // of a password, in characters
	maxLength = 200         // and at most
	spareKeys = 10          // recovery codes of a person
)

var (
	errProof = app.Refuse(app.Forbidden, wire.FieldPassword, "この利用者にはパスワードまたは確認コードが必要です。入力してください。", "this person's password or one-time code is needed; enter it")
	errShort = app.Refuse(app.Invalid, wire.FieldPassword, "パスワードは 8 文字以上 200 文字以下にしてください。", "a password has 8 to 200 characters")
)

// errWrong says how many more may be wrong before the person has to wait, or how
// long that is now.
func errWrong(c *Credential, now app.Stamp) error {
	if c.Tries >= freeTries {
		ja, en := span(c.Barred - now)
		return app.Refuse(app.Forbidden, wire.FieldPassword, fmt.Sprintf("パスワードまたは確認コードが正しくありません。続けて間違えたため、%s待ってから、もう一度入力してください。", ja),
			fmt.Sprintf("the password or the one-time code is wrong, as before; wait %s and enter it again", en))
	}
	left := freeTries - c.Tries
	return app.Refuse(app.Forbidden, wire.FieldPassword, fmt.Sprintf("パスワードまたは確認コードが正しくありません。待たずに試せるのは、あと %d 回です。", left),
		fmt.Sprintf("the password or the one-time code is wrong; %d more tries before you have to wait", left))
}

// errBarred says how long a person still has to wait.
func errBarred(wait app.Stamp) error {
	ja, en := span(wait)
	return app.Refuse(app.Forbidden, wire.FieldPassword, fmt.Sprintf("続けて間違えたため、今は確認できません。あと%s待ってから、もう一度入力してください。急ぐ場合は、管理者がパスワードを設定し直すと待たずに入れます。", ja),
		fmt.Sprintf("too many wrong tries; wait %s more and enter it again; if it is urgent, the administrator can set the password anew", en))
}

// span is a wait in words, rounded up.
func span(wait app.Stamp) (ja, en string) {
	seconds := int((wait + 999) / 1000)
	if seconds < 60 {
		return fmt.Sprintf("%d秒", seconds), fmt.Sprintf("%d s", seconds)
	}
	return fmt.Sprintf("%d分", (seconds+59)/60), fmt.Sprintf("%d min", (seconds+59)/60)
}

// prove checks what a person who has set a password or an authenticator shows.
// One try is checked at a time: each is dear.
func (s *Server) prove(ctx context.Context, device, person app.ID, p *wire.Proof) error {
	s.proving.Lock()
	defer s.proving.Unlock()
	var c Credential
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		c, err = tx.Credential(person)
		return err
	})
	switch {
	case err != nil || c.Password == "" && len(c.TOTP) == 0:
		return err
	case p == nil:
		return errProof
	case s.now() < c.Barred:
		return errBarred(c.Barred - s.now())
	}
	known, good := c.Password == "" || isPassword(c.Password, p.Password), false
	err = s.log.Write(ctx, func(tx Tx) error {
		if c, err = tx.Credential(person); err != nil {
			return err
		}
		good = s.tried(&c, known, p.Code)
		return tx.PutCredential(c)
	})
	if err == nil && !good {
		s.warn(ctx, "a person's proof is wrong", "device", device.Short(), "tries", c.Tries)
		err = errWrong(&c, s.now())
	}
	return err
}

// tried takes in one try. A code counts only beside a good password, or it
// would be used up by whoever has it alone.
func (s *Server) tried(c *Credential, good bool, code string) bool {
	if good && len(c.TOTP) > 0 {
		good = c.takeCode(strings.TrimSpace(code), s.o.Clock())
	}
	if good {
		c.Tries, c.Barred = 0, 0
		return true
	}
	c.Tries++
	if more := c.Tries - freeTries; more >= 0 {
		c.Barred = s.now() + min(app.Stamp(firstBar)<<min(more, 20), lastBar)
	}
	return false
}

// takeCode takes an authenticator's code, or one of the recovery codes, which
// is gone then.
func (c *Credential) takeCode(code string, now time.Time) (ok bool) {
	if c.Step, ok = stepOf(c.TOTP, code, c.Step, now); ok {
		return true
	}
	sum := spareSum(code)
	for at := 0; at+len(sum) <= len(c.Recovery); at += len(sum) {
		if [32]byte(c.Recovery[at:]) == sum {
			c.Recovery = slices.Delete(slices.Clone(c.Recovery), at, at+len(sum))
			return true
		}
	}
	return false
}

// spareSum is a recovery code as it is kept. Its 80 random bits need no dearer hash.
func spareSum(code string) [32]byte {
	return sha256.Sum256([]byte(strings.ToUpper(strings.ReplaceAll(code, "-", ""))))
}

// SetPassword sets a person's password; an empty one takes it away. The person
// is given by name or id.
func (s *Server) SetPassword(ctx context.Context, user, password string) (err error) {
	hash := ""
	if password != "" {
		if n := utf8.RuneCountInString(password); n < minLength || n > maxLength || !utf8.ValidString(password) {
			return errShort
		}
		if hash, err = hashPassword(password, s.o.Random); err != nil {
			return err
		}
	}
	_, err = s.credential(ctx, user, func(c *Credential) { c.Password = hash })
	return err
}

// SetTOTP makes a secret for a person's authenticator, and recovery codes for
// the day when that is lost. It tells both, once: the first as the URL of a QR code.
func (s *Server) SetTOTP(ctx context.Context, user string) (url string, recovery []string, err error) {
	secret, sums := make([]byte, totpSecret), []byte(nil)
	if _, err = io.ReadFull(s.o.Random, secret); err != nil {
		return "", nil, err
	}
	for range spareKeys {
		code, err := spareKey(s.o.Random)
		if err != nil {
			return "", nil, err
		}
		sum := spareSum(code)
		recovery, sums = append(recovery, code), append(sums, sum[:]...)
	}
	p, err := s.credential(ctx, user, func(c *Credential) { c.TOTP, c.Step, c.Recovery = secret, 0, sums })
	return totpURL(secret, p.Name), recovery, err
}

// spareKey is a recovery code: ABCD-EFGH-IJKL-MNOP.
func spareKey(random io.Reader) (string, error) {
	var b [10]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", err
	}
	text := base32.StdEncoding.EncodeToString(b[:])
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, "-"), nil
}

// DropTOTP takes a person's authenticator and recovery codes away.
func (s *Server) DropTOTP(ctx context.Context, user string) error {
	_, err := s.credential(ctx, user, func(c *Credential) { c.TOTP, c.Step, c.Recovery = nil, 0, nil })
	return err
}

// credential changes what a person has set, and ends a lockout.
func (s *Server) credential(ctx context.Context, user string, change func(*Credential)) (p Person, err error) {
	err = s.act(ctx, func(tx Tx) error {
		if p, err = mustFind(tx, user); err != nil {
			return err
		}
		c, err := tx.Credential(p.ID)
		if err != nil {
			return err
		}
		change(&c)
		c.Tries, c.Barred = 0, 0
		return tx.PutCredential(c)
	})
	return p, err
}
