package server

import (
	"io"
	"net/http"
)

// patient reads an attachment as long as pieces keep coming.
type patient struct {
	w http.ResponseWriter
	r io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	deadline(p.w, pieceTime)
	return p.r.Read(b)
}

// patientWriter writes one as long as pieces are taken.
type patientWriter struct{ http.ResponseWriter }

func (p *patientWriter) Write(b []byte) (int, error) {
	deadline(p.ResponseWriter, pieceTime)
	return p.ResponseWriter.Write(b)
}
