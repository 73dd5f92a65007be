package extract

import "daicho/app"

// labels say the reasons as people read them.
var labels = map[Reason]app.Label{
	ReasonPassword:      app.Label{JA: "パスワードで保護されています", EN: "a password protects it"},
	ReasonZipCrypto:     app.Label{JA: "書庫の中のファイルにパスワードが付いています（ZipCrypto：弱い暗号です）", EN: "files in the archive have a password (ZipCrypto: weak)"},
	ReasonZipAES:        app.Label{JA: "書庫の中のファイルにパスワードが付いています（AES）", EN: "files in the archive have a password (AES)"},
	ReasonZipStrong:     app.Label{JA: "書庫の中のファイルが暗号化されています", EN: "files in the archive are encrypted"},
	ReasonKey:           app.Label{JA: "鍵で暗号化されています", EN: "it is encrypted to a key"},
	ReasonNoReader:      app.Label{JA: "この形式は読み取れません", EN: "this format cannot be read"},
	ReasonPDFText:       app.Label{JA: "PDF の読み取りは行っていません", EN: "PDF was not to be read"},
	ReasonImage:         app.Label{JA: "画像です。画像の中の文字は読み取りません", EN: "it is a picture; text in pictures is not read"},
	ReasonPictures:      app.Label{JA: "文字がほとんどなく、画像でできています。画像の中の文字は読み取りません", EN: "it is made of pictures; text in pictures is not read"},
	ReasonGlyphs:        app.Label{JA: "文字の種類を示さない書体があり、一部の文字を読み取れません", EN: "a font does not tell its characters, so some cannot be read"},
	ReasonMedia:         app.Label{JA: "音声または動画です", EN: "it is sound or video"},
	ReasonExecutable:    app.Label{JA: "プログラムです", EN: "it is a program"},
	ReasonFont:          app.Label{JA: "書体のファイルです", EN: "it is a font"},
	ReasonBinary:        app.Label{JA: "形式の分からないファイルです", EN: "its format is not known"},
	ReasonBlobs:         app.Label{JA: "データベースの中の、文字でない値は読み取りません", EN: "values in the database that are no text are not read"},
	ReasonMixed:         app.Label{JA: "文字でないデータが混ざっています", EN: "there is data in it that is no text"},
	ReasonCharset:       app.Label{JA: "文字コードが分からないため、英数字だけを読み取りました", EN: "its character set is not known; only ASCII was read"},
	ReasonDamaged:       app.Label{JA: "ファイルが壊れているか、名前と中身の形式が違います", EN: "it is damaged, or not what its name says"},
	ReasonTruncated:     app.Label{JA: "ファイルが途中で切れています", EN: "it ends too early"},
	ReasonTooMuchText:   app.Label{JA: "文字が多すぎるため、途中まで読み取りました", EN: "there is too much text in it"},
	ReasonHeader:        app.Label{JA: "メールのヘッダーが長すぎるため、途中まで読み取りました", EN: "the header of the mail is too long; only its beginning was read"},
	ReasonTooLarge:      app.Label{JA: "書庫の中に、大きすぎるファイルがあります", EN: "a file in the archive is too large"},
	ReasonTooDeep:       app.Label{JA: "書庫の入れ子が深すぎます", EN: "there are too many archives inside archives"},
	ReasonTooMany:       app.Label{JA: "中のファイルが多すぎます", EN: "there are too many files in it"},
	ReasonRatio:         app.Label{JA: "圧縮率が異常に高いため、展開を中止しました", EN: "it is compressed beyond measure, so unpacking was stopped"},
	ReasonInflated:      app.Label{JA: "展開すると大きすぎるため、途中まで読み取りました", EN: "it is too large when it is unpacked"},
	ReasonTime:          app.Label{JA: "時間がかかりすぎたため、途中で中止しました", EN: "it took too long"},
	ReasonMemory:        app.Label{JA: "読み取りに必要なメモリーが上限を超えました", EN: "it took too much memory"},
	ReasonMethod:        app.Label{JA: "対応していない圧縮方式です", EN: "its way of compression is not known"},
	ReasonEntries:       app.Label{JA: "中のファイルの一部を読み取れませんでした", EN: "some of the files in it could not be read"},
	ReasonParser:        app.Label{JA: "読み取りの処理に失敗しました", EN: "reading it failed"},
	ReasonRead:          app.Label{JA: "ファイルを読めませんでした", EN: "the file could not be read"},
	ReasonUnknownCrypto: {JA: "対応していない暗号方式です", EN: "its encryption is not known"},
}

// Label says a reason as people read it; of one that is not among the constants
// nothing but that something was not read.
func (r Reason) Label() app.Label {
	if l, known := labels[r]; known {
		return l
	}
	return app.Label{JA: "読み取れない部分があります", EN: "something in it cannot be read"}
}
