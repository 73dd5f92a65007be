package cli

import (
	"os"
	"path/filepath"
	"runtime"
)

// ReplicaFolder is where a person's replica lies unless they say otherwise:
// local data that no roaming profile copies elsewhere.
func ReplicaFolder() (string, error) {
	base, err := dataFolder(runtime.GOOS, os.Getenv, os.UserHomeDir)
	if err != nil {
		return "", err
	}
	return filepath.Join(base, "daicho", "replica"), nil
}

// dataFolder follows each system: %LocalAppData% on Windows, Application
// Support on macOS, the XDG Base Directory Specification elsewhere.
func dataFolder(system string, env func(string) string, home func() (string, error)) (string, error) {
	if system == "windows" {
		if dir := env("LocalAppData"); dir != "" {
			return dir, nil
		}
		return "", Errorf("%%LocalAppData%% が設定されていません。--replica で台帳のフォルダーを指定してください。", "%%LocalAppData%% is not set; name the replica's folder with --replica")
	}
	if dir := env("XDG_DATA_HOME"); system != "darwin" && filepath.IsAbs(dir) {
		return dir, nil
	}
	dir, err := home()
	if err != nil {
		return "", Errorf("ホームフォルダーが分かりません。--replica で台帳のフォルダーを指定してください。", "your home folder is not known; name the replica's folder with --replica")
	}
	if system == "darwin" {
		return filepath.Join(dir, "Library", "Application Support"), nil
	}
	return filepath.Join(dir, ".local", "share"), nil
}
