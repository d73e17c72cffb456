/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pairs of what devices announce on their link and
 * answer there, test/decode/NAME/NAME.pcap: LLDP, CDP, SSDP, UPnP, WS-Discovery,
 * LLMNR, NetBIOS, SMB, cameras, MNDP, Ubiquiti, SNMP, SIP, RTSP, SSH, NTP, STUN. All of
 * it is synthetic, made up from the documents of the protocols; addresses are of
 * RFC 5737 and RFC 7042, names of RFC 2606. From the root of the tree:
 *
 *	cc -o build/frames_discovery test/decode/frames_discovery.c &&
 *	build/frames_discovery
 */
#include "frames.h"

enum { UDP = 17, TCP = 6 };

static void
add_text(struct bytes *to, const char *text)
{
	add(to, text, strlen(text));
}

static void
add16le(struct bytes *to, unsigned n)
{
	add8(to, n & 0xff);
	add8(to, n >> 8);
}

static void
add32le(struct bytes *to, uint32_t n)
{
	add16le(to, n & 0xffff);
	add16le(to, n >> 16);
}

static void
add_utf16(struct bytes *to, const char *text)
{
	for (; *text != '\0'; text++)
		add16le(to, (unsigned char)*text);
}

/* Frames are ten milliseconds apart from 2023-04-01T00:00:00Z. Station 7 sends. */
static void
frame(unsigned station, unsigned type, const struct bytes *payload)
{
	struct bytes f = { .n = 0 };
	uint8_t from[6] = { 2, 0, 0, 0, 0, (uint8_t)station };

	add(&f, "\2\0\0\0\0\1", 6);
	add(&f, from, 6);
	add16(&f, type);
	add(&f, payload->b, payload->n);
	record(&f);
}

/* From 192.0.2.STATION to 192.0.2.1, or to another station of that network. */
static void
packet(unsigned station, unsigned to, unsigned protocol, struct bytes *p, size_t sum_at)
{
	struct bytes ip = { .n = 0 };
	uint8_t ends[8] = { 192, 0, 2, (uint8_t)station, 192, 0, 2, (uint8_t)to };

	set_sum(p, sum_at,
	    sum16(p->b, p->n, sum16(ends, 8, protocol + (uint32_t)p->n)));
	add(&ip, BYTES("\x45\0"));
	add16(&ip, 20 + (unsigned)p->n);
	add(&ip, BYTES("\x12\x34\x40\0\x40"));
	add8(&ip, protocol);
	add16(&ip, 0);
	add(&ip, ends, sizeof ends);
	set_sum(&ip, 10, sum16(ip.b, 20, 0));
	add(&ip, p->b, p->n);
	frame(station, 0x0800, &ip);
}

static void
udp(unsigned from, unsigned to, const void *message, size_t n)
{
	struct bytes p = { .n = 0 };

	add16(&p, from);
	add16(&p, to);
	add16(&p, 8 + (unsigned)n);
	add16(&p, 0);
	add(&p, message, n);
	packet(7, 1, UDP, &p, 6);
}

/* A segment with data of a connection between port 40000 of station 7 and a server. */
static void
tcp(unsigned station, unsigned port, uint32_t seq, const void *message, size_t n)
{
	struct bytes p = { .n = 0 };
	unsigned client = station == 7 ? 40000 : port;

	add16(&p, client);
	add16(&p, station == 7 ? port : 40000);
	add16(&p, seq >> 16);
	add16(&p, seq & 0xffff);
	add16(&p, 0);
	add16(&p, 1);
	add16(&p, 5 << 12 | 0x18);
	add16(&p, 1024);
	add16(&p, 0);
	add16(&p, 0);
	add(&p, message, n);
	packet(station, station == 7 ? 1 : 7, TCP, &p, 16);
}

static void
tlv9(struct bytes *to, unsigned type, const void *value, size_t n)
{
	add16(to, type << 9 | (unsigned)n);
	add(to, value, n);
}

static void
make_lldp(void)
{
	struct bytes p = { .n = 0 };

	begin("lldp", "lldp", 1);
	/* A telephone: chassis by its address, then the inventory of TIA-1057. */
	tlv9(&p, 1, BYTES("\5\1\300\0\2\7"));
	tlv9(&p, 2, BYTES("\3\2\0\0\0\0\7"));
	tlv9(&p, 3, BYTES("\0\x78"));
	tlv9(&p, 5, BYTES("phone7.example"));
	tlv9(&p, 6, BYTES("Example Phone 100, firmware 1.2.3"));
	tlv9(&p, 7, BYTES("\0\x24\0\x20"));
	tlv9(&p, 8, BYTES("\5\1\300\0\2\7\2\0\0\0\1\0"));
	tlv9(&p, 127, BYTES("\0\x12\xbb\1\0\x33\3"));
	tlv9(&p, 127,
	    BYTES("\0\x12\xbb\5"
	          "rev 3"));
	tlv9(&p, 127,
	    BYTES("\0\x12\xbb\6"
	          "boot 1.0"));
	tlv9(&p, 127,
	    BYTES("\0\x12\xbb\7"
	          "1.2.3"));
	tlv9(&p, 127,
	    BYTES("\0\x12\xbb\x08"
	          "SN0007"));
	tlv9(&p, 127,
	    BYTES("\0\x12\xbb\x09"
	          "Example"));
	tlv9(&p, 127,
	    BYTES("\0\x12\xbb\x0a"
	          "Phone 100"));
	tlv9(&p, 127,
	    BYTES("\0\x12\xbb\x0b"
	          "asset 12"));
	tlv9(&p, 0, "", 0);
	frame(7, 0x88cc, &p);
	/* A switch; then one without its end. */
	p.n = 0;
	tlv9(&p, 1, BYTES("\4\2\0\0\0\0\1"));
	tlv9(&p, 2, BYTES("\5port 1"));
	tlv9(&p, 3, BYTES("\0\x78"));
	tlv9(&p, 7, BYTES("\0\x14\0\x14"));
	frame(1, 0x88cc, &p);
	tlv9(&p, 0, "", 0);
	frame(1, 0x88cc, &p);
	end();
}

