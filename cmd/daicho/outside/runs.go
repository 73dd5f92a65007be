package outside

import (
	"path/filepath"
	"slices"
	"strings"
)

// running are the endings of names that some system does not show but runs when they
// are opened, or that lead elsewhere: an attachment is what anybody sent.
var running = []string{
	".appimage", ".appref-ms", ".bat", ".chm", ".cmd", ".com", ".command", ".cpl", ".desktop", ".exe", ".hta", ".inf", ".jar", ".jnlp", ".js", ".jse", ".lnk",
	".msc", ".msi", ".msp", ".pif", ".pkg", ".ps1", ".reg", ".run", ".scf", ".scr", ".sh", ".url", ".vb", ".vbe", ".vbs", ".webloc", ".workflow", ".ws", ".wsf", ".wsh",
}

// Runs says whether opening a file of that name may run it. Dots and blanks at the end
// count for nothing, as on Windows.
func Runs(name string) bool {
	end := filepath.Ext(strings.TrimRight(name, ". "))
	return slices.Contains(running, strings.ToLower(strings.TrimSpace(end)))
}
