package mail

import (
	"strings"

	"daicho/app/extract/charset"
)

// Address is somebody's mailbox.
type Address struct {
	Name string // may be empty
	Addr string // local@domain; empty where only a name was written
}

// String is the address as people write it.
func (a Address) String() string {
	switch {
	case a.Name == "":
		return a.Addr
	case a.Addr == "":
		return a.Name
	}
	return a.Name + " <" + a.Addr + ">"
}

// addresses reads a list of them. Raw text is decoded before it is taken apart, for a
// byte of a character may look like a comma or a quote; encoded-words behind that.
func addresses(raw []byte) (list []Address) {
	for _, one := range splitList(charset.Text("", raw)) {
		if a := address(one); a != (Address{}) {
			list = append(list, a)
		}
	}
	return list
}

// splitList cuts at commas outside of quotes, comments and angle brackets.
func splitList(text string) (list []string) {
	from, quoted, depth := 0, false, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(' || c == '<':
			depth++
		case c == ')' || c == '>':
			depth = max(0, depth-1)
		case (c == ',' || c == ';') && depth == 0:
			list = append(list, text[from:i])
			from = i + 1
		}
	}
	return append(list, text[from:])
}

// address reads: Name <a@b>, "Name" <a@b>, a@b (Name), a@b.
func address(text string) Address {
	if i := strings.LastIndexByte(text, '<'); i >= 0 {
		addr, _, _ := strings.Cut(text[i+1:], ">")
		return Address{Name: displayName(text[:i]), Addr: strings.TrimSpace(addr)}
	}
	name := ""
	if i := strings.IndexByte(text, '('); i >= 0 {
		name = displayName(strings.TrimSuffix(strings.TrimSpace(text[i+1:]), ")"))
		text = text[:i]
	}
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "@") {
		return Address{Name: displayName(text)}
	}
	if i := strings.LastIndexByte(text, ':'); i >= 0 { // of a group
		text = strings.TrimSpace(text[i+1:])
	}
	return Address{Name: name, Addr: text}
}

// displayName decodes a name and takes its quotes off.
func displayName(text string) string {
	text = strings.TrimSpace(text)
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		text = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(text[1 : len(text)-1])
	}
	return Decode([]byte(text))
}
