Attribute VB_Name = "Ribbon"
Option Explicit
' The tab Dip-sampling. Every button calls OnPress; its id is the id of its action.
' A button is never grey: one that cannot work now says why, and what to press first. That needs no desk.

Public Sub OnPress(control As IRibbonControl)
    Press control.ID
End Sub

Public Sub Press(ByVal id As String)
    Dim reason As String
    On Error GoTo NotNow
    reason = WhyNot(id, KindOfWorkbook())
    If reason <> "" Then
        Say reason
    ElseIf WayOf(id) <> 0 Then
        GoToCase id, WayOf(id)
    Else
        AskDesk id
    End If
    Exit Sub
NotNow:
    Say "Excel could not do that now: close its other windows, press Esc, and press the button again."
End Sub

Public Sub Say(ByVal text As String)
    MsgBox text, vbInformation, "Dip-sampling"
End Sub
