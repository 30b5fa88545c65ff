#!/usr/bin/env bash
# A referral officer: twenty households from spreadsheets to twenty answers in one
#
# The municipality is 9999 Prøvekøbing, which is made up, and so is everybody in the sheets in
# `referral-officer/`. They are as a municipality's systems export them: semicolons, Windows-1252,
# Danish headings ([nouns.md](nouns.md)), and the systems' own numbers ([keys.md](keys.md)).
set -euo pipefail

# The sheets lie in the folder where the work is done.
cp "$(dirname "$0")"/referral-officer/*.csv .

# An instance is made for the municipality, once.
husret init --municipality 9999 --controller "Prøvekøbing Kommune"

# It is served: here in the background, otherwise in a window of its own.
husret serve >serve.log 2>&1 &
trap 'kill %1' EXIT
until grep -qs "husret serves" serve.log; do kill -0 %1 && sleep 0.1; done

# The area lists: of a real municipality `published`, of this one those that are made up.
husret import area-lists made-up

# The council's decision to use every fourth vacant dwelling (§ 59, stk. 1).
husret record --kind referral_right_decided --set municipality=9999 --set right=stk_1 \
    --set decision_day=2020-01-01 --set decided_by=byraad-1

# The sheets are tried: nothing is recorded, and what is wrong is named with line and column.
sheets="boliger.csv husstande.csv ydelser.csv bekraeftelser.csv loesladelser.csv ophaevelser.csv"
husret record $sheets --dry-run

# They are recorded, all or nothing.
husret record $sheets

# May each applicant be referred to the vacant dwelling in Kastanjeparken? Looked at first.
husret check waiting-list referral --dwelling lbf:0042-007-0012 --day 2026-01-15 \
    --households ansoegere.csv --preview

# The answers are recorded, and written for the spreadsheet program beside the officer's columns.
husret check waiting-list referral --dwelling lbf:0042-007-0012 --day 2026-01-15 \
    --households ansoegere.csv --table svar.csv

# Of household 4 the benefits were missing: the benefits office attests that there were none.
husret record --kind benefits_attested --set person_id=borger:00401 \
    --set first_day=2025-07-01 --set last_day=2026-01-15
husret check referral --household sag:2026-00004 --dwelling lbf:0042-007-0012 --day 2026-01-15

# For household 17 there is nothing outside such areas: then it must be referred inside (stk. 9).
husret record --kind fallback_decided --set household_id=sag:2026-00017 \
    --set decision_day=2026-01-15 --set decided_by=leder-7 --set prevention_area=nej \
    --set "reasons=Ingen ledig bolig uden for områderne er stor nok."
husret check referral --household sag:2026-00017 --dwelling lbf:0042-007-0012 --day 2026-01-15
