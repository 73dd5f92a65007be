// Package watch has files scanned again as they change.
//
// It uses what the system tells of changes (inotify, ReadDirectoryChanges, kqueue)
// and believes it only as far as it goes: where events were lost, a folder cannot be
// watched, or simply from time to time, everything is walked again, which opens only
// what changed if the scan remembers. Do not use it where a scan at night is enough:
// it holds a watch for every folder.
package watch
