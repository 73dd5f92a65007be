package main

import "golang.org/x/sys/windows"

// startProgram opens a file in the program that the system has for it; without one it
// fails.
func startProgram(path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, nil, file, nil, nil, windows.SW_SHOWNORMAL)
}
