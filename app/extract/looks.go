package extract

import "bytes"

// looksPGP knows binary PGP by its first packet: a public-key or symmetric
// session key of the usual lengths. Names decide, for two bytes prove little.
func looksPGP(head []byte, ending string) bool {
	if ending != ".gpg" && ending != ".pgp" {
		return false
	}
	return head[0] == 0x8c || head[0] == 0x84 || head[0] == 0x85 || head[0] == 0xc1 || head[0] == 0xc3
}

func looksHTML(head []byte, ending string) bool {
	start := bytes.ToLower(bytes.TrimLeft(head[:min(512, len(head))], "\xEF\xBB\xBF \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return true
		}
	}
	return (ending == ".html" || ending == ".htm") && bytes.HasPrefix(start, []byte("<"))
}
