#!/bin/sh
# SPDX-License-Identifier: ISC
# The story makes the same capture twice, says that it is synthetic, and tshark finds
# nothing wrong in it. usage: check.sh STORY-PROGRAM (from the top of the tree)
set -eu

story=${1:-build/release/story}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
passed=0
failed=0

holds()
{
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "check.sh: not so: $what" >&2
	fi
}

# Address reuse on the guest segment is wanted, and is all that tshark may remark.
no_remarks()
{
	tshark -r "$dir/one.pcapng" -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE \
		-o udp.check_checksum:TRUE -T fields -e _ws.expert.message -Y '
		_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0 ||
		udp.checksum.status == 0 || _ws.expert.severity >= "Warning"' \
		2>/dev/null | grep -v '^Duplicate IP address' >"$dir/remarks" || true
	cat "$dir/remarks"
	test ! -s "$dir/remarks"
}

# Every person that a device belongs to is in the roster, and every address or host
# name of the custody table is in the story.
papers_agree()
{
	awk -F'[ ,]+' '
		FILENAME ~ /people.csv$/ { known[$1]; next }
		$1 == "Person" && !($2 in known) { print "not in the roster: " $2; bad = 1 }
		END { exit bad }' share/demo/people.csv share/demo/office.story &&
	cut -d, -f1 share/demo/custody.csv | sed 1d | while read -r id; do
		grep -q "address $id\|named ${id}[,.]" share/demo/office.story || {
			echo "not in the story: $id"
			exit 1
		}
	done
}

"$story" share/demo/office.story "$dir/one.pcapng" >"$dir/said"
"$story" share/demo/office.story "$dir/two.pcapng" >/dev/null
holds "one seed, one capture" cmp -s "$dir/one.pcapng" "$dir/two.pcapng"
holds "it says that it is synthetic" grep -q synthetic "$dir/said"
holds "the capture says so too" \
	grep -aq "synthetic: made by interdict's story generator" "$dir/one.pcapng"
holds "the papers are of this story" papers_agree
for wrong in 'Device x is a toaster of nobody, address 00:00:00:00:00:01.' \
	'Person p01 is of nobody' 'x is in office on workdays.' 'The seed is red.'; do
	echo "$wrong" >"$dir/wrong.story"
	status=0
	"$story" "$dir/wrong.story" "$dir/none" 2>"$dir/said" || status=$?
	holds "refused: $wrong" test $status = 2
	holds "with its line: $wrong" grep -q 'line 1:' "$dir/said"
done
if command -v tshark >/dev/null; then
	holds "tshark has no remark" no_remarks
fi
echo "$passed passed, $failed failed"
test $failed = 0
