The seed is 2512.
The story runs from 2025-12-15 to 2026-01-16.
The clocks are 0 hours ahead of UTC.

# A thing that a person says is of a listed maker, and one that the list names.
Device drone is a linux-laptop of p1, address 00:e0:4c:00:00:01, named drone.
drone is in office on workdays from 2026-01-05 to 2026-01-06 between 10:00 and 16:00.
Device cam is a hikvision of nobody, address 24:28:fd:00:00:01, named cam.
cam is in office on workdays from 2026-01-05 to 2026-01-06 between 10:00 and 16:00.
Device phone is a samsung of p2, address c0:48:e6:00:00:02, named phone.
phone is in office on workdays from 2026-01-05 to 2026-01-06 between 10:00 and 16:00.
