package demo

// inquiry is something that goes wrong in a city's offices, and what helps.
type inquiry struct {
	title, body, answer string
	asset               string // of what is broken: letters of an inventory number, or a name
	impact              string // a choice of the ticket register; empty: nobody said
	tags                string
	way                 way
	minutes             int    // of work, about
	channel             string // fixed; empty: any way people ask
}

// way is how an inquiry is settled.
type way int

const (
	byPhone  way = iota // at the desk, with remote help
	byVisit             // somebody goes there
	byMaker             // a maker, a supplier or another office must answer first
	byRepeat            // settled, and back again a day later
)

// inquiryCategories are the categories of the ticket register.
var inquiryCategories = []struct {
	category string
	list     []inquiry
}{
	{"device", deviceInquiries},
	{"network", networkInquiries},
	{"account", accountInquiries},
	{"business", businessInquiries},
	{"security", securityInquiries},
	{"other", otherInquiries},
}
