package detect

// Kind names a kind of personal data, as printed in findings.
type Kind string

// The kinds known now.
const (
	IndividualNumber Kind = "individual_number" // 個人番号 (マイナンバー)
	Email            Kind = "email"
	Phone            Kind = "phone"
)

// Confidence says how sure a finding is.
type Confidence string

// The three levels. Low alone is a hint for a person, not a result: one in ten
// random numbers of 12 digits has a right check digit.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Scores from which a value has each confidence; under lowFrom it is dropped.
const (
	highFrom   = 70
	mediumFrom = 45
	lowFrom    = 10
)

// Finding counts the distinct values of one kind with one confidence. A value
// is counted once, with the best confidence it had anywhere in the document.
type Finding struct {
	Kind       Kind       `json:"kind"`
	Count      int        `json:"count"`
	Confidence Confidence `json:"confidence"`
}

func confidenceOf(score int) (Confidence, bool) {
	switch {
	case score >= highFrom:
		return High, true
	case score >= mediumFrom:
		return Medium, true
	case score >= lowFrom:
		return Low, true
	}
	return "", false
}
