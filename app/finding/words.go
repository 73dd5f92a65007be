package finding

import (
	"daicho/app"
	"daicho/app/detect"
	"daicho/app/extract"
)

// Kinds are the kinds of data with their names, the gravest first.
var Kinds = []app.Option[detect.Kind]{
	app.Is(detect.IndividualNumber, "個人番号", "Individual Number"), app.Is(detect.ResidentCode, "住民票コード", "Resident record code"),
	app.Is(detect.Sensitive, "要配慮個人情報", "Special-care data"), app.Is(detect.DriversLicense, "運転免許証番号", "Driver's licence"),
	app.Is(detect.Passport, "旅券番号", "Passport"), app.Is(detect.ResidenceCard, "在留カード番号", "Residence card"),
	app.Is(detect.PensionNumber, "基礎年金番号", "Pension number"), app.Is(detect.HealthInsurance, "健康保険", "Health insurance"),
	app.Is(detect.CareInsurance, "介護保険", "Care insurance"), app.Is(detect.BankAccount, "口座番号", "Bank account"),
	app.Is(detect.CreditCard, "クレジットカード番号", "Credit card"), app.Is(detect.PersonName, "氏名", "Name"),
	app.Is(detect.PostalAddress, "住所", "Address"), app.Is(detect.BirthDate, "生年月日", "Date of birth"),
	app.Is(detect.Phone, "電話番号", "Telephone"), app.Is(detect.Email, "メールアドレス", "E-mail address"),
	app.Is(detect.Confidential, "機密情報", "Confidential"),
}

// Bands are the ranges of counts with their names.
var Bands = []app.Option[detect.Band]{
	app.First(detect.Nobody, "none", "なし", "None"), app.Is(detect.Few, "1～9", "1-9"), app.Is(detect.Tens, "10～99", "10-99"),
	app.Is(detect.Hundreds, "100～999", "100-999"), app.Is(detect.Thousands, "1,000以上", "1,000 or more"),
}

// Confidences are how sure the rules are.
var Confidences = []app.Option[detect.Confidence]{
	app.Is(detect.High, "高", "High"), app.Is(detect.Medium, "中", "Medium"), app.Is(detect.Low, "低", "Low"),
}

// Protections are what may stand between a reader and a file.
var Protections = []app.Option[extract.Protection]{
	app.Is(extract.ProtectNone, "なし", "None"), app.Is(extract.ProtectPassword, "パスワード", "Password"), app.Is(extract.ProtectKey, "暗号化", "Encrypted"),
	app.Is(extract.ProtectPartial, "一部のみ", "In part"), app.Is(extract.ProtectUnknown, "不明", "Unknown"),
}

// Weaknesses are why a protection is less than it seems.
var Weaknesses = []app.Option[extract.Note]{
	app.First(extract.Note(""), "none", "なし", "None"),
	app.Is(extract.NoteOwnerPassword, "パスワードなしで開ける（変更時のみ必要）", "Opens without a password"),
	app.Is(extract.NoteDefaultPassword, "既定のパスワードで開ける", "Opens with the default password"),
	app.Is(extract.NoteZipCrypto, "弱い暗号（ZipCrypto）", "Weak: ZipCrypto"), app.Is(extract.NoteRC4, "弱い暗号（RC4 40ビット）", "Weak: RC4, 40 bits"),
	app.Is(extract.NotePasswordBeside, "同じ場所にパスワードのファイル", "Its password may lie beside it"), app.Is(extract.NoteXOR, "弱い暗号（XOR）", "Weak: XOR"),
}
