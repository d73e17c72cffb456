/* SPDX-License-Identifier: ISC */
/*
 * UniFi Network's clients: as JSON what /api/s/SITE/stat/sta and stat/alluser answer,
 * { "meta": …, "data": [ … ] } or the list alone; as CSV the export of the list.
 * Ubiquiti documents neither; the fields are those that its clients rely on (mac, ip,
 * hostname, name, first_seen, last_seen in seconds since 1970). `hostname` is what the
 * device gave in DHCP; `name` is what an administrator called it. What it documents
 * (developer.ui.com, Network, GET /v1/sites/SITE/clients) lists who is connected by
 * macAddress, ipAddress, connectedAt and a name that may be either: they were there
 * when they connected, and of the list's own time nothing is said.
 */
#include <string.h>

#include "base/csv.h"
#include "import/jsonscan.h"
#include "import/table.h"

enum field { MAC, IP, LAST_IP, HOSTNAME, NAME, FIRST, LAST, VLAN, IDENTITY, FIELDS };
enum { MAC_ADDRESS = FIELDS, IP_ADDRESS, CONNECTED, PATHS };

static const char *const paths[PATHS] = { "mac", "ip", "last_ip", "hostname", "name",
	"first_seen", "last_seen", "vlan", "1x_identity", "macAddress", "ipAddress",
	"connectedAt" };

static bool
when(struct reader *r, struct text t, int64_t *at)
{
	char quote[CSV_QUOTE];

	*at = TIME_NONE;
	if (t.len == 0 || when_epoch(t, at) || when_iso(r, t, false, at))
		return true;
	*at = TIME_NONE;
	return reader_wrong(r, 0, "'%s' is no time (want one like 2023-03-28 09:12:03)",
	    csv_quote(t, quote));
}

static void
client(struct reader *r, const struct text f[FIELDS])
{
	struct addr mac = { 0 }, ip = { 0 }, none = { 0 };
	int64_t first, last;
	unsigned long long vlan = 0;
	char quote[CSV_QUOTE];

	if (f[MAC].len == 0) {
		r->counts->other++; /* of a VPN */
		return;
	}
	if (!addr_parse(f[MAC], &mac) || mac.kind != ADDR_MAC) {
		(void)reader_wrong(r, 0, "'%s' is no link-layer address",
		    csv_quote(f[MAC], quote));
		return;
	}
	if (!when(r, f[FIRST], &first) || !when(r, f[LAST], &last))
		return;
	if (last == TIME_NONE)
		last = first != TIME_NONE ? first : r->options->as_of;
	if (last == TIME_NONE) {
		r->counts->other++;
		return;
	}
	(void)addr_parse(f[f[IP].len > 0 ? IP : LAST_IP], &ip);
	(void)text_number(f[VLAN], &vlan);
	reader_at(r, last);
	r->seen.vlan = vlan < 4096 ? (uint16_t)vlan : 0;
	r->counts->records++;
	reader_say(r, FACT_DHCP_HOSTNAME, mac, f[HOSTNAME]);
	reader_say(r, FACT_INVENTORY_NAME, mac, f[NAME]);
	reader_say(r, FACT_EAP_IDENTITY, mac, f[IDENTITY]);
	if (first != TIME_NONE && first != last)
		reader_there(r, mac, none, first, first, 1);
	reader_there(r, mac, ip, last, last, 1);
}

/* Lines begin anew inside the document: those before the element are counted. */
static uint64_t
lines_until(struct text *from, const char *at)
{
	uint64_t n = 0;

	while (from->s < at && from->len > 0) {
		n += *from->s == '\n';
		from->s++;
		from->len--;
	}
	return n;
}

static void
clients(struct reader *r, struct text whole, struct text list)
{
	struct scan_keys *keys = scan_keys_new(paths, PATHS);
	struct pick one, picks[PATHS];
	struct text f[PATHS];
	struct scan_error error;

	r->number = 1;
	while (!r->counts->stopped && scan_each(&list, &one)) {
		arena_reset(&r->arena);
		r->number += lines_until(&whole, one.raw.s);
		if (!scan_object(keys, one.raw, picks, &error)) {
			(void)reader_wrong(r, 0, "%s", error.what);
			continue;
		}
		for (unsigned i = 0; i < PATHS; i++)
			f[i] = pick_text(&r->arena, &picks[i]);
		if (f[MAC].len == 0 && f[MAC_ADDRESS].len > 0) {
			f[MAC] = f[MAC_ADDRESS];
			f[IP] = f[IP_ADDRESS];
			f[FIRST] = f[CONNECTED];
		}
		client(r, f);
	}
	scan_keys_free(keys);
}

static bool
has(struct text t, const char *word)
{
	return memmem(t.s, t.len, word, strlen(word)) != NULL;
}

bool
import_unifi_json_is(struct text head)
{
	struct text t = text_trim(head);

	return t.len > 0 && (t.s[0] == '{' || t.s[0] == '[') &&
	    ((has(t, "\"mac\"") && (has(t, "\"oui\"") || has(t, "\"is_wired\""))) ||
	        (has(t, "\"macAddress\"") && has(t, "\"connectedAt\"")));
}

void
import_unifi_json_read(struct reader *r)
{
	static const char *const outer[] = { "data" };
	struct scan_error error = { 0 };
	struct text whole;
	struct pick data = { 0 };
	bool good;

	if (!reader_whole(r, &whole))
		return;
	for (size_t i = 0; i < whole.len; i++)
		r->counts->lines += whole.s[i] == '\n' || i + 1 == whole.len;
	if (text_trim(whole).len > 0 && text_trim(whole).s[0] == '[') {
		good = scan_array(whole, &error);
		data.raw = whole;
	} else {
		struct scan_keys *keys = scan_keys_new(outer, 1);
		good = scan_object(keys, whole, &data, &error) &&
		    data.type == PICK_ARRAY;
		scan_keys_free(keys);
	}
	if (good) {
		clients(r, whole, data.raw);
		return;
	}
	struct text before = whole;
	uint64_t line = 1 + lines_until(&before, whole.s + error.at);
	(void)reader_wrong_at(r, line, 0, "%s",
	    error.what != NULL ? error.what : "no array \"data\"");
	r->counts->stopped = true;
}

static const struct table_field columns[FIELDS] = {
	[MAC] = { { "MAC Address", "MAC" } },
	[IP] = { { "IP Address", "IP", "IPv4 Address" } },
	[LAST_IP] = { { "Last IP" } },
	[HOSTNAME] = { { "Hostname", "Host name" } },
	[NAME] = { { "Name", "Client", "Alias" } },
	[FIRST] = { { "First Seen" } },
	[LAST] = { { "Last Seen", "Last Connected" } },
	[VLAN] = { { "VLAN", "VLAN ID" } },
	[IDENTITY] = { { "802.1X Identity" } },
};

bool
import_unifi_csv_is(struct text head)
{
	static const char *const both[] = { "MAC Address", "IP Address" };
	static const char *const others[][1] = { { "Vendor" }, { "Manufacturer" },
		{ "Connection" } };

	if (!table_has(head, both, 2))
		return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (table_has(head, others[i], 1))
			return true;
	return false;
}

void
import_unifi_csv_read(struct reader *r)
{
	struct text f[FIELDS];
	struct table table;

	if (!table_open(&table, r, columns, FIELDS))
		return;
	while (table_next(&table, f))
		client(r, f);
}
