package extract

import "strings"

// columnNames takes the names of the columns out of CREATE TABLE, as far as
// they can be seen without a parser of SQL: the first word between commas that
// stand in no inner brackets. Constraints of the table are none.
func columnNames(sql string) []string {
	open := strings.IndexByte(sql, '(')
	if open < 0 {
		return nil
	}
	var names []string
	for _, part := range outerParts(sql[open+1:]) {
		name := firstWord(strings.TrimSpace(part))
		switch strings.ToUpper(name) {
		case "", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT":
			continue
		}
		names = append(names, name)
	}
	return names
}

// outerParts divides at commas up to the bracket that closes the list.
func outerParts(s string) (parts []string) {
	depth, from, quote := 0, 0, byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '[':
			quote = ']'
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return append(parts, s[from:i])
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			parts, from = append(parts, s[from:i]), i+1
		}
	}
	return append(parts, s[from:])
}

// firstWord is a name, in quotes or without.
func firstWord(s string) string {
	for _, quotes := range []string{"\"\"", "``", "[]", "''"} {
		if strings.HasPrefix(s, quotes[:1]) {
			name, _, _ := strings.Cut(s[1:], quotes[1:])
			return name
		}
	}
	if at := strings.IndexAny(s, " \t\r\n("); at >= 0 {
		return s[:at]
	}
	return s
}
