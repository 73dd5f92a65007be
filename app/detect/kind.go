package detect

// Kind names a kind of personal data, or of other data that must be guarded,
// as printed in findings.
type Kind string

// The kinds known now.
const (
	IndividualNumber Kind = "individual_number" // 個人番号 (マイナンバー)
	ResidentCode     Kind = "resident_code"     // 住民票コード
	DriversLicense   Kind = "drivers_license"   // 運転免許証の番号
	Passport         Kind = "passport"          // 旅券番号
	ResidenceCard    Kind = "residence_card"    // 在留カード番号, 特別永住者証明書番号
	PensionNumber    Kind = "pension_number"    // 基礎年金番号
	HealthInsurance  Kind = "health_insurance"  // 健康保険の記号・番号, 保険者番号
	CareInsurance    Kind = "care_insurance"    // 介護保険被保険者番号
	BankAccount      Kind = "bank_account"      // 口座番号, ゆうちょの記号・番号
	CreditCard       Kind = "credit_card"
	Phone            Kind = "phone"
	Email            Kind = "email"
	PostalAddress    Kind = "postal_address" // 番地までの住所
	PersonName       Kind = "person_name"
	BirthDate        Kind = "birth_date"
	Sensitive        Kind = "sensitive"    // 要配慮個人情報 and what hurts as much; its values are the words
	Confidential     Kind = "confidential" // important though not personal; its values are the marks
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
