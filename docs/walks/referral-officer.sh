#!/usr/bin/env bash
# A referral officer: twenty households from spreadsheets to twenty answers in one.
#
# The municipality is 9999 Prøvekøbing, which is made up, and so is everybody in the sheets in
# referral-officer/. They are as a municipality's systems export them: semicolons, Windows-1252,
# Danish headings, and the systems' own numbers.
set -euo pipefail

# The sheets lie in the folder where the work is done.
cp "$(dirname "$0")"/referral-officer/*.csv .

# An instance is made for the municipality, once.
husret init --municipality 9999 --controller "Prøvekøbing Kommune"

# It is served: here in the background, otherwise in a window of its own.
husret serve >serve.log 2>&1 &
trap 'kill %1' EXIT
until grep -qs "husret serves" serve.log; do sleep 0.1; done

# The area lists: of a real municipality `published`, of this one those that are made up.
husret import area-lists made-up

# The council's decision to use every fourth vacant dwelling (§ 59, stk. 1).
husret record --kind referral_right_decided --set municipality=9999 --set right=stk_1 \
    --set decision_day=2020-01-01 --set decided_by=byraad-1

# The sheets are tried: nothing is recorded, and what is wrong is named with line and column.
husret record boliger.csv husstande.csv ydelser.csv bekraeftelser.csv --dry-run

# They are recorded, all or nothing.
husret record boliger.csv husstande.csv ydelser.csv bekraeftelser.csv

# May each of the applicants be referred to the vacant dwelling in Kastanjeparken?
husret check waiting-list referral --dwelling lbf:0042-007-0012 --day 2026-01-15 \
    --households ansoegere.csv

# The same as a table for the spreadsheet program, with the columns that ansoegere.csv has.
husret check waiting-list referral --dwelling lbf:0042-007-0012 --day 2026-01-15 \
    --households ansoegere.csv --table svar.csv
