The seed is 1701.
The story runs from 2017-09-01 to 2018-02-01.
The clocks are 0 hours ahead of UTC.

# Two computers whose protection calls its vendor; one of them is handed in.
Device stays is a windows-kaspersky of p1, address 6c:2b:59:00:00:01, named stays.
stays is in office on workdays from 2017-09-04 to 2017-09-19 between 10:00 and 16:00.
stays is in office on workdays from 2018-01-09 to 2018-01-12 between 10:00 and 16:00.
Device gone is a windows-kaspersky of p2, address 6c:2b:59:00:00:02, named gone.
gone is in office on workdays from 2017-09-04 to 2017-09-19 between 10:00 and 16:00.
Device clean is a windows of p3, address 6c:2b:59:00:00:03, named clean.
clean is in office on workdays from 2018-01-09 to 2018-01-12 between 10:00 and 16:00.
