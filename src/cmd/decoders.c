/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <unistd.h>

#include "base/json.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "decode/decode.h"

static const char *const carriers[] = {
	[ON_ETHER] = "ethertype",
	[ON_SNAP] = "SNAP",
	[ON_IP] = "IP protocol",
	[ON_ICMP6] = "ICMPv6",
	[ON_UDP] = "UDP",
	[ON_TCP] = "TCP SYN",
	[ON_STREAM] = "TCP",
	[ON_TEXT] = "TCP",
	[ON_DTLS] = "DTLS",
	[ON_QUIC] = "QUIC",
	[ON_WIFI] = "802.11 management",
	[ON_BLE] = "Bluetooth LE",
};

static void
print_json(struct writer *w, const struct decoder *d)
{
	struct json j = json_over(w);

	json_event(&j, "decoder", TIME_NONE);
	json_key(&j, "name");
	json_cstring(&j, d->name);
	json_key(&j, "on");
	json_cstring(&j, carriers[d->on]);
	json_key(&j, "key");
	json_uint(&j, d->key);
	json_key(&j, "source");
	json_cstring(&j, d->source);
	json_key(&j, "about");
	json_cstring(&j, d->about);
	json_event_end(&j);
}

static void
print_text(struct writer *w, const struct decoder *d)
{
	char where[32] = "";

	if (d->on == ON_ETHER)
		(void)snprintf(where, sizeof where, "ethertype 0x%04x",
		    (unsigned)d->key);
	else if (d->on == ON_SNAP)
		(void)snprintf(where, sizeof where, "SNAP %06x/%04x",
		    (unsigned)d->key >> 16, (unsigned)d->key & UINT16_MAX);
	else if (d->key != 0)
		(void)snprintf(where, sizeof where, "%s %u", carriers[d->on],
		    (unsigned)d->key);
	else
		(void)snprintf(where, sizeof where, "%s", carriers[d->on]);
	putf(w, "%-11s  %-17s  %s\n%-13s%s\n", d->name, where, d->source, "", d->about);
}

int
cmd_decoders(int argc, char **argv)
{
	bool json = false;
	const struct option_row rows[] = {
		{ "json", OPTION_FLAG, &json, NULL, "JSON Lines" },
	};
	const struct command me = { "decoders", "[--json]",
		"Lists what interdict can hear: each protocol, where it is looked for, "
		"the\n"
		"document that it follows, and what it tells.",
		rows, 1, NULL };
	struct words words = { 0 };
	struct writer w;
	size_t n;
	int status;

	if (!options_read(&me, argc, argv, &words, &status)) {
		words_free(&words);
		return status;
	}
	size_t strays = words.n;
	words_free(&words);
	if (strays > 0) {
		(void)fputs("interdict decoders: takes no words\n", stderr);
		return EXIT_BAD;
	}
	writer_to_fd(&w, STDOUT_FILENO);
	const struct decoder *list = decoders(&n);
	for (size_t i = 0; i < n; i++)
		(json ? print_json : print_text)(&w, &list[i]);
	return output_close("decoders", &w);
}
