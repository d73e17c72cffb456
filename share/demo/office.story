# An office of forty people over the six weeks around 1 April 2023, when iPhones had to be gone from
# the official business of its domestic-policy bloc. Everybody and everything in it is invented;
# test/story plays it into a capture of network traffic, and says in the capture that it did.
#
# The language: one sentence a line; `#` begins a remark.
#   The seed is N.                                      the same seed gives the same capture, byte for byte
#   The story runs from DATE to DATE.                   the default of "workdays" and "every day"
#   The clocks are N hours ahead of UTC.                every date and time below is by these clocks
#   Segment NAME is RANGE, VLAN N, router IP with address MAC[, for guests][, unseen].
#                                                       guests: another address each day, no service of the house;
#                                                       unseen: no sensor there, so nothing of it is in the capture
#   Service HOST is at IP.                              the first one is what people use; dns., dhcp. and recorder. have their part
#   Person ID is NAME of GROUP.
#   Device NAME is a KIND of ID, [private] address MAC[, named HOST][, called "ANY NAME"].
#                                                       KIND: a row of test/story/traits.tsv, with the source of each trait;
#                                                       `of nobody`: the papers know no holder; named: in DHCP and mDNS; called: in mDNS
#                                                       , changing every N days[, changing by segment]: a private address that
#                                                       goes round; , with DUID HEX; , with client id HEX; , with account NAME
#                                                       (802.1X); , wired address MAC: its other interface
#   NAME is wired in SEGMENT …                          by that other interface
#   NAME is behind OTHER in SEGMENT …                   by OTHER's line: a hotspot, seen under OTHER's address
#   NAME is in SEGMENT on workdays|every day [from DATE] [to DATE] [between TIME and TIME].
#   NAME is in SEGMENT at DATE TIME for N minutes.

The seed is 20230401.
The story runs from 2023-03-13 to 2023-04-23.
The clocks are 3 hours ahead of UTC, as in Europe/Moscow.

Segment office is 10.20.0.0/16, VLAN 20, router 10.20.0.1 with address 00:be:75:20:00:01.
Segment guest is 10.99.0.0/16, VLAN 99, router 10.99.0.1 with address 00:be:75:99:00:01, for guests.
Segment servers is 10.10.0.0/24, VLAN 10, router 10.10.0.1 with address 00:be:75:10:00:01, unseen.

Service mail.office.example is at 10.10.0.25.
Service dns.office.example is at 10.10.0.53.
Service dhcp.office.example is at 10.10.0.67.
Service recorder.office.example is at 10.10.0.40.

# --- The people -------------------------------------------------------------------------------

Person p01 is Анна Воронцова of leadership.

Person p02 is Марина Лебедева of domestic-policy.
Person p03 is Lucas Ferreira of domestic-policy.
Person p04 is Дмитрий Орлов of domestic-policy.
Person p05 is 林志遥 of domestic-policy.
Person p06 is فاطمة الحداد of domestic-policy.
Person p07 is Павел Громов of domestic-policy.
Person p08 is Samira Nouri of domestic-policy.
Person p09 is Игорь Савченко of domestic-policy.
Person p10 is Елена Котова of domestic-policy.
Person p11 is Наталья Ким of domestic-policy.
Person p12 is Олег Рябов of domestic-policy.
Person p13 is Taras Kovalenko of domestic-policy.
Person p14 is Юлия Белова of domestic-policy.
Person p15 is 王淑芬 of domestic-policy.
Person p16 is Сергей Никитин of domestic-policy.
Person p17 is Ольга Данилова of domestic-policy.

Person p18 is Anders Holm of foreign-policy.
Person p19 is Мария Зайцева of foreign-policy.
Person p20 is يوسف منصور of foreign-policy.
Person p21 is 佐藤健一 of foreign-policy.
Person p22 is Chloé Martin of press.
Person p23 is Артём Филиппов of press.
Person p24 is Жанна Морозова of press.
Person p25 is Petra Nováková of press.
Person p26 is Виктор Соколов of finance.
Person p27 is Лариса Гусева of finance.
Person p28 is Mehmet Aydın of finance.
Person p29 is Тамара Власова of finance.
Person p30 is Роман Тихонов of it.
Person p31 is Ágnes Szabó of it.
Person p32 is Денис Ершов of it.
Person p33 is Giulia Bianchi of it.
Person p34 is Борис Чернов of security.
Person p35 is Алексей Жуков of security.
Person p36 is Вера Макарова of secretariat.
Person p37 is 김서연 of secretariat.
Person p38 is Нина Полякова of secretariat.
Person p39 is Тимур Ахметов of secretariat.
Person p40 is Константин Дроздов of secretariat.

