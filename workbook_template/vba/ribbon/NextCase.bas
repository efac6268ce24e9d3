Attribute VB_Name = "NextCase"
Option Explicit
Option Private Module
' Next case and Previous case: to what is missing in the row of Review that is not complete. They change nothing.

' Way: 1 down the sheet, -1 up.
Public Sub GoToCase(ByVal id As String, ByVal way As Long)
    Dim table As ListObject, row As Long, checks As Variant, here As Long
    On Error Resume Next  ' somebody renamed the sheet, the table or the column
    Set table = ActiveWorkbook.Worksheets("Review").ListObjects("Review")
    checks = ChecksOf(table)
    On Error GoTo 0
    If Not IsArray(checks) Then
        Say "The sheet Review has no table Review with cases and a column Check: use an earlier copy of the workbook."
        Exit Sub
    End If
    If ActiveSheet.Name = table.Parent.Name Then here = ActiveCell.row - table.DataBodyRange.row + 1
    row = NextIncomplete(checks, here, way)
    If row = 0 Then
        Say "Every case that Review shows is complete: clear its filter if it has one, or press " _
            & LabelOf("analyse") & "."
    Else
        On Error GoTo OutOfSight
        Application.Goto CellToFill(table, row, checks(row))
    End If
    Exit Sub
OutOfSight:
    Say "The sheet Review is hidden: show it, and press " & LabelOf(id) & " again."
End Sub

' The column Check from row 1 on; a row that a filter hides counts as complete.
Private Function ChecksOf(ByVal table As ListObject) As Variant
    Dim body As Range, found() As Variant, i As Long
    Set body = table.ListColumns("Check").DataBodyRange
    ReDim found(1 To body.Rows.Count)
    For i = 1 To body.Rows.Count
        found(i) = body.Cells(i, 1).Value
        If body.Cells(i, 1).EntireRow.Hidden Then found(i) = CHECK_COMPLETE
    Next
    ChecksOf = found
End Function

' The row beside row `here` that is not complete, going on at the other end; 0 when every row is.
Public Function NextIncomplete(ByVal checks As Variant, ByVal here As Long, ByVal way As Long) As Long
    Dim i As Long, row As Long, last As Long
    last = UBound(checks)
    If here < 1 Or here > last Then here = IIf(way > 0, 0, last + 1)
    For i = 1 To last
        row = (here - 1 + way * i + last) Mod last + 1
        If Not IsDone(checks(row)) Then
            NextIncomplete = row
            Exit Function
        End If
    Next
End Function

Public Function IsDone(ByVal check As Variant) As Boolean
    If IsError(check) Then Exit Function
    Select Case CStr(check)
        Case CHECK_COMPLETE, CHECK_LEFT, CHECK_NOT_COUNTED, "": IsDone = True
    End Select
End Function

' The heading of the first cell to fill in, from "Missing: Outcome, Reviewer"; nothing when the check names none.
Public Function FirstMissing(ByVal check As Variant) As String
    If IsError(check) Then Exit Function
    If Left(check, Len(CHECK_MISSING)) <> CHECK_MISSING Then Exit Function
    FirstMissing = Split(Mid(check, Len(CHECK_MISSING) + 1), ", ")(0)
End Function

Private Function CellToFill(ByVal table As ListObject, ByVal row As Long, ByVal check As Variant) As Range
    Set CellToFill = table.DataBodyRange.Cells(row, 1)
    On Error Resume Next  ' no such column: the row itself will do
    Set CellToFill = table.ListColumns(FirstMissing(check)).DataBodyRange.Cells(row, 1)
End Function
