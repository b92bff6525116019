@echo off
rem A window in which the command "dossier" works.
chcp 65001 >nul
set "PATH=%~dp0bin;%PATH%"
rem The outer marks are taken away by the interpreter, the inner ones keep "&" and brackets in the path.
cmd /k ""%~dp0bin\dossier.cmd" --help"
