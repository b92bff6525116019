@setlocal EnableExtensions DisableDelayedExpansion
@"%~dp0..\python\python.exe" -m dossier %*
