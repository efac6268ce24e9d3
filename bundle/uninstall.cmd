@echo off
rem Removes what install.cmd put there: the desk, the ribbon, and the environment with its Python.
rem Workbooks, keys, snapshots and logs stay.   uninstall.cmd /quiet   does not wait at the end.
setlocal EnableExtensions DisableDelayedExpansion
set "QUIET="
if /i "%~1"=="/quiet" set "QUIET=1"
set "RESULT=1"
rem Windows' own programs, and none that happens to lie in this folder
set "SYSTEM=%SystemRoot%\System32"
set "NoDefaultCurrentDirectoryInExePath=1"
if "%LOCALAPPDATA%"=="" goto no_profile
set "OURS=%LOCALAPPDATA%\xl_dipsample"
rem not in the folder that is about to go, nor in a network folder
pushd "%SystemRoot%"

"%SYSTEM%\tasklist.exe" /nh /fi "IMAGENAME eq EXCEL.EXE" /fi "USERNAME eq %USERNAME%" 2>nul | "%SYSTEM%\find.exe" "EXCEL.EXE" >nul
if "%errorlevel%"=="0" goto excel_open
if not exist "%OURS%\python\Scripts\python.exe" goto folders
"%OURS%\python\Scripts\python.exe" -I -X utf8 -m xl_dipsample uninstall
if not "%errorlevel%"=="0" goto not_removed

:folders
if exist "%OURS%\python" rd /s /q "%OURS%\python"
if exist "%OURS%\base" rd /s /q "%OURS%\base"
if exist "%OURS%\python" goto in_use
if exist "%OURS%\base" goto in_use
echo xl_dipsample is removed. Your workbooks, keys, snapshots and logs are where they were.
set "RESULT=0"
goto end

:no_profile
echo Windows does not say where your local data folder is (LOCALAPPDATA): ask your IT department.
goto end_without_folder
:excel_open
echo Excel is open: save your work, close every Excel window, and start uninstall.cmd again.
goto end
:not_removed
echo The desk and the ribbon could not be removed. Do what the sentence above says, then start uninstall.cmd again.
goto end
:in_use
echo Some files are still in use: close the desk, or log off and on again, then start uninstall.cmd again.
goto end

:end
popd
:end_without_folder
if "%QUIET%"=="" pause
exit /b %RESULT%
