package demo

import "slices"

// shareFiles lists the share in the order of paths.
func shareFiles() []shareFile {
	files := slices.Concat(citizens(), taxes(), welfare(), information(), general())
	slices.SortFunc(files, func(a, b shareFile) int {
		if a.path < b.path {
			return -1
		}
		return 1
	})
	return files
}

func citizens() []shareFile {
	return in("市民課",
		exposed("住民異動受付簿_令和8年4月.csv", wholePerson, cp932(csvOf(residents(1, 24)))),
		exposed("マイナンバーカード交付予定者.xlsx", numberName, workbook(sheet{"交付予定", cardRows(30, 20), nil})),
		exposed("転出届_控え.docx", wholePerson, document(moveOutForm(52))),
		exposed("様式_個人番号欄(桁区切り).xlsx", numberForm, workbook(sheet{"届出書", boxedForm(53), nil})),
		clean("窓口対応マニュアル.docx", document(counterManual)),
		clean("証明書交付件数_令和7年度.xlsx", workbook(sheet{"件数", certificateCounts(), nil})),
		clean("窓口混雑状況.csv", text(csvOf(crowding()))),
	)
}

func taxes() []shareFile {
	reports := fold{entry{"給与支払報告書.csv", cp932(csvOf(payslips(60, 12)))}, entry{"説明.txt", text(zipNote)}}
	mixed := fold{
		entry{"総括表.txt", text(zipNote)},
		entry{"個人明細.csv", cp932(csvOf(payslips(80, 5)))},
	}
	return in("税務課",
		exposed("納税通知書_送付先.csv", addressed, bom(csvOf(addressees(90, 30)))),
		locked("滞納整理一覧.xlsx", sample("locked-arrears.xlsx")),
		clean("法人番号一覧.csv", cp932(csvOf(corporations()))),
		clean("納付書_伝票番号控え.txt", text(slips())),
		archive("給与支払報告書_A社.zip", Clean, plainZip(reports, true),
			Expected{"給与支払報告書.csv", Exposed, numberName}, Expected{"説明.txt", Clean, nil}),
		archive("給与支払報告書_B社.zip", Protected, cryptoZip(mixed, mixed[1].name),
			Expected{"総括表.txt", Clean, nil}, Expected{"個人明細.csv", Protected, nil}),
		archive("申告書添付.zip", Unread, plainZip(fold{entry{"申告書.xlsx", sample("locked-benefits.xlsx")}}, false),
			Expected{"申告書.xlsx", Protected, nil}),
	)
}

func welfare() []shareFile {
	accounts := fold{entry{"児童手当_受給者.csv", cp932(csvOf(residents(120, 8)))}}
	return in("福祉課",
		exposed("要介護認定_訪問調査メモ.txt", visited, text(visitNotes(130, 6))),
		exposed("民生委員連絡先.xlsx", reachable, workbook(
			sheet{"委員", committeeRows(140, 15), nil})),
		exposed("見守り対象者.xlsx", numberPhone, workbook(
			sheet{"集計", certificateCounts(), nil}, sheet{"名簿(非表示)", hiddenRows(160, 10), hideSheet})),
		exposed("給付申請の手引き_記入例.pptx", numberOnly, presentation(claimSlides(175))),
		archive("児童手当_振込依頼.zip", Protected, aesZip(accounts),
			Expected{"児童手当_受給者.csv", Protected, nil}),
		locked("障害者手帳_交付台帳.xlsx", sample("locked-benefits.xlsx")),
		clean("福祉まつり_企画.pptx", presentation(festivalSlides)),
	)
}

func information() []shareFile {
	year := fold{entry{"名寄せ.xlsx", workbook(sheet{"Sheet1", cardRows(200, 9), nil})}}
	nested := fold{entry{"3月.zip", plainZip(year, true)}, entry{"README.txt", text(zipNote)}}
	return in("情報課",
		exposed("問い合わせ受付一覧.tsv", reachable, utf16le(tsvOf(inquiries(210, 14)))),
		exposed("バックアップ/世帯主一覧.csv", addressed, eucjp(csvOf(addressees(230, 12)))),
		archive("バックアップ/年度末退避.zip", Clean, plainZip(nested, true),
			Expected{"3月.zip", Clean, nil}, Expected{"3月.zip!/名寄せ.xlsx", Exposed, numberName},
			Expected{"README.txt", Clean, nil}),
		archive("バックアップ/宛名抽出.csv.gz", Clean, gzipped(text(csvOf(residents(250, 7)))),
			Expected{"宛名抽出.csv", Exposed, wholePerson}),
		exposed("古いメール.eml", phoneMail, iso2022jp(oldMail(270))),
		clean("機器管理台帳.xlsx", workbook(sheet{"機器", deviceRows(), nil})),
		clean("サーバ移行手順.txt", text(migrationPlan)),
		clean("認証ログ.log", text(accessLog())),
		unread("ネットワーク構成図.png", picture),
		unread("旧台帳.mdb", header("\x00\x01\x00\x00Standard Jet DB\x00")),
	)
}

func general() []shareFile {
	return in("総務課",
		exposed("職員連絡網.csv", reachable, cp932(csvOf(staff(300, 18)))),
		clean("議事録_第3回業務改善会議.docx", document(minutes)),
		clean("広報はづき原稿.txt", cp932(newsletter)),
		clean("空のファイル.txt", text("")),
		exposed("委託契約書.pdf", []string{"email"}, contractPDF),
		unread("起案文書.xdw", header("\x60\x0e\x82\x01\x40\x00\x00\x00")),
		unread("庁舎写真.jpg", header("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01")),
		unread("過年度文書.7z", header("7z\xbc\xaf\x27\x1c\x00\x04")),
		locked("人事評価.csv.gpg", header("\x85\x01\x0c\x03\x11\x22\x33\x44")),
	)
}
