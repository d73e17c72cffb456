/* SPDX-License-Identifier: ISC */
/*
 * logs eve|zeek BYTES: lines such as Suricata and Zeek write, made by a seeded
 * generator, always the same. logs jansson FILE: reads EVE the way that is at hand, a
 * tree a line, and looks up what `interdict import` does: what our own scanner is
 * measured against.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed = 88172645463325252, written;

__attribute__((format(printf, 1, 2))) static void
say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int n = vprintf(format, args);
	va_end(args);
	written += n > 0 ? (uint64_t)n : 0;
}

static unsigned
below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

/* Two thousand hosts of one site, ten thousand names: as often again as in a day. */
enum { HOSTS = 2000, NAMES = 10000 };

struct event {
	double time;
	unsigned host, name, server, port;
	uint64_t flow;
};

static const char *const agents[] = {
	"Mozilla\\/5.0 (iPhone; CPU iPhone OS 16_3 like Mac OS X) "
	"AppleWebKit\\/605.1.15",
	"Mozilla\\/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit\\/537.36 (KHTML, like "
	"Gecko) Chrome\\/111.0.0.0 Safari\\/537.36",
	"Microsoft NCSI",
	"Dalvik\\/2.1.0 (Linux; U; Android 13; SM-G991B Build\\/TP1A)",
};

static void
head(const struct event *e, const char *type, const char *proto, unsigned server_port)
{
	unsigned day = (unsigned)(e->time / 86400), second = (unsigned)e->time % 86400;

	say("{\"timestamp\":\"2023-03-%02uT%02u:%02u:%02u.%06u+0000\",\"flow_"
	    "id\":%" PRIu64 ",\"in_iface\":\"ens1f0\",\"event_type\":\"%s\",\"src_ip\":"
	    "\"10.%u.%u.%u\",\"src_port\":%u,\"dest_ip\":\"198.51.%u.%u\","
	    "\"dest_port\":%u,\"proto\":\"%s\",",
	    1 + day % 28, second / 3600, second / 60 % 60, second % 60, below(1000000),
	    e->flow, type, 1 + e->host / 65536, e->host / 256 % 256, e->host % 256,
	    e->port, e->server / 256 % 256, e->server % 256, server_port, proto);
}

static void
eve_flow(const struct event *e)
{
	head(e, "flow", "TCP", 443);
	say("\"app_proto\":\"tls\",\"flow\":{\"pkts_toserver\":%u,"
	    "\"pkts_toclient\":%u,\"bytes_toserver\":%u,\"bytes_toclient\":%u,"
	    "\"start\":\"2023-03-01T00:00:00.000000+0000\",\"end\":"
	    "\"2023-03-01T00:00:09.512000+0000\",\"age\":9,\"state\":\"closed\","
	    "\"reason\":\"timeout\",\"alerted\":false},\"tcp\":{\"tcp_flags\":"
	    "\"1b\",\"tcp_flags_ts\":\"1b\",\"tcp_flags_tc\":\"1b\",\"syn\":true,"
	    "\"fin\":true,\"psh\":true,\"ack\":true,\"state\":\"closed\","
	    "\"ts_max_regions\":1,\"tc_max_regions\":1},\"host\":\"sensor-1\"}\n",
	    1 + below(90), below(90), below(90000), below(900000));
}

static void
eve_dns(const struct event *e)
{
	head(e, "dns", "UDP", 53);
	say("\"pkt_src\":\"wire/pcap\",\"dns\":{\"type\":\"query\",\"id\":%u,"
	    "\"rrname\":\"host-%u.service-%u.example.com\",\"rrtype\":\"A\","
	    "\"tx_id\":0,\"opcode\":0},\"host\":\"sensor-1\"}\n",
	    below(65536), e->name, e->name % 97);
}

static void
eve_tls(const struct event *e)
{
	head(e, "tls", "TCP", 443);
	say("\"pkt_src\":\"wire/pcap\",\"tls\":{\"subject\":\"C=US, O=Example, "
	    "CN=*.service-%u."
	    "example.com\",\"issuerdn\":\"C=US, O=Example CA, CN=Example TLS RSA 2020 "
	    "CA1\","
	    "\"serial\":\"0A:01:41:42:00:00:01:53:85:73:6A:0B:85:EC:A7:08\","
	    "\"fingerprint\":"
	    "\"1a:2b:3c:4d:5e:6f:70:81:92:a3:b4:c5:d6:e7:f8:09:1a:2b:3c:4d\",\"sni\":"
	    "\"host-%u.service-%u.example.com\",\"version\":\"TLS 1.2\",\"notbefore\":"
	    "\"2023-01-01T00:00:00\",\"notafter\":\"2024-01-01T23:59:59\",\"ja3\":{"
	    "\"hash\":"
	    "\"773906b0efdefa24a7f2b8eb6985b%03x\",\"string\":\"771,4865-4866-4867-"
	    "49195-"
	    "49199-49196-49200-52393-52392-49171-49172-156-157-47-53,0-23-65281-10-11-"
	    "35-16-5"
	    "-13-18-51-45-43-27-17513-21,29-23-24,0\"},\"ja3s\":{\"hash\":"
	    "\"eb1d94daa7e0344597e756a1fb6e7054\",\"string\":\"771,49199,65281-11-16\"}"
	    ","
	    "\"ja4\":\"t13d1516h2_8daaf6152771_e5627efa2%03x\",\"client_alpns\":["
	    "\"h2\","
	    "\"http/1.1\"]},\"host\":\"sensor-1\"}\n",
	    e->name % 97, e->name, e->name % 97, e->host % 11, e->host % 11);
}

