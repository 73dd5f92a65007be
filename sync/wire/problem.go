package wire

import (
	"net/http"

	"daicho/app"
)

// Problem is an [app.Error] on the wire: the body of every answer that is not
// a success. A refused change is none: it is an outcome.
type Problem struct {
	Code  string `cbor:"1,keyasint"`
	Field string `cbor:"2,keyasint,omitempty"`
	JA    string `cbor:"3,keyasint"`
	EN    string `cbor:"4,keyasint"`
}

// ProblemOf is what is told of an error. Of the machine's own troubles only
// the kind is told: their words may speak of files and addresses.
func ProblemOf(err error) Problem {
	e := app.ErrorOf(err)
	if e.Code == app.Failed {
		return Problem{string(app.Failed), "", "サーバーで処理できませんでした。変更はこの端末に保存されています。しばらくしてから、もう一度同期してください。続く場合は管理者に連絡してください。",
			"the server failed; changes are kept on this device; sync again later, and tell the administrator if this goes on"}
	}
	return Problem{string(e.Code), e.Field, e.Say.JA, e.Say.EN}
}

// Err is the error again.
func (p Problem) Err() error { return app.Refuse(app.Code(p.Code), p.Field, p.JA, p.EN) }

// statuses are what intermediaries and logs see of an error.
var statuses = map[app.Code]int{
	app.Invalid:   http.StatusBadRequest,
	app.Damaged:   http.StatusBadRequest,
	app.Stale:     http.StatusConflict,
	app.Forbidden: http.StatusForbidden,
	app.NotFound:  http.StatusNotFound,
	app.Failed:    http.StatusInternalServerError,
}

// Status is the HTTP status of a problem.
func (p Problem) Status() int {
	if s, ok := statuses[app.Code(p.Code)]; ok {
		return s
	}
	return http.StatusInternalServerError
}
