package server_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/server/postgrestest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// kills is how often PostgreSQL is killed: a few times, or DAICHO_KILLS.
func kills(t *testing.T) int {
	t.Helper()
	text, there := os.LookupEnv("DAICHO_KILLS")
	if !there {
		return 4
	}
	n, err := strconv.Atoi(text)
	ok(t, err)
	return n
}

// TestKillPostgres ends connections, and kills the whole database, while
// devices bring changes: what was acknowledged is there, once, and neither the
// order nor the numbers have a gap.
func TestKillPostgres(t *testing.T) {
	cluster := postgrestest.New(t)
	dsn := cluster.Database(t)
	log, err := server.NewPostgres(t.Context(), dsn, [32]byte{1})
	ok(t, err)
	o := officeOver(t, openBook(), log)
	chance := rand.New(rand.NewPCG(1, 1))
	acked := map[app.ID]uint64{}
	for n := range kills(t) {
		var carriers sync.WaitGroup
		for _, d := range []*simtest.Device{o.device(fmt.Sprint("青木", n)), o.device(fmt.Sprint("馬場", n))} {
			bring := o.pushesOf(o.writes(d, 60), 2)
			carriers.Go(func() { o.insist(d, bring) })
			acked[d.ID] = 60
		}
		time.Sleep(time.Duration(chance.IntN(200)) * time.Millisecond)
		if n%2 == 0 {
			cluster.Do(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
		} else {
			cluster.Kill(t)
			cluster.Start(t)
		}
		carriers.Wait()
	}
	gapless(t, dsn, acked)
	ok(t, log.Close())
}

// pushesOf are a device's changes in pushes of a few.
func (o *office) pushesOf(d *simtest.Device, few int) (out []*wire.Push) {
	o.Helper()
	d.Cut = few
	all := o.outgoing(d)
	for i, s := range all.Segments {
		p := &wire.Push{Epoch: all.Epoch, Segments: []wire.Segment{s}}
		if i == 0 {
			p.Keys = all.Keys
		}
		out = append(out, p)
	}
	return out
}

// insist pushes until all is acknowledged, as a device does.
func (o *office) insist(d *simtest.Device, bring []*wire.Push) {
	for _, p := range bring {
		last := p.Segments[0].Last
		for {
			out, err := o.order.Push(context.Background(), d.ID, p, app.StampOf(o.Now))
			if err != nil {
				continue
			}
			if got := out.Watermarks[0].Seq; got < last {
				o.Errorf("acknowledged %d of %d", got, last)
			}
			break
		}
	}
}

// gapless looks at the tables themselves.
func gapless(t *testing.T, dsn string, acked map[app.ID]uint64) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	ok(t, err)
	total := int64(0)
	for device, seq := range acked {
		total += int64(seq)
		equal(t, numbersIn(t, conn, "SELECT count(*), min(seq), max(seq) FROM log WHERE device = $1", device[:]), []int64{int64(seq), 1, int64(seq)})
		equal(t, numbersIn(t, conn, "SELECT watermark FROM device WHERE id = $1", device[:]), []int64{int64(seq)})
	}
	equal(t, numbersIn(t, conn, "SELECT count(*), min(gsn), max(gsn) FROM log"), []int64{total, 1, total})
	equal(t, numbersIn(t, conn, "SELECT count(*), min(n), max(n) FROM number"), []int64{total, 1, total})
	equal(t, numbersIn(t, conn, "SELECT n FROM counter WHERE name = 'gsn'"), []int64{total})
	equal(t, numbersIn(t, conn, "SELECT count(*) FROM record"), []int64{total})
	ok(t, conn.Close(context.Background()))
}

func numbersIn(t *testing.T, conn *pgx.Conn, query string, args ...any) (out []int64) {
	t.Helper()
	rows, err := conn.Query(context.Background(), query, args...)
	ok(t, err)
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		ok(t, err)
		for _, v := range values {
			n, _ := v.(int64)
			out = append(out, n)
		}
	}
	ok(t, rows.Err())
	return out
}
