package polite

import (
	"os"
	"path/filepath"
	"strings"
)

// onBattery reads what Linux tells of power supplies (Documentation/ABI/testing/
// sysfs-class-power): a machine runs on battery if a battery of its own empties and
// no mains is there. Batteries of mice and keyboards have the scope Device.
func onBattery(supplies string) bool {
	list, err := os.ReadDir(supplies)
	if err != nil {
		return false // a machine without any
	}
	empties := false
	for _, s := range list {
		says := func(name string) string {
			text, err := os.ReadFile(filepath.Join(supplies, s.Name(), name))
			if err != nil {
				return ""
			}
			return strings.TrimSpace(string(text))
		}
		switch says("type") {
		case "Mains", "USB", "Wireless":
			if says("online") == "1" {
				return false
			}
		case "Battery":
			empties = empties || says("scope") != "Device" && says("status") == "Discharging"
		}
	}
	return empties
}
