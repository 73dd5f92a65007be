package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"daicho/app"
)

// inventory is what can be found in a server: its people and devices, and all
// that a new device hears.
type inventory struct {
	People, Devices []string
	GSN             int64
	Records         map[string]map[string]json.RawMessage // stored documents by reference
	Attachments     map[string]string
}

// taken takes the inventory. The server has one person and device more then.
func taken(o *office) string {
	o.Helper()
	v := inventory{Records: map[string]map[string]json.RawMessage{}, Attachments: map[string]string{}}
	users, err := o.Server.Users(context.Background())
	ok(o.T, err)
	for _, p := range users {
		v.People = append(v.People, p.ID.String()+" "+p.Name)
	}
	devices, err := o.Server.Devices(context.Background())
	ok(o.T, err)
	for _, d := range devices {
		v.Devices = append(v.Devices, strings.Join([]string{d.ID.String(), d.Person.String(), string(d.State), d.Enrolled.RFC3339()}, " "))
	}
	slices.Sort(v.Devices)
	v.hear(o)
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	ok(o.T, e.Encode(v))
	return out.String()
}

// hear lets a new device fetch everything.
func (v *inventory) hear(o *office) {
	o.Helper()
	d := o.device("確認")
	o.sync(d)
	v.GSN = d.GSN
	for ref, doc := range d.Shown() {
		record := map[string]json.RawMessage{}
		ok(o.T, doc.Each(func(name string, value app.Value) { record[name] = json.RawMessage(value.JSON()) }))
		v.Records[ref.String()] = record
		for _, b := range append(doc.Get("photos").Blobs(), doc.Get("files").Blobs()...) {
			v.Attachments[b.ID.String()] = string(d.OpenBlob(b.ID))
		}
	}
}
