#!/bin/sh
# Asks whether a fault is known of any package of the lock; says so, and passes, where the service cannot be
# reached, or not to the end. Ends with 1 when there is one.
set -eu
cd "$(dirname "$0")/.."
locked=$(mktemp) told=$(mktemp)
trap 'rm -f "$locked" "$told"' EXIT
.venv/bin/uv export --quiet --locked --all-extras --no-dev --no-emit-project --output-file "$locked" >/dev/null
if ! .venv/bin/python - <<'PY'
import json, sys, urllib.request
try:
    with urllib.request.urlopen("https://pypi.org/pypi/idna/3.6/json", timeout=15) as answer:
        sys.exit(not json.load(answer).get("vulnerabilities"))  # one that has a known fault: is it told?
except (OSError, ValueError):
    sys.exit(1)
PY
then
    echo "NOT CHECKED: the service that knows faults of packages cannot be reached from here"
    exit 0
fi
if .venv/bin/pip-audit --requirement "$locked" --require-hashes --disable-pip --progress-spinner off \
    --format json --output "$told"
then
    exit 0
fi
# It ends with 1 for a fault as for a service that fell silent: only of a fault there is a whole answer.
.venv/bin/python -c '
import json, sys
try:
    with open(sys.argv[1], encoding="utf-8") as file:
        packages = json.load(file)["dependencies"]
except (OSError, ValueError, KeyError, TypeError):
    print("NOT CHECKED: the service that knows faults of packages did not answer to the end")
    sys.exit(0)
for package in packages:
    for fault in package.get("vulns", ()):
        mended = ", ".join(fault["fix_versions"]) or "none"
        print(package["name"], package["version"], fault["id"], "mended in:", mended)
sys.exit(1)
' "$told"
