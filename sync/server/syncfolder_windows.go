package server

// syncFolder has nothing to do: NTFS journals a rename itself, and a folder
// cannot be flushed.
func syncFolder(string) error { return nil }
