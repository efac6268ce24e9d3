@echo off
rem Installs xl_dipsample, its desk and its Excel ribbon for the user who runs this. No network, no administrator.
rem It needs Python @PYTHONS@, 64-bit (x64).
rem   install.cmd                        asks nothing, waits for a key at the end
rem   install.cmd /quiet                 does not wait: for a software centre. Exit code 0 is done, 1 is not done.
rem   install.cmd "C:\...\python.exe"    uses that Python
setlocal EnableExtensions DisableDelayedExpansion
set "QUIET="
set "PYTHON_GIVEN="
:arguments
if "%~1"=="" goto start
if /i "%~1"=="/quiet" (set "QUIET=1") else (set "PYTHON_GIVEN=%~1")
shift
goto arguments

:start
set "RESULT=1"
rem Windows' own programs, and none that happens to lie in this folder
set "SYSTEM=%SystemRoot%\System32"
set "NoDefaultCurrentDirectoryInExePath=1"
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
if "%LOCALAPPDATA%"=="" goto no_profile
set "OURS=%LOCALAPPDATA%\xl_dipsample"
set "TARGET=%OURS%\python"
rem pushd gives a drive letter to a network folder, which cmd cannot stand in otherwise
pushd "%~dp0"
if errorlevel 1 goto no_folder
if not exist requirements.txt goto not_unpacked

"%SYSTEM%\tasklist.exe" /nh /fi "IMAGENAME eq EXCEL.EXE" /fi "USERNAME eq %USERNAME%" 2>nul | "%SYSTEM%\find.exe" "EXCEL.EXE" >nul
if "%errorlevel%"=="0" goto excel_open

set "PYTHON="
if defined PYTHON_GIVEN goto given
if exist python\python.exe goto copied
@FOR_EACH_PYTHON@
if defined PYTHON goto found
goto no_python

:given
set PYTHON="%PYTHON_GIVEN%"
goto found

:copied
echo Copying Python to your profile...
"%SYSTEM%\xcopy.exe" python "%OURS%\base" /e /i /q /y >nul
if not "%errorlevel%"=="0" goto no_copy
set PYTHON="%OURS%\base\python.exe"
goto found

:try
if defined PYTHON goto :eof
py -%1 -I check_python.py >nul 2>nul
if "%errorlevel%"=="0" set PYTHON=py -%1
if defined PYTHON goto :eof
for %%F in ("%LOCALAPPDATA%\Programs\Python\Python%2\python.exe" "%ProgramFiles%\Python%2\python.exe") do if exist %%F set PYTHON=%%F
goto :eof

:found
%PYTHON% -I check_python.py
if not "%errorlevel%"=="0" goto unfit_python
echo Making an environment of its own for xl_dipsample...
%PYTHON% -I -m venv --clear "%TARGET%"
if not "%errorlevel%"=="0" goto no_environment
set PYTHON="%TARGET%\Scripts\python.exe"
echo Installing; nothing is fetched from the network...
%PYTHON% -I -m pip --isolated install --quiet --disable-pip-version-check --no-warn-script-location --no-index --find-links wheels --only-binary=:all: --require-hashes --no-deps -r requirements.txt
if not "%errorlevel%"=="0" goto no_packages
rem your IT department may have signed the add-ins in this folder: those copies are the ones to install
copy /y dip_sampling.xlam "%TARGET%\Lib\site-packages\xl_dipsample\workbook_template\dip_sampling.xlam" >nul
if not "%errorlevel%"=="0" goto no_packages
copy /y dip_sampling_functions.xlam "%TARGET%\Lib\site-packages\xl_dipsample\workbook_template\dip_sampling_functions.xlam" >nul
if not "%errorlevel%"=="0" goto no_packages
echo.
%PYTHON% -I -X utf8 -m xl_dipsample install
set "CODE=%errorlevel%"
rem 1 is: installed, and a person or IT has something to do; below 0 is a crash
if not "%CODE%"=="0" if not "%CODE%"=="1" goto no_ribbon
echo.
%PYTHON% -I -X utf8 -m xl_dipsample doctor
echo.
if "%CODE%"=="0" echo Done. Choose Dip-sampling in the Start menu: the desk opens. Excel has a tab Dip-sampling too, where macros may run.
if "%CODE%"=="1" echo Installed, but something is in the way: read the lines that begin with Error or Warning above. The desk may work all the same.
set "RESULT=0"
goto end

:no_profile
echo Windows does not say where your local data folder is (LOCALAPPDATA): ask your IT department.
goto end_without_folder
:no_folder
echo This folder cannot be opened: copy it to your computer and start install.cmd there.
goto end_without_folder
:not_unpacked
echo The files that belong to install.cmd are not beside it: unpack the whole zip first, then start it there.
goto end
:excel_open
echo Excel is open: save your work, close every Excel window, and start install.cmd again.
goto end
:no_python
echo No Python was found for which this bundle is made (64-bit, version @PYTHONS@).
echo Ask your IT department for it, from the software centre; then start install.cmd again.
goto end
:no_copy
echo Python could not be copied to your local data folder: is the disk full, or an old copy in use? Log off, log on, try again.
goto end
:unfit_python
echo Nothing was installed.
goto end
:no_environment
echo The environment could not be made: something still uses the old one, such as the desk, or rules of your IT department forbid it.
echo Close the desk, or log off and on again; then start install.cmd again; if it fails again, show this window to your IT department.
goto end
:no_packages
echo The packages could not be installed: the bundle may be damaged. Unpack the zip again, and start install.cmd again.
goto end
:no_ribbon
echo The desk and the ribbon are not installed. Do what the sentence above says, then start install.cmd again.
goto end

:end
popd
:end_without_folder
if "%QUIET%"=="" pause
exit /b %RESULT%
