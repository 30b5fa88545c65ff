#!/usr/bin/env bash
# A newcomer: from the demo to a question of one's own
#
# `make demo` has installed husret and shown an answer. Here its made-up municipality is kept, and
# gets a dwelling and a household more.
set -euo pipefail

# The demo again, and its instance stays. It ends with commands that go on.
husret demo --keep husret-demo --language en

# The commands after this mean the instance that was kept.
export HUSRET_DIR=husret-demo

# What is the area of the first answer, and since when?
husret area status 9999-kastanjeparken --day 2024-04-15 --language en

# An example of a sheet of dwellings, and what may stand in it.
husret record --template dwellings dwellings.csv --language en

# A spreadsheet program changes it; here sed does: the dwelling lies in the area.
sed -i 's/;0012;family;;yes;/;0012;family;9999-kastanjeparken;;/' dwellings.csv

# It is tried, and then recorded.
husret record dwellings.csv --dry-run --language en
husret record dwellings.csv --language en

# A household, as the example has it: one applicant, without a CPR number.
husret record --template households households.csv --language en
husret record households.csv --language en

# May the municipality refer it? That is undetermined, and the answer says what is missing.
husret check referral --household sag:2024-00017 --dwelling lbf:0042-007-0012 \
    --day 2024-04-15 --language en

# What is attested of the applicant, and the months on a benefit.
husret record --template attestations attestations.csv --language en
husret record --template benefits benefits.csv --language en
husret record attestations.csv benefits.csv --language en

# The question again.
husret check referral --household sag:2024-00017 --dwelling lbf:0042-007-0012 \
    --day 2024-04-15 --language en
