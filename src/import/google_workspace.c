/* SPDX-License-Identifier: ISC */
/*
 * Google Workspace: Admin console, Devices, Mobile and endpoints, Download (Google
 * Workspace Admin Help, "View mobile devices"), or the same list out of the Directory
 * API as CSV, whose fields are those of its resource `mobiledevices`. The console's
 * dates are of the zone of the account; the API's have their own.
 */
#include "import/thing.h"

static const struct table_field fields[THING_FIELDS] = {
	[THING_NAME] = { { "Device name", "Hostname" } },
	[THING_MANUFACTURER] = { { "Manufacturer", "Brand" } },
	[THING_MODEL] = { { "Model", "Device model" } },
	[THING_OS] = { { "OS", "Operating system", "OS version" } },
	[THING_VERSION] = { { "Release version" } },
	[THING_SERIAL] = { { "Serial number", "Serial" } },
	[THING_IMEI] = { { "IMEI", "IMEI/MEID", "Hardware ID" } },
	[THING_MAC] = { { "WiFi MAC address", "Wi-Fi MAC", "MAC address" } },
	[THING_PERSON] = { { "Email", "User email", "email.0" } },
	[THING_EMAIL] = { { "User", "Account" } },
	[THING_OWNERSHIP] = { { "Ownership", "Owner type" } },
	[THING_SINCE] = { { "First sync", "Registration date" } },
	[THING_SEEN] = { { "Last sync", "Last activity" } },
	[THING_STATE] = { { "Status", "Management state" } },
	[THING_ID] = { { "Device ID", "Resource ID" } },
};

bool
import_google_workspace_is(struct text head)
{
	static const char *const id[][2] = { { "Device ID", "Model" },
		{ "Resource ID", "Model" } };
	static const char *const sync[][1] = { { "First sync" }, { "Last sync" } };

	return (table_has(head, id[0], 2) || table_has(head, id[1], 2)) &&
	    (table_has(head, sync[0], 1) || table_has(head, sync[1], 1));
}

void
import_google_workspace_read(struct reader *r)
{
	things_read(r, fields, false);
}
