@echo off
rem Installs the desk and the Excel ribbon for the user who runs this. Python is in this folder: leave the folder where it is.
rem   install.cmd          waits for a key at the end
rem   install.cmd /quiet   does not wait: for a software centre. Exit code 0 is done, 1 is not done.
setlocal EnableExtensions DisableDelayedExpansion
set "PYTHON=%~dp0python\python.exe"
set "RESULT=1"
if not exist "%PYTHON%" goto not_unpacked
"%PYTHON%" -I -X utf8 -m xl_dipsample install
set "CODE=%errorlevel%"
rem 1 is: installed, and a person or IT has something to do; below 0 is a crash
if not "%CODE%"=="0" if not "%CODE%"=="1" goto end
echo.
"%PYTHON%" -I -X utf8 -m xl_dipsample doctor
echo.
if "%CODE%"=="0" echo Done. Choose Dip-sampling in the Start menu: the desk opens. Excel has a tab Dip-sampling too, where macros may run. Leave this folder where it is.
if "%CODE%"=="1" echo Installed, but something is in the way: read the lines that begin with Error or Warning above. The desk may work all the same.
set "RESULT=0"
goto end

:not_unpacked
echo The folder python is not beside install.cmd: unpack the whole zip first, then start install.cmd there.
:end
if /i not "%~1"=="/quiet" pause
exit /b %RESULT%