# --- iPhones that the order covers ------------------------------------------------------------

# Marina does as she is told: the old phone is last used on 30 March and handed in on the 31st.
Device lebedeva-iphone is an iphone of p02, address f4:06:16:20:02:01, named Marina-iPhone, called "iPhone — Марина".
lebedeva-iphone is in office on workdays from 2023-03-13 to 2023-03-30 between 08:50 and 18:20.
Device lebedeva-galaxy is a samsung of p02, private address 3a:5d:11:02:02:07, named Galaxy-S21-Marina.
lebedeva-galaxy is in office on workdays from 2023-03-30 between 09:00 and 18:20.

# Lucas gets a new phone as well, and comes back with the old one on the very Saturday.
Device ferreira-iphone is an iphone-with-app of p03, private address 8e:41:c7:03:00:11, named Lucas-iPhone.
ferreira-iphone is in office on workdays from 2023-03-13 to 2023-03-31 between 09:10 and 18:40.
ferreira-iphone is in office at 2023-04-01 11:20 for 95 minutes.
ferreira-iphone is in office on workdays from 2023-04-04 to 2023-04-07 between 09:10 and 18:40.
Device ferreira-redmi is a xiaomi of p03, private address 5a:b2:90:03:00:12, named Redmi-Note-10-Pro-Lucas.
ferreira-redmi is in office on workdays from 2023-03-31 between 09:10 and 18:40.

# Dmitry ignores the order: he is in every day, on duty that Saturday too.
Device orlov-iphone is an iphone-ios15 of p04, address 10:94:bb:20:04:01, named iPhone-Orlov.
orlov-iphone is in office on workdays between 08:40 and 19:10.
orlov-iphone is in office at 2023-04-01 10:05 for 180 minutes.

# Zhiyao works late on the last day and leaves seven minutes after midnight.
Device lin-iphone is an iphone of p05, private address d2:6f:03:05:00:21, named iPhone-Lin, called "林的iPhone".
lin-iphone is in office on workdays from 2023-03-13 to 2023-03-31 between 09:00 and 18:00.
lin-iphone is in office at 2023-03-31 22:30 for 97 minutes.

# Fatima is excused: on duty abroad from 27 March to 20 April. She is back on the 19th, one day too long.
Device haddad-iphone is an iphone of p06, address 94:bf:2d:20:06:01, named iPhone-Fatima, called "iPhone فاطمة".
haddad-iphone is in office on workdays from 2023-03-13 to 2023-03-24 between 09:20 and 18:00.
haddad-iphone is in office on workdays from 2023-04-19 to 2023-04-21 between 09:20 and 18:00.

# Pavel gives his to his daughter, who brings it along at the weekend: guest network only.
Device gromov-iphone is an iphone of p07, address c4:2a:d0:20:07:01, named Pavel-iPhone.
gromov-iphone is in office on workdays from 2023-03-13 to 2023-03-29 between 09:00 and 18:30.
gromov-iphone is in guest at 2023-04-01 12:10 for 50 minutes.
gromov-iphone is in guest at 2023-04-08 13:00 for 60 minutes.
Device gromov-galaxy is a samsung of p07, private address 66:0e:72:07:00:31, named Galaxy-S21-Gromov.
gromov-galaxy is in office on workdays from 2023-03-30 between 09:00 and 18:30.

# Samira declares that she holds no smartphone; the network knows Samira-iPhone.
Device nouri-iphone is an iphone of p08, private address b6:18:5c:08:00:41, named Samira-iPhone.
nouri-iphone is in office on workdays from 2023-03-13 to 2023-03-31 between 09:30 and 17:40.
nouri-iphone is in office on workdays from 2023-04-05 to 2023-04-06 between 09:30 and 17:40.

# Igor's is destroyed on 28 March against a receipt.
Device savchenko-iphone is an iphone-ios15 of p09, address f4:06:16:20:09:01, named iPhone-Savchenko.
savchenko-iphone is in office on workdays from 2023-03-13 to 2023-03-27 between 08:50 and 18:10.
Device savchenko-huawei is a huawei of p09, address 84:46:fe:20:09:02, named HUAWEI_P30-Savchenko.
savchenko-huawei is in office on workdays from 2023-03-28 between 08:50 and 18:10.

# Elena uses hers on the guest network alone, before the day and after it.
Device kotova-iphone is an iphone of p10, private address fa:77:20:10:00:51, named Elena-iPhone.
kotova-iphone is in guest on workdays between 12:30 and 14:10.

