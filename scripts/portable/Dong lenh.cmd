@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem A window in which the command "dossier" works: in this folder it is Dossier.exe, elsewhere bin\dossier.cmd.
chcp 65001 >nul
set "PATH=%~dp0bin;%PATH%"
cmd /k dossier --help
