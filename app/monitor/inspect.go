package monitor

import (
	"cmp"
	"io"
	"slices"

	"daicho/app"
	"daicho/store"
)

// Item is what a tool has set for one thing of a host.
type Item struct {
	Host, Item string
	Settings   []Setting
}

// itemName stands for an item as a whole, where it is missing on one side.
const itemName = "item"

// ReadItems reads what a tool has set: a CSV file with a line for each setting (host,
// item, setting, value; ホスト, 監視項目, 設定, 値). The settings tool, interval (seconds)
// and confirmations (監視装置, 間隔, 確認回数) are those that every method has.
func ReadItems(r io.Reader) (items []Item, err error) {
	at := map[[2]string]int{}
	err = readTable(r, []column{
		{"host", []string{"ホスト", "host"}, true}, {"item", []string{"監視項目", "item"}, true},
		{"setting", []string{"設定", "setting"}, true}, {"value", []string{"値", "value"}, true},
	}, func(row map[string]string) error {
		key := [2]string{row["host"], row["item"]}
		name := settingName(row["setting"])
		if key[0] == "" || key[1] == "" || name == "" {
			return tableError("", "ホスト、監視項目、設定のいずれかが空です。3つとも入力してください。", "host, item or setting is empty; write all three")
		}
		i, there := at[key]
		if !there {
			i, at[key] = len(items), len(items)
			items = append(items, Item{Host: key[0], Item: key[1]})
		}
		if slices.ContainsFunc(items[i].Settings, func(s Setting) bool { return s.Name == name }) {
			return tableError("", "同じ設定が2回あります（"+name+"）。どちらかの行を消してください。", "a setting stands there twice ("+name+"); take one of the lines out")
		}
		items[i].Settings = append(items[i].Settings, Setting{name, row["value"]})
		return nil
	})
	return items, err
}

func settingName(text string) string {
	return cmp.Or(map[string]string{"監視装置": toolName, "間隔": intervalName, "確認回数": confirmationsName}[text], text)
}

// Difference is one setting that is not as the city approved it.
type Difference struct {
	Host, Item, Setting, Approved, Found string
	Method                               app.Ref // none: nothing is approved of that item
}

// Compare holds what a tool has against the methods in force, whose targets have these
// hosts. A host of which the tool's file says nothing is not judged.
func Compare(inForce []*Method, hosts map[app.Ref]string, items []Item) (out []Difference) {
	told, methods := map[string]bool{}, map[[2]string]*Method{}
	for _, m := range inForce {
		methods[[2]string{hosts[m.Target], m.Item}] = m
	}
	there := map[*Method]bool{}
	for _, i := range items {
		told[i.Host] = true
		m := methods[[2]string{i.Host, i.Item}]
		if m == nil {
			out = append(out, Difference{Host: i.Host, Item: i.Item, Setting: itemName, Found: "監視している"})
			continue
		}
		there[m] = true
		out = append(out, m.compare(i)...)
	}
	for _, m := range inForce {
		if host := hosts[m.Target]; told[host] && !there[m] {
			out = append(out, Difference{Host: host, Item: m.Item, Setting: itemName, Approved: "監視する", Method: m.Ref})
		}
	}
	return out
}

// compare tells the settings that differ. Of those that every method has, a file that
// leaves one out says nothing.
func (m *Method) compare(i Item) (out []Difference) {
	has := map[string]string{}
	for _, s := range i.Settings {
		has[s.Name] = s.Value
	}
	for n, s := range m.all() {
		found, told := has[s.Name]
		if delete(has, s.Name); found != s.Value && (told || n > 2) {
			out = append(out, Difference{i.Host, i.Item, s.Name, s.Value, found, m.Ref})
		}
	}
	for _, s := range i.Settings {
		if _, more := has[s.Name]; more {
			out = append(out, Difference{i.Host, i.Item, s.Name, "", s.Value, m.Ref})
		}
	}
	return out
}

// Changed is what an inspection came to.
type Changed struct{ New, Varied, Restored, Same int }

// Inspect writes down what differs: a change that is new, one that varied or of which
// another version is in force since, one that was set back. open are those not settled;
// items are what the tool's file told.
func Inspect(tx *store.Tx, open []*Drift, items []Item, differences []Difference) (c Changed, err error) {
	found := map[[3]string]Difference{}
	for _, d := range differences {
		found[[3]string{d.Host, d.Item, d.Setting}] = d
	}
	for _, was := range open {
		key := [3]string{was.Host, was.Item, was.Setting}
		d, still := found[key]
		delete(found, key)
		switch {
		case !still && slices.ContainsFunc(items, func(i Item) bool { return i.Host == was.Host }):
			c.Restored, err = c.Restored+1, tx.Do(was, "restore", nil)
		case still && (d.Found != was.Found || d.Approved != was.Approved || d.Method != was.Method):
			c.Varied, err = c.Varied+1, tx.Do(was, "vary", d.args(varied))
		default:
			c.Same++
		}
		if err != nil {
			return c, err
		}
	}
	for _, d := range differences { // in the order of the file
		if _, is := found[[3]string{d.Host, d.Item, d.Setting}]; is {
			if c.New, err = c.New+1, d.save(tx); err != nil {
				return c, err
			}
		}
	}
	return c, nil
}

func (d Difference) save(tx *store.Tx) error {
	rec, err := tx.Draft(DriftKind)
	if err != nil {
		return err
	}
	f := rec.(*Drift)
	f.Title = d.Host + " " + d.Item + ": " + d.Setting
	if err := tx.Save(f); err != nil {
		return err
	}
	return tx.Do(f, "find", d.args(find))
}

// args are the difference as arguments of a command, each as it stands in the tool or
// in the method, so that the next inspection finds it the same.
func (d Difference) args(fields []app.Field[Difference]) app.Doc {
	var cells []app.Cell
	for _, f := range fields {
		cells = append(cells, app.Cell{Field: f.Name, Now: f.Value(&d)})
	}
	return app.Doc(nil).Patch(cells)
}
