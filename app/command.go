package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// CommandSpec is what is known of a command without its types.
type CommandSpec struct {
	Name  string
	Label Label
	Pre   []string // fields it decides on: refused if they have changed
	Args  []Spec
	Final Label // what nobody can take back: said before it is done; empty: it can be mended
	parse func(args []string) (Doc, error)
	show  func(args Doc, name string, lang Lang) string
}

// Command is a change of a T that only the server decides.
type Command[T any] struct {
	CommandSpec
	do func(*Act, *T, Doc) error
}

// Do makes a command with arguments A. The function changes the record it is
// given; what it changed is the effect.
func Do[T, A any](name, ja, en string, do func(*Act, *T, A) error, args ...Field[A]) Command[T] {
	c := Command[T]{CommandSpec: CommandSpec{Name: name, Label: Label{ja, en}}}
	for _, f := range args {
		c.Args = append(c.Args, f.Spec)
	}
	c.parse = func(given []string) (Doc, error) { return parseArgs(args, given) }
	c.show = func(doc Doc, name string, lang Lang) string { return showArg(args, doc, name, lang) }
	c.do = func(a *Act, r *T, doc Doc) error {
		in, err := readArgs(args, doc)
		if err != nil {
			return err
		}
		return do(a, r, in)
	}
	return c
}

// Saw names the fields that must not have changed meanwhile.
func (c Command[T]) Saw(fields ...string) Command[T] { c.Pre = fields; return c }

// Finally says what nobody can take back once it is done: a person is asked before.
func (c Command[T]) Finally(ja, en string) Command[T] { c.Final = Label{ja, en}; return c }

func parseArgs[A any](args []Field[A], given []string) (Doc, error) {
	var in A
	var cells []Cell
	for _, s := range given {
		name, value, _ := strings.Cut(s, "=")
		i := slices.IndexFunc(args, func(f Field[A]) bool { return f.Name == name })
		if i < 0 {
			return nil, Refuse(Invalid, name, fmt.Sprintf("「%s」という引数はありません。", name), "the command has no such argument")
		}
		if err := args[i].parse(&in, value); err != nil {
			return nil, atField(args[i].Spec, err)
		}
		cells = append(cells, Cell{Field: name, Now: args[i].append(nil, &in)})
	}
	doc := Doc(nil).Patch(cells)
	_, err := readArgs(args, doc)
	return doc, err
}

func readArgs[A any](args []Field[A], doc Doc) (in A, err error) {
	known := map[string]bool{}
	for _, f := range args {
		known[f.Name] = true
		if err = f.read(doc.Get(f.Name), &in); err == nil {
			err = f.check(&in, false)
		}
		if err != nil {
			return in, atField(f.Spec, err)
		}
	}
	walked := doc.Each(func(name string, _ Value) {
		if !known[name] { // a later version means something by it
			err = Refuse(Invalid, name, "この版にない引数があります。プログラムを更新してください。", "this version has no such argument; update it")
		}
	})
	return in, cmp.Or(walked, err)
}

// showArg is one argument as people read it; as it came, if it cannot be read.
func showArg[A any](args []Field[A], doc Doc, name string, lang Lang) string {
	var in A
	v := doc.Get(name)
	for _, f := range args {
		if f.Name == name && f.read(v, &in) == nil {
			return f.text(&in, lang)
		}
	}
	return v.JSON()
}

// Args reads a command's arguments from field=value.
func Args(g AnyRegister, command string, given []string) (Doc, error) {
	c, err := CommandOf(g, command)
	if err != nil {
		return nil, err
	}
	return c.parse(given)
}

// CommandOf finds a command by name.
func CommandOf(g AnyRegister, name string) (CommandSpec, error) {
	for _, c := range g.About().Commands {
		if c.Name == name {
			return c, nil
		}
	}
	return CommandSpec{}, noCommand(g.About(), name)
}

func noCommand(about *About, name string) error {
	names := make([]string, len(about.Commands))
	for i, c := range about.Commands {
		names[i] = c.Name
	}
	return Refuse(Invalid, "", fmt.Sprintf("%sに「%s」という操作はありません。", about.Label.JA, name),
		fmt.Sprintf("%s has no command %q; it has: %s", about.Kind, name, strings.Join(names, ", ")))
}
