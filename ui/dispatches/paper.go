package dispatches

import (
	"context"
	"errors"
	"io"

	"daicho/app"
	"daicho/app/dispatch"
	"daicho/app/report"
	"daicho/ui"
)

// paper is the report of a visit, with the signature if it is on this device.
func paper(ctx context.Context, records ui.Records, desk *ui.Desk, r app.Record) (report.Document, error) {
	visit, judged, err := judge(ctx, records, desk, r)
	if err != nil {
		return report.Document{}, err
	}
	p := dispatch.Paper{Judged: judged, At: desk.Now()}
	if p.Names, err = ui.NamesOf(ctx, records, visit.People()); err != nil {
		return report.Document{}, err
	}
	if p.Signature, err = signature(ctx, records, visit.Visit); err != nil {
		return report.Document{}, err
	}
	return visit.Report(p), nil
}

// signature is the one drawn last; nil if there is none here.
func signature(ctx context.Context, records ui.Records, v *dispatch.Visit) ([]byte, error) {
	if len(v.Signature) == 0 {
		return nil, nil
	}
	body, err := records.OpenBlob(ctx, v.Ref, v.Signature[len(v.Signature)-1].ID)
	if app.IsCode(err, app.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(body)
	return data, errors.Join(err, body.Close())
}
