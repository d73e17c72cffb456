/* SPDX-License-Identifier: ISC */
/* A live interface: packet(7), Documentation/networking/packet_mmap.rst. */
#include "capture/live.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time.h"

enum {
	BLOCK_SIZE = 1024 * 1024,
	BLOCKS = 16,
	RING_SIZE = BLOCK_SIZE * BLOCKS,
	FRAME_SIZE = 2048, /* of no meaning in version 3, but checked */
	RETIRE_MS = 60,    /* a block that is not full is given out after this */
	SNAPLEN = 262144,
	TAG_SIZE = 4,
	HEADER_SIZE = TPACKET_ALIGN((int)sizeof(struct tpacket3_hdr)),
	ADDRESSES_SIZE = 2 * ETH_ALEN
};

struct live {
	int fd;
	uint32_t index;
	uint8_t *ring;
	unsigned block;  /* the one that is read or waited for */
	uint32_t left;   /* frames of it that were not given out yet */
	uint32_t offset; /* of the next frame in it; 0: the block is not open */
	uint64_t number, seen, dropped;
	uint64_t read; /* frames of the ring, also those left out */
	uint64_t last; /* how many of them there are once it was stopped */
	bool stopped;
};

/*
 * What the kernel passes on. Everything, for now: the place for a program that
 * lets only those frames through that can tell something.
 */
static int
attach_filter(int fd)
{
	struct sock_filter code[] = { BPF_STMT(BPF_RET | BPF_K, SNAPLEN) };
	struct sock_fprog program = { sizeof code / sizeof *code, code };

	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

static int
no_such_interface(const char *name, struct err *err)
{
	struct if_nameindex *all = if_nameindex();

	(void)err_set(err, "no interface is called '%s'", name);
	for (size_t i = 0; all != NULL && all[i].if_index != 0; i++) {
		struct err was = *err;
		(void)err_set(err, "%.400s%s %s", was.line,
		    i == 0 ? "; there are:" : ",", all[i].if_name);
	}
	if (all != NULL)
		if_freenameindex(all);
	return -1;
}

/* Its index, when it is there, up, and has Ethernet's frames; or -1. */
static int
usable_interface(int fd, const char *name, struct err *err)
{
	struct ifreq r = { .ifr_flags = 0 };

	if (strlen(name) >= sizeof r.ifr_name)
		return no_such_interface(name, err);
	memcpy(r.ifr_name, name, strlen(name) + 1);
	if (ioctl(fd, SIOCGIFINDEX, &r) != 0)
		return no_such_interface(name, err);
	int index = r.ifr_ifindex;
	if (ioctl(fd, SIOCGIFHWADDR, &r) != 0)
		return err_set(err, "interface '%s': %s", name, strerror(errno));
	unsigned type = r.ifr_hwaddr.sa_family;
	if (type != ARPHRD_ETHER && type != ARPHRD_LOOPBACK)
		return err_set(err,
		    "interface '%s' does not carry Ethernet (its ARPHRD type is %u): "
		    "name the Ethernet interface below it",
		    name, type);
	if (ioctl(fd, SIOCGIFFLAGS, &r) != 0)
		return err_set(err, "interface '%s': %s", name, strerror(errno));
	if ((r.ifr_flags & IFF_UP) == 0)
		return err_set(err, "interface '%s' is down: `ip link set %s up`", name,
		    name);
	return index;
}

static int
set_up(int fd, int index)
{
	struct tpacket_req3 ring = { .tp_block_size = BLOCK_SIZE,
		.tp_block_nr = BLOCKS,
		.tp_frame_size = FRAME_SIZE,
		.tp_frame_nr = RING_SIZE / FRAME_SIZE,
		.tp_retire_blk_tov = RETIRE_MS };
	struct sockaddr_ll place = { .sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = index };
	struct packet_mreq promiscuous = { .mr_ifindex = index,
		.mr_type = PACKET_MR_PROMISC };
	int version = TPACKET_V3, reserve = TAG_SIZE;

	/* the socket hears nothing before bind(): so no frame escapes the filter */
	if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) != 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_RESERVE, &reserve, sizeof reserve) != 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring) != 0 ||
	    attach_filter(fd) != 0 ||
	    bind(fd, (const struct sockaddr *)&place, sizeof place) != 0)
		return -1;
	return setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous,
	    sizeof promiscuous);
}

int
live_socket(const char *interface, struct err *err)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0 && errno == EPERM)
		return err_set(err,
		    "listening on an interface needs the right to: run it as root, or "
		    "once `setcap cap_net_raw+ep` on the program");
	if (fd < 0)
		return err_set(err, "a packet socket: %s", strerror(errno));
	int index = usable_interface(fd, interface, err);
	if (index >= 0 && set_up(fd, index) == 0)
		return fd;
	if (index >= 0)
		(void)err_set(err, "interface '%s' cannot be listened on: %s",
		    interface, strerror(errno));
	(void)close(fd);
	return -1;
}

