/* SPDX-License-Identifier: ISC */
/*
 * NetBox: Devices, Export, all data as CSV (NetBox documentation, "Data Export" and
 * "Devices": the columns are the fields of the model, by their names or as the table
 * shows them). It holds no persons and no dates: its rows are dated by the file.
 */
#include "import/thing.h"

static const struct table_field fields[THING_FIELDS] = {
	[THING_NAME] = { { "name" } },
	[THING_MANUFACTURER] = { { "manufacturer" } },
	[THING_MODEL] = { { "device_type", "type", "model" } },
	[THING_OS] = { { "platform" } },
	[THING_SERIAL] = { { "serial", "serial number" } },
	[THING_MAC] = { { "primary_mac_address", "mac_address" } },
	[THING_IP] = { { "primary_ip4", "primary_ip", "IP Address", "IPv4 Address" } },
	[THING_SEEN] = { { "last_updated" } },
	[THING_STATE] = { { "status" } },
	[THING_ID] = { { "asset_tag", "id" } },
};

bool
import_netbox_is(struct text head)
{
	static const char *const slugs[] = { "name", "manufacturer", "device_type" };
	static const char *const shown[] = { "Name", "Role", "Manufacturer", "Type",
		"Site" };
	static const char *const roles[] = { "name", "role", "device_type", "site" };

	return table_has(head, slugs, 3) || table_has(head, shown, 5) ||
	    table_has(head, roles, 4);
}

void
import_netbox_read(struct reader *r)
{
	things_read(r, fields, true);
}
