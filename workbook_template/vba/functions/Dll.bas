Attribute VB_Name = "Dll"
Option Explicit
Option Private Module
' Reaches the Python behind the worksheet functions through the DLL of xlwings, which starts it, keeps it, and ends it
' with Excel. Which DLL and which Python is said by the install record of this person alone: nothing comes from the
' workbook, from its folder, or from settings of xlwings.

#If Win64 Then
    Private Const DLL_NAME = "xlwings64-{XLWINGS_VERSION}.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-{XLWINGS_VERSION}.dll" _
        (ByRef result As Variant, ByVal command As String, ByVal mode As Long) As Long
#Else
    Private Const DLL_NAME = "xlwings32-{XLWINGS_VERSION}.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-{XLWINGS_VERSION}.dll" _
        (ByRef result As Variant, ByVal command As String, ByVal mode As Long) As Long
#End If
Private Declare PtrSafe Function LoadLibraryExW Lib "kernel32" _
    (ByVal path As LongPtr, ByVal reserved As LongPtr, ByVal flags As Long) As LongPtr

' Our error number (2104 above vbObjectError) when there is no Python to ask; its description is the cell's sentence.
Public Const NO_SERVER = &H80040838
' Windows looks for what the DLL needs in the DLL's own folder and its system folder; never in the current folder.
Private Const OWN_AND_SYSTEM_FOLDER = &H900
Private Const START_IT = 1
Private Const END_IT = -1
Private Const LONGEST_COMMAND = 2000
Private Const AGAIN_AFTER = 30

Private startCommand As String
Private trouble As String
Private quietUntil As Date

' The Python that answers; started when there is none. Raises NO_SERVER. A thousand cells must not wait for a
' thousand failures: after one, the next ones within 30 seconds are told the same at once.
Public Function PythonServer() As Object
    Dim result As Variant
    If trouble = "" Or Now > quietUntil Then
        trouble = WhyNoServer()
        If trouble = "" Then
            If XLPyDLLActivateAuto(result, startCommand, START_IT) <> 0 Then
                trouble = "Python did not start: ask IT to run install again."
            End If
        End If
        quietUntil = DateAdd("s", AGAIN_AFTER, Now)
    End If
    If trouble <> "" Then Err.Raise NO_SERVER, "Dip-sampling", trouble
    Set PythonServer = result
End Function

' Ends the Python behind the worksheet functions, if there is one.
Public Sub StopPythonServer()
    Dim result As Variant
    On Error Resume Next
    If startCommand <> "" Then XLPyDLLActivateAuto result, startCommand, END_IT
    startCommand = ""
    trouble = ""
End Sub

' Why Python cannot be started, in one sentence; nothing when it can be. Looks only once when all is well.
Private Function WhyNoServer() As String
    Dim program As String
    If startCommand <> "" Then Exit Function
    program = InstallRecord("pythonw")
    If program = "" Then
        WhyNoServer = "Dip-sampling is not installed for you: ask IT to run install."
    Else
        WhyNoServer = WhyNotThisVersion(InstallRecord("version"), TOOL_VERSION)
    End If
    If WhyNoServer = "" And Not CanStandInACommand(program) Then
        WhyNoServer = "Worksheet functions cannot start Python from its folder: ask IT to install it in a folder " & _
            "with plain letters."
    End If
    If WhyNoServer = "" And Not IsLoaded(FolderOf(InstallRecord("dll"))) Then
        WhyNoServer = "A file of the tool is missing (" & DLL_NAME & "): ask IT to run install again."
    End If
    If WhyNoServer = "" Then startCommand = ServerCommand(program)
End Function

' Loads the DLL by its full path. Its Declare above names it without a folder: Windows then takes the one that is
' loaded already, and looks for no other.
Private Function IsLoaded(ByVal folder As String) As Boolean
    Dim path As String
    If Not (folder Like "[A-Za-z]:\*" Or folder Like "\\?*") Then Exit Function
    path = folder & DLL_NAME
    IsLoaded = LoadLibraryExW(StrPtr(path), 0, OWN_AND_SYSTEM_FOLDER) <> 0
End Function

' The folder of a full path, with its last backslash; nothing when there is no folder.
Public Function FolderOf(ByVal path As String) As String
    FolderOf = Left$(path, InStrRev(path, "\"))
End Function

' The DLL hands the command to Windows as it is (CreateProcess), so nothing stands between Excel and Python that could
' read it in its own way, and only the interpreter's path needs quotes. The DLL puts in the class ID.
' -I: neither the folder it starts in nor the environment says where Python finds its modules. -B: no files beside it.
Public Function ServerCommand(ByVal program As String) As String
    ServerCommand = """" & program & """ -I -B -X utf8 -c " & _
        """import xl_dipsample.addin.worksheet_functions as f; f.serve('$(CLSID)')"""
End Function

' The DLL takes at most 2,048 bytes in the computer's own code page, and reads $(...) as a setting of its own.
Public Function CanStandInACommand(ByVal program As String) As Boolean
    If InStr(program, """") > 0 Or InStr(program, "$(") > 0 Then Exit Function
    If Len(ServerCommand(program)) > LONGEST_COMMAND Then Exit Function
    CanStandInACommand = StrConv(StrConv(program, vbFromUnicode), vbUnicode) = program
End Function
