#!/bin/sh
# Mutation testing of what judges and what recognises: small changes of the code, of which the tests must
# notice as many as they can. A night's work; of single modules: scripts/mutation.sh 'dossier.compliance.clock.*'
set -eu
cd "$(dirname "$0")/.."
export PYTHONWARNINGS=ignore
.venv/bin/mutmut run --max-children "$(nproc)" "$@"
.venv/bin/mutmut results --all true | awk -F': ' '
    { count[$2]++ }
    END {
        noticed = count["killed"] + count["timeout"]
        all = noticed + count["survived"] + count["no tests"] + count["suspicious"]
        if (all) printf "%d of %d changes noticed, %.1f %%\n", noticed, all, 100 * noticed / all
    }'
