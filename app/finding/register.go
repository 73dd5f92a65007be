package finding

import (
	"daicho/app"
	"daicho/app/detect"
	"daicho/app/extract"
)

// register makes the register of findings, which asks for tickets.
func register(open OpenTicket) *app.Register[Finding] {
	return Register.Can(
		app.Do("correct", "是正の問い合わせを起票する", "Have it put right", func(a *app.Act, f *Finding, in Correction) error { return correct(a, f, in, open) },
			app.On("due", "是正期限", "Due", func(c *Correction) *app.Day { return &c.Due }).Must()).Saw("state"),
	)
}

// Register is the register of findings, without the command that needs another module.
var Register = app.Describe(Kind, "点検結果", "Findings",
	app.Link("job", "点検", "Scan", JobKind, func(f *Finding) *app.Ref { return &f.Job }).ByRule().Index(),
	app.Link("agent", "実行者", "Agent", app.PersonKind, func(f *Finding) *app.Ref { return &f.Agent }).ByRule(),
	app.One("zone", "領域", "Zone", func(f *Finding) *app.Zone { return &f.Zone }, app.Zones...).ByRule(),
	app.Text("server", "サーバー", "Server", func(f *Finding) *string { return &f.Server }).ByRule().Search().Index(),
	app.Text("department", "所属", "Department", func(f *Finding) *string { return &f.Department }).Search().Index(),
	app.Text("owner", "管理責任者", "Responsible", func(f *Finding) *string { return &f.Owner }).Search().Seal(),
	app.Rows("kinds", "該当種別", "Kinds", func(f *Finding) *[]KindFound { return &f.Kinds }, kindColumns...).ByRule(),
	app.ShownOne("gravest", "最も重い種別", "Gravest kind", (*Finding).Gravest, append([]app.Option[detect.Kind]{app.First(detect.Kind(""), "none", "なし", "None")}, Kinds...)...).Index(),
	app.One("persons", "推定人数", "Persons", func(f *Finding) *detect.Band { return &f.Persons }, Bands...).ByRule().Index(),
	app.Text("type", "形式", "Format", func(f *Finding) *extract.Type { return &f.Type }).ByRule(),
	app.Int("size", "大きさ（バイト）", "Size (bytes)", func(f *Finding) *int64 { return &f.Size }).ByRule(),
	app.One("protection", "保護", "Protection", func(f *Finding) *extract.Protection { return &f.Protection }, Protections...).ByRule().Index(),
	app.One("weakness", "保護の弱点", "Weakness", func(f *Finding) *extract.Note { return &f.Weakness }, Weaknesses...).ByRule(),
	app.One("everyone", "誰でも読める", "Everyone may read", func(f *Finding) *Everyone { return &f.Everyone },
		app.First(NotKnown, "unknown", "不明", "Unknown"), app.Is(Readable, "はい", "Yes"), app.Is(Closed, "いいえ", "No")).ByRule(),
	app.Text("content", "内容の照合値", "Mark of the content", func(f *Finding) *string { return &f.Content }).ByRule(),
	app.At("first_seen", "初回検出", "First seen", func(f *Finding) *app.Stamp { return &f.FirstSeen }).ByRule().Index(),
	app.At("last_seen", "最終検出", "Last seen", func(f *Finding) *app.Stamp { return &f.LastSeen }).ByRule(),
	app.Link("first_run", "初回の実行", "First run", RunKind, func(f *Finding) *app.Ref { return &f.FirstRun }).ByRule().Index(),
	app.Bool("unread", "前回は確認できず", "Not read last time", func(f *Finding) *bool { return &f.Unread }).ByRule(),
	app.One("state", "状態", "State", func(f *Finding) *State { return &f.State },
		app.First(New, "new", "新規", "New"), app.Is(Confirmed, "確認済", "Confirmed"), app.Is(Correcting, "是正中", "Being put right"),
		app.Is(Corrected, "是正済", "Put right"), app.Is(Excepted, "例外", "Exception"), app.Is(Moved, "移動", "Moved")).ByRule().Index(),
	app.Shown("open", "未対応", "Open", func(f *Finding) int64 { return one(f.Open()) }).Index(),
	app.Shown("exposed", "未保護", "Unprotected", func(f *Finding) int64 { return one(f.Exposed()) }).Index(),
	app.Link("ticket", "是正の問い合わせ", "Ticket", "", func(f *Finding) *app.Ref { return &f.Ticket }).ByRule(),
	app.On("due", "是正期限", "Due", func(f *Finding) *app.Day { return &f.Due }).Index(),
	app.At("settled_at", "確認日時", "Seen settled", func(f *Finding) *app.Stamp { return &f.SettledAt }).ByRule().Index(),
	app.One("settled", "再点検の結果", "Seen then", func(f *Finding) *Settlement { return &f.Settled },
		app.First(NotSettled, "not", "なし", "Nothing else"), app.Is(Gone, "ファイルなし", "Gone"), app.Is(Protected, "保護済", "Protected"),
		app.Is(Clean, "該当なし", "Nothing in it"), app.Is(Elsewhere, "別の場所", "Elsewhere")).ByRule(),
	app.Int("reopened", "再発回数", "Came back", func(f *Finding) *int { return &f.Reopened }).ByRule(),
	app.Link("moved_from", "移動元", "Moved from", Kind, func(f *Finding) *app.Ref { return &f.MovedFrom }).ByRule(),
	app.One("exception", "例外", "Exception", func(f *Finding) *Exception { return &f.Exception },
		app.First(NoException, "none", "なし", "None"), app.Is(Asked, "承認待ち", "Waits for approval"), app.Is(Approved, "承認", "Approved"),
		app.Is(Declined, "却下", "Declined"), app.Is(Over, "終了", "Over")).ByRule().Index(),
	app.Long("reason", "例外の理由", "Why an exception", func(f *Finding) *string { return &f.Reason }).ByRule().Seal(),
	app.On("until", "例外の期限", "Exception until", func(f *Finding) *app.Day { return &f.Until }).ByRule().Index(),
	app.Link("asked_by", "例外の申請者", "Asked by", app.PersonKind, func(f *Finding) *app.Ref { return &f.AskedBy }).ByRule(),
	app.At("asked_at", "例外の申請日時", "Asked at", func(f *Finding) *app.Stamp { return &f.AskedAt }).ByRule(),
	app.Link("decided_by", "例外の決定者", "Decided by", app.PersonKind, func(f *Finding) *app.Ref { return &f.DecidedBy }).ByRule(),
	app.At("decided_at", "例外の決定日時", "Decided at", func(f *Finding) *app.Stamp { return &f.DecidedAt }).ByRule(),
	app.Long("why", "却下の理由", "Why it was declined", func(f *Finding) *string { return &f.Why }).ByRule().Seal(),
	app.Long("note", "備考", "Note", func(f *Finding) *string { return &f.Note }).Search().Seal(),
).Clause("3.4.2").Rule(found).Zoned(func(f *Finding) app.Zone { return f.Zone }).Of(func(f *Finding) app.ID { return f.Agent.ID }).Can(
	app.Do("confirm", "確認済にする", "Confirm", confirm).Saw("state"),
	app.Do("ask", "例外を申請する", "Ask for an exception", ask,
		app.Long("reason", "理由", "Reason", func(p *Plea) *string { return &p.Reason }).Must().Seal(),
		app.On("until", "期限", "Until", func(p *Plea) *app.Day { return &p.Until }).Must()).Saw("state", "exception"),
	app.Do("approve", "例外を承認する", "Approve the exception", approve).Saw("state", "exception", "until"),
	app.Do("decline", "例外を却下する", "Decline the exception", decline,
		app.Long("why", "却下の理由", "Why", func(d *Refusal) *string { return &d.Why }).Must().Seal()).Saw("exception"),
	app.Do("withdraw", "例外を終了する", "End the exception", withdraw).Saw("exception"),
	app.Do("lapse", "期限切れの例外を戻す", "Reopen after the exception", lapse).Saw("exception", "until"),
).Lists(
	app.Listed("open", "未対応", "Open", isOpen).Newest("first_seen"),
	app.Listed("new", "新規", "New", app.Where("state", "=", string(New))).Newest("first_seen"),
	app.Listed("unprotected", "未保護", "Unprotected", app.Where("exposed", "=", int64(1))).Newest("first_seen"),
	app.Listed("department", "所属別", "By department", isOpen).Of("department").Newest("first_seen"),
	app.Listed("overdue", "期限超過", "Overdue", isOpen, app.Where("due", ">", int64(0)), app.Where("due", "<", app.Today)).By("due"),
	app.Listed("asked", "例外の承認待ち", "Exceptions to decide", app.Where("exception", "=", string(Asked))).By("until"),
	app.Listed("expiring", "例外（期限順）", "Exceptions, next to end first", app.Where("state", "=", string(Excepted))).By("until"),
	app.Listed("run", "実行別の新規", "New in a run").Of("first_run").Newest("first_seen"),
	app.Listed("job", "点検別", "By scan").Of("job").Newest("first_seen"),
	app.Listed("settled", "是正済", "Put right", app.Where("state", "=", string(Corrected))).Newest("settled_at"),
	app.Listed("all", "全て", "All").Newest("first_seen"),
)

var isOpen = app.Where("open", "=", int64(1))

// Module is what the product takes from this package. Tickets are made by another
// module.
func Module(open OpenTicket) app.Module {
	return app.Module{Name: "finding", Registers: []app.AnyRegister{register(open), Jobs, Runs, Places, Assets}}
}
