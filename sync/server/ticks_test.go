package server

import (
	"math"
	"testing"

	"daicho/app"
)

// TestTickComesBack writes ticks and reads them, those of servers up to 0.2 too.
func TestTickComesBack(t *testing.T) {
	device := app.ID{0xab, 0xcd, 0xef, 0x12}
	of := func(v app.Value) app.Doc { return app.Doc(nil).Patch([]app.Cell{{Field: "title", Now: v}}) }
	for off, want := range map[int64]int64{app.Unknown: app.Unknown, 0: 0, 30: 30, -9: app.Unknown, math.MaxInt64: math.MaxUint32 - 1} {
		got := readTick(of(tickValue(app.Tick{At: 7 << 16, By: app.ID{1}, Device: device, Err: off})), "title")
		if got.At != 7<<16 || got.By != (app.ID{1}) || got.Err != want || got.Device.Short() != device.Short() {
			t.Errorf("%d ms came back as %+v", off, got)
		}
	}
	old := append([]byte{0, 0, 0, 0, 0, 7, 0, 0}, make([]byte, 16)...)
	if got := readTick(of(app.BytesValue(old)), "title"); got.At != 7<<16 || got.Err != app.Unknown || !got.Device.IsZero() {
		t.Errorf("an old one reads as %+v", got)
	}
	if got := readTick(of(app.BytesValue([]byte{1})), "title"); got.At != 0 || got.Err != app.Unknown {
		t.Errorf("nonsense reads as %+v", got)
	}
}
