# SPDX-License-Identifier: ISC
# Writes the story of a large office whose phones change their addresses: what
# test/story/links.sh measures links by. usage: awk -v devices=600 -v seed=7 -f crowd.awk
# Who is who, out of a hundred: kinds of device with the name and the identifiers that
# such a device gives by itself, and with what a person or an administrator adds.
function hex(n, digits) { return sprintf("%0" digits "x", n) }
function roll(n) { return int(rand() * n) }
# Addresses of the maker's for those that do not change, private ones for the others.
function private() { return "02:" hex(roll(256), 2) ":" hex(int(i / 65536), 2) ":" hex(int(i / 256) % 256, 2) ":" hex(i % 256, 2) ":01" }
function of_maker(oui) { return oui ":" hex(int(i / 65536), 2) ":" hex(int(i / 256) % 256, 2) ":" hex(i % 256, 2) }
function device(kind, address, more) {
	name = kind "-" i
	print "Device " name " is a " kind " of nobody, " address more "."
}
function duid() { return "0004" hex(roll(65536), 4) hex(i, 8) hex(roll(65536), 4) hex(roll(65536), 4) hex(roll(65536), 4) hex(roll(65536), 4) hex(roll(65536), 4) }
function changing(	c) {
	c = roll(3)
	return c == 0 ? ", changing every 7 days" : c == 1 ? ", changing every 5 days, changing by segment" : ", changing by segment"
}
# Two or three days a week in the office, some at noon on the guests' network.
function stays(guests, from, to,	day, d) {
	for (d = from + roll(3); d < to; d += 1 + roll(4)) {
		day = sprintf("2023-03-%02d", 6 + d)
		print name " is in office at " day " 09:" sprintf("%02d", roll(60)) " for " 60 + roll(100) " minutes."
		if (guests && roll(3) == 0)
			print name " is in guest at " day " 13:" sprintf("%02d", roll(60)) " for " 20 + roll(40) " minutes."
	}
}
BEGIN {
	srand(seed)
	split("Anna Boris Chloe Dmitri Elif Fatima Goran Hana Igor Jun Kaori Lucas Mei Nadia Omar Petra Quentin Rosa Sami Tomas Uma Vera Wei Xenia Yusuf Zoe", first, " ")
	print "The seed is " seed "."
	print "The story runs from 2023-03-06 to 2023-03-26."
	print "The clocks are 0 hours ahead of UTC."
	print "Segment office is 10.20.0.0/16, VLAN 20, router 10.20.0.1 with address 00:be:75:20:00:01."
	print "Segment guest is 10.99.0.0/16, VLAN 99, router 10.99.0.1 with address 00:be:75:99:00:01, for guests."
	print "Service mail.office.example is at 10.10.0.25."
	print "Service dns.office.example is at 10.10.0.53."
	print "Service dhcp.office.example is at 10.10.0.67."
	print "Service radius.office.example is at 10.10.0.70."
	for (i = 1; i <= devices; i++) {
		own = first[1 + i % 26] i
		c = i % 20
		guests = 1
		if (c < 4) # as it comes out of the box: nothing tells it from the others
			device("iphone", "private address " private(), ", named iPhone" changing())
		else if (c < 7)
			device("iphone", "private address " private(), ", named " own "s-iPhone" changing())
		else if (c == 7)
			device("ipad", "private address " private(), ", named iPad" changing())
		else if (c == 8)
			device("ipad", "private address " private(), ", named " own "-iPad" changing())
		else if (c == 9)
			device("samsung", "private address " private(), ", named Galaxy-S21" changing())
		else if (c == 10)
			device("samsung", "private address " private(), ", named Galaxy-S21-von-" own changing())
		else if (c == 11)
			device("pixel", "private address " private(), ", named Pixel-7, with DUID " duid() changing())
		else if (c == 12)
			device("pixel", "private address " private(), ", with client id 00" hex(i, 8) hex(roll(65536), 4) changing())
		else if (c == 13) # its holder's account, and no more: likely, and no link
			device("iphone", "private address " private(), ", named iPhone, with account " tolower(own) "@office.example" changing())
		else if (c == 14)
			device("xiaomi", "private address " private(), ", named Redmi-Note-10-Pro, with account host/phone-" i ".office.example" changing())
		else if (c < 17) { # a laptop in its dock and out of it
			device("linux-laptop", "address " of_maker("8c:16:45"), ", named " (c == 15 ? "ubuntu" : "nb-" i) ", with DUID " duid() ", wired address " of_maker("00:e0:4c"))
			for (d = roll(3); d < 20; d += 1 + roll(4))
				print name " is wired in office at " sprintf("2023-03-%02d", 6 + d) " 10:" sprintf("%02d", roll(60)) " for " 60 + roll(200) " minutes."
			guests = 0
		} else if (i % 200 == 17) { # machines made from one image: one DUID, several at once
			device("linux-laptop", "address " of_maker("8c:16:45"), ", named lab-" i ", with DUID 0004deadbeefdeadbeefdeadbeefdeadbeef")
			guests = 0
		} else if (i % 1000 == 977 || i % 1000 == 997) {
			device("iphone", "private address " private(), ", named Restored-" int(i / 1000) "-iPhone")
		} else if (i % 200 == 38 || i % 200 == 58) { # a new phone beside the old, of one name, both in use for some days
			device("iphone", "private address " private(), ", named Twin-" int(i / 200) "-iPhone")
		} else {
			device("windows", "address " of_maker("6c:2b:59"), ", named DESKTOP-" toupper(sprintf("%c%c%c", 65 + i % 26, 65 + int(i / 26) % 26, 65 + int(i / 676) % 26)) hex(roll(65536), 4) "X")
			guests = 0
		}
		if (i % 1000 == 977) # a phone that is replaced by one restored from its backup
			stays(guests, 0, 9)
		else if (i % 1000 == 997)
			stays(guests, 10, 20)
		else
			stays(guests, 0, 20)
	}
}
