package server

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

// census counts what is in the database when somebody asks.
type census struct{ s *Server }

var (
	censusHead    = prometheus.NewDesc("daicho_order_head", "Changes in the order.", nil, nil)
	censusDevices = prometheus.NewDesc("daicho_devices", "Enrolled devices, by state.", []string{"state"}, nil)
	censusWaiting = prometheus.NewDesc("daicho_segments_waiting", "Signed runs of changes outside the order: held until what precedes them comes, or impounded for a person.", []string{"why"}, nil)
	censusCopy    = prometheus.NewDesc("daicho_second_place_failing", "1 if the second place cannot be written, so that nothing can be done at the server; absent where there is none.", nil, nil)
	censusSeen    = prometheus.NewDesc("daicho_last_contact_seconds", "When a device last spoke, in seconds since 1970.", nil, nil)
)

// Describe is part of [prometheus.Collector].
func (c census) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{censusHead, censusDevices, censusWaiting, censusCopy, censusSeen} {
		out <- d
	}
}

// Collect is part of [prometheus.Collector].
func (c census) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), healthTime)
	defer cancel()
	n, err := c.count(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(censusHead, err)
		return
	}
	gauge := func(d *prometheus.Desc, v int64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(v), labels...)
	}
	gauge(censusHead, n.head)
	for _, state := range []DeviceState{Active, Frozen, Revoked} {
		gauge(censusDevices, n.devices[state], string(state))
	}
	gauge(censusWaiting, n.held, "held")
	gauge(censusWaiting, n.impounded, "impounded")
	if n.copies {
		gauge(censusCopy, n.failing)
	}
	gauge(censusSeen, n.seen/1000)
}

// counted is a census.
type counted struct {
	head, held, impounded int64
	seen                  int64 // ms
	devices               map[DeviceState]int64
	copies                bool  // there is a second place
	failing               int64 // 1: it failed at the last look
}

func (c census) count(ctx context.Context) (n counted, err error) {
	err = c.s.log.Read(ctx, func(tx Tx) error {
		n = counted{devices: map[DeviceState]int64{}}
		if n.head, err = tx.Counter(counterGSN); err != nil {
			return err
		}
		place, err := copyPlaceOf(tx)
		if err != nil {
			return err
		}
		if n.copies = place.Dir != ""; c.s.copier.failing.Load() {
			n.failing = 1
		}
		all, err := tx.Devices()
		for _, d := range all {
			if err == nil {
				err = n.device(tx, d)
			}
		}
		return err
	})
	return n, err
}

func (n *counted) device(tx Tx, d Device) error {
	n.devices[d.State]++
	n.seen = max(n.seen, int64(d.Seen))
	held, err := tx.HeldCount(d.ID)
	if err != nil {
		return err
	}
	impounded, err := tx.ImpoundedCount(d.ID)
	n.held, n.impounded = n.held+int64(held), n.impounded+int64(impounded)
	return err
}
