The seed is 2511.
The story runs from 2025-11-20 to 2025-12-12.
The clocks are 0 hours ahead of UTC.

# A colonel with an Android phone, a captain with another, a general with an iPhone.
Device colonel is a samsung of p1, address c0:48:e6:00:00:01, named colonel.
colonel is in office on workdays from 2025-12-01 to 2025-12-05 between 10:00 and 16:00.
Device captain is a samsung of p3, address c0:48:e6:00:00:03, named captain.
captain is in office on workdays from 2025-12-01 to 2025-12-05 between 10:00 and 16:00.
Device general is a iphone of p4, address f4:06:16:00:00:04, named general.
general is in office on workdays from 2025-12-01 to 2025-12-05 between 10:00 and 16:00.
