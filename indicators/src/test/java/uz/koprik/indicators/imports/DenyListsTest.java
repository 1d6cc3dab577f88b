package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uz.koprik.indicators.imports.ReadItems.open;
import static uz.koprik.indicators.imports.ReadItems.read;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in which administrators keep what they block: what a rule blocks is a value, what it lets pass is none. */
class DenyListsTest {

    /**
     * A file of rules.
     *
     * @param keys what its rules block, in order
     * @param refused how many lines say something else of a value
     */
    record Rules(String name, String text, String keys, int refused) {}

    static Stream<Rules> rules() {
        return Stream.of(
                new Rules(
                        "nginx.conf",
                        """
                        deny 192.0.2.1;
                        deny 198.51.100.0/24; # scanner
                        allow 203.0.113.7;
                        deny 2001:db8::1;
                        deny all;
                        """,
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24 ipv6:2001:db8::1",
                        1),
                new Rules(
                        "geo.conf",
                        """
                        geo $blocked {
                            default 0;
                            192.0.2.1 1;
                            203.0.113.9 0;
                        }
                        """,
                        "ipv4:192.0.2.1",
                        1),
                new Rules(
                        ".htaccess",
                        """
                        <RequireAll>
                            Require all granted
                            Require not ip 192.0.2.1 198.51.100
                            Require not host evil.example.com
                            Require ip 203.0.113.77
                        </RequireAll>
                        """,
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24 domain:evil.example.com",
                        1),
                new Rules(
                        "apache.conf",
                        """
                        Order Allow,Deny
                        Allow from all
                        Deny from 192.0.2.1
                        deny from .evil.example.com
                        """,
                        "ipv4:192.0.2.1 domain:evil.example.com",
                        1),
                new Rules(
                        "ipset.save",
                        """
                        create blocklist hash:net family inet
                        add blocklist 192.0.2.0/24
                        add blocklist 198.51.100.7 timeout 86400
                        add blocklist 203.0.113.5 nomatch
                        add office 203.0.113.6
                        """,
                        "cidr:192.0.2.0/24 ipv4:198.51.100.7",
                        2),
                new Rules(
                        "rules.v4",
                        """
                        *filter
                        :INPUT ACCEPT [0:0]
                        -A INPUT -s 203.0.113.7/32 -j ACCEPT
                        -A INPUT -s 192.0.2.1/32 -p tcp -m tcp --dport 22 -j DROP
                        -A OUTPUT -d 203.0.113.9/32 -j REJECT
                        -A INPUT ! -s 203.0.113.10/32 -j DROP
                        -A INPUT -d 203.0.113.11/32 -j DROP
                        -A FORWARD -s 192.0.2.7 -d 203.0.113.2 -j DROP
                        COMMIT
                        """,
                        "ipv4:192.0.2.1 ipv4:203.0.113.9",
                        4),
                new Rules(
                        "rules.nft",
                        """
                        table inet filter {
                          set blocklist {
                            type ipv4_addr
                            elements = { 192.0.2.1, 198.51.100.0/24,
                                         203.0.113.5 timeout 1h }
                          }
                          chain input {
                            type filter hook input priority 0; policy accept;
                            ip saddr 203.0.113.7 accept
                            ip saddr @blocklist drop
                            ip saddr 192.0.2.99 drop
                          }
                        }
                        """,
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24 ipv4:203.0.113.5 ipv4:192.0.2.99",
                        1),
                new Rules(
                        "dnsmasq.conf",
                        """
                        address=/evil.example.com/0.0.0.0
                        address=/bad.example.net/#
                        server=/worse.example.org/
                        server=/corp.example.com/192.0.2.53
                        server=8.8.8.8
                        address=/router.example.com/192.168.1.1
                        """,
                        "domain:evil.example.com domain:bad.example.net domain:worse.example.org",
                        2),
                new Rules(
                        "unbound.conf",
                        """
                        server:
                          local-zone: "evil.example.com" always_nxdomain
                          local-zone: "bad.example.net." refuse
                          local-zone: "good.example.org" transparent
                          local-data: "worse.example.com A 0.0.0.0"
                          local-data: "intranet.example.com A 192.168.0.5"
                        """,
                        "domain:evil.example.com domain:bad.example.net domain:worse.example.com",
                        2),
                new Rules(
                        "named.conf",
                        """
                        zone "evil.example.com" { type master; file "/etc/bind/blocked.zone"; };
                        zone "bad.example.net" {
                            type master;
                            file "/etc/bind/null.zone";
                        };
                        zone "corp.example.com" { type slave; masters { 192.0.2.1; }; };
                        """,
                        "domain:evil.example.com domain:bad.example.net",
                        1),
                new Rules(
                        "squid.conf",
                        """
                        acl a1 dstdomain .evil.example.com bad.example.net
                        acl localnet src 192.168.0.0/16
                        http_access deny a1
                        http_access allow localnet
                        """,
                        "domain:evil.example.com domain:bad.example.net",
                        1),
                new Rules(
                        "haproxy.cfg",
                        """
                        acl x1 src 192.0.2.1
                        acl x2 src 203.0.113.0/24
                        http-request deny if x1
                        http-request deny if !x2
                        tcp-request connection accept if x2
                        """,
                        "ipv4:192.0.2.1",
                        1),
                new Rules(
                        "local.rules",
                        """
                        alert ip $HOME_NET any -> [192.0.2.1,198.51.100.1] any (msg:"bad"; sid:1;)
                        alert dns any any -> any any (msg:"n"; dns.query; content:"evil.example.com"; nocase; sid:2;)
                        alert tls any any -> any any (msg:"n"; tls.sni; content:!"good.example.com"; sid:3;)
                        alert http any any -> any any (msg:"n"; http.host; content:"h.example.com"; pcre:"/x/"; sid:4;)
                        alert tcp any any -> 203.0.113.1 445 (msg:"n"; content:"|00 01|"; sid:5;)
                        pass ip 203.0.113.7 any -> any any (msg:"ok"; sid:6;)
                        """,
                        "ipv4:192.0.2.1 ipv4:198.51.100.1 domain:evil.example.com",
                        4),
                new Rules(
                        "cisco.txt",
                        """
                        ip access-list extended BLOCK
                         remark bad hosts
                         deny ip host 192.0.2.1 any
                         deny tcp any host 198.51.100.7 eq 22
                         deny ip 203.0.113.0 0.0.0.255 any
                         deny ip host 192.0.2.9 host 203.0.113.9
                         permit ip any any
                        access-list 101 deny ip host 192.0.2.2 any log
                        access-list outside extended deny tcp 198.51.100.0 255.255.255.0 any
                        """,
                        "ipv4:192.0.2.1 ipv4:198.51.100.7 cidr:203.0.113.0/24 ipv4:192.0.2.2 cidr:198.51.100.0/24",
                        2),
                new Rules(
                        "hosts.deny",
                        """
                        ALL: 192.0.2.1
                        sshd: 198.51.100.
                        sshd : 192.0.2.9, 192.0.2.10
                        ALL: ALL EXCEPT 192.0.2.77
                        """,
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24 ipv4:192.0.2.9 ipv4:192.0.2.10",
                        1),
                new Rules("hosts.allow", "sshd: 192.0.2.1\nALL: 198.51.100.0/255.255.255.0\n", "", 2),
                new Rules(
                        "fail2ban.log",
                        """
                        2026-01-02 10:00:00,123 fail2ban.filter  [812]: INFO    [sshd] Found 192.0.2.1 - 2026-01-02 10:00:00
                        2026-01-02 10:00:05,123 fail2ban.actions [812]: NOTICE  [sshd] Ban 192.0.2.1
                        2026-01-02 10:12:05,123 fail2ban.filter  [812]: INFO    [sshd] Ignore 203.0.113.9 by ip
                        """,
                        "ipv4:192.0.2.1",
                        0),
                new Rules(
                        "access",
                        """
                        spammer@example.com REJECT
                        evil.example.net    REJECT spam
                        198.51.100          550 blocked
                        good.example.org    OK
                        """,
                        "email:spammer@example.com domain:evil.example.net cidr:198.51.100.0/24",
                        1),
                new Rules(
                        "local.cf",
                        """
                        blacklist_from *@evil.example.com spammer@example.net
                        whitelist_from good@example.org
                        """,
                        "domain:evil.example.com email:spammer@example.net",
                        1),
                new Rules(
                        "pf.conf",
                        """
                        table <t> persist { 192.0.2.1, 198.51.100.0/24 }
                        block in quick on egress from 203.0.113.5 to any
                        block drop in from <t> to any
                        pass in from 192.0.2.99 to any
                        """,
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24 ipv4:203.0.113.5",
                        1),
                new Rules(
                        "ufw.txt",
                        """
                        ufw deny from 192.0.2.1
                        ufw insert 1 deny from 198.51.100.0/24 to any port 22
                        ufw allow from 203.0.113.5
                        """,
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24",
                        1),
                new Rules(
                        "rich.txt",
                        """
                        rule family="ipv4" source address="192.0.2.1" drop
                        rule family="ipv4" source NOT address="203.0.113.1" drop
                        rule family="ipv4" source address="203.0.113.7" accept
                        """,
                        "ipv4:192.0.2.1",
                        2),
                new Rules(
                        "block.ps1",
                        """
                        New-NetFirewallRule -DisplayName "x" -Direction Inbound -RemoteAddress 192.0.2.1 -Action Block
                        netsh advfirewall firewall add rule name="x" dir=in action=block remoteip=198.51.100.2
                        netsh advfirewall firewall add rule name="x" dir=in action=allow remoteip=203.0.113.2
                        """,
                        "ipv4:192.0.2.1 ipv4:198.51.100.2",
                        1),
                new Rules(
                        "routes.sh",
                        "ip route add blackhole 192.0.2.1/32\nip route 198.51.100.0 255.255.255.0 Null0\n",
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24",
                        0),
                new Rules(
                        "list.rsc",
                        """
                        /ip firewall address-list
                        add address=192.0.2.1 list=blacklist
                        add address=203.0.113.7 list=allowed
                        """,
                        "ipv4:192.0.2.1",
                        1),
                new Rules(
                        "modsec.conf",
                        """
                        SecRule REMOTE_ADDR "@ipMatch 192.0.2.1,198.51.100.0/24" "id:1,phase:1,deny"
                        SecRule REMOTE_ADDR "@ipMatch 203.0.113.5" "id:2,phase:1,allow"
                        """,
                        "ipv4:192.0.2.1 cidr:198.51.100.0/24",
                        1),
                new Rules(
                        "blocked.zone",
                        "evil.example.com IN A 0.0.0.0\n*.evil.example.com IN AAAA ::\nlocalhost A 127.0.0.1\n",
                        "domain:evil.example.com domain:evil.example.com",
                        0));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatIsBlockedIsAValue(Rules rules) throws Exception {
        List<ImportItem> items = read(rules.text(), rules.name());
        assertEquals(rules.keys(), String.join(" ", keys(items)), items.toString());
        long refused =
                items.stream().filter(ImportItem.RefusedRow.class::isInstance).count();
        assertEquals(rules.refused(), refused, items.toString());
    }

    static Stream<String> longLines() {
        int many = 10_000;
        return Stream.of(
                "sshd: 192.0.2.1 : deny\nsshd" + ", sshd".repeat(many) + ": 198.51.100.7 : deny\n",
                "sshd: 192.0.2.1 : deny\n".repeat(5) + "sshd: " + ".a".repeat(many) + "! : deny\n",
                "alert ip 192.0.2.1 any -> any any (msg:\"x\"; sid:1;)\n"
                        + "alert ip 198.51.100.7 any -> any any (msg:\"" + "\\\"".repeat(many) + "\"; sid:2;)\n",
                "access-list 1 deny 192.0.2.1 0.0.0.0\naccess-list 1 deny 198.51.100.7 0.0.0.300\n"
                        + "access-list 1 deny 198.51.100.8 0.0.0." + "255".repeat(many) + "\n",
                "32.1.2.0.192.rpz-ip IN CNAME .\n".repeat(2) + "evil" + ".".repeat(6 * many) + "com IN CNAME .\n",
                "netsh advfirewall firewall add rule name=x dir=in action=block remoteip=192.0.2.1\n"
                        + "netsh advfirewall firewall add rule name=x dir=in action=block remoteip=198.51.100.7"
                        + ", 203.0.113.9".repeat(many) + "\n");
    }

    /** A line of any form and length neither ends the file nor takes what stands before it. */
    @ParameterizedTest
    @MethodSource("longLines")
    void longLinesAreReadToo(String text) throws Exception {
        assertEquals("ipv4:192.0.2.1", keys(read(text, "")).getFirst());
    }

    /** Neither the name of the list nor another rule says that it is blocked: a person decides. */
    @ParameterizedTest
    @ValueSource(strings = {"add geo 192.0.2.0/24\nadd geo 198.51.100.0/24\n", "sshd: 192.0.2.1\nsshd: 198.51.100.7\n"})
    void listsOfUnknownUseAreDoubtful(String text) throws Exception {
        List<ImportItem> items = read(text, "");
        assertEquals(2, items.size(), items.toString());
        assertEquals(List.of(), keys(items));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alert tcp any any -> any 445 (msg:\"x\"; content:\"|ff|SMB\"; sid:1;)\n",
                "rule Evil {\n  strings:\n    $a = \"http://evil.example.com/x\"\n  condition:\n    $a\n}\n",
                """
                title: Evil
                logsource:
                  category: dns_query
                detection:
                  selection:
                    QueryName: evil.example.com
                """
            })
    void rulesThatLookForMoreThanAValue(String text) {
        String said = assertThrows(ImportRefused.class, () -> read(text, "")).getMessage();
        assertTrue(said.contains("detection rules"), said);
    }

    @Test
    void theLanguageAndWhatIsNotUsedAreNamed() throws Exception {
        try (ImportReader reader = open("deny 192.0.2.1;\n", "")) {
            assertEquals("read as nginx", reader.notes().getFirst().reason());
            assertTrue(
                    reader.notes().getLast().reason().startsWith("ports, protocols"),
                    reader.notes().toString());
        }
    }

    /** The marking of a rule, or of the note of a line, holds for its value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1 # TLP:RED, do not share\n",
                "alert ip any any -> 192.0.2.1 any (msg:\"x\"; sid:1; metadata:koprik_id i, tlp red;)\n"
            })
    void markingsOfLines(String text) throws Exception {
        ImportItem.Value value = (ImportItem.Value) read(text, "").getFirst();
        assertEquals("TLP:RED", value.tlp().orElseThrow().label());
    }

    /** Firewalls drop what comes from outside with an address of the inside. */
    @Test
    void addressesOfEverybodyAreNoValues() throws Exception {
        String rules =
                """
                -A INPUT -s 0.0.0.0/0 -j DROP
                -A INPUT -s 10.0.0.0/8 -i eth0 -j DROP
                -A INPUT -s 192.0.2.1/32 -j DROP
                """;
        assertEquals(List.of("ipv4:192.0.2.1"), keys(read(rules, "")));
    }

    @Test
    void wildcardsOfRouters() throws Exception {
        assertEquals(
                List.of("cidr:192.0.2.0/24", "ipv4:203.0.113.1", "ipv4:192.0.2.5"),
                keys(read("192.0.2.0 0.0.0.255\n203.0.113.1 192.0.2.5\n", "")));
    }

    private static List<String> keys(List<ImportItem> items) {
        return items.stream()
                .filter(ImportItem.Value.class::isInstance)
                .map(ImportItem.Value.class::cast)
                .filter(value -> value.doubt().isEmpty())
                .map(value -> value.value().observable().kind().code()
                        + ':'
                        + value.value().observable().value())
                .toList();
    }
}
