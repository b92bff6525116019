@echo off
rem The same as Dossier.exe, for machines that do not let it run.
rem Explorer puts no marks around names without spaces, and "&" or "^" in them would end them: the whole line
rem tells. Variables are named with "!" because their content is then looked at no further;
rem where a machine's setting has them looked at from the start, "!" in the folder's own name would be lost.
setlocal EnableExtensions DisableDelayedExpansion
set "DOSSIER_HERE=%~dp0"
set DOSSIER_TYPED=%*
setlocal EnableDelayedExpansion
set "DOSSIER_LINE=!cmdcmdline!"
chcp 65001 >nul
title Dossier
"!DOSSIER_HERE!python\python.exe" "!DOSSIER_HERE!python\start.py" --by-script
if errorlevel 1 pause
rem What stands behind an "&" in a name is no command.
if /i not "!DOSSIER_LINE:Dossier.cmd=!"=="!DOSSIER_LINE!" exit
