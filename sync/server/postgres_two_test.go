package server_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"daicho/app"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/server/postgrestest"
	"daicho/sync/simtest"
)

// TestTwoServersOfOneDatabase lets devices speak to two servers at once: there
// is one order, and who waits at the one hears of what the other took in.
func TestTwoServersOfOneDatabase(t *testing.T) {
	dsn := postgrestest.Database(t)
	world := world(1)
	world.Book = openBook()
	options := optionsIn(t.TempDir()+"/server", world)
	options.Database = dsn
	one, err := server.Create(t.Context(), options)
	ok(t, err)
	t.Cleanup(func() { one.Close() })
	two, err := server.Open(t.Context(), options)
	ok(t, err)
	t.Cleanup(func() { two.Close() })
	world.Server = one
	o := &office{T: t, World: world}
	at, beside := o.serve(), *world
	beside.Server = two

	devices, acked := []*simtest.Device{o.device(""), o.device(""), o.device("")}, map[app.ID]uint64{}
	for _, d := range devices {
		_, err := client.Enroll(t.Context(), d, o.code("人"+d.ID.Short(), at), over(d))
		ok(t, err)
	}
	news := make(chan error, 1)
	go func() {
		heard, err := client.Wait(context.Background(), devices[2], over(devices[2]))
		if err == nil && !heard {
			err = fmt.Errorf("no news")
		}
		news <- err
	}()
	for one.Waiting() == 0 {
		time.Sleep(time.Millisecond)
	}
	_, err = beside.Sync(t.Context(), o.writes(devices[1], 1))
	ok(t, err)
	ok(t, <-news)

	var both sync.WaitGroup
	for i, w := range []*simtest.World{world, &beside} {
		d := o.writes(devices[i], 40)
		d.Cut, d.Most = 3, 3
		both.Go(func() {
			if _, err := w.Sync(context.Background(), d); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	for _, d := range devices[:2] {
		acked[d.ID] = d.Seq()
	}
	gapless(t, dsn, acked)
}

// writes lets a device journal so many inquiries.
func (o *office) writes(d *simtest.Device, n int) *simtest.Device {
	o.Helper()
	for i := range n {
		o.open(d, fmt.Sprint(i))
	}
	return d
}
