package text

// Words of the banner of an incident that people are to be told of.
const (
	AlarmLead Key = "障害の通知"
	PhoneLead Key = "電話で通知してください"
	AlarmTo   Key = "「確認した」を記録すると消えます"
	PhoneTo   Key = "電話の結果を記録すると消えます"
)
