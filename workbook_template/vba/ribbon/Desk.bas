Attribute VB_Name = "Desk"
Option Explicit
Option Private Module
' Asks the desk, the program of this person that does the work. Excel starts no program: where no desk runs, Windows
' itself starts the one that was installed for this person. It is told a button's id, Excel's window and the workbook's
' name; what it answers is one of three words.

Private Const THE_DESK = "DipSampling.Desk"

Public Sub AskDesk(ByVal id As String)
    Dim desk As Object, trouble As String
    Set desk = FoundDesk()
    If desk Is Nothing Then trouble = NoDesk(id) Else trouble = AskedOf(desk, id, Application.Hwnd, ActiveName())
    If trouble <> "" Then Say trouble
End Sub

Public Function NoDesk(ByVal id As String) As String
    NoDesk = "The desk is not open: choose Dip-sampling in the Start menu, then press " & LabelOf(id) & " again."
End Function

' Presses a button of the desk; what is in the way, in one sentence, or nothing.
Public Function AskedOf(ByVal desk As Object, ByVal id As String, ByVal window As Long, ByVal name As String) As String
    Dim trouble As String
    On Error GoTo NoAnswer
    trouble = WhyNotThisVersion(desk.Version(), TOOL_VERSION)
    If trouble = "" Then trouble = WhyNotTaken(desk.Press(id, window, name))
    AskedOf = trouble
    Exit Function
NoAnswer:
    AskedOf = "The desk does not answer: close its window, choose Dip-sampling in the Start menu, and press the " & _
        "button again."
End Function

' The desk that runs, or the one that Windows starts; nothing when there is none.
Private Function FoundDesk() As Object
    On Error Resume Next
    Set FoundDesk = GetObject(, THE_DESK)
    If FoundDesk Is Nothing Then Set FoundDesk = CreateObject(THE_DESK)
End Function

' The workbook on screen as Excel calls it; nothing when there is none.
Private Function ActiveName() As String
    If Not ActiveWorkbook Is Nothing Then ActiveName = ActiveWorkbook.FullName
End Function

Public Function WhyNotTaken(ByVal answer As String) As String
    Select Case answer
        Case "taken": Exit Function
        Case "busy"
            WhyNotTaken = "Another step is still at work: wait until it has finished, or press Stop on the desk."
        Case Else
            WhyNotTaken = "This ribbon and the desk are of different versions: ask IT to run install again."
    End Select
End Function

Public Function WhyNotThisVersion(ByVal installed As String, ByVal own As String) As String
    If installed = own Then Exit Function
    If IsOlder(own, installed) Then
        WhyNotThisVersion = "This ribbon is older than the desk: close Excel and ask IT to run install again."
    Else
        WhyNotThisVersion = "The desk is older than this ribbon: close the desk, open it again, or ask IT to update it."
    End If
End Function

' Whether version a comes before version b, number by number: 0.9.1 before 0.10.
Public Function IsOlder(ByVal a As String, ByVal b As String) As Boolean
    Dim ours As Variant, theirs As Variant, i As Long
    ours = Split(a & ".0.0.0", ".")
    theirs = Split(b & ".0.0.0", ".")
    For i = 0 To 2
        If Val(ours(i)) <> Val(theirs(i)) Then
            IsOlder = Val(ours(i)) < Val(theirs(i))
            Exit Function
        End If
    Next
End Function
