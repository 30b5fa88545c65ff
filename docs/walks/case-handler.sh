#!/usr/bin/env bash
# A case handler of a housing organisation: from vacancy to contract, from judgment to letter.
#
# The organisation lets in the made-up municipality 9999, and whoever stands in the sheets in
# case-handler/ is made up too. They are as a letting system exports them, with its own numbers. An
# answer's receipt is named in a variable here; at a desk it is copied from the screen.
set -euo pipefail

# The sheets lie in the folder where the work is done.
cp "$(dirname "$0")"/case-handler/* .

# An instance is made for the housing organisation, once.
husret init --kind housing_organisation --municipality 9999 --controller "Boligforeningen Prøve"

# It is served: here in the background, otherwise in a window of its own.
husret serve >serve.log 2>&1 &
trap 'kill %1' EXIT
until grep -qs "husret serves" serve.log; do kill -0 $!; sleep 0.1; done

# The area lists, and who lives or applies where: dwellings, households, tenancies from before.
husret import area-lists made-up
husret record boliger.csv husstande.csv lejemaal.csv

# A dwelling falls vacant, and goes to the channel whose turn it is.
husret tenancy vacancy lbf:0042-007-0012 --from 2026-02-01
husret tenancy allocate lbf:0042-007-0012 --day 2026-01-08

# May it be let to the first household on the list? The answer lacks what the municipality decided.
husret check letting --household ejd-hus:301 --dwelling lbf:0042-007-0012 --day 2026-01-10 \
    --takeover 2026-02-01 --registered-on 2025-11-01 --case-number 2026-00017

# The municipality answers that it has decided none of it, and the question is asked again.
husret record --kind nothing_decided --set municipality=9999 --set first_day=2024-01-01 \
    --set "decisions=approval_scheme_decided | combined_letting_decided | criteria_set" \
    --set answered_by=boligkontoret
answer=$(husret check letting --household ejd-hus:301 --dwelling lbf:0042-007-0012 --quiet \
    --day 2026-01-10 --takeover 2026-02-01 --registered-on 2025-11-01 --case-number 2026-00017)
husret show "$answer"

# The offer, on that answer.
husret tenancy offer lbf:0042-007-0012 --household ejd-hus:301 --day 2026-01-10 \
    --deadline 2026-01-20 --receipt "$answer"

# The household accepts: asked anew for the day, since something may have moved.
answer=$(husret check letting --household ejd-hus:301 --dwelling lbf:0042-007-0012 --quiet \
    --day 2026-01-15 --takeover 2026-02-01 --registered-on 2025-11-01 --offered 2026-01-10)
husret tenancy accept lbf:0042-007-0012 --day 2026-01-15 --receipt "$answer"

# The contract, asked anew for its day, and where the dwelling stands then.
answer=$(husret check letting --household ejd-hus:301 --dwelling lbf:0042-007-0012 --quiet \
    --day 2026-01-16 --takeover 2026-02-01 --registered-on 2025-11-01 --offered 2026-01-10)
husret tenancy contract lbf:0042-007-0012 --day 2026-01-16 --first-day 2026-02-01 \
    --receipt "$answer"
husret tenancy show lbf:0042-007-0012

# Another household: the police have sent a judgment. May the tenancy be terminated because of it
# (almenlejeloven § 90, stk. 1, nr. 10)? Where the offence took place is missing.
husret record domme.csv bekraeftelser.csv
husret check termination --household ejd-hus:117 --dwelling lbf:0042-007-0031 --day 2026-01-20 \
    --case-number 2026-00031

# The distance from the property's boundary to the place, which is known to 25 metres.
husret measure --person ejd-person:1172 --offence sag-2026-00031-1 --dwelling lbf:0042-007-0031 \
    --parcels matrikel.geojson --place 723610,6175420 --within 25

# A named person weighs what speaks against it, and the question is asked again.
husret record --kind proportionality_weighed --set household_id=ejd-hus:117 \
    --set decision_day=2026-01-20 --set decided_by="Kirsten Prøve" --set party_heard=ja \
    --set offence=sag-2026-00031-1 --set "present=long_tenancy | others_in_household" \
    --set "absent=health | minors | offender_gone | passivity | insignificant" \
    --set reasons="Salg af stoffer nær hjemmet vejer tungere end det lange lejeforhold."
answer=$(husret check termination --household ejd-hus:117 --dwelling lbf:0042-007-0031 --quiet \
    --day 2026-01-20 --case-number 2026-00031)
husret show "$answer" --names

# The case sheet, for the person who decides.
husret sheet "$answer"

# That person's decision, with reasons, and the letter to the tenant.
husret record --kind case_decided --set household_id=ejd-hus:117 --set receipt_id="$answer" \
    --set done=ja --set decision_day=2026-01-20 --set decided_by="Kirsten Prøve" \
    --set party_heard=ja --set complaint_to=housing_court \
    --set reasons="Der er dømt for besiddelse af stoffer til videresalg tæt på ejendommen. Det lange \
lejeforhold, og at du selv ingen del har i forholdet, kan ikke føre til et andet resultat."
husret letter "$answer" --format html --format text
cat letter-*.txt
