package modules

import (
	"fmt"

	"daicho/app"
	"daicho/app/finding"
	"daicho/app/ticket"
)

// putRight opens the ticket by which a finding is put right. The helpdesk reads it, to
// whom findings are closed: it says whom to ask and nothing of the file.
func putRight(a *app.Act, r finding.Request) (app.Ref, error) {
	t := ticket.Register.Draft(a.NewID())
	t.Title = fmt.Sprintf("未保護ファイルの是正（%s）", r.Number)
	t.Channel, t.Category, t.Department, t.Zone = ticket.Monitor, ticket.Security, r.Department, r.Zone
	t.Body = fmt.Sprintf("点検結果 %s の是正をお願いします。\n期限: %s\n対象のファイルは、セキュリティ担当が所属の管理責任者に直接連絡します。", r.Number, r.Due.Civil().WarekiWeekday())
	a.Save(t)
	return t.Ref, nil
}
