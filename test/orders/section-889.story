The seed is 889.
The story runs from 2020-08-20 to 2020-12-10.
The clocks are 0 hours ahead of UTC.

# Found on a Friday before a holiday.
Device cam is a hikvision of nobody, address 24:28:fd:00:00:01, named cam.
cam is in office on workdays from 2020-09-04 to 2020-09-08 between 10:00 and 16:00.
Device phone is a samsung of p1, address c0:48:e6:00:00:01, named phone.
phone is in office on workdays from 2020-09-04 to 2020-09-08 between 10:00 and 16:00.
Device honor is a samsung of p2, address c0:48:e6:00:00:02, named honor.
honor is in office on workdays from 2020-09-04 to 2020-09-08 between 10:00 and 16:00.
Device repeater is a hytera of nobody, address 9c:06:6e:00:00:01, named repeater.
repeater is in office on workdays from 2020-09-04 to 2020-09-08 between 10:00 and 16:00.
