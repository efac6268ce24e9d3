@echo off
rem The command line: dipsample.cmd --help
"%~dp0python\python.exe" -I -X utf8 -m xl_dipsample %*