static void
tlv_cdp(struct bytes *to, unsigned type, const void *value, size_t n)
{
	add16(to, type);
	add16(to, (unsigned)n + 4);
	add(to, value, n);
}

static void
make_cdp(void)
{
	struct bytes cdp = { .n = 0 }, p = { .n = 0 };

	add(&cdp, BYTES("\xaa\xaa\3\0\0\x0c\x20\0\2\xb4\0\0"));
	tlv_cdp(&cdp, 1, BYTES("SEP020000000007"));
	tlv_cdp(&cdp, 2, BYTES("\0\0\0\1\1\1\xcc\0\4\300\0\2\7"));
	tlv_cdp(&cdp, 3, BYTES("Port 1"));
	tlv_cdp(&cdp, 4, BYTES("\0\0\4\x90"));
	tlv_cdp(&cdp, 5, BYTES("SIP88xx.12-8-1"));
	tlv_cdp(&cdp, 6, BYTES("Cisco IP Phone 8841"));
	begin("cdp", "cdp", 1);
	add(&p, cdp.b, cdp.n);
	add(&p, BYTES("\0\0\0\0")); /* padding behind the length */
	frame(7, (unsigned)cdp.n, &p);
	/* Addresses of both kinds. */
	cdp.n = p.n = 0;
	add(&cdp, BYTES("\xaa\xaa\3\0\0\x0c\x20\0\2\xb4\0\0"));
	tlv_cdp(&cdp, 2,
	    BYTES("\0\0\0\3\1\1\xcc\0\4\300\0\2\7"
	          "\2\x08\xaa\xaa\3\0\0\0\x86\xdd\0\x10"
	          "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\7"
	          "\1\1\xcc\0\4\300\0\2\x08"));
	frame(7, (unsigned)cdp.n, &cdp);
	/* A value shorter than its own head. */
	add(&p, BYTES("\xaa\xaa\3\0\0\x0c\x20\0\2\xb4\0\0\0\1\0\3"));
	frame(7, (unsigned)p.n, &p);
	end();
}

static void
make_ssdp(void)
{
	begin("ssdp", "ssdp", 1);
	udp(40000, 1900,
	    BYTES("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n"
	          "MAN: \"ssdp:discover\"\r\nMX: 1\r\n"
	          "ST: urn:dial-multiscreen-org:service:dial:1\r\n"
	          "USER-AGENT: Google Chrome/111.0.5563.64 Windows\r\n\r\n"));
	udp(1900, 1900,
	    BYTES("NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n"
	          "CACHE-CONTROL: max-age=1800\r\n"
	          "LOCATION: http://192.0.2.7:49152/secret/description.xml\r\n"
	          "SERVER: Linux/4.9 UPnP/1.0 Example/1.0\r\nNTS: ssdp:alive\r\n"
	          "NT: urn:schemas-upnp-org:device:MediaRenderer:1\r\n"
	          "USN: uuid:00000000-0000-1000-8000-020000000007::"
	          "urn:schemas-upnp-org:device:MediaRenderer:1\r\n\r\n"));
	udp(1900, 40001,
	    BYTES("HTTP/1.1 200 OK\r\nEXT:\r\n"
	          "LOCATION: http://[2001:db8::7]:80/d.xml\r\n"
	          "ST: uuid:00000000-0000-1000-8000-020000000007\r\n"
	          "USN: uuid:00000000-0000-1000-8000-020000000007\r\n"
	          "SERVER: Linux/4.9 UPnP/1.0 Example/1.0\r\n\r\n"));
	/* An answer from a port of its own. */
	udp(49153, 40001,
	    BYTES("HTTP/1.1 200 OK\r\nLOCATION: http://192.0.2.7:8008/d.xml\r\n"
	          "ST: upnp:rootdevice\r\n"
	          "USN: uuid:00000000-0000-1000-8000-020000000007::upnp:rootdevice\r\n"
	          "SERVER: POSIX, UPnP/1.0, Example/2.0\r\n\r\n"));
	end();
}

#define DESCRIPTION                                                            \
	"<?xml version=\"1.0\"?>\r\n"                                          \
	"<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><specVersion>"        \
	"<major>1</major><minor>0</minor></specVersion><device>"               \
	"<deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType>" \
	"<friendlyName>Ann &amp; Bob&#39;s TV</friendlyName>"                  \
	"<manufacturer>Example</manufacturer>"                                 \
	"<modelDescription><![CDATA[A <TV>]]></modelDescription>"              \
	"<modelName>TV 100</modelName><modelNumber>100-7</modelNumber>"        \
	"<serialNumber>SN0007</serialNumber>"                                  \
	"<UDN>uuid:00000000-0000-1000-8000-020000000007</UDN>"                 \
	"<deviceList><device><modelName>Inner</modelName></device></deviceList>"

static void
make_upnp(void)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nServer: Example\r\n"
	                           "Content-Type: text/xml\r\n\r\n";

	begin("upnp", "upnp", 1);
	tcp(7, 49152, 100,
	    BYTES("HTTP/1.1 200 OK\r\nServer: Example\r\n"
	          "Content-Type: text/xml\r\n\r\n" DESCRIPTION));
	/* Head and body apart. */
	tcp(1, 49152, 100, BYTES(head));
	tcp(1, 49152, 100 + sizeof head - 1, BYTES(DESCRIPTION "</device></root>"));
	/* XML, but of another kind. */
	tcp(1, 49152, 5000, BYTES("<root><modelName>No</modelName></root>"));
	end();
}

