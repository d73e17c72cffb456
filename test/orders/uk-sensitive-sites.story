The seed is 22.
The story runs from 2022-11-10 to 2022-12-12.
The clocks are 0 hours ahead of UTC.

# One camera hung there before, one was hung later and on the core network, one hangs elsewhere.
Device before is a hikvision of nobody, address 24:28:fd:00:00:01, named before.
before is in sensitive-cameras on workdays from 2022-11-14 to 2022-12-08 between 10:00 and 16:00.
Device later is a dahua of nobody, address 3c:ef:8c:00:00:01, named later.
later is in sensitive-core on workdays from 2022-12-05 to 2022-12-08 between 10:00 and 16:00.
Device elsewhere is a hikvision of nobody, address 24:28:fd:00:00:02, named elsewhere.
elsewhere is in guest on workdays from 2022-11-14 to 2022-12-08 between 10:00 and 16:00.
# Moved in the night of the order from a sensitive site to an office that is none.
Device moved is a hikvision of nobody, address 24:28:fd:00:00:03, named moved.
moved is in sensitive-core on workdays from 2022-11-14 to 2022-11-23 between 10:00 and 16:00.
moved is in office on workdays from 2022-11-25 to 2022-12-08 between 10:00 and 16:00.
