package finding

import "daicho/app"

// PlaceKind is the kind of places.
const PlaceKind app.Kind = "finding_path"

// Place says where the file of a finding lies, or which folder a figure of a run is
// of. Names of files and folders are often names of people, so it is a record of its
// own that hardly anybody may read, and no replica of anybody else holds it.
type Place struct {
	app.Head
	Path    string  // with slashes
	Job     app.Ref // whose agent wrote it
	Agent   app.Ref
	Zone    app.Zone
	Folder  bool
	Account string // whose file it is on its system
}

// Places is the register of places.
var Places = app.Describe(PlaceKind, "点検結果の場所", "Places of findings",
	app.Text("path", "パス", "Path", func(p *Place) *string { return &p.Path }).Must().Search().Seal(),
	app.Link("job", "点検", "Scan", JobKind, func(p *Place) *app.Ref { return &p.Job }).Must().Index(),
	app.Link("agent", "実行者", "Agent", app.PersonKind, func(p *Place) *app.Ref { return &p.Agent }).ByRule(),
	app.One("zone", "領域", "Zone", func(p *Place) *app.Zone { return &p.Zone }, app.Zones...).ByRule(),
	app.Bool("folder", "フォルダー", "Folder", func(p *Place) *bool { return &p.Folder }),
	app.Text("account", "ファイルの所有者", "Owner of the file", func(p *Place) *string { return &p.Account }).Seal(),
).Clause("3.4.2").Rule(placed).Zoned(func(p *Place) app.Zone { return p.Zone }).Of(func(p *Place) app.ID { return p.Agent.ID }).Lists(
	app.Listed("all", "全て", "All"),
	app.Listed("job", "点検別", "By scan").Of("job"),
)

// placed lets the agent of a job alone say where something lies.
func placed(a *app.Act, before, after *Place) error {
	if !before.IsNew() && before.Job != after.Job {
		return errOtherJob
	}
	job, err := jobOf(a, after.Job)
	if err == nil {
		after.Agent, after.Zone = job.Agent, job.Zone
	}
	return err
}
