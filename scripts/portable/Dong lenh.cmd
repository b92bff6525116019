@echo off
rem A window in which the command "dossier" works.
chcp 65001 >nul
set "PATH=%~dp0bin;%PATH%"
cmd /k dossier --help