struct live *
live_open(int fd, uint32_t index, struct err *err)
{
	void *ring = mmap(NULL, RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (ring == MAP_FAILED) {
		(void)err_set(err, "the ring of the interface cannot be mapped: %s",
		    strerror(errno));
		(void)close(fd);
		return NULL;
	}
	struct live *l = must_alloc(1, sizeof *l);
	l->fd = fd;
	l->index = index;
	l->ring = ring;
	return l;
}

/* The header of the block at hand; the kernel and this program take turns at it. */
static struct tpacket_hdr_v1 *
turn(const struct live *l)
{
	void *block = l->ring + (size_t)l->block * BLOCK_SIZE;
	struct tpacket_block_desc *b = block;

	return &b->hdr.bh1;
}

static bool
my_turn(const struct live *l)
{
	return (__atomic_load_n(&turn(l)->block_status, __ATOMIC_ACQUIRE) &
	           TP_STATUS_USER) != 0;
}

static void
give_back(struct live *l)
{
	__atomic_store_n(&turn(l)->block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
	l->block = (l->block + 1) % BLOCKS;
	l->offset = 0;
}

/*
 * The kernel takes the 802.1Q tag out of the frame; here it is put back: the
 * addresses move four bytes to the front, into what PACKET_RESERVE keeps free.
 */
static uint8_t *
put_back_tag(const struct tpacket3_hdr *h, uint8_t *bytes)
{
	uint16_t type = h->tp_status & TP_STATUS_VLAN_TPID_VALID ? h->hv1.tp_vlan_tpid
	                                                         : ETH_P_8021Q;
	uint16_t tag[2] = { htons(type), htons((uint16_t)h->hv1.tp_vlan_tci) };

	bytes -= TAG_SIZE;
	memmove(bytes, bytes + TAG_SIZE, ADDRESSES_SIZE);
	memcpy(bytes + ADDRESSES_SIZE, tag, sizeof tag);
	return bytes;
}

/* False for what is to be left out. */
static bool
take(struct live *l, uint8_t *at, struct frame *frame)
{
	const void *header = at, *behind = at + HEADER_SIZE;
	const struct tpacket3_hdr *h = header;
	const struct sockaddr_ll *from = behind;
	uint8_t *bytes = at + h->tp_mac;
	uint32_t captured = h->tp_snaplen, length = h->tp_len;

	/* loopback shows each frame twice: when it goes and when it comes */
	if (from->sll_hatype == ARPHRD_LOOPBACK && from->sll_pkttype == PACKET_OUTGOING)
		return false;
	if ((h->tp_status & TP_STATUS_VLAN_VALID) != 0 && captured >= ADDRESSES_SIZE) {
		bytes = put_back_tag(h, bytes);
		captured += TAG_SIZE;
		length += TAG_SIZE;
	}
	*frame = (struct frame){ cur_over(bytes, captured), length, LINK_ETHERNET,
		l->index, ++l->number, (int64_t)h->tp_sec * SECOND + h->tp_nsec };
	return true;
}

/* The next frame of the blocks that are there already. */
static bool
next_of_ring(struct live *l, struct frame *frame)
{
	for (;;) {
		if (l->offset != 0 && l->left == 0)
			give_back(l); /* the caller is done with its last frame */
		if (l->stopped && l->read >= l->last)
			return false;
		if (l->offset == 0) {
			if (!my_turn(l))
				return false;
			l->left = turn(l)->num_pkts;
			l->offset = turn(l)->offset_to_first_pkt;
			continue;
		}
		uint8_t *at = l->ring + (size_t)l->block * BLOCK_SIZE + l->offset;
		const void *header = at;
		const struct tpacket3_hdr *h = header;
		l->left--;
		l->read++;
		l->offset += h->tp_next_offset;
		if (take(l, at, frame))
			return true;
	}
}

int
live_next(struct live *l, struct frame *frame, int timeout_ms, struct err *err)
{
	if (next_of_ring(l, frame))
		return 1;
	if (l->stopped && l->read >= l->last)
		return 0;
	struct pollfd p = { l->fd, POLLIN, 0 };
	int n = poll(&p, 1, timeout_ms);
	if (n < 0 && errno != EINTR)
		return err_set(err, "the interface cannot be waited for: %s",
		    strerror(errno));
	if (n > 0 && (p.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
		int why = 0;
		socklen_t size = sizeof why;
		(void)getsockopt(l->fd, SOL_SOCKET, SO_ERROR, &why, &size);
		if (why == ENETDOWN || why == ENODEV || why == ENXIO)
			return err_set(err, "the interface went down or is gone");
		return err_set(err, "the interface cannot be read: %s", strerror(why));
	}
	return next_of_ring(l, frame);
}

static void
count(struct live *l)
{
	struct tpacket_stats_v3 s = { 0 };
	socklen_t size = sizeof s;

	/* reading it sets the kernel's counters to zero; tp_packets has the drops in it
	 */
	if (getsockopt(l->fd, SOL_PACKET, PACKET_STATISTICS, &s, &size) == 0) {
		l->seen += s.tp_packets;
		l->dropped += s.tp_drops;
	}
}

void
live_stop(struct live *l)
{
	count(l);
	l->stopped = true;
	l->last = l->seen - l->dropped;
}

void
live_counts(struct live *l, uint64_t *seen, uint64_t *dropped)
{
	if (!l->stopped)
		count(l);
	*seen = l->seen;
	*dropped = l->dropped;
	if (l->stopped && l->read < l->last)
		*dropped += l->last - l->read;
}

void
live_close(struct live *l)
{
	if (l == NULL)
		return;
	(void)munmap(l->ring, RING_SIZE);
	(void)close(l->fd);
	free(l);
}
