#!/usr/bin/env bash
# mutate.sh [COUNT [SEED]]: the corpus whole, cut and changed, under ASan and UBSan.
. test/corpus/common.sh
MUTATE=${MUTATE:-build/check/mutate}

INTERDICT=$MUTATE need_corpus mutate
UBSAN_OPTIONS=print_stacktrace=1 \
    "$MUTATE" "$CORPUS/pcap" "${2:-2023}" "${1:-2500}" 2>"$WORK/mutate.err"
status=$?
if [ $status -ne 0 ]; then
	echo "what the sanitizers said first, of $WORK/mutate.err:"
	head -40 "$WORK/mutate.err"
fi
[ $status -gt 1 ] && echo "mutate: 0 passed, 1 failed"
exit $status
