Attribute VB_Name = "Runner"
Option Explicit
Option Private Module
' Starts Python for a button: the one place in this project that starts a program.
' Which Python is said by the install record of this person alone. Nothing is read from the workbook or its folder,
' and nothing from the workbook stands on the command line.

Private Const AS_UNICODE = -1
Private Const FOR_READING = 1
Private Const HIDDEN = 0
Private Const NOT_STARTED = -1
Private running As Boolean

Public Sub RunPython(ByVal id As String)
    Dim trouble As String
    If running Then
        Say "Another button is still at work: wait until it has finished."
        Exit Sub
    End If
    running = True
    trouble = "Windows does not let Excel start Python: ask IT to allow Windows Script Host for you."
    On Error Resume Next
    trouble = RunWith(CreateObject("Scripting.FileSystemObject"), CreateObject("WScript.Shell"), _
        id, GetCurrentProcessId())
    running = False
    If trouble <> "" Then Say trouble
End Sub

' Runs an action; says what is in the way, or went wrong, in one sentence.
Public Function RunWith(ByVal files As Object, ByVal host As Object, ByVal id As String, ByVal pid As Long) As String
    Dim record As String, program As String, trouble As String
    record = ReadRecord(files, host)
    program = ValueOf(record, "pythonw")
    trouble = WhyNoPython(id, record)
    If trouble = "" Then trouble = WhyNoProgram(files, program)
    If trouble = "" Then trouble = StartAndWait(files, host, id, program, pid)
    RunWith = trouble
End Function

' The value of a key in this person's install record; nothing when there is no record.
Public Function InstallRecord(ByVal key As String) As String
    InstallRecord = ValueOf(ReadRecord(CreateObject("Scripting.FileSystemObject"), CreateObject("WScript.Shell")), key)
End Function

' (Open and Dir of VBA itself cannot reach the folder of a person whose name has letters of another alphabet.)
Private Function ReadRecord(ByVal files As Object, ByVal host As Object) As String
    Dim path As String
    path = host.ExpandEnvironmentStrings("%LOCALAPPDATA%") & "\xl_dipsample\install.txt"
    If files.FileExists(path) Then ReadRecord = files.OpenTextFile(path, FOR_READING, False, AS_UNICODE).ReadAll
End Function

' The value of a key in the install record, whose lines are key=value.
Public Function ValueOf(ByVal record As String, ByVal key As String) As String
    Dim entry As Variant
    For Each entry In Split(Replace(Replace(record, ChrW(&HFEFF), ""), vbCr, ""), vbLf)
        If Left(entry, Len(key) + 1) = key & "=" Then ValueOf = Trim(Mid(entry, Len(key) + 2))
    Next
End Function

' Why the install record does not do, in one sentence; nothing when it does. Help me runs with any version.
Public Function WhyNoPython(ByVal id As String, ByVal record As String) As String
    If ValueOf(record, "pythonw") = "" Then
        WhyNoPython = "Dip-sampling is not installed for you: ask IT to run install."
    ElseIf id <> "doctor" Then
        WhyNoPython = WhyNotThisVersion(ValueOf(record, "version"), TOOL_VERSION)
    End If
End Function

Public Function WhyNotThisVersion(ByVal installed As String, ByVal own As String) As String
    If installed = own Then Exit Function
    If IsOlder(own, installed) Then
        WhyNotThisVersion = "This ribbon is older than the tool behind it: close Excel and ask IT to run install again."
    Else
        WhyNotThisVersion = "This ribbon is newer than the tool behind it: ask IT to update the tool and run install."
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

Private Function WhyNoProgram(ByVal files As Object, ByVal program As String) As String
    If files.GetAbsolutePathName(program) = program And files.FileExists(program) Then Exit Function
    WhyNoProgram = "Python is no longer where it was installed: ask IT to run install again."
End Function

' -I: neither the folder it starts in nor the environment says where Python finds its modules.
Public Function CommandLine(ByVal program As String, ByVal id As String, ByVal pid As Long) As String
    CommandLine = """" & program & """ -I -X utf8 -m xl_dipsample.addin.press.entry " & id & " --pid " & CStr(pid)
End Function

' Runs the action in the interpreter's own folder and waits for its end; says what went wrong, if anything.
Private Function StartAndWait(ByVal files As Object, ByVal host As Object, ByVal id As String, _
        ByVal program As String, ByVal pid As Long) As String
    Dim bar As Variant, folder As String, ended As Long
    bar = Application.StatusBar
    folder = host.CurrentDirectory
    ended = NOT_STARTED
    Application.StatusBar = LabelOf(id) & " is starting."
    On Error GoTo Failed
    host.CurrentDirectory = files.GetParentFolderName(program)
    ended = host.Run(CommandLine(program, id, pid), HIDDEN, True)
PutBack:
    On Error Resume Next
    host.CurrentDirectory = folder
    Application.StatusBar = bar
    If ended <> 0 Then StartAndWait = "Python could not run " & LabelOf(id) & ": ask IT to run install again."
    Exit Function
Failed:
    Resume PutBack
End Function
