#!/usr/bin/env bash
# The life of one phone, from the notice to the certificate; and what is refused.
. "$(dirname "$0")/lib.sh"
story "$work/office.pcapng"
db=(--store "$work/i.db")
phone=10:94:bb:20:04:01
interdict scan "${db[@]}" --quiet "${papers[@]}" "$work/office.pcapng"
is "the store begins" test $status -le 1
interdict notice iphone-2023 --person p04 --at 2023-03-25 --to "$work/out" "${db[@]}"
is "a notice" ended 0 '' '\(notice\)'
id=$(basename "$work"/out/*-p04.txt -p04.txt)
interdict notice acknowledged "$id" --at 2023-03-26 "${db[@]}"
is "acknowledged" ended 0 '' 'acknowledged by p04'
interdict except iphone-2023 --person p04 --ground tourism --approver p01 --until 2023-04-02 --from 2023-04-01 "${db[@]}"
refused "a ground that the order has not" "refused: ground 'tourism'.*nothing was written"
interdict dispose $phone --how release --to family --at 2023-03-31 "${db[@]}"
refused "examined first" 'wants it examined first'
interdict dispose $phone --how release --to family --at 2023-03-31 --examined 2023-03-30 --examiner p01 \
	--wiped 2023-03-30 --wiper p02 --technique reset --certificate "$work/c.html" "${db[@]}"
is "released" ended 0 '' 'disposal-'
is "the certificate" grep -q 'NIST SP 800-88' "$work/c.html"
interdict verify "${db[@]}"
is "the ledger is whole" ended 0 '' 'whole'
finish
