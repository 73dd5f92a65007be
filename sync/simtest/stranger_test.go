package simtest

import (
	"errors"
	"testing"
	"time"

	"daicho/app"
	"daicho/sync/client"
)

// newcomer is a device that was enrolled after the last contact of the others.
func (o *offices) newcomer(name string) *Device {
	o.Helper()
	o.Now = o.Now.Add(time.Hour)
	d, err := o.Device()
	o.ok(err)
	o.ok(o.Enroll(o.Context(), d, name))
	o.devices = append(o.devices, d)
	o.sync(d)
	return d
}

// TestStrangersByStick: the server's certificate vouches for a device that was enrolled
// since. Who took its file can write back to it.
func TestStrangersByStick(t *testing.T) {
	o := newOffices(t, 1, t.TempDir(), "花子")
	a := o.devices[0]
	b := o.newcomer("太郎")
	o.open(b, "回線障害", "photo")
	o.open(a, "複合機", "")
	if _, err := o.pack(a, client.Shipment{For: []app.ID{b.ID}}); !app.IsCode(err, app.Forbidden) {
		t.Error("sealed to somebody of whom nobody has heard", err)
	}
	files, err := o.pack(b, client.Shipment{For: []app.ID{a.ID}})
	o.ok(err)
	got, err := o.load(a, files[0])
	o.ok(err)
	if !got.Vouched || got.Fresh != 1 || got.Listed == 0 {
		t.Errorf("%+v", got)
	}
	back, err := o.pack(a, client.Shipment{For: []app.ID{b.ID}})
	o.ok(err)
	if got, err = o.load(b, back[0]); err != nil || got.Vouched || got.Fresh != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	o.settled()
}

// TestStrangersWithoutACertificate: over, of another city, shut out.
func TestStrangersWithoutACertificate(t *testing.T) {
	for name, c := range map[string]func(o *offices, a, b *Device){
		"over": func(o *offices, _, _ *Device) { o.Now = o.Now.Add(31 * 24 * time.Hour) },
		"another city's": func(o *offices, _, b *Device) {
			elsewhere := newOffices(o, 2, t.TempDir(), "次郎")
			text, err := client.Certificate(o.Context(), elsewhere.devices[0])
			o.ok(errors.Join(err, b.SetSetting(o.Context(), "identity/certificate", text)))
		},
		"another device's": func(o *offices, a, b *Device) {
			text, err := client.Certificate(o.Context(), a)
			o.ok(errors.Join(err, b.SetSetting(o.Context(), "identity/certificate", text)))
		},
		"none": func(o *offices, _, b *Device) { o.ok(b.SetSetting(o.Context(), "identity/certificate", nil)) },
		"shut out, as a colleague's stick tells": func(o *offices, a, b *Device) {
			o.ok(o.Server.Revoke(o.Context(), b.ID))
			c := o.newcomer("三郎") // hears of that at the server
			files, err := o.pack(c, client.Shipment{For: []app.ID{a.ID}})
			o.ok(err)
			_, err = o.load(a, files[0])
			o.ok(err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffices(t, 1, t.TempDir(), "花子")
			a := o.devices[0]
			b := o.newcomer("太郎")
			o.open(b, "回線障害", "")
			c(o, a, b)
			carried := len(a.cargo)
			files, err := o.pack(b, client.Shipment{For: []app.ID{a.ID}})
			o.ok(err)
			if _, err = o.load(a, files[0]); !app.IsCode(err, app.Forbidden) || len(a.cargo) != carried {
				t.Error("by stick:", err)
			}
			_, both := o.meet(a, b, plain, func(d *Device) bool { return d == b || t.Failed() })
			if !app.IsCode(both[0], app.Forbidden) || both[1] == nil || len(a.cargo) != carried {
				t.Error("at a meeting:", both)
			}
		})
	}
}

// TestStrangersMeet: two devices of which neither has heard of the other.
func TestStrangersMeet(t *testing.T) {
	o := newOffices(t, 1, t.TempDir())
	a := o.newcomer("花子")
	b := o.newcomer("太郎")
	o.Now = o.Now.Add(10 * 24 * time.Hour)
	o.open(a, "回線障害", "photo")
	o.open(b, "複合機", "")
	met, err := o.meet(a, b, plain, always)
	o.ok(errors.Join(err[0], err[1]))
	if !met[0].Vouched || met[1].Vouched || met[0].Took.Fresh != 1 || met[1].Took.Taken.Blobs != 1 {
		t.Errorf("%+v", met)
	}
	if age := app.StampOf(o.Now) - met[0].Listed; age < app.Stamp(10*24*time.Hour/time.Millisecond) || age > app.Stamp(11*24*time.Hour/time.Millisecond) {
		t.Errorf("the list of devices that are shut out is %d ms old", age)
	}
	o.settled()
}
