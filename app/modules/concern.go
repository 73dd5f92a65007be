package modules

import (
	"daicho/app"
	"daicho/app/incident"
	"daicho/app/monitor"
)

// concern hands what the register of targets says on to an incident that a tool reported.
// What stands in a zone does not leave it: an incident outside hears the severity alone.
func concern(a *app.Act, ref app.Ref, host string, t *monitor.Target) error {
	i, err := app.Get(a, incident.Register, ref)
	if app.IsCode(err, app.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	w := incident.Watched{Severity: t.Severity}
	if t.Zone == "" || t.Zone == i.Zone {
		w.Host, w.Name, w.Systems, w.Site = host, t.Name, t.Systems, t.Site
	}
	return i.Concern(a, w)
}
