Attribute VB_Name = "Process"
Option Explicit
Option Private Module
' Windows' number of this Excel: by it, Python finds the Excel in which a button was pressed when there are two.

Public Declare PtrSafe Function GetCurrentProcessId Lib "kernel32" () As Long
