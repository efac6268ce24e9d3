Attribute VB_Name = "Reasons"
Option Explicit
Option Private Module
' Why a button cannot work now, in one sentence, and what to press first. None of it needs Python.

' Why a button cannot work on a workbook of this kind; nothing when it can.
Public Function WhyNot(ByVal id As String, ByVal kind As String) As String
    Dim wanted As String
    wanted = SubjectOf(id)
    If wanted = "" Or wanted = kind Then Exit Function
    If wanted = "any" And (kind = "working" Or kind = "review" Or kind = "release") Then Exit Function
    WhyNot = WhatIsWrong(kind) & ToDoFirst(wanted)
End Function

Private Function WhatIsWrong(ByVal kind As String) As String
    Select Case kind
        Case "none": WhatIsWrong = "No workbook is open: "
        Case "protected": WhatIsWrong = "This workbook is in Protected View: press Enable Editing, or "
        Case "working": WhatIsWrong = "This is a working workbook: "
        Case "review": WhatIsWrong = "This is a review workbook: "
        Case "release": WhatIsWrong = "This is a release copy, which nobody edits: "
        Case Else: WhatIsWrong = "This is not a dip-sampling workbook: "
    End Select
End Function

Private Function ToDoFirst(ByVal wanted As String) As String
    Select Case wanted
        Case "review": ToDoFirst = "open the review workbook, which " & LabelOf("pseudonymise") & " makes."
        Case Else: ToDoFirst = "open the working workbook, or press " & LabelOf("new") & " to make one."
    End Select
End Function

' "working", "review" or "release" for a workbook of ours, "other" for another one, "none", or "protected".
Public Function KindOfWorkbook() As String
    If ActiveWorkbook Is Nothing Then
        KindOfWorkbook = IIf(Application.ActiveProtectedViewWindow Is Nothing, "none", "protected")
        Exit Function
    End If
    KindOfWorkbook = "other"
    On Error Resume Next  ' no such name, or one that is no cell
    KindOfWorkbook = KnownKind(ActiveWorkbook.Names("kind").RefersToRange.Value)
End Function

Public Function KnownKind(ByVal value As Variant) As String
    KnownKind = "other"
    If VarType(value) <> vbString Then Exit Function
    If value = "working" Or value = "review" Or value = "release" Then KnownKind = value
End Function
