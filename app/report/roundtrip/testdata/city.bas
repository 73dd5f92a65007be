' What the city does to a sheet, by the hands of LibreOffice.
Private sheet As Object

Function Column(title As String) As Long
  Dim i As Long
  For i = 0 To 60
    If sheet.getCellByPosition(i, 0).String = title Then
      Column = i
      Exit Function
    End If
  Next
  Column = -1
End Function

Function RowOf(number As String) As Long
  Dim i As Long
  For i = 1 To 100
    If sheet.getCellByPosition(Column("番号"), i).String = number Then
      RowOf = i
      Exit Function
    End If
  Next
  RowOf = -1
End Function

Sub Put(row As Long, title As String, text As String)
  sheet.getCellByPosition(Column(title), row).String = text
End Sub

Function Load(source As String) As Object
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Load = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  sheet = Load.Sheets.getByIndex(0)
End Function

Sub Save(doc As Object, target As String)
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(ConvertToURL(target), filter())
  doc.close(True)
End Sub

Sub Fail(target As String)
  Open target & ".failed" For Output As #1
  Print #1, "line " & Erl & ": " & Error$
  Close #1
End Sub

Sub Edit(source As String, target As String)
  Dim doc As Object, i As Long, last As Long
  On Error GoTo Failed
  doc = Load(source)
  sheet.Columns.insertByIndex(Column("件名") + 1, 1)
  sheet.getCellByPosition(Column("件名") + 1, 0).String = "市の備考"
  For i = 1 To 4
    Put(RowOf("T-00" & i), "件名", "直した " & i)
    sheet.getCellByPosition(Column("市の備考"), RowOf("T-00" & i)).String = "確認済"
  Next
  Put(RowOf("T-005"), "対応工数（分）", "７５")
  sheet.getCellByPosition(Column("対応工数（分）"), RowOf("T-006")).Formula = "=70+6"
  Put(RowOf("T-007"), "受付日時", "R8.11.3 10:00")
  Put(RowOf("T-008"), "受付日時", "令和8年11月4日 11時5分")
  Put(RowOf("T-009"), "一次受付", "○")
  Put(RowOf("T-010"), "一次受付", "済")
  Put(RowOf("T-011"), "内容", "一行目" & Chr(10) & "二行目" & Chr(10) & "三行目")
  Put(RowOf("T-012"), "受付経路", "メール")
  sheet.Rows.removeByIndex(RowOf("T-020"), 1)
  last = 40
  For i = 1 To 3
    Put(last + i - 1, "件名", "新しい件その" & i)
    Put(last + i - 1, "受付経路", Array("電話", "メール", "窓口")(i - 1))
  Next
  sheet.getCellByPosition(Column("受付日時"), last).Value = 46358 + 9.5 / 24
  Dim locale As New com.sun.star.lang.Locale
  locale.Language = "ja"
  locale.Country = "JP"
  Dim code As Long
  code = doc.NumberFormats.queryKey("YYYY/MM/DD HH:MM", locale, False)
  If code = -1 Then code = doc.NumberFormats.addNew("YYYY/MM/DD HH:MM", locale)
  sheet.getCellByPosition(Column("受付日時"), last).NumberFormat = code
  sheet.getCellByPosition(Column("件名"), RowOf("T-030")).CharStrikeout = com.sun.star.awt.FontStrikeout.SINGLE
  Dim by(0) As New com.sun.star.table.TableSortField
  by(0).Field = Column("番号")
  by(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields"
  how(0).Value = by()
  how(1).Name = "ContainsHeader"
  how(1).Value = True
  sheet.getCellRangeByPosition(0, 0, 40, last + 2).sort(how())
  sheet.Rows.getByIndex(RowOf("T-025")).IsVisible = False
  sheet.Name = "課題（市回答）"
  Save(doc, target)
  Exit Sub
Failed:
  Fail(target)
End Sub

' What somebody does who never saw the program.
Sub Mess(source As String, target As String)
  Dim doc As Object, i As Long, beyond As Long
  On Error GoTo Failed
  doc = Load(source)
  beyond = 0
  Do While sheet.getCellByPosition(beyond, 0).String <> ""
    beyond = beyond + 1
  Loop
  sheet.getCellByPosition(beyond, 0).String = "市の備考"
  Put(RowOf("T-001"), "受付日時", "２０２６年１１月３日　１０：００")
  Put(RowOf("T-002"), "対応工数（分）", "１２０")
  sheet.getCellByPosition(Column("対応工数（分）"), RowOf("T-003")).Formula = "=1/0"
  sheet.getCellRangeByPosition(Column("件名"), RowOf("T-004"), Column("件名"), RowOf("T-005")).merge(True)
  Put(RowOf("T-004"), "件名", "結合")
  Put(RowOf("T-006"), "件名", "隠した行")
  sheet.Rows.getByIndex(RowOf("T-006")).IsVisible = False
  For i = 9 To 11
    Put(i, "件名", Array("足した行", "二件目", "三件目")(i - 9))
    Put(i, "受付経路", "電話")
  Next
  Put(9, "番号", "市-7")
  Put(9, "状態", "完了")
  Put(9, "写真・添付", "画面.png")
  sheet.getCellByPosition(beyond, 9).String = "至急"
  sheet.getCellByPosition(beyond + 1, 9).String = "欄外のメモ"
  Put(10, "受付日時", "2026/12/32")
  sheet.getCellByPosition(Column("対応工数（分）"), 11).Formula = "=1/0"
  sheet.getCellByPosition(beyond, 14).String = "以上"
  doc.Sheets.insertNewByName("別表", 1)
  doc.Sheets.getByName("別表").getCellByPosition(0, 0).String = "ここにも書いた"
  Save(doc, target)
  Exit Sub
Failed:
  Fail(target)
End Sub
