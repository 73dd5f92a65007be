package access

import (
	"slices"

	"daicho/app"
)

// Role is what somebody is in the contract. Its value is stored, so it is for ever.
type Role string

// Roles is a number of roles that are spoken of together.
type Roles []Role

// The roles of the city.
const (
	Inquirer     Role = "inquirer"
	CityOfficer  Role = "city_officer"
	CityApprover Role = "city_approver"
	CityOwner    Role = "city_owner"
	CityAuditor  Role = "city_auditor"
	CIO          Role = "cio"
)

// The roles of the contractor.
const (
	PM            Role = "pm"
	PhaseLeader   Role = "phase_leader"
	Helpdesk      Role = "helpdesk"
	FieldEngineer Role = "field_engineer"
	Monitor       Role = "monitor"
	Security      Role = "security"
	Reviewer1     Role = "reviewer1"
	Reviewer2     Role = "reviewer2"
	PMO           Role = "pmo"
	Improvement   Role = "improvement"
	Accountant    Role = "accountant"
)

// The roles of third parties, and of those who run the system.
const (
	Auditor    Role = "auditor"
	Expert     Role = "expert"
	Admin      Role = "admin"
	KeyManager Role = "key_manager"
	ScanAgent  Role = "scan_agent" // a program that nobody sits at: it scans files
)

// All are all roles with their names.
var All = []app.Option[Role]{
	app.Is(Inquirer, "問合せ職員", "Inquirer"),
	app.Is(CityOfficer, "情報課担当", "City IT officer"),
	app.Is(CityApprover, "情報課承認者", "City IT approver"),
	app.Is(CityOwner, "主管課", "Department in charge"),
	app.Is(CityAuditor, "市監査担当", "City auditor"),
	app.Is(CIO, "CIO・部長", "CIO"),
	app.Is(PM, "PM", "Project manager"),
	app.Is(PhaseLeader, "フェーズリーダー", "Phase leader"),
	app.Is(Helpdesk, "ヘルプデスク", "Helpdesk"),
	app.Is(FieldEngineer, "現地技術者", "Field engineer"),
	app.Is(Monitor, "監視運用", "Monitoring"),
	app.Is(Security, "セキュリティ担当", "Security officer"),
	app.Is(Reviewer1, "1次レビューア", "First reviewer"),
	app.Is(Reviewer2, "2次レビューア", "Second reviewer"),
	app.Is(PMO, "事業者内PMO", "Contractor's PMO"),
	app.Is(Improvement, "改善チーム", "Improvement team"),
	app.Is(Accountant, "経理", "Accountant"),
	app.Is(Auditor, "監査人", "Auditor"),
	app.Is(Expert, "有識者", "Expert"),
	app.Is(Admin, "システム管理者", "System administrator"),
	app.Is(KeyManager, "鍵管理者", "Key manager"),
	app.Is(ScanAgent, "点検プログラム", "Scan agent"),
}

// alone are roles whose holder has no other: who runs the system, keeps its keys
// or audits it takes no part in the work, nor does a program.
var alone = Roles{Admin, KeyManager, Auditor, CityAuditor, ScanAgent}

// Exclude says whether nobody may hold both roles at one time.
func Exclude(a, b Role) bool {
	return a != b && (slices.Contains(alone, a) || slices.Contains(alone, b))
}

// NamesOrganisation says whether a grant of the role must name an organisation.
func NamesOrganisation(r Role) bool { return r == Inquirer }

// MaxDays is how many days a grant of the role may last; 0: as many as it says.
func MaxDays(r Role) int {
	if r == Auditor {
		return 366
	}
	return 0
}
