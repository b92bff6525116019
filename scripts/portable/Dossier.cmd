@echo off
rem The same as Dossier.exe, for machines that do not let it run.
chcp 65001 >nul
title Dossier
"%~dp0python\python.exe" "%~dp0python\start.py" %*
if errorlevel 1 pause
