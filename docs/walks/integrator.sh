#!/usr/bin/env bash
# An integrator: JSON over HTTP alone, from the first fact to an answer computed again.
#
# A letting system of a municipality, of any language: it sends JSON and reads JSON. It needs curl, and
# names households, persons and dwellings by its own numbers. All of it is made up.
set -euo pipefail

# An instance is made for the municipality, and filled with its area lists, once.
husret init --municipality 9999 --controller "Prøvekøbing Kommune"
husret import area-lists made-up

# It is served: here in the background, otherwise in a window of its own, or as a service.
husret serve >serve.log 2>&1 &
trap 'kill %1' EXIT
until grep -qs "husret serves" serve.log; do kill -0 $!; sleep 0.1; done
url=$(grep -o "http://[0-9.:]*" serve.log)

# Each call is a POST of a JSON object, with the token of the instance; its file is the owner's alone.
# A new request has a new number: the same number again is the same request, and its first answer.
post() {
    curl -sS "$url/husret.v1.$1" -H "Content-Type: application/json" -d "$2" \
        -H @<(echo "Authorization: Bearer $(cat husret-data/api.token)") && echo
}
new() { cat /proc/sys/kernel/random/uuid; }
by='"actor": "letting-system", "purpose"'

# What is known: a dwelling, and two households with a member each, under the system's own numbers.
household() {
    echo '{"householdRegistered": {"householdId": "ejd-hus:'"$1"'", "registeredOn": "2024-01-01"}},
        {"personRegistered": {"personId": "ejd-person:'"$1"'"}}'
    for list in DECLARED REGISTERED; do
        echo ', {"householdMember": {"householdId": "ejd-hus:'"$1"'", "personId": "ejd-person:'"$1"'",
            "memberList": "MEMBER_LIST_'$list'", "firstDay": "2024-01-01"}},
            {"membersAttested": {"householdId": "ejd-hus:'"$1"'",
            "memberList": "MEMBER_LIST_'$list'", "firstDay": "2024-01-01"}}'
    done
}
post FactService/RecordFacts '{"context": {'"$by"': "case"}, "requestId": "'"$(new)"'", "facts": [
    {"dwellingRecorded": {"dwellingId": "bolig:17", "municipality": "9999", "firstDay": "2010-01-01",
        "kind": "DWELLING_KIND_FAMILY", "area": "9999-kastanjeparken"}},
    '"$(household 1)"', '"$(household 2)"',
    {"benefitPeriod": {"personId": "ejd-person:1", "benefit": "BENEFIT_KONTANTHJAELP",
        "firstDay": "2024-01-01", "lastDay": "2024-09-30"}}]}'

# A field that is mistyped is refused, and nothing is answered or recorded for another day.
post EligibilityService/CheckReferral '{"context": {'"$by"': "referral"},
    "requestId": "'"$(new)"'", "question": {"householdId": "ejd-hus:1", "dwellingId": "bolig:17",
    "basis": "REFERRAL_BASIS_STK_1", "dag": "2024-10-15"}}'

# May the household be referred to the dwelling? Asked in short; the receipt's id is kept.
asked='{"context": {'"$by"': "referral"}, "requestId": "'"$(new)"'", "omitTexts": true,
    "question": {"householdId": "ejd-hus:1", "dwellingId": "bolig:17",
    "basis": "REFERRAL_BASIS_STK_1", "day": "2024-10-15", "caseNumber": "2024-00011"}}'
post EligibilityService/CheckReferral "$asked" | tee answer.json
receipt=$(grep -o '"receiptId": *"[^"]*"' answer.json | cut -d '"' -f 4)

# Sent again, as after a line that broke: the same receipt, and nothing new in the log.
post EligibilityService/CheckReferral "$asked" >again.json
grep -o '"receiptId": *"[^"]*"' answer.json again.json

# Several questions at once, at one position of the log.
post EligibilityService/BatchCheck '{"context": {'"$by"': "referral"}, "requestId": "'"$(new)"'",
    "checks": [
    {"referral": {"householdId": "ejd-hus:1", "dwellingId": "bolig:17",
        "basis": "REFERRAL_BASIS_STK_1", "day": "2024-10-15"}},
    {"referral": {"householdId": "ejd-hus:2", "dwellingId": "bolig:17",
        "basis": "REFERRAL_BASIS_STK_1", "day": "2024-10-15"}}]}'

# A whole waiting list: a stream of NDJSON, a line for each page.
post EligibilityService/ScreenWaitingList '{"context": {'"$by"': "referral"},
    "requestId": "'"$(new)"'", "householdIds": ["ejd-hus:1", "ejd-hus:2"], "pageSize": 1,
    "referral": {"dwellingId": "bolig:17", "basis": "REFERRAL_BASIS_STK_1", "day": "2024-10-15"}}'

# The recorded answer in words, in Danish and English, and what it is about.
post AuditService/GetDecision '{"context": {'"$by"': "audit"}, "receiptId": "'"$receipt"'"}'

# And computed again from the log: the same bytes.
post AuditService/ReplayDecision '{"context": {'"$by"': "audit"}, "receiptId": "'"$receipt"'"}'