static void
eve_http(const struct event *e)
{
	head(e, "http", "TCP", 80);
	say("\"tx_id\":0,\"http\":{\"hostname\":\"service-%u.example.com\","
	    "\"url\":"
	    "\"\\/generate_204?n=%u\",\"http_user_agent\":\"%s\","
	    "\"http_content_type\":\"text\\/html\",\"http_method\":\"GET\","
	    "\"protocol\":\"HTTP\\/1.1\",\"status\":204,\"length\":0},"
	    "\"host\":\"sensor-1\"}\n",
	    e->name % 97, e->name, agents[e->host % 4]);
}

static void
eve_other(const struct event *e)
{
	head(e, "fileinfo", "TCP", 80);
	say("\"http\":{\"hostname\":\"service-%u.example.com\",\"url\":\"\\/a\","
	    "\"status\":200},\"app_proto\":\"http\",\"fileinfo\":{\"filename\":"
	    "\"\\/a\",\"sid\":[],\"magic\":\"HTML document, ASCII text\",\"gaps\":"
	    "false,\"state\":\"CLOSED\",\"stored\":false,\"size\":%u,\"tx_id\":0}}\n",
	    e->name % 97, below(100000));
}

static void
eve(const struct event *e)
{
	unsigned n = below(100);

	(n < 40          ? eve_flow
	        : n < 70 ? eve_dns
	        : n < 85 ? eve_tls
	        : n < 93 ? eve_http
	                 : eve_other)(e);
}

static void
zeek(const struct event *e)
{
	static unsigned block;

	/* As if conn.log and dns.log of many hours were put behind each other. */
	if (block++ % 20000 == 0)
		(void)fputs(block / 20000 % 2 == 0
		        ? "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n"
		          "#unset_field\t-\n#path\tconn\n#fields\tts\tuid\tid.orig_h\t"
		          "id.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\t"
		          "orig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\t"
		          "missed_bytes\thistory\torig_pkts\torig_ip_bytes\tresp_pkts\t"
		          "resp_ip_bytes\ttunnel_parents\n"
		        : "#separator \\x09\n#path\tdns\n#fields\tts\tuid\tid.orig_h\t"
		          "id.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_"
		          "id\trtt\tquery\t"
		          "qclass\tqclass_name\tqtype\tqtype_name\trcode\trcode_"
		          "name\tAA\tTC\t"
		          "RD\tRA\tZ\tanswers\tTTLs\trejected\n",
		    stdout);
	say("%.6f\tC%016" PRIx64 "\t10.%u.%u.%u\t%u\t198.51.%u.%u\t",
	    1677628800 + e->time, e->flow, 1 + e->host / 65536, e->host / 256 % 256,
	    e->host % 256, e->port, e->server / 256 % 256, e->server % 256);
	if ((block - 1) / 20000 % 2 == 0)
		say("443\ttcp\tssl\t%u.%06u\t%u\t%u\tSF\tT\tF\t0\tShADadFf\t%"
		    "u\t%u\t%u"
		    "\t%u\t-\n",
		    below(60), below(1000000), below(90000), below(900000),
		    1 + below(90), below(90000), below(90), below(900000));
	else
		say("53\tudp\t%u\t0.%06u\thost-%u.service-%u.example.com\t1\t"
		    "C_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\t198.51.100.%"
		    "u\t"
		    "300.000000\tF\n",
		    below(65536), below(1000000), e->name, e->name % 97, below(256));
}

static int
make(void (*line)(const struct event *), uint64_t bytes)
{
	struct event e = { 0 };
	static char buf[1 << 20];

	(void)setvbuf(stdout, buf, _IOFBF, sizeof buf);
	while (written < bytes) {
		e.time += 0.1;
		e.host = below(HOSTS);
		/* a host asks for the same few names again and again */
		e.name = (e.host * 7 + below(40) * below(6)) % NAMES;
		e.server = below(5000);
		e.port = 32768 + below(28000);
		e.flow = seed >> 11;
		line(&e);
	}
	return fflush(stdout) != 0;
}

static const char *const paths[][3] = { { "timestamp" }, { "event_type" }, { "src_ip" },
	{ "dest_ip" }, { "dns", "rrname" }, { "tls", "sni" }, { "tls", "ja3", "hash" },
	{ "tls", "ja4" }, { "http", "hostname" }, { "http", "http_user_agent" },
	{ "flow", "start" } };

static int
read_trees(const char *file)
{
	FILE *f = fopen(file, "re");
	char *line = NULL;
	size_t room = 0, found = 0;
	ssize_t n;

	while (f != NULL && (n = getline(&line, &room, f)) > 0) {
		json_t *root = json_loadb(line, (size_t)n, 0, NULL);
		for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
			const json_t *j = root;
			for (size_t k = 0; k < 3 && paths[i][k] != NULL; k++)
				j = json_object_get(j, paths[i][k]);
			found += json_is_string(j);
		}
		json_decref(root);
	}
	free(line);
	say("%zu\n", found);
	return f == NULL || fclose(f) != 0;
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "eve") == 0)
		return make(eve, strtoull(argv[2], NULL, 10));
	if (argc == 3 && strcmp(argv[1], "zeek") == 0)
		return make(zeek, strtoull(argv[2], NULL, 10));
	if (argc == 3 && strcmp(argv[1], "jansson") == 0)
		return read_trees(argv[2]);
	(void)fputs("usage: logs eve|zeek BYTES > FILE, or logs jansson FILE\n",
	    stderr);
	return 2;
}
