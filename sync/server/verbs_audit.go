package server

import (
	"daicho/app"
	"daicho/sync/wire"
)

func (s *Server) postAudit(q *request) (any, error) {
	var in wire.Audit
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	out, err := s.audit(q, app.DeviceID(q.key), &in)
	if err != nil {
		return nil, err
	}
	q.said = []any{"lines", len(out.Leaves), "after", in.After}
	out.Times = s.times(q.at)
	return out, nil
}

func (s *Server) postProven(q *request) (any, error) {
	var in wire.Proving
	if err := wire.Decode(q.body, &in); err != nil {
		return nil, err
	}
	out, err := s.proven(q, app.DeviceID(q.key), &in)
	if err != nil {
		return nil, err
	}
	q.said = []any{"lines", len(out.Lines)}
	out.Times = s.times(q.at)
	return out, nil
}
