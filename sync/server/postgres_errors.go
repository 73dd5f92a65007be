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
	errUnreachable  = app.Refuse(app.Failed, "", "PostgreSQL に接続できません。", "PostgreSQL cannot be reached")
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
		return &stateError{said.Code, said.TableName, said.ConstraintName}
	case errors.As(err, &errno):
		return app.Because(errno, app.Failed, "PostgreSQL に接続できません。", "PostgreSQL cannot be reached")
	case errors.As(err, &connect), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errUnreachable
	}
	return fmt.Errorf("PostgreSQL: %T", err) // its text could hold a value
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