# Natalia stops ten minutes before the day begins.
Device kim-iphone is an iphone-with-app of p11, address 10:94:bb:20:11:01, named Natalia-iPhone.
kim-iphone is in office on workdays from 2023-03-13 to 2023-03-31 between 09:00 and 18:00.
kim-iphone is in office at 2023-03-31 23:10 for 40 minutes.

# Oleg's tells no name and no model: an Apple device that may be a phone or a tablet.
Device ryabov-apple is an apple-silent of p12, address 94:bf:2d:20:12:01.
ryabov-apple is in office on workdays between 09:20 and 18:20.

# Nobody's: the papers know no holder. One is in on the Saturday after the day.
Device stray-iphone is an iphone of nobody, private address 4e:9a:66:00:00:61, named iPhone.
stray-iphone is in office on workdays from 2023-03-13 to 2023-04-14 between 10:00 and 17:00.
stray-iphone is in office at 2023-04-01 14:00 for 30 minutes.
Device visitor-iphone is an iphone of nobody, private address 72:c3:08:00:00:62, named iPhone.
visitor-iphone is in guest at 2023-03-22 15:00 for 70 minutes.
visitor-iphone is in guest at 2023-04-12 15:30 for 45 minutes.

# --- iPhones of people whom the order does not name -------------------------------------------

Device holm-iphone is an iphone-with-app of p18, address c4:2a:d0:20:18:01, named Anders-iPhone.
holm-iphone is in office on workdays between 08:30 and 17:00.
Device martin-iphone is an iphone of p22, private address 1e:d5:44:22:00:71, named iPhone-Chloe, called "iPhone de Chloé".
martin-iphone is in office on workdays between 09:30 and 18:00.

# --- Apple, and no phone: the order does not cover these --------------------------------------

Device kovalenko-ipad is an ipad of p13, address f4:06:16:20:13:01, named iPad-Taras.
kovalenko-ipad is in office on workdays between 09:00 and 18:00.
Device vorontsova-ipad is an ipad of p01, address 10:94:bb:20:01:01, named iPad-Anna, called "iPad Анны".
vorontsova-ipad is in office on workdays between 08:30 and 19:30.
Device meeting-ipad is an ipad-ios12 of nobody, address 94:bf:2d:20:50:01, named iPad-Meeting-Room.
meeting-ipad is in office on workdays between 10:00 and 16:00.
Device belova-macbook is a macbook of p14, address c4:2a:d0:20:14:01, named MacBook-Pro-Belova.
belova-macbook is in office on workdays between 09:00 and 18:30.
Device martin-macbook is a macbook of p22, address f4:06:16:20:22:01, named MacBook-Pro-Chloe.
martin-macbook is in office on workdays between 09:30 and 18:00.
Device szabo-imac is an imac of p31, address 10:94:bb:20:31:01, named iMac-Agnes.
szabo-imac is in office on workdays between 08:40 and 17:30.
Device meeting-tv is an apple-tv of nobody, address 94:bf:2d:20:50:02, named Apple-TV.
meeting-tv is in office every day between 07:00 and 21:00.

# --- Other phones -----------------------------------------------------------------------------

Device wang-pixel is a pixel of p15, private address 26:fb:91:15:00:81, named Pixel-7-Wang.
wang-pixel is in office on workdays between 09:00 and 18:00.
Device zaitseva-huawei is a huawei of p19, address f4:63:1f:20:19:01, named HUAWEI_P30-Zaitseva.
zaitseva-huawei is in office on workdays between 09:00 and 18:00.
Device mansour-galaxy is a samsung of p20, private address ae:30:5e:20:00:91, named Galaxy-S21-Yusuf.
mansour-galaxy is in office on workdays between 09:10 and 17:50.
Device sato-galaxy is a samsung of p21, address c0:48:e6:20:21:01, named Galaxy-S21-Sato.
sato-galaxy is in office on workdays between 09:00 and 18:00.
Device morozova-redmi is a xiaomi of p24, address 28:e3:1f:20:24:01, named Redmi-Note-10-Pro-Zhanna.
morozova-redmi is in office on workdays between 09:40 and 18:10.
Device aydin-pixel is a pixel of p28, private address 0a:44:d8:28:00:a1, named Pixel-7-Mehmet.
aydin-pixel is in guest on workdays between 12:00 and 13:30.
Device visitor-galaxy is a samsung of nobody, private address 92:5b:17:00:00:63, named Galaxy-S21.
visitor-galaxy is in guest at 2023-04-05 11:00 for 90 minutes.

