package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"daicho/app"
)

var (
	errDSN = app.Refuse(app.Invalid, "", "PostgreSQL の接続文字列を読み取れません。形式を確かめてください（例：postgres://利用者@ホスト/データベース）。",
		"the connection string of PostgreSQL cannot be read; write it like postgres://user@host/database")
	errUnreachable = app.Refuse(app.Failed, "", "PostgreSQL に接続できません。PostgreSQL が動いていることと、接続文字列のホストとポートを確認してください。何も変更していません。",
		"PostgreSQL cannot be reached; check that it runs, and host and port of the connection string; nothing was changed")
	errNoEntry = app.Refuse(app.Forbidden, "", "PostgreSQL が、接続文字列の利用者名またはパスワードを受け付けません。接続文字列のファイルと PostgreSQL の設定（pg_hba.conf）を確認してください。",
		"PostgreSQL does not accept user or password of the connection string; check the file that holds it, and pg_hba.conf")
	errNoDatabase = app.Refuse(app.NotFound, "", "接続文字列のデータベースが PostgreSQL にありません。空のデータベースを作成するか、接続文字列を直してください。",
		"PostgreSQL has no database of the connection string's name; make an empty one, or mend the string")
	errNoRight = app.Refuse(app.Forbidden, "", "PostgreSQL の利用者に、このデータベースを使う権限がありません。データベースの所有者にしてください。",
		"the user may not work in this database of PostgreSQL; make it the database's owner")
	errFailedBefore = errors.New("the transaction had failed before its commit")
	errLost         = errors.New("the connection to PostgreSQL was lost before the commit")
	errDoubt        = errors.New("the connection to PostgreSQL was lost during the commit")
	errUnsettled    = errors.New("whether the transaction was committed could not be found out; what was sent is to be sent again")
)

// discreet is an error of PostgreSQL without what it may tell of: addresses,
// names of users and databases, and what a row holds.
func discreet(err error) error {
	var said *pgconn.PgError
	var connect *pgconn.ConnectError
	var errno syscall.Errno
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case errors.As(err, &said):
		return stated(&stateError{said.Code, said.TableName, said.ConstraintName})
	case errors.As(err, &errno):
		e := app.ErrorOf(errUnreachable)
		return app.Because(errno, e.Code, e.Say.JA, e.Say.EN)
	case errors.As(err, &connect), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errUnreachable
	}
	return fmt.Errorf("PostgreSQL: %T", err) // its text could hold a value
}

// stated gives the answers that an administrator can do something about their
// sentence.
func stated(said *stateError) error {
	for prefix, known := range map[string]error{"28": errNoEntry, "3D000": errNoDatabase, "42501": errNoRight} {
		if strings.HasPrefix(said.state, prefix) {
			e := app.ErrorOf(known)
			return app.Because(said, e.Code, e.Say.JA, e.Say.EN)
		}
	}
	return said
}

// stateError is an answer of PostgreSQL.
type stateError struct{ state, table, constraint string }

// Error gives the SQLSTATE, for the administrator.
func (e *stateError) Error() string {
	s := "PostgreSQL: SQLSTATE " + e.state
	if e.table != "" {
		s += fmt.Sprintf(" (table %s %s)", e.table, e.constraint)
	}
	return s
}

// passing are failures after which it may go well: the transaction met another,
// or the connection was lost or refused before the commit.
func passing(err error) bool {
	if err == nil || errors.Is(err, errUnsettled) || errors.Is(err, context.Canceled) {
		return false
	}
	var said *stateError
	if !errors.Is(err, errLost) && errors.As(err, &said) {
		return said.state == "40001" || said.state == "40P01" || strings.HasPrefix(said.state, "57P") || said.state == "53300" || strings.HasPrefix(said.state, "08")
	}
	var errno syscall.Errno
	return errors.Is(err, errLost) || errors.Is(err, errUnreachable) || errors.As(err, &errno)
}
