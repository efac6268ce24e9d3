@echo off
rem Removes the desk and the ribbon. Afterwards this folder can be deleted.
rem Workbooks, keys, snapshots and logs stay.   uninstall.cmd /quiet   does not wait at the end.
setlocal EnableExtensions DisableDelayedExpansion
set "RESULT=1"
"%~dp0python\python.exe" -I -X utf8 -m xl_dipsample uninstall
if "%errorlevel%"=="0" set "RESULT=0"
if "%RESULT%"=="0" echo Now delete this folder. Your workbooks, keys, snapshots and logs are where they were.
if /i not "%~1"=="/quiet" pause
exit /b %RESULT%