#define SOAP                                                                  \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>"                          \
	"<SOAP-ENV:Envelope "                                                 \
	"xmlns:SOAP-ENV=\"http://www.w3.org/2003/05/soap-envelope\" "         \
	"xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\">"        \
	"<SOAP-ENV:Header><wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/" \
	"discovery/"
#define SOAP_BODY "</wsa:Action></SOAP-ENV:Header><SOAP-ENV:Body>"

static void
make_wsd(void)
{
	begin("wsd", "wsd", 1);
	udp(40000, 3702,
	    BYTES(SOAP "Probe" SOAP_BODY
	               "<d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types>"
	               "</d:Probe></SOAP-ENV:Body></SOAP-ENV:Envelope>"));
	udp(3702, 40001,
	    BYTES(SOAP "ProbeMatches" SOAP_BODY
	               "<d:ProbeMatches><d:ProbeMatch><wsa:EndpointReference>"
	               "<wsa:Address>urn:uuid:00000000-0000-1000-8000-020000000007"
	               "</wsa:Address></wsa:EndpointReference>"
	               "<d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types>"
	               "<d:Scopes>onvif://www.onvif.org/type/video_encoder\n"
	               " onvif://www.onvif.org/name/EXAMPLE%20CAM "
	               "onvif://www.onvif.org/hardware/CAM-100</d:Scopes>"
	               "<d:XAddrs>http://192.0.2.7/onvif/device_service</d:XAddrs>"
	               "</d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body>"
	               "</SOAP-ENV:Envelope>"));
	udp(40002, 3702,
	    BYTES(SOAP "Hello" SOAP_BODY "<d:Hello><wsa:EndpointReference><wsa:Address>"
	               "urn:uuid:00000000-0000-1000-8000-020000000007</wsa:Address>"
	               "</wsa:EndpointReference><d:Types>wsdp:Device pub:Computer"
	               "</d:Types></d:Hello></SOAP-ENV:Body></SOAP-ENV:Envelope>"));
	/* Behind a mark of the byte order; from a port of its own. */
	udp(3702, 40001,
	    BYTES("\xef\xbb\xbf" SOAP "ProbeMatches" SOAP_BODY
	          "<d:ProbeMatches><d:ProbeMatch><d:Types>wprt:PrintDeviceType"
	          "</d:Types></d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body>"
	          "</SOAP-ENV:Envelope>"));
	udp(49153, 40001,
	    BYTES(
	        SOAP "ProbeMatches" SOAP_BODY "<d:ProbeMatches><d:ProbeMatch><d:Types>"
	             "wscn:ScanDeviceType</d:Types></d:ProbeMatch>"
	             "</d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>"));
	end();
}

static void
make_llmnr(void)
{
	begin("llmnr", "llmnr", 1);
	udp(40000, 5355, BYTES("\x12\x34\0\0\0\1\0\0\0\0\0\0\4wpad\0\0\1\0\1"));
	udp(5355, 40001,
	    BYTES("\x12\x34\x80\0\0\1\0\1\0\0\0\0\7ANNA-PC\0\0\1\0\1"
	          "\300\014\0\1\0\1\0\0\0\x1e\0\4\300\0\2\7"));
	/* The name that an address leads to; one that is not yet proven its own. */
	udp(5355, 40001,
	    BYTES("\x12\x35\x80\0\0\1\0\1\0\0\0\0"
	          "\1\x37\1\x32\1\x30\3\x31\x39\x32\7in-addr\4arpa\0\0\014\0\1"
	          "\300\014\0\014\0\1\0\0\0\x1e\0\x09\7anna-pc\0"));
	udp(5355, 40001,
	    BYTES("\x12\x36\x81\0\0\1\0\1\0\0\0\0\5other\0\0\1\0\1"
	          "\300\014\0\1\0\1\0\0\0\x1e\0\4\300\0\2\7"));
	end();
}

static void
make_llmnr_tcp(void)
{
	static const char answer[] = "\0\x29\x12\x34\x80\0\0\1\0\1\0\0\0\0"
	                             "\7ANNA-PC\0\0\1\0\1"
	                             "\300\014\0\1\0\1\0\0\0\x1e\0\4\300\0\2\1";

	begin("llmnr_tcp", "llmnr_tcp", 1);
	tcp(7, 5355, 100,
	    BYTES("\0\x19\x12\x34\0\0\0\1\0\0\0\0\0\0\7ANNA-PC\0\0\1\0\1"));
	tcp(1, 5355, 100, answer, 20);
	tcp(1, 5355, 120, answer + 20, sizeof answer - 1 - 20);
	end();
}

static void
netbios(struct bytes *to, const char *name, unsigned suffix)
{
	char padded[16];

	(void)snprintf(padded, sizeof padded, "%-15s", name);
	padded[15] = (char)suffix;
	add8(to, 32);
	for (size_t i = 0; i < sizeof padded; i++) {
		add8(to, 'A' + ((unsigned)padded[i] >> 4 & 15));
		add8(to, 'A' + ((unsigned)padded[i] & 15));
	}
	add8(to, 0);
}

static void
nbns_claim(unsigned flags, const char *name, unsigned suffix, unsigned group)
{
	struct bytes p = { .n = 0 };

	add(&p, BYTES("\x12\x34"));
	add16(&p, flags);
	add(&p, BYTES("\0\1\0\0\0\0\0\1"));
	netbios(&p, name, suffix);
	add(&p, BYTES("\0\x20\0\1\300\014\0\x20\0\1\0\4\x93\xe0\0\6"));
	add16(&p, group);
	add(&p, BYTES("\300\0\2\7"));
	udp(137, 137, p.b, p.n);
}

