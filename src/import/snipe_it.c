/* SPDX-License-Identifier: ISC */
/*
 * Snipe-IT: the list of assets, exported, and its custom asset report (Snipe-IT
 * documentation, "Exporting Assets", "Importing Assets" for what the columns hold). Who
 * has a thing stands in Username where there is one; the name alone is taken when there
 * is none. Dates are of the zone of the server.
 */
#include "import/thing.h"

static const struct table_field fields[THING_FIELDS] = {
	[THING_NAME] = { { "Asset Name", "Item Name", "Name", "Hostname" } },
	[THING_MANUFACTURER] = { { "Manufacturer" } },
	[THING_MODEL] = { { "Model", "Model Name", "Asset Model" } },
	[THING_OS] = { { "OS", "Operating System" } },
	[THING_VERSION] = { { "OS Version" } },
	[THING_SERIAL] = { { "Serial", "Serial Number" } },
	[THING_IMEI] = { { "IMEI" } },
	[THING_MAC] = { { "MAC Address", "Wi-Fi MAC", "WiFi MAC Address" } },
	[THING_WIRED_MAC] = { { "Ethernet MAC", "LAN MAC" } },
	[THING_PERSON] = { { "Username", "Employee No.", "Employee Number" } },
	[THING_EMAIL] = { { "Checked Out To", "Assigned To", "Checkout To Name" } },
	[THING_OWNERSHIP] = { { "BYOD" } },
	[THING_SINCE] = { { "Checkout Date", "Last Checkout", "Last Checkout Date" } },
	[THING_SEEN] = { { "Last Audit", "Last Audit Date", "Updated At" } },
	[THING_STATE] = { { "Status", "Status Label" } },
	[THING_ID] = { { "Asset Tag" } },
};

bool
import_snipe_it_is(struct text head)
{
	static const char *const list[] = { "Asset Tag", "Serial" };
	static const char *const import[] = { "Asset Tag", "Serial Number",
		"Model Name" };

	return table_has(head, list, 2) || table_has(head, import, 3);
}

void
import_snipe_it_read(struct reader *r)
{
	things_read(r, fields, false);
}
