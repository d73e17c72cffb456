The seed is 2304.
The story runs from 2023-03-13 to 2023-04-07.
The clocks are 0 hours ahead of UTC.

# An iPhone and an Android phone of the domestic policy bloc, on the day and after.
Device iphone is a iphone of p5, address f4:06:16:00:00:05, named iphone.
iphone is in office on workdays from 2023-03-27 to 2023-03-31 between 10:00 and 16:00.
iphone is in office on workdays from 2023-04-03 to 2023-04-06 between 10:00 and 16:00.
Device android is a samsung of p1, address c0:48:e6:00:00:01, named android.
android is in office on workdays from 2023-04-03 to 2023-04-06 between 10:00 and 16:00.