static void
make_nbns(void)
{
	struct bytes p = { .n = 0 };

	begin("nbns", "nbns", 1);
	nbns_claim(0x2910, "ANNA-PC", 0x20, 0);
	nbns_claim(0x2910, "WORKGROUP", 0, 0x8000);
	nbns_claim(0x4010, "ANNA-PC", 0, 0); /* a refresh */
	nbns_claim(0x3010, "ANNA-PC", 3, 0); /* given back */
	/* A query says nothing of its sender; an answer for another neither. */
	add(&p, BYTES("\x12\x34\1\x10\0\1\0\0\0\0\0\0"));
	netbios(&p, "FILES", 0x20);
	add(&p, BYTES("\0\x20\0\1"));
	udp(137, 137, p.b, p.n);
	for (unsigned host = 7; host < 9; host++) {
		p.n = 0;
		add(&p, BYTES("\x12\x34\x85\0\0\0\0\1\0\0\0\0"));
		netbios(&p, host == 7 ? "ANNA-PC" : "OTHER-PC", 0);
		add(&p, BYTES("\0\x20\0\1\0\0\0\x78\0\6\0\0\300\0\2"));
		add8(&p, host);
		udp(137, 137, p.b, p.n);
	}
	/* The status of a node: two names, a group, the browsers' mark, its unit. */
	p.n = 0;
	add(&p, BYTES("\x12\x35\x84\0\0\0\0\1\0\0\0\0"));
	netbios(&p, "*", 0);
	add(&p,
	    BYTES("\0\x21\0\1\0\0\0\0\0\x4f\4"
	          "ANNA-PC        \0\4\0ANNA-PC        \x20\4\0"
	          "WORKGROUP      \0\x84\0\1\2__MSBROWSE__\2\1\x84\0"
	          "\2\0\0\0\0\7"));
	udp(137, 137, p.b, p.n);
	end();
}

static void
announce(unsigned command, const char *slot)
{
	struct bytes data = { .n = 0 }, p = { .n = 0 }, smb = { .n = 0 };
	char name[16] = "ANNA-PC";
	size_t slot_size = strlen(slot) + 1;

	add8(&data, command);
	add(&data, BYTES("\0\x80\xfc\x0a\0"));
	add(&data, name, sizeof name);
	add(&data,
	    BYTES("\x0a\0\3\x10\5\0\x0f\1\x55\xaa"
	          "a comment\0"));
	add(&smb, BYTES("\xffSMB\x25\0\0\0\0\0\0\0"));
	add(&smb, (char[20]){ 0 }, 20);
	add8(&smb, 17);
	add16le(&smb, 0);
	add16le(&smb, (unsigned)data.n);
	add(&smb, (char[18]){ 0 }, 18);
	add16le(&smb, (unsigned)data.n);
	add16le(&smb, 32 + 1 + 34 + 2 + (unsigned)slot_size);
	add(&smb, BYTES("\3\0\1\0\1\0\2\0"));
	add16le(&smb, (unsigned)(slot_size + data.n));
	add(&smb, slot, slot_size);
	add(&smb, data.b, data.n);
	add(&p, BYTES("\x11\x0a\x12\x34\300\0\2\7\0\x8a"));
	add16(&p, 68 + (unsigned)smb.n);
	add16(&p, 0);
	netbios(&p, "ANNA-PC", 0);
	netbios(&p, "WORKGROUP", 0x1d);
	add(&p, smb.b, smb.n);
	udp(138, 138, p.b, p.n);
}

static void
make_browser(void)
{
	begin("browser", "browser", 1);
	announce(0x01, "\\MAILSLOT\\BROWSE");
	announce(0x08, "\\MAILSLOT\\BROWSE"); /* an election */
	announce(0x01, "\\MAILSLOT\\NET\\NETLOGON");
	end();
}

static void
smb_send(unsigned station, unsigned port, const struct bytes *smb)
{
	static uint32_t seq = 1000;
	struct bytes p = { .n = 0 };

	add16(&p, 0);
	add16(&p, (unsigned)smb->n);
	add(&p, smb->b, smb->n);
	tcp(station, port, seq, p.b, p.n);
	seq += 5000;
}

static void
smb1(struct bytes *to, unsigned flags, unsigned flags2)
{
	to->n = 0;
	add(to, BYTES("\xffSMB\x73\0\0\0\0"));
	add8(to, flags);
	add16le(to, flags2);
	add(to, (char[20]){ 0 }, 20);
}

static void
smb2(struct bytes *to, unsigned command, unsigned flags)
{
	to->n = 0;
	add(to, BYTES("\xfeSMB\x40\0\0\0\0\0\0\0"));
	add16le(to, command);
	add16le(to, 1);
	add32le(to, flags);
	add(to, (char[44]){ 0 }, 44);
}

#define VERSION "\x0a\0\x61\x4a\0\0\0\x0f"

/* Session setup, request: the blob stands behind header and 24 bytes. */
static void
setup(unsigned station, const void *blob, size_t n)
{
	struct bytes p;

	smb2(&p, 1, station == 1 ? 1 : 0);
	if (station == 1)
		add(&p, BYTES("\x09\0\0\0"));
	else
		add(&p, BYTES("\x19\0\0\1\1\0\0\0\0\0\0\0"));
	add16le(&p, station == 1 ? 64 + 8 : 64 + 24);
	add16le(&p, (unsigned)n);
	if (station == 7)
		add(&p, (char[8]){ 0 }, 8);
	add(&p, blob, n);
	smb_send(station, 445, &p);
}

