The seed is 2602.
The story runs from 2026-02-01 to 2026-06-30.
The clocks are 0 hours ahead of UTC.

# Three edge devices, as a person says what they are: one supported, and one of the others destroyed.
Device old is a linux-server of p1, address ac:1f:6b:00:00:01, named old.
old is in office on workdays from 2026-03-02 to 2026-03-03 between 10:00 and 16:00.
Device newer is a linux-server of p1, address ac:1f:6b:00:00:02, named newer.
newer is in office on workdays from 2026-03-02 to 2026-03-03 between 10:00 and 16:00.
Device gone is a linux-server of p2, address ac:1f:6b:00:00:03, named gone.
gone is in office on workdays from 2026-03-02 to 2026-03-03 between 10:00 and 16:00.
