package uz.koprik.indicators.imports.layout;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import uz.koprik.indicators.imports.layout.RuleLine.Verdict;

/** Files in which administrators keep what they block. A new one is one constant: its name, and how a line is read. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state; those with a state are made for one file
enum RuleLanguage {
    NGINX("nginx", () -> new ServerRules()::nginx),
    APACHE("Apache", () -> ServerRules::apache),
    IPSET("ipset", () -> FirewallRules::ipset),
    IPTABLES("iptables", () -> FirewallRules::iptables),
    NFT("nftables", () -> new NftRules()::read),
    DNSMASQ("dnsmasq", () -> NameRules::dnsmasq),
    UNBOUND("Unbound", () -> NameRules::unbound),
    BIND("BIND", () -> new NameRules()::bind),
    ACL("Squid or HAProxy", () -> ServerRules::acl),
    INTRUSION("Suricata or Snort", () -> IntrusionRules::read),
    CISCO("Cisco", () -> FirewallRules::cisco),
    HOSTS_ACCESS("hosts.deny", () -> ServerRules::hostsAccess),
    FAIL2BAN("fail2ban", () -> ServerRules::fail2ban),
    MAIL("mail servers", () -> ServerRules::mail),
    PF("pf", () -> FirewallRules::pf),
    UFW("ufw", () -> FirewallRules::ufw),
    FIREWALLD("firewalld", () -> FirewallRules::firewalld),
    WINDOWS("Windows firewall", () -> FirewallRules::windows),
    ROUTES("routes", () -> FirewallRules::routes),
    MIKROTIK("MikroTik", () -> FirewallRules::mikrotik);

    /** Lines that are looked at. */
    private static final int SEEN = 100;

    /** Lines among which there must be one of a language before the others are looked at. */
    private static final int FIRST = 10;

    /** Share of the lines that must be of the language. */
    private static final double ENOUGH = 0.6;

    private final String title;
    private final Supplier<Function<String, RuleLine>> reader;

    RuleLanguage(String title, Supplier<Function<String, RuleLine>> reader) {
        this.title = title;
        this.reader = reader;
    }

    /** For messages. */
    String title() {
        return title;
    }

    /** What reads the lines of one file. */
    Function<String, RuleLine> reader() {
        return reader.get();
    }

    /** The language of which most of the first lines are; empty for none. */
    static Optional<RuleLanguage> of(List<String> head) {
        List<String> lines = head.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && (!ListLayout.isComment(line) || line.startsWith("!")))
                .limit(SEEN)
                .toList();
        RuleLanguage best = null;
        double most = 0;
        for (RuleLanguage language : values()) {
            double share = share(language.reader(), lines);
            if (share >= ENOUGH && share > most) {
                best = language;
                most = share;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The share of lines of a language, among which there must be a rule. */
    private static double share(Function<String, RuleLine> reader, List<String> lines) {
        int fitting = 0;
        int rules = 0;
        int seen = 0;
        for (String line : lines) {
            if (fitting == 0 && seen++ == FIRST) {
                return 0; // most files
            }
            Verdict verdict = reader.apply(line).verdict();
            fitting += verdict == Verdict.OTHER ? 0 : 1;
            rules += verdict == Verdict.OTHER || verdict == Verdict.FRAME ? 0 : 1;
        }
        return rules == 0 ? 0 : (double) fitting / lines.size();
    }
}
