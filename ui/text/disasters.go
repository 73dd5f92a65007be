package text

// Words of the banner of a disaster, and of its record.
const (
	DisasterPhase Key = "%s　第%d段階"
	DrillPhase    Key = "【訓練】%s　第%d段階"
	DisasterSince Key = "%sから"
	NextPhase     Key = "第%d段階は %sから"
	PhaseBounds   Key = "第1段階 %sまで　第2段階 %sまで"
	WhatToDo      Key = "やることを見る"
	MoreBanners   Key = "ほか %s"
	BannerName    Key = "災害の表示"
)
