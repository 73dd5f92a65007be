package app

import (
	"fmt"
	"time"

	"daicho/app/civil"
)

// Stamp is a moment in milliseconds since 1970 UTC; it has no zone. Zero is
// "not entered".
type Stamp int64

// StampOf cuts a time to its millisecond.
func StampOf(t time.Time) Stamp { return Stamp(t.UnixMilli()) }

// Time is the moment in the zone of the contract.
func (s Stamp) Time() time.Time { return time.UnixMilli(int64(s)).In(civil.Tokyo) }

// RFC3339 is the moment as machines read it, in +09:00; empty for zero.
func (s Stamp) RFC3339() string {
	if s == 0 {
		return ""
	}
	if s%1000 != 0 {
		return s.Time().Format("2006-01-02T15:04:05.000Z07:00")
	}
	return s.Time().Format(time.RFC3339)
}

// Clock tells the time. Rules get theirs from [Act].
type Clock func() time.Time

// Unknown is the error of a clock that nothing vouches for.
const Unknown int64 = -1

// Certainty says how far a time may be off that came with an error in
// milliseconds: ±2秒, rounded up; or that nothing vouches for it.
func Certainty(err int64) Label {
	const second, minute, hour = 1_000, 60_000, 3_600_000
	up := func(unit int64) int64 { return max(1, (err+unit-1)/unit) }
	switch {
	case err < 0:
		return Label{"端末の時計（誤差不明）", "device clock, error unknown"}
	case err <= minute:
		return Label{fmt.Sprintf("±%d秒", up(second)), fmt.Sprintf("±%d s", up(second))}
	case err <= hour:
		return Label{fmt.Sprintf("±%d分", up(minute)), fmt.Sprintf("±%d min", up(minute))}
	}
	return Label{fmt.Sprintf("±%d時間", up(hour)), fmt.Sprintf("±%d h", up(hour))}
}

// Reading is what a device knew of the time when a change was made: enough to
// judge later how far its clock can have been off.
type Reading struct {
	Wall   Stamp   // the device's own clock
	Mono   int64   // nanoseconds of a clock that counts suspend, since Boot
	Boot   [8]byte // which run of the machine Mono belongs to
	Offset int64   // milliseconds to add to Wall, measured at the last contact
	Err    int64   // milliseconds the corrected time may be off; Unknown without contact
}

// Vouched is how far a time that was taken for the corrected one may be off:
// Unknown, where it is further from it than the clock admitted.
func (r Reading) Vouched(taken Stamp) int64 {
	if apart := int64(max(taken-r.Corrected(), r.Corrected()-taken)); r.Err < 0 || apart > r.Err {
		return Unknown
	}
	return r.Err
}

// Corrected is the device's time with the measured offset added.
func (r Reading) Corrected() Stamp { return r.Wall + Stamp(r.Offset) }

// HLC is a hybrid logical clock: 48 bits of milliseconds, 16 of a counter. It
// never runs backwards on one device, whatever its wall clock does.
type HLC uint64

// Next is the clock after one more event at the wall time given. A wall clock
// before 1970 or after the year 10889 counts as these.
func (h HLC) Next(wall Stamp) HLC { return max(h+1, HLC(min(max(wall, 0), lastStamp))<<16) }

// lastStamp is the last millisecond that 48 bits hold. The very last one is
// left out, so that counting on never wraps.
const lastStamp Stamp = 1<<48 - 2

// Stamp is the clock's millisecond.
func (h HLC) Stamp() Stamp { return Stamp(h >> 16) }

// Clamp pulls a clock that claims to be in the future back to the limit.
func (h HLC) Clamp(limit Stamp) HLC { return min(h, HLC(limit)<<16|0xffff) }
