#!/usr/bin/env bash
# Listening on an interface: a capture that is replayed into a pair of virtual
# interfaces gives what the file gives; --for and Ctrl-C end it with the report; frames
# that are lost are counted and said. In a network namespace of its own, gone at the end.
. "$(dirname "$0")/lib.sh"
REPLAY=${REPLAY:-build/check/replay}
near=near0 far=far0 # frames go out at the near end and are heard at the far end

if [ -z "${INSIDE:-}" ]; then
	own=(unshare --net)
	[ "$(id -u)" -eq 0 ] || own=(unshare --user --map-root-user --net)
	if ! why=$("${own[@]}" ip link add $near type veth peer name $far 2>&1); then
		skip "interfaces" "no network namespace with virtual interfaces: $why"
		exit 0
	fi
	INSIDE=yes exec "${own[@]}" "$0"
fi

interfaces() { # nobody but replay is to be heard on them
	ip link add $near type veth peer name $far || return
	for end in $near $far; do
		echo 1 >/proc/sys/net/ipv6/conf/$end/disable_ipv6 2>/dev/null
		ip link set $end arp off multicast off up || return
	done
}

replay() { # FILE [PER-SECOND [TIMES]]
	"$REPLAY" $near "$@" >"$work/sent" 2>"$work/replay.err" || fail "replay $*: $(cat "$work/replay.err")"
}

# What was said, without when, where and by which frame.
sayings() { # FILE
	jq -c '.fact | [.subject, .key, .value // .value_hex, .decoder]' "$1" | LC_ALL=C sort -u
}

in_background() { # ARGUMENT...: returns when the program listens
	ran=$*
	started=$SECONDS
	"$INTERDICT" "$@" </dev/null >"$out" 2>"$err" &
	pid=$!
	for _ in $(seq 100); do
		# the sensor has its ring: the kernel's list shows the socket as running
		if [ -n "$(listeners)" ]; then
			sleep 0.3
			return
		fi
		sleep 0.1
	done
	fail "it does not listen"
}

listeners() { # packet sockets of this namespace that hear everything
	awk 'NR > 1 && $4 == "0003" && $6 == 1 { print $9 }' /proc/net/packet
}

sensor() { # its process
	cat /proc/$pid/task/$pid/children
}

end() {
	wait $pid
	status=$?
	took=$((SECONDS - started))
}

interfaces || {
	skip "interfaces" "they cannot be set up"
	exit 0
}
story "$work/office.pcapng"
# Frames of the story's first days, so that the test is short.
head -c 400000 "$work/office.pcapng" >"$work/part.pcapng"
part=$work/part.pcapng
interdict facts --json --unique "$part"
sayings "$out" >"$work/want"
interdict scan --json "$part"
jq -r 'select(.event_type == "device") | .device.macs[]' "$out" | LC_ALL=C sort >"$work/want.macs"
jq -r 'select(.event_type == "summary") | .summary.inputs[0].frames' "$out" >"$work/want.frames"

# --- --for -------------------------------------------------------------------------
in_background facts --interface $far --for 6s --json --unique
replay "$part" 2000
end
is "facts of an interface end by themselves" ended 0 '' '.'
is "facts of an interface end in time" test $took -ge 6 -a $took -le 12
sayings "$out" >"$work/got"
is "an interface says what the file says" diff "$work/want" "$work/got"
is "a fact names the interface" [ "$(jq -r .capture "$out" | sort -u)" = $far ]

in_background scan --interface $far --for 6s --json
replay "$part" 2000
end
is "scan of an interface ends by itself" ended 0 '' '"event_type":"summary"'
jq -r 'select(.event_type == "device") | .device.macs[]' "$out" | LC_ALL=C sort >"$work/got.macs"
is "an interface shows the devices that the file shows" diff "$work/want.macs" "$work/got.macs"
input=$(jq -c 'select(.event_type == "summary") | .summary.inputs[0]' "$out")
is "every frame was read" [ "$(jq .frames <<<"$input")" = "$(cat "$work/sent")" ]
is "nothing was dropped" [ "$(jq .dropped <<<"$input")" = 0 ]

