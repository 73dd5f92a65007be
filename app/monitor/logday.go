package monitor

import "daicho/app"

// LogKind is the kind of daily counts of logs.
const LogKind app.Kind = "log_day"

// LogDay is what a day of a target's log holds: counts, not the lines, which stay where
// they are kept. A day of which nothing came is there, too, with no lines.
type LogDay struct {
	app.Head
	Target app.Ref
	Log    string // which: error, access, trap …
	Day    app.Day
	Lines  int
	Errors int    // lines of severity error or worse (RFC 5424: 0 to 3), and HTTP 5xx
	Gap    int    // minutes: the longest time without a line
	Gapped bool   // longer than was agreed
	File   string // that it was read from
}

// LogDays is the register of them.
var LogDays = app.Describe(LogKind, "ログの取得", "Logs acquired",
	app.Link("target", "監視対象", "Target", TargetKind, func(d *LogDay) *app.Ref { return &d.Target }).Must().Index(),
	app.Text("log", "ログ", "Log", func(d *LogDay) *string { return &d.Log }).Must().Search().Index(),
	app.On("day", "日", "Day", func(d *LogDay) *app.Day { return &d.Day }).Must().Index(),
	app.Int("lines", "行数", "Lines", func(d *LogDay) *int { return &d.Lines }).Range(0, 1_000_000_000_000),
	app.Int("errors", "エラーの行数", "Errors", func(d *LogDay) *int { return &d.Errors }).Range(0, 1_000_000_000_000),
	app.Int("gap", "最長の空白（分）", "Longest gap (min)", func(d *LogDay) *int { return &d.Gap }).Range(0, 1_440),
	app.Bool("gapped", "欠落", "Gap", func(d *LogDay) *bool { return &d.Gapped }).Index(),
	app.Text("file", "取り込んだファイル", "File", func(d *LogDay) *string { return &d.File }),
).Clause("3.2.1").Within(func(d *LogDay) app.Ref { return d.Target }).Lists(
	app.Listed("all", "全て", "All").Newest("day"),
	app.Listed("gapped", "欠落のある日", "Days with gaps", app.Where("gapped", "=", int64(1))).Newest("day"),
	app.Listed("target", "監視対象別", "By target").Of("target").Newest("day"),
)