# --- Computers --------------------------------------------------------------------------------

Device pc-02 is a windows of p02, address 6c:2b:59:20:02:a0, named DESKTOP-4K7MQ2A.
pc-02 is in office on workdays.
Device pc-03 is a windows of p03, address 6c:2b:59:20:03:a0, named DESKTOP-9WX3TR1.
pc-03 is in office on workdays.
Device pc-04 is a windows of p04, address 6c:2b:59:20:04:a0, named DESKTOP-B6NH8PD.
pc-04 is in office on workdays.
Device pc-09 is a windows of p09, address 8c:16:45:20:09:a0, named LAPTOP-2FJ5VZ7.
pc-09 is in office on workdays.
Device pc-13 is a windows of p13, address 8c:16:45:20:13:a0, named LAPTOP-6RC1YK3.
pc-13 is in office on workdays.
Device pc-23 is a windows of p23, address b4:d5:bd:20:23:a0, named LAPTOP-T8GE4UW.
pc-23 is in office on workdays.
Device pc-25 is a windows of p25, address b4:d5:bd:20:25:a0, named LAPTOP-0QS9DLM.
pc-25 is in office on workdays.
Device pc-26 is a windows of p26, address 6c:2b:59:20:26:a0, named DESKTOP-H3VA7CX.
pc-26 is in office on workdays.
Device pc-27 is a windows of p27, address 6c:2b:59:20:27:a0, named DESKTOP-1PZ5JNE.
pc-27 is in office on workdays.
Device pc-29 is a windows of p29, address 6c:2b:59:20:29:a0, named DESKTOP-K9UB2WF.
pc-29 is in office on workdays.
Device pc-36 is a windows of p36, address 6c:2b:59:20:36:a0, named DESKTOP-7YTL4SG.
pc-36 is in office on workdays.
Device pc-37 is a windows of p37, address 6c:2b:59:20:37:a0, named DESKTOP-C5XD8MR.
pc-37 is in office on workdays.
Device pc-38 is a windows of p38, address 6c:2b:59:20:38:a0, named DESKTOP-3EKQ6VH.
pc-38 is in office on workdays.
Device build-server is a linux-server of p30, address ac:1f:6b:20:30:01, named build.
build-server is in office every day.

# --- Things that stand there ------------------------------------------------------------------

Device printer-1 is an hp-printer of nobody, address 50:81:40:20:51:01, named NPI205101.
printer-1 is in office every day.
Device printer-2 is an hp-printer of nobody, address 78:e7:d1:20:51:02, named NPI205102.
printer-2 is in office every day.
Device printer-3 is a brother-printer of nobody, address 3c:2a:f4:20:51:03, named BRN3C2AF4205103.
printer-3 is in office every day.
Device camera-1 is a hikvision of nobody, address 24:28:fd:20:52:01.
camera-1 is in office every day.
Device camera-2 is a hikvision of nobody, address e0:ca:3c:20:52:02.
camera-2 is in office every day.
Device camera-3 is a dahua of nobody, address 3c:ef:8c:20:52:03.
camera-3 is in office every day.
Device telephone-1 is a cisco-phone of p01, address 08:4f:f9:20:53:01, named SEP084FF9205301.
telephone-1 is in office every day.
Device telephone-2 is a cisco-phone of p36, address 54:86:bc:20:53:02, named SEP5486BC205302.
telephone-2 is in office every day.

# Behind the router, in a segment without a sensor: only what others say to it is seen.
Device mail-server is a linux-server of p30, address ac:1f:6b:10:00:25, named mail.
mail-server is in servers every day.
Device directory-server is a linux-server of p30, address ac:1f:6b:10:00:53, named dns.
directory-server is in servers every day.

# --- Addresses that go round, and a line that is shared ---------------------------------------

# Shufen's iPhone takes another private address every week. The papers know it by the first one; on
# the Saturday it is there under the third.
Device wang-iphone is an iphone of p15, private address 5e:20:c9:15:00:82, named Shufen-iPhone, called "淑芬的iPhone", changing every 7 days.
wang-iphone is in office on workdays from 2023-03-13 to 2023-03-31 between 09:00 and 18:00.
wang-iphone is in office at 2023-04-01 15:20 for 40 minutes.

# A visitor's iPhone is on the network for an hour and a half by the line of Taras's laptop: one
# address, two devices, and nobody can say which of the two did what.
Device visitor-behind is an iphone-with-app of nobody, private address 6a:0d:51:00:00:64, named iPhone.
visitor-behind is behind pc-13 in office at 2023-03-29 14:00 for 90 minutes.
