package server_test

import (
	"bytes"
	"testing"

	"daicho/app"
	"daicho/app/access"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// TestOnlyAuditorsExport: those whose role it is, as long as they have it. Everybody
// else gets the checkpoint by which a device watches the server, and proofs of the
// lines that he is told.
func TestOnlyAuditorsExport(t *testing.T) {
	o := strict(t)
	o.granted("青木", access.Helpdesk)
	o.granted("馬場", access.Reviewer1)
	o.granted("管理", access.Admin)
	g := o.granted("監査", access.CityAuditor)
	a, reviewer, admin, auditor := o.device("青木"), o.device("馬場"), o.device("管理"), o.device("監査")
	k := o.open(a, "極秘の件名")
	o.sync(a, reviewer, admin, auditor)
	mine := []int64{a.GSN}
	export := func(d *simtest.Device) error {
		_, err := client.ExportAudit(t.Context(), d, o.Options(d), &bytes.Buffer{})
		return err
	}
	for _, d := range []*simtest.Device{a, reviewer, admin} {
		o.refused(export(d), app.Forbidden, "no right to export")
		status, _, text := o.ask(d, "POST", wire.PathAudit, encode(t, &wire.Audit{Seen: 1}))
		var page wire.AuditPage
		ok(t, wire.Decode(text, &page))
		if status != 200 || len(page.Checkpoint.Note) == 0 || len(page.Leaves) > 0 {
			t.Errorf("%d: %+v", status, page)
		}
	}
	for _, d := range []*simtest.Device{a, auditor} {
		p, err := client.ProveLines(t.Context(), d, o.Options(d), mine)
		ok(t, err)
		equal(t, len(p.Lines), 1)
	}
	for _, d := range []*simtest.Device{reviewer, admin} {
		_, err := client.ProveLines(t.Context(), d, o.Options(d), mine)
		o.refused(err, app.Forbidden, "not of a record that you may read")
	}
	file := o.exported(auditor)
	if r := verified(t, file); !r.Sound() || r.Lines != mine[0] {
		t.Errorf("%+v", r)
	}
	for what, text := range map[string][]byte{"a title": []byte(k.Title), "an id": k.Ref.ID[:], "an author": []byte("青木")} {
		if bytes.Contains(file, text) {
			t.Errorf("the export shows %s", what)
		}
	}
	o.revoke(g)
	o.refused(export(auditor), app.Forbidden, "no right to export")
}
