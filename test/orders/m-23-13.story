The seed is 2313.
The story runs from 2023-02-20 to 2023-06-23.
The clocks are 0 hours ahead of UTC.

# One goes on with the app after the thirtieth day, one stops, one is excused, one never had it.
Device goes-on is a samsung-tiktok of p1, address c0:48:e6:00:00:01, named goes-on.
goes-on is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
goes-on is in office on workdays from 2023-04-05 to 2023-04-10 between 10:00 and 16:00.
Device stops is a samsung-tiktok of p2, address c0:48:e6:00:00:02, named stops.
stops is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
Device excused is a samsung-tiktok of p3, address c0:48:e6:00:00:03, named excused.
excused is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
excused is in office on workdays from 2023-04-05 to 2023-04-07 between 10:00 and 16:00.
excused is in office on workdays from 2023-06-05 to 2023-06-22 between 10:00 and 16:00.
Device without is a samsung of p4, address c0:48:e6:00:00:04, named without.
without is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
without is in office on workdays from 2023-04-05 to 2023-04-10 between 10:00 and 16:00.
Device private is a samsung-tiktok of p4, address c0:48:e6:00:00:05, named private.
private is in guest on workdays from 2023-04-05 to 2023-04-10 between 10:00 and 16:00.