static void
make_smb(void)
{
	struct bytes p, blob = { .n = 0 };

	begin("smb", "smb", 1);
	/* SMB1 without GSS-API, in ASCII: passwords, account, domain, then the rest. */
	smb1(&p, 0, 0);
	add8(&p, 13);
	add(&p, (char[14]){ 0 }, 14);
	add(&p, BYTES("\1\0\0\0\0\0\0\0\0\0\0\0"));
	add16le(&p, 40);
	add(&p, BYTES("\0ann\0EXAMPLE\0Windows 4.0\0Windows NT 4.0\0"));
	smb_send(7, 139, &p);
	/* The answer, in UTF-16. */
	smb1(&p, 0x80, 0x8000);
	add8(&p, 3);
	add(&p, (char[6]){ 0 }, 6);
	add16le(&p, 1 + 2 * (5 + 11 + 8));
	add8(&p, 0);
	add_utf16(&p, "Unix");
	add16le(&p, 0);
	add_utf16(&p, "Samba 4.17");
	add16le(&p, 0);
	add_utf16(&p, "EXAMPLE");
	add16le(&p, 0);
	smb_send(1, 139, &p);
	/* SMB2: dialects offered and chosen. */
	smb2(&p, 0, 0);
	add(&p, BYTES("\x24\0\3\0\1\0\0\0\0\0\0\0"));
	add(&p, (char[24]){ 0 }, 24);
	add(&p, BYTES("\2\2\x10\2\x11\3"));
	smb_send(7, 445, &p);
	smb2(&p, 0, 1);
	add(&p, BYTES("\x41\0\1\0\x11\3\0\0"));
	add(&p, (char[56]){ 0 }, 56);
	smb_send(1, 445, &p);
	/* NTLM: negotiate, challenge, authenticate. */
	setup(7,
	    BYTES("\x60\x28NTLMSSP\0\1\0\0\0\x97\x82\x08\xe2"
	          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" VERSION));
	add(&blob,
	    BYTES("\xa1\x28NTLMSSP\0\2\0\0\0\0\0\0\0\x38\0\0\0"
	          "\x15\x82\x89\xe2\1\2\3\4\5\6\7\x08\0\0\0\0\0\0\0\0"));
	add16le(&blob, 50);
	add16le(&blob, 50);
	add32le(&blob, 56);
	add(&blob, BYTES("\6\1\0\0\0\0\0\x0f"));
	add(&blob, BYTES("\2\0\x0e\0"));
	add_utf16(&blob, "EXAMPLE");
	add(&blob, BYTES("\1\0\x08\0"));
	add_utf16(&blob, "FILE");
	add(&blob, BYTES("\3\0\x0c\0"));
	add_utf16(&blob, "file.a");
	add(&blob, BYTES("\0\0\0\0"));
	setup(1, blob.b, blob.n);
	blob.n = 0;
	add(&blob,
	    BYTES("NTLMSSP\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	          "\x0e\0\x0e\0\x48\0\0\0\0\0\0\0\0\0\0\0"
	          "\5\x82\x08\xe2" VERSION));
	add_utf16(&blob, "ANNA-PC");
	setup(7, blob.b, blob.n);
	end();
}

/* `Authorization: NTLM ` and the like, with the message in base64. */
static void
add_field(struct bytes *to, const char *field, const struct bytes *blob)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789+/";
	uint32_t bits = 0;
	unsigned have = 0;

	add_text(to, field);
	for (size_t i = 0; i < blob->n; i++) {
		bits = bits << 8 | blob->b[i];
		for (have += 8; have >= 6; have -= 6)
			add8(to, (unsigned char)digits[bits >> (have - 6) & 63]);
	}
	if (have > 0)
		add8(to, (unsigned char)digits[bits << (6 - have) & 63]);
	for (size_t n = blob->n; n % 3 != 0; n++)
		add8(to, '=');
	add_text(to, "\r\n\r\n");
}

/* A client that binds to DCOM: NTLM as it is, then in SPNEGO; one without. */
static void
make_rpc(void)
{
	struct bytes ntlm = { .n = 0 }, p = { .n = 0 };

	add(&ntlm,
	    BYTES("NTLMSSP\0\1\0\0\0\x97\x82\x08\xe2"
	          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" VERSION));
	begin("rpc", "rpc", 1);
	for (unsigned kind = 10; kind >= 9; kind--) {
		size_t extra = kind == 9 ? 2 : 0;
		p.n = 0;
		add(&p, BYTES("\5\0\x0b\3\x10\0\0\0"));
		add16le(&p, (unsigned)(16 + 12 + 8 + ntlm.n + extra));
		add16le(&p, (unsigned)(ntlm.n + extra));
		add32le(&p, 1);
		add(&p, BYTES("\xb8\x10\xb8\x10\0\0\0\0\0\0\0\0"));
		add8(&p, kind);
		add(&p, BYTES("\5\0\0\0\0\0\0\xa1\x28"));
		p.n -= 2 - extra;
		add(&p, ntlm.b, ntlm.n);
		tcp(7, 135, kind * 1000, p.b, p.n);
	}
	/* Numbers the other way round, and no authentication. */
	tcp(7, 135, 5000, BYTES("\5\0\x0b\3\0\0\0\0\0\x1c\0\0\0\0\0\1ABCDEFGHIJKL"));
	tcp(7, 135, 6000, BYTES("\5\0\x0b\3\x10\0\0\0\x14\0\x20\0\1\0\0\0ABCD"));
	end();
}

/* A bind by SASL, lengths in one byte and in four; a search; what is no LDAP. */
static void
make_ldap(void)
{
	struct bytes ntlm = { .n = 0 }, p = { .n = 0 };

	add(&ntlm,
	    BYTES("NTLMSSP\0\1\0\0\0\x97\x82\x08\xe2"
	          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" VERSION));
	begin("ldap", "ldap", 1);
	add(&p,
	    BYTES("\x30\x42\2\1\1\x60\x3d\2\1\3\4\0\xa3\x36\4\x0aGSS-SPNEGO\4\x28"));
	add(&p, ntlm.b, ntlm.n);
	tcp(7, 389, 100, p.b, 30);
	tcp(7, 389, 130, p.b + 30, p.n - 30);
	p.n = 0;
	add(&p,
	    BYTES("\x30\x84\0\0\0\x4e\2\1\2\x60\x84\0\0\0\x45\2\1\3\4\0"
	          "\xa3\x84\0\0\0\x3a\4\x0aGSS-SPNEGO\4\x84\0\0\0\x28"));
	add(&p, ntlm.b, ntlm.n);
	tcp(7, 3268, 100, p.b, p.n);
	tcp(7, 389, 1000, BYTES("\x30\x0a\2\1\3\x63\5NTLMS"));
	tcp(7, 389, 2000, BYTES("0x is no LDAP"));
	end();
}

/* A login by SSPI; an answer that is one of several packets. */
static void
make_tds(void)
{
	struct bytes p = { .n = 0 };

	begin("tds", "tds", 1);
	add(&p, BYTES("\x11\1\0\x30\0\0\1\0"));
	add(&p,
	    BYTES("NTLMSSP\0\1\0\0\0\x97\x82\x08\xe2"
	          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" VERSION));
	tcp(7, 1433, 100, p.b, 20);
	tcp(7, 1433, 120, p.b + 20, p.n - 20);
	p.b[0] = 4;
	p.b[1] = 0;
	tcp(1, 1433, 100, p.b, p.n);
	tcp(7, 1433, 1000, BYTES("\x12\1\0\x0a\0\0\1\0ab"));
	end();
}

/* A client that signs on to a proxy and, by GSS-API, to a server. */
static void
make_http_ntlm(void)
{
	struct bytes p = { .n = 0 }, blob = { .n = 0 };

	begin("http", "ntlm", 1);
	add(&blob,
	    BYTES("NTLMSSP\0\1\0\0\0\x97\x82\x08\xe2"
	          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" VERSION));
	add_text(&p,
	    "GET http://www.example.com/ HTTP/1.1\r\nHost: www.example.com\r\n");
	add_field(&p, "Proxy-Authorization: NTLM ", &blob);
	tcp(7, 3128, 100, p.b, p.n);
	blob.n = p.n = 0;
	add(&blob,
	    BYTES("\xa1\x28NTLMSSP\0\2\0\0\0\0\0\0\0\x38\0\0\0"
	          "\x15\x82\x89\xe2\1\2\3\4\5\6\7\x08\0\0\0\0\0\0\0\0"));
	add16le(&blob, 32);
	add16le(&blob, 32);
	add32le(&blob, 56);
	add(&blob, BYTES("\6\1\0\0\0\0\0\x0f\2\0\x0e\0"));
	add_utf16(&blob, "EXAMPLE");
	add(&blob, BYTES("\1\0\x06\0"));
	add_utf16(&blob, "WEB");
	add(&blob, BYTES("\0\0\0\0"));
	add_text(&p,
	    "HTTP/1.1 401 Unauthorized\r\nServer: Microsoft-IIS/7.5\r\nContent-Length: "
	    "0\r\n");
	add_field(&p, "WWW-Authenticate: Negotiate ", &blob);
	tcp(1, 80, 100, p.b, p.n);
	/* With a user and a domain, of which nothing may be said. */
	blob.n = p.n = 0;
	add(&blob,
	    BYTES("NTLMSSP\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	          "\x0e\0\x0e\0\x56\0\0\0\x08\0\x08\0\x64\0\0\0"
	          "\x0e\0\x0e\0\x48\0\0\0\0\0\0\0\0\0\0\0"
	          "\5\x82\x08\xe2" VERSION));
	add_utf16(&blob, "ANNA-PC");
	add_utf16(&blob, "EXAMPLE");
	add_utf16(&blob, "anna");
	add_text(&p, "GET / HTTP/1.1\r\nHost: www.example.com\r\n");
	add_field(&p, "Authorization: NTLM ", &blob);
	tcp(7, 80, 100, p.b, p.n);
	/* What is no NTLM: a Kerberos ticket, and a password. */
	p.n = 0;
	add_text(&p,
	    "GET / HTTP/1.1\r\nHost: www.example.com\r\n"
	    "Authorization: Negotiate YIIFQwYGKwYBBQUC\r\n"
	    "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
	tcp(7, 8080, 100, p.b, p.n);
	end();
}

static void
make_sadp(void)
{
	begin("sadp", "sadp", 1);
	udp(37020, 37020,
	    BYTES("<?xml version=\"1.0\" encoding=\"utf-8\"?><Probe>"
	          "<Uuid>00000000-0000-0000-0000-000000000001</Uuid>"
	          "<Types>inquiry</Types></Probe>"));
	udp(37020, 37020,
	    BYTES("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\r\n<ProbeMatch>\r\n"
	          "<Uuid>00000000-0000-0000-0000-000000000001</Uuid>\r\n"
	          "<Types>inquiry</Types>\r\n<DeviceType>140773</DeviceType>\r\n"
	          "<DeviceDescription>DS-2CD2043G0-I</DeviceDescription>\r\n"
	          "<DeviceSN>DS-2CD2043G0-I20190101AAWR000000007</DeviceSN>\r\n"
	          "<CommandPort>8000</CommandPort>\r\n<HttpPort>80</HttpPort>\r\n"
	          "<MAC>02-00-00-00-00-07</MAC>\r\n"
	          "<IPv4Address>192.0.2.7</IPv4Address>\r\n"
	          "<SoftwareVersion>V5.6.3build 190923</SoftwareVersion>\r\n"
	          "</ProbeMatch>\r\n"));
	/* When it starts. */
	udp(37020, 37020,
	    BYTES("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<Hello>\r\n"
	          "<Types>hello</Types>\r\n<DeviceType>2</DeviceType>\r\n"
	          "<DeviceDescription>HIK TSC</DeviceDescription>\r\n"
	          "<DeviceSN>TSC000000007</DeviceSN>\r\n"
	          "<MAC>02:00:00:00:00:07</MAC>\r\n"
	          "<IPv4Address>192.0.2.7</IPv4Address>\r\n</Hello>\r\n"));
	end();
}

static void
dhip(unsigned from, const char *json)
{
	struct bytes p = { .n = 0 };

	add(&p, BYTES("\x20\0\0\0DHIP\0\0\0\0\0\0\0\0"));
	add32le(&p, (uint32_t)strlen(json));
	add32le(&p, 0);
	add32le(&p, (uint32_t)strlen(json));
	add32le(&p, 0);
	add_text(&p, json);
	udp(from, 37810, p.b, p.n);
}

static void
make_dhip(void)
{
	begin("dhip", "dhip", 1);
	dhip(40000,
	    "{\"method\":\"DHDiscover.search\",\"params\":{\"mac\":\"\",\"uni\":1}}\n");
	dhip(37810,
	    "{\"mac\":\"02:00:00:00:00:07\",\"method\":\"client.notifyDevInfo\","
	    "\"params\":{\"deviceInfo\":{\"AlarmInputChannels\":1,"
	    "\"DeviceClass\":\"VTO\",\"DeviceType\":\"VTO2000A\","
	    "\"HttpPort\":80,\"IPv4Address\":{\"DefaultGateway\":\"192.0.2.1\","
	    "\"DhcpEnable\":false,\"IPAddress\":\"192.0.2.7\","
	    "\"SubnetMask\":\"255.255.255.0\"},\"Manufacturer\":\"Private\\/OEM\","
	    "\"SerialNo\":\"0A00007PAZ00007\",\"Version\":\"4.300.0000000.5.R\"}}}\n");
	end();
}

static void
tlv16(struct bytes *to, unsigned type, const char *value)
{
	add16(to, type);
	add16(to, (unsigned)strlen(value));
	add_text(to, value);
}

static void
make_mndp(void)
{
	struct bytes p = { .n = 0 };

	begin("mndp", "mndp", 1);
	udp(5678, 5678, BYTES("\0\0\0\0"));
	add(&p, BYTES("\0\0\0\7\0\1\0\6\2\0\0\0\0\7"));
	tlv16(&p, 5, "gate.example");
	tlv16(&p, 7, "6.49.7 (stable)");
	tlv16(&p, 8, "MikroTik");
	add(&p, BYTES("\0\x0a\0\4\x10\0\0\0"));
	tlv16(&p, 11, "AAAA-0007");
	tlv16(&p, 12, "RB951G-2HnD");
	tlv16(&p, 16, "bridge/ether1");
	udp(5678, 5678, p.b, p.n);
	end();
}

static void
make_ubnt(void)
{
	begin("ubnt", "ubnt", 1);
	udp(40000, 10001, BYTES("\1\0\0\0"));
	udp(10001, 40001,
	    BYTES("\1\0\0\x43\2\0\x0a\2\0\0\0\0\7\300\0\2\7\3\0\x0f"
	          "XM.ar7240.v5.6.\x0b\0\6rooftp\x0c\0\3NS5"
	          "\x14\0\x12NanoStation M5 M5 "));
	udp(10001, 10001,
	    BYTES("\2\6\0\x1c\x0b\0\4gate\x15\0\6UAP-AC\x16\0\x09"
	          "4.3.28.11"));
	end();
}

static void
make_snmp(void)
{
	begin("snmp", "snmp", 1);
	/* A request; then sysDescr, sysObjectID, sysName of the answer. */
	udp(40000, 161,
	    BYTES("\x30\x26\2\1\1\4\6public\xa0\x19\2\1\1\2\1\0\2\1\0\x30\x0e\x30\x0c"
	          "\6\x08\x2b\6\1\2\1\1\1\0\5\0"));
	udp(161, 40001,
	    BYTES("\x30\x5a\2\1\1\4\6public\xa2\x4d\2\1\1\2\1\0\2\1\0\x30\x42"
	          "\x30\x18\6\x08\x2b\6\1\2\1\1\1\0\4\x0c"
	          "Example Box1"
	          "\x30\x14\6\x08\x2b\6\1\2\1\1\2\0\6\x08\x2b\6\1\4\1\xbf\x08\1"
	          "\x30\x10\6\x08\x2b\6\1\2\1\1\5\0\4\4box7"));
	/* A trap of version 1: a cold start, its own; a maker's; one that is passed on.
	 */
	udp(40002, 162,
	    BYTES("\x30\x28\2\1\0\4\6public\xa4\x1b\6\x08\x2b\6\1\4\1\xbf\x08\1"
	          "\x40\4\300\0\2\7\2\1\0\2\1\0\x43\1\7\x30\0"));
	udp(40002, 162,
	    BYTES("\x30\x3a\2\1\0\4\6public\xa4\x2d\6\x08\x2b\6\1\4\1\xbf\x08\2"
	          "\x40\4\0\0\0\0\2\1\6\2\1\5\x43\1\7\x30\x12"
	          "\x30\x10\6\x08\x2b\6\1\2\1\1\5\0\4\4box9"));
	udp(40002, 162,
	    BYTES("\x30\x28\2\1\0\4\6public\xa4\x1b\6\x08\x2b\6\1\4\1\xbf\x08\3"
	          "\x40\4\300\0\2\x09\2\1\0\2\1\0\x43\1\7\x30\0"));
	/* Of version 2c, with sysName among what it tells. */
	udp(40003, 162,
	    BYTES("\x30\x4f\2\1\1\4\6public\xa7\x42\2\1\1\2\1\0\2\1\0\x30\x37"
	          "\x30\x0d\6\x08\x2b\6\1\2\1\1\3\0\x43\1\7"
	          "\x30\x14\6\x0a\x2b\6\1\6\3\1\1\4\1\0\6\6\x2b\6\1\4\1\7"
	          "\x30\x10\6\x08\x2b\6\1\2\1\1\5\0\4\4box8"));
	/* Lengths in four bytes more. */
	udp(161, 40001,
	    BYTES("\x30\x84\0\0\0\x3b\2\1\1\4\6public\xa2\x84\0\0\0\x2a"
	          "\2\1\1\2\1\0\2\1\0\x30\x84\0\0\0\x1b"
	          "\x30\x84\0\0\0\x15\6\x08\x2b\6\1\2\1\1\5\0"
	          "\4\x84\0\0\0\5box10"));
	end();
}

#define REGISTER                                                                \
	"REGISTER sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7:5060\r\n" \
	"From: <sip:100@192.0.2.1>\r\nTo: <sip:100@192.0.2.1>\r\n"              \
	"CSeq: 1 REGISTER\r\nUser-Agent: Example Phone/1.2.3\r\n"               \
	"Content-Length: 0\r\n\r\n"

/* The short forms of fields, section 7.3.3. */
#define INVITE                                                             \
	"INVITE sip:101@192.0.2.1 SIP/2.0\r\nv: SIP/2.0/TCP 192.0.2.7\r\n" \
	"CSeq: 2 INVITE\r\nUser-Agent: Example Phone/1\r\n"                \
	"l: 26\r\n\r\nv=0\r\nOPTIONS x SIP/2.0\r\n\r\n"
#define REGISTER_HALF "REGISTER sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.7\r\n"

static void
make_sip(void)
{
	begin("sip", "sip", 1);
	udp(5060, 5060, BYTES(REGISTER));
	udp(5060, 5060, BYTES("\r\n\r\n"));
	/* Through a proxy: it is not the sender's. */
	udp(5060, 5060,
	    BYTES("INVITE sip:100@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7\r\n"
	          "Via: SIP/2.0/UDP 192.0.2.8\r\nCSeq: 2 INVITE\r\n"
	          "User-Agent: Other Phone\r\n\r\n"));
	udp(5060, 5061,
	    BYTES("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n"
	          "CSeq: 3 OPTIONS\r\nServer: Example PBX 1.0\r\n"
	          "User-Agent: Example PBX\r\n\r\n"));
	end();
	begin("sip_tcp", "sip_tcp", 1);
	tcp(7, 5060, 100, REGISTER, 40);
	tcp(7, 5060, 140, REGISTER + 40, sizeof REGISTER - 1 - 40);
	/* One behind the body of another, and a third that ends in a later segment. */
	tcp(7, 5060, 2000, BYTES(INVITE REGISTER "\r\n" REGISTER_HALF));
	tcp(7, 5060, 2000 + sizeof INVITE REGISTER "\r\n" REGISTER_HALF - 1,
	    BYTES("User-Agent: Example Phone/3\r\nl: 0\r\n\r\n"));
	end();
}

static void
make_rtsp(void)
{
	begin("rtsp", "rtsp", 1);
	tcp(7, 554, 100,
	    BYTES("DESCRIBE rtsp://192.0.2.1/secret RTSP/1.0\r\nCSeq: 1\r\n"
	          "User-Agent: LibVLC/3.0.18 (LIVE555 Streaming Media)\r\n\r\n"));
	tcp(1, 554, 100,
	    BYTES("RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: Example/1.0\r\n"
	          "WWW-Authenticate: Digest realm=\"IP Camera(00007)\", "
	          "nonce=\"1\"\r\n\r\n"));
	tcp(1, 554, 500, BYTES("$\0\0\4data"));
	end();
}

static void
make_ssh(void)
{
	begin("ssh", "ssh", 1);
	tcp(1, 22, 100, BYTES("Welcome.\r\nSSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
	tcp(7, 22, 100, BYTES("SSH-2.0-PuTTY_Rele"));
	tcp(7, 22, 118, BYTES("ase_0.78\r\n"));
	tcp(7, 22, 128, BYTES("\0\0\4\4\6\x14"));
	end();
}

static void
make_ntp(void)
{
	char request[48] = "\x23";

	begin("ntp", "ntp", 1);
	request[47] = 1;
	udp(40000, 123, request, sizeof request);
	memcpy(request, "\xdb\0\x11\xe9\0\0\0\0\0\1\3\xfe", 12);
	udp(123, 123, request, sizeof request);
	request[0] = '\x24'; /* an answer */
	udp(123, 40000, request, sizeof request);
	end();
}

static void
make_stun(void)
{
	begin("stun", "stun", 1);
	udp(40000, 3478,
	    BYTES("\0\1\0\0\x21\x12\xa4\x42"
	          "abcdefghijkl"));
	udp(3478, 40001,
	    BYTES("\1\1\0\x1c\x21\x12\xa4\x42"
	          "abcdefghijkl"
	          "\0\x20\0\x08\0\1\x11\x2b\xe1\x12\xa6\x45\x80\x22\0\x0b"
	          "Example-1.0\0"));
	end();
}

int
main(void)
{
	make_lldp();
	make_cdp();
	make_ssdp();
	make_upnp();
	make_wsd();
	make_llmnr();
	make_llmnr_tcp();
	make_nbns();
	make_browser();
	make_smb();
	make_rpc();
	make_ldap();
	make_tds();
	make_http_ntlm();
	make_sadp();
	make_dhip();
	make_mndp();
	make_ubnt();
	make_snmp();
	make_sip();
	make_rtsp();
	make_ssh();
	make_ntp();
	make_stun();
	return EXIT_SUCCESS;
}
