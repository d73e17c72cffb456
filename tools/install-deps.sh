#!/bin/sh
# SPDX-License-Identifier: ISC
# Installs what building interdict needs on Debian 12 (with `check`: testing it; with
# `bench`: measuring it beside its peers), and says what it does. Nothing is done when nothing is missing.
set -eu

build="gcc make pkg-config libyaml-dev libjansson-dev zlib1g-dev libzstd-dev
	libssl-dev libsodium-dev libseccomp-dev libpcre2-dev libsqlite3-dev tzdata ieee-data"
check="clang clang-format libclang-rt-14-dev tshark mandoc gawk jq gzip zstd iproute2"
bench="p0f libndpi-bin tshark"

case ${1:-build} in
build) want=$build ;;
check) want="$build $check" ;;
bench) want="$build $bench" ;;
*)
	echo "usage: install-deps.sh [build|check|bench]" >&2
	exit 2
	;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
	echo "install-deps: this is no Debian; see that these are there, by whatever" >&2
	# shellcheck disable=SC2086 # the words are package names
	echo "install-deps: name:" $want >&2
	exit 0
fi

missing=
for package in $want; do
	state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
	test "$state" = installed || missing="$missing $package"
done
test -n "$missing" || exit 0

if test "$(id -u)" = 0; then
	become=
elif command -v sudo >/dev/null 2>&1; then
	become=sudo
else
	echo "install-deps: these packages are missing, and installing them needs root:" >&2
	echo "install-deps:   apt-get install --no-install-recommends$missing" >&2
	exit 1
fi

echo "install-deps: installing by ${become:+sudo }apt-get:$missing"
# tshark's package would ask whether everybody may capture: no.
$become env DEBIAN_FRONTEND=noninteractive apt-get -q update
# shellcheck disable=SC2086 # the words are package names
$become env DEBIAN_FRONTEND=noninteractive \
	apt-get -qy install --no-install-recommends $missing
