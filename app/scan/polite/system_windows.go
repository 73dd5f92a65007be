package polite

import (
	"golang.org/x/sys/windows"

	"daicho/app"
)

// Battery is not known here: Windows tells it through a call that needs memory laid
// out by hand, which this product leaves to its database.
func Battery() (func() bool, error) {
	return nil, app.Refuse(app.Invalid, "mains", "Windows では --mains を使えません。バッテリー動作時に止めるには、タスク スケジューラの「AC 電源の場合のみ」を使ってください。",
		"--mains does not work on Windows; let the task scheduler start the scan on AC power only")
}

// processModeBackgroundBegin lowers a process's priority for the processor, the
// disk and memory (SetPriorityClass of processthreadsapi.h).
const processModeBackgroundBegin = 0x00100000

// Yield gives the process the lowest priority for the processor and the disk, for
// the rest of its life.
func Yield() error {
	if err := windows.SetPriorityClass(windows.CurrentProcess(), processModeBackgroundBegin); err != nil {
		return app.Because(err, app.Failed, "優先度を下げられません。--idle を付けずに実行してください。", "the priority cannot be lowered; go on without --idle")
	}
	return nil
}
