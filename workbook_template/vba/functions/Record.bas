Attribute VB_Name = "Record"
Option Explicit
Option Private Module
' Which Python answers worksheet functions is said by the install record of this person alone: nothing is read from the
' workbook or its folder.

Private Const AS_UNICODE = -1
Private Const FOR_READING = 1

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

Public Function WhyNotThisVersion(ByVal installed As String, ByVal own As String) As String
    If installed = own Then Exit Function
    WhyNotThisVersion = "Another version of the tool is installed: ask IT to run install again."
End Function
