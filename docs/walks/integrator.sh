#!/usr/bin/env bash
# An integrator: JSON over HTTP alone, from the first fact to an answer computed again.
#
# A municipality's letting system, of any language, sends what stands in integrator/ and reads JSON; here
# curl does it. Households, persons and dwellings have the system's own numbers, and are made up.
set -euo pipefail

# The bodies of the requests lie in the folder where the work is done.
cp "$(dirname "$0")"/integrator/*.json .

# An instance is made for the municipality, with its area lists, once.
husret init --municipality 9999 --controller "Prøvekøbing Kommune"
husret import area-lists made-up

# It is served: here in the background, otherwise in a window of its own, or as a service.
husret serve >serve.log 2>&1 &
trap 'kill %1' EXIT
until grep -qs "husret serves" serve.log; do kill -0 $!; sleep 0.1; done
url=$(grep -o "http://[0-9.:]*" serve.log)

# Each call is a POST of a JSON object, with the token of the instance, whose file is its owner's alone.
post() {
    curl -sS "$url/husret.v1.$1" -H "Content-Type: application/json" --data-binary "@$2" \
        -H @<(echo "Authorization: Bearer $(cat husret-data/api.token)")
    echo
}

# What is known: a dwelling, two households with a member each, a benefit. All of it, or nothing.
post FactService/RecordFacts facts.json

# A mistyped field ("dag") is refused: nothing is answered, or recorded, for another day than was meant.
post EligibilityService/CheckReferral mistyped.json

# May the household be referred to the dwelling? With `omitTexts` the answer is codes alone.
post EligibilityService/CheckReferral check.json | tee answer.json

# The same again, as after a line that broke: the same requestId, so the same receipt.
post EligibilityService/CheckReferral check.json | cmp - answer.json && echo "the same answer"

# Several questions at once, answered at one position of the log.
post EligibilityService/BatchCheck batch.json

# A whole waiting list: a stream of NDJSON, a line for each page.
post EligibilityService/ScreenWaitingList waiting-list.json

# The recorded answer, by its receipt: in words, in Danish and English, and what it is about.
receipt=$(grep -o '"receiptId": *"[^"]*"' answer.json | cut -d '"' -f 4)
echo '{"context": {"actor": "auditor-1", "purpose": "audit"}, "receiptId": "'"$receipt"'"}' >receipt.json
post AuditService/GetDecision receipt.json

# And computed again from the log: the same bytes.
post AuditService/ReplayDecision receipt.json
