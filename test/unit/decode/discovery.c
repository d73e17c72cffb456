/* SPDX-License-Identifier: ISC */
/* What the golden captures of the protocols of discovery do not show. */
#include "unit/decode/heard.h"

TEST(an_lldp_value_over_the_end_is_bad_and_says_nothing_of_itself)
{
	static const char bytes[] = "\2\7\4\2\0\0\0\0\7\x0a\x20name";
	static struct heard h;

	hear(&h, lldp_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "lldp.chassis_id 02:00:00:00:00:07 02:00:00:00:00:07\n");
}

TEST(an_lldp_frame_must_begin_with_its_chassis)
{
	static struct heard h;

	hear(&h, lldp_decode, "\x0a\4name\0\0", 8);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(snmp_lengths_that_lie_and_long_forms)
{
	/* sysDescr with its lengths in the long form, then lengths over the end. */
	static const char good[] = "\x30\x81\x2d\2\1\0\4\1x\xa2\x25\2\1\1\2\1\0\2\1\0"
	                           "\x30\x1a\x30\x18\6\x08\x2b\6\1\2\1\1\1\0"
	                           "\4\x82\0\x0a"
	                           "0123456789";
	static const char lies[] = "\x30\x1f\2\1\0\4\1x\xa2\x17\2\1\1\2\1\0\2\1\0"
	                           "\x30\x0c\x30\x0a\6\x08\x2b\6\1\2\1\1\1\0\4\x7fx";
	static struct heard h;

	hear(&h, snmp_decode, good, sizeof good - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "snmp.sys_descr 192.0.2.7 0123456789\n");
	hear(&h, snmp_decode, lies, sizeof lies - 1);
	SAME(h.text, "");
	hear(&h, snmp_decode, "\x30\x80\2\1\0", 5);
	EQ(h.how, DECODED_NOT_MINE);
}

TEST(an_answer_for_another_is_not_the_name_servers_own)
{
	static const char bytes[] =
	    "\0\1\x85\0\0\0\0\1\0\0\0\0\x20"
	    "EBEBCACACACACACACACACACACACACAAA\0\0\x20\0\1\0\0\0\0\0\6\0\0\300\0\2\x08";
	static struct heard h;

	hear(&h, nbns_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(the_reads_and_writes_of_files_are_not_waited_for)
{
	static const char write[] = "\0\1\0\0\xfeSMB\x40\0\0\0\0\0\0\0\x09\0\1\0";
	static const char setup[] = "\0\0\1\0\xfeSMB\x40\0\0\0\0\0\0\0\1\0\1\0";
	static struct heard h;

	hear(&h, smb_decode, write, sizeof write - 1);
	EQ(h.how, DECODED);
	hear(&h, smb_decode, setup, sizeof setup - 1);
	EQ(h.how, DECODED_SHORT);
}

TEST(ciphertext_on_the_port_of_ssh_is_not_waited_for)
{
	static struct heard h;

	hear(&h, ssh_decode, "abc\x80zzz", 7);
	EQ(h.how, DECODED_NOT_MINE);
	hear(&h, ssh_decode, "SSH-2.0-Open", 12);
	EQ(h.how, DECODED_SHORT);
}

TEST(what_follows_a_string_of_ssh_in_its_segment_is_no_matter)
{
	static const char bytes[] = "SSH-2.0-dropbear_2020.81\r\n\0\0\1\x1c\4\x14zz";
	static struct heard h;

	hear(&h, ssh_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "ssh.banner 192.0.2.7 SSH-2.0-dropbear_2020.81\n");
}

TEST(empty_lines_and_blanks_of_sip_say_nothing)
{
	static const char bytes[] = "\r\n\r\nINVITE sip:x SIP/2.0\r\n"
	                            "v: SIP/2.0/TCP a\r\nuser-agent :  x\r\n\r\n";
	static struct heard h;

	hear(&h, sip_tcp_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "sip.user_agent 192.0.2.7 x\n");
	hear(&h, sip_decode, bytes, sizeof bytes - 1);
	SAME(h.text, "sip.user_agent 192.0.2.7 x\n");
	hear(&h, sip_decode, "\r\n\r\n", 4);
	EQ(h.how, DECODED_NOT_MINE);
	hear(&h, sip_tcp_decode, "\r\n\r\n", 4); /* nor are they waited behind */
	EQ(h.how, DECODED_NOT_MINE);
}

TEST(snmp_three_is_read_where_it_is_not_encrypted)
{
	static const char plain[] =
	    "\x30\x38\2\1\3\x30\x0d\2\1\x09\2\2\x05\xdc\4\1\0\2\1\3\4\0"
	    "\x30\x22\4\1e\4\0\xa2\x1b\2\1\1\2\1\0\2\1\0"
	    "\x30\x10\x30\x0e\6\x08\x2b\6\1\2\1\1\5\0\4\2sw";
	static const char sealed[] =
	    "\x30\x1a\2\1\3\x30\x0d\2\1\x09\2\2\x05\xdc\4\1\3\2\1\3\4\0"
	    "\4\4zzzz";
	static struct heard h;

	hear(&h, snmp_decode, plain, sizeof plain - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "snmp.sys_name 192.0.2.7 sw\n");
	hear(&h, snmp_decode, sealed, sizeof sealed - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(media_between_rtsp_messages_is_not_waited_for)
{
	static struct heard h;

	hear(&h, rtsp_decode, "$\0\0\4data", 8);
	EQ(h.how, DECODED_NOT_MINE);
	hear(&h, rtsp_decode, "QUICK brown", 11);
	EQ(h.how, DECODED_NOT_MINE);
	hear(&h, rtsp_decode, "RTSP/1.0 200 OK\r\nServer: x\r\n", 28);
	EQ(h.how, DECODED_SHORT);
	SAME(h.text, "");
}

TEST(the_tool_that_searches_for_cameras_is_none)
{
	static const char search[] =
	    "\x20\0\0\0DHIP\0\0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0\x40\0\0\0\0\0\0\0"
	    "{\"method\":\"DHDiscover.search\",\"params\":{\"Manufacturer\":\"Dahua\"}"
	    "}";
	static const char probe[] =
	    "<Probe><Types>inquiry</Types><DeviceSN>1</DeviceSN></Probe>";
	static struct heard h;

	hear(&h, dhip_decode, search, sizeof search - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
	hear(&h, sadp_decode, probe, sizeof probe - 1);
	EQ(h.how, DECODED_NOT_MINE);
	SAME(h.text, "");
}

TEST(a_field_without_a_colon_has_an_empty_value)
{
	static const char bytes[] = "NOTIFY * HTTP/1.1\r\nLOCATION\r\nSERVER\r\n\r\n";
	static struct heard h;

	hear(&h, ssdp_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}
