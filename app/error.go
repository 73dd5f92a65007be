package app

import "errors"

// Code is the kind of an [Error]: few, and the same on both sides of the wire.
type Code string

// The kinds of refusal.
const (
	Invalid   Code = "invalid"   // the content is wrong
	Stale     Code = "stale"     // decided on a state that has passed
	Forbidden Code = "forbidden" // no right
	NotFound  Code = "not_found" // there is no such thing here
	Damaged   Code = "damaged"   // what was stored or sent is not what was written
	Failed    Code = "failed"    // the machine could not: disk, network, memory
)

// Error is what a rule or the machinery refuses with: one sentence that says
// what happened, why, and what to do.
type Error struct {
	Code  Code
	Field string // the field at fault; empty: the whole record
	Say   Label
	cause error
}

// Error is the English sentence, for logs and the command line.
func (e *Error) Error() string {
	s := e.Say.EN
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// Refuse makes an [Error] of a sentence in Japanese and in English. Neither
// may hold personal data: errors are logged.
func Refuse(c Code, field, ja, en string) error {
	return &Error{Code: c, Field: field, Say: Label{ja, en}}
}

// Because makes an [Error] that keeps its cause for [errors.Is].
func Because(cause error, c Code, ja, en string) error {
	return &Error{Code: c, Say: Label{ja, en}, cause: cause}
}

// ErrorOf finds the [Error] in err; what is none becomes one of kind Failed.
func ErrorOf(err error) *Error {
	var e *Error
	if err == nil || errors.As(err, &e) {
		return e
	}
	return &Error{Code: Failed, Say: Label{"処理を完了できませんでした（" + err.Error() + "）。もう一度実行してください。", err.Error()}}
}

// IsCode says whether err is an [Error] of that kind.
func IsCode(err error, c Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == c
}
