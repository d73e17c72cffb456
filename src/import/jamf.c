/* SPDX-License-Identifier: ISC */
/*
 * Jamf Pro: an advanced search of computers or mobile devices, exported as CSV (Jamf
 * Pro Documentation, "Advanced Computer Searches", "Mobile Device Inventory Information
 * Reference"). Which columns there are the site chooses. Dates are of the zone of the
 * server, in the form that the account prefers: YYYY-MM-DD is read.
 */
#include "import/thing.h"

static const struct table_field fields[THING_FIELDS] = {
	[THING_NAME] = { { "Computer Name", "Display Name", "Device Name", "Name" } },
	[THING_MANUFACTURER] = { { "Make", "Manufacturer" } },
	[THING_MODEL] = { { "Model Identifier", "Model" } },
	[THING_OS] = { { "Operating System", "OS", "OS Name", "OS Type" } },
	[THING_VERSION] = { { "Operating System Version", "OS Version",
	    "iOS Version" } },
	[THING_SERIAL] = { { "Serial Number" } },
	[THING_IMEI] = { { "IMEI" } },
	[THING_MAC] = { { "Wi-Fi MAC Address", "MAC Address", "Primary MAC Address" } },
	[THING_WIRED_MAC] = { { "Secondary MAC Address", "Ethernet MAC Address" } },
	[THING_PERSON] = { { "Username", "User" } },
	[THING_EMAIL] = { { "Email Address", "Email" } },
	[THING_OWNERSHIP] = { { "Device Ownership Type", "Device Ownership Level",
	    "Ownership" } },
	[THING_SINCE] = { { "Last Enrollment", "Enrollment Date", "Last Enrolled" } },
	[THING_SEEN] = { { "Last Inventory Update", "Last Check-in", "Report Date" } },
	[THING_STATE] = { { "Managed", "Lost Mode Enabled" } },
	[THING_ID] = { { "Jamf Pro Computer ID", "Jamf Pro Mobile Device ID",
	    "JSS Computer ID", "JSS Mobile Device ID", "UDID" } },
};

bool
import_jamf_is(struct text head)
{
	static const char *const serial[] = { "Serial Number" };
	static const char *const own[][1] = { { "Last Inventory Update" },
		{ "Jamf Pro Computer ID" }, { "JSS Computer ID" },
		{ "JSS Mobile Device ID" }, { "Jamf Pro Mobile Device ID" } };

	if (!table_has(head, serial, 1))
		return false;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (table_has(head, own[i], 1))
			return true;
	return false;
}

void
import_jamf_read(struct reader *r)
{
	things_read(r, fields, false);
}
