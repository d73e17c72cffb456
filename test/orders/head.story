Segment office is 10.20.0.0/16, VLAN 20, router 10.20.0.1 with address 00:be:75:20:00:01.
Segment guest is 10.99.0.0/16, VLAN 99, router 10.99.0.1 with address 00:be:75:99:00:01, for guests.
Segment sensitive-core is 10.30.0.0/16, VLAN 30, router 10.30.0.1 with address 00:be:75:30:00:01.
Segment sensitive-cameras is 10.31.0.0/16, VLAN 31, router 10.31.0.1 with address 00:be:75:31:00:01.
Service mail.office.example is at 10.10.0.25.
Service dns.office.example is at 10.10.0.53.
Service recorder.office.example is at 10.10.0.40.
Service dhcp.office.example is at 10.10.0.67.
Person p1 is Ada One of staff.
Person p2 is Ben Two of staff.
Person p3 is Cem Three of staff.
Person p4 is Dia Four of staff.
Person p5 is Eli Five of domestic-policy.
