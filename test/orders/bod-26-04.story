The seed is 2604.
The story runs from 2026-11-20 to 2027-01-21.
The clocks are 0 hours ahead of UTC.

# One computer for each row of the table, and two of which the list does not say all.
Device row-10 is a windows of p1, address 6c:2b:59:00:00:10, named row-10.
row-10 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-11 is a windows of p1, address 6c:2b:59:00:00:11, named row-11.
row-11 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-12 is a windows of p1, address 6c:2b:59:00:00:12, named row-12.
row-12 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-13 is a windows of p1, address 6c:2b:59:00:00:13, named row-13.
row-13 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-14 is a windows of p1, address 6c:2b:59:00:00:14, named row-14.
row-14 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-15 is a windows of p1, address 6c:2b:59:00:00:15, named row-15.
row-15 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-16 is a windows of p1, address 6c:2b:59:00:00:16, named row-16.
row-16 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-17 is a windows of p1, address 6c:2b:59:00:00:17, named row-17.
row-17 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-18 is a windows of p1, address 6c:2b:59:00:00:18, named row-18.
row-18 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-19 is a windows of p1, address 6c:2b:59:00:00:19, named row-19.
row-19 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-20 is a windows of p1, address 6c:2b:59:00:00:20, named row-20.
row-20 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-21 is a windows of p1, address 6c:2b:59:00:00:21, named row-21.
row-21 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-22 is a windows of p1, address 6c:2b:59:00:00:22, named row-22.
row-22 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-23 is a windows of p1, address 6c:2b:59:00:00:23, named row-23.
row-23 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-24 is a windows of p1, address 6c:2b:59:00:00:24, named row-24.
row-24 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-25 is a windows of p1, address 6c:2b:59:00:00:25, named row-25.
row-25 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-26 is a windows of p1, address 6c:2b:59:00:00:26, named row-26.
row-26 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
Device row-27 is a windows of p1, address 6c:2b:59:00:00:27, named row-27.
row-27 is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
# What was open before the times of the table bind.
Device early is a windows of p1, address 6c:2b:59:00:00:28, named early.
early is in office on workdays from 2026-11-23 to 2026-12-14 between 10:00 and 16:00.
# What was taken out of use is open in the list still.
Device taken is a windows of p2, address 6c:2b:59:00:00:29, named taken.
taken is in office on workdays from 2026-12-14 to 2026-12-14 between 10:00 and 16:00.
