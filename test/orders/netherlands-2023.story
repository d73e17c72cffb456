The seed is 2303.
The story runs from 2023-03-13 to 2023-04-07.
The clocks are 0 hours ahead of UTC.

# An app of such a maker on a work phone, and one on a private phone.
Device work is a samsung-tiktok of p1, address c0:48:e6:00:00:01, named work.
work is in office on workdays from 2023-03-14 to 2023-03-17 between 10:00 and 16:00.
work is in office on workdays from 2023-03-27 to 2023-04-06 between 10:00 and 16:00.
Device other is a samsung of p2, address c0:48:e6:00:00:02, named other.
other is in office on workdays from 2023-04-03 to 2023-04-06 between 10:00 and 16:00.
Device private is a samsung-tiktok of p4, address c0:48:e6:00:00:05, named private.
private is in guest on workdays from 2023-04-03 to 2023-04-06 between 10:00 and 16:00.
