/* SPDX-License-Identifier: ISC */
/*
 * Microsoft Intune: Devices, All devices, Export, which gives the report
 * DevicesWithInventory as CSV (Microsoft Learn, "Export Intune reports using Graph
 * APIs" and "View device details with Microsoft Intune"). Columns have their names of
 * the portal, or those of the API. Dates are UTC and say no zone.
 */
#include "import/thing.h"

static const struct table_field fields[THING_FIELDS] = {
	[THING_NAME] = { { "Device name", "DeviceName" } },
	[THING_MANUFACTURER] = { { "Manufacturer" } },
	[THING_MODEL] = { { "Model" } },
	[THING_OS] = { { "OS", "OperatingSystem" } },
	[THING_VERSION] = { { "OS version" } },
	[THING_SERIAL] = { { "Serial number" } },
	[THING_IMEI] = { { "IMEI" } },
	[THING_MAC] = { { "Wi-Fi MAC", "WifiMacAddress" } },
	[THING_WIRED_MAC] = { { "Ethernet MAC", "EthernetMacAddress" } },
	[THING_PERSON] = { { "Primary user UPN", "UPN", "UserPrincipalName" } },
	[THING_EMAIL] = { { "Primary user email address", "UserEmail",
	    "EmailAddress" } },
	[THING_OWNERSHIP] = { { "Ownership", "OwnerType", "ManagedDeviceOwnerType" } },
	[THING_SINCE] = { { "Enrollment date", "CreatedDate", "EnrolledDateTime" } },
	[THING_SEEN] = { { "Last check-in", "LastContact", "LastSyncDateTime" } },
	[THING_STATE] = { { "Device state", "Compliance", "ComplianceState" } },
	[THING_ID] = { { "Device ID", "DeviceId" } },
};

bool
import_intune_is(struct text head)
{
	static const char *const portal[] = { "Device ID", "Primary user UPN" };
	static const char *const report[] = { "DeviceName", "UPN", "SerialNumber" };
	static const char *const graph[] = { "DeviceName", "UserPrincipalName",
		"EnrolledDateTime" };

	return table_has(head, portal, 2) || table_has(head, report, 3) ||
	    table_has(head, graph, 3);
}

void
import_intune_read(struct reader *r)
{
	things_read(r, fields, true);
}
