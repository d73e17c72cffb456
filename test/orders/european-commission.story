The seed is 2302.
The story runs from 2023-02-20 to 2023-03-24.
The clocks are 0 hours ahead of UTC.

# Both the app and the device stay; the app goes; the device goes; nobody enrolled it.
Device both is a samsung-tiktok of p1, address c0:48:e6:00:00:01, named both.
both is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
both is in office on workdays from 2023-03-20 to 2023-03-24 between 10:00 and 16:00.
Device app-goes is a samsung-tiktok of p2, address c0:48:e6:00:00:02, named app-goes.
app-goes is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
Device device-goes is a samsung-tiktok of p3, address c0:48:e6:00:00:03, named device-goes.
device-goes is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
device-goes is in guest on workdays from 2023-03-20 to 2023-03-24 between 10:00 and 16:00.
Device private is a samsung-tiktok of p4, address c0:48:e6:00:00:05, named private.
private is in office on workdays from 2023-02-27 to 2023-03-03 between 10:00 and 16:00.
