package client

import (
	"daicho/app"
	"daicho/sync/wire"
)

// clock keeps the best measurement of the device's clock that a contact gave:
// Cristian's algorithm with the server's own two times taken out.
type clock struct {
	offset, err int64 // milliseconds
}

// heard takes in one exchange: when the device began to ask and had the
// answer, by its own clock, and when the server had the question and answered.
func (c *clock) heard(asked, had app.Stamp, server wire.Times) {
	trip := int64(had-asked) - int64(server.Sent-server.Received)
	if server.Received == 0 || trip < 0 { // no times, or the clock was set meanwhile
		return
	}
	err := (trip+1)/2 + 1 // and a millisecond, for times are cut to it
	if c.err != app.Unknown && c.err <= err {
		return
	}
	c.offset, c.err = (int64(server.Received-asked)+int64(server.Sent-had))/2, err
}