# --- Ctrl-C ------------------------------------------------------------------------
# A little traffic without pause must not keep the sensor from looking up.
in_background scan --interface $far
"$REPLAY" $near "$part" 20 >/dev/null 2>&1 &
trickle=$!
sleep 2
before=$SECONDS
kill -INT $pid
end
kill $trickle 2>/dev/null
wait $trickle 2>/dev/null
is "Ctrl-C ends a scan with its report" ended 0 '' 'DEVICE .*Next.*--explain'
is "Ctrl-C is heard at once" test $((SECONDS - before)) -le 3

# Nor silence.
in_background scan --interface $far --json --html "$work/report.html"
before=$SECONDS
kill -INT $pid
end
is "Ctrl-C ends a scan that heard nothing" ended 0 '' '"event_type":"summary"'
is "Ctrl-C is heard at once in silence" test $((SECONDS - before)) -le 3
is "its report is written" grep -q '</html>' "$work/report.html"

# Nor a sensor that is told before it has read what it is to do: it is held at its start,
# so that both lie in its pipe.
"$INTERDICT" scan --interface $far --json </dev/null >"$out" 2>"$err" &
pid=$!
started=$SECONDS
for _ in $(seq 1000); do
	early=$(sensor)
	[ -n "$early" ] && kill -STOP $early && break
done
sleep 0.3
kill -INT $pid
sleep 0.3
kill -CONT $early
end
is "Ctrl-C at the start ends a scan" ended 0 '' '"event_type":"summary"'
is "Ctrl-C is heard at the start" test $took -le 5

in_background scan --interface $far --json
kill -TERM $pid
end
is "SIGTERM is Ctrl-C" ended 0 '' '"event_type":"summary"'

# --- What is lost ------------------------------------------------------------------
in_background scan --interface $far --json
kill -STOP "$(sensor)"
for _ in $(seq 80); do # until the ring of 16 MB runs over
	replay "$part"
	sent=$((${sent:-0} + $(cat "$work/sent")))
done
# It is told to stop before it looks at what lies in its ring: that is read all the same.
sensor=$(sensor)
kill -INT $pid
sleep 0.3
kill -CONT "$sensor"
end
input=$(jq -c 'select(.event_type == "summary") | .summary.inputs[0]' "$out")
dropped=$(jq .dropped <<<"$input")
is "frames that the ring had no room for are counted" test "${dropped:-0}" -gt 0
is "each frame was read or counted" [ $((dropped + $(jq .frames <<<"$input"))) = $sent ]
is "and said to be a blind spot" holds "$out" "$dropped frames of $far were dropped before they could be read"

# A block that is not full, of a handful of frames that came just before the end.
in_background scan --interface $far --json
kill -STOP "$(sensor)"
replay "$part"
sensor=$(sensor)
kill -INT $pid
kill -CONT "$sensor"
end
is "what came just before the end is read" [ "$(jq 'select(.event_type == "summary") | .summary.inputs[0].frames' "$out")" = "$(cat "$work/sent")" ]

in_background scan --interface $far --json --html "$work/none.html"
kill -KILL "$(sensor)"
end
is "a sensor that is killed is an error" ended 2 'the sensor was killed by signal 9' ''
is "and leaves no report" test ! -e "$work/none.html"

in_background scan --interface $far
replay "$part" 2000
ip link set $far down
end
is "an interface that goes down ends it with the report" ended 0 "^interdict: $far: the interface went down or is gone" 'DEVICE'
ip link set $far up

# --- Wrong interfaces ----------------------------------------------------------------
interdict scan --interface fra0
refused "an interface that is not there" "no interface is called 'fra0'; there are: .*$far"
ip link set $near down
interdict scan --interface $near
refused "an interface that is down" "interface '$near' is down: .ip link set $near up"

finish
