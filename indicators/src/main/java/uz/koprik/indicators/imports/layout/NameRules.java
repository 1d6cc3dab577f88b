package uz.koprik.indicators.imports.layout;

import static uz.koprik.indicators.imports.layout.RuleLine.FRAME;
import static uz.koprik.indicators.imports.layout.RuleLine.OTHER;
import static uz.koprik.indicators.imports.layout.RuleLine.PASSES;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of name servers that say which names they do not answer. */
final class NameRules {

    private static final Pattern BY_NAME = Pattern.compile("(address|server|local)=/(.+)/([^/\\s]*)");
    private static final Pattern DNSMASQ_FRAME = Pattern.compile(
            "(?:server|rev-server|resolv-file|conf-dir|conf-file|interface|listen-address|cache-size|port|domain|addn-hosts"
                    + "|dhcp-[a-z-]+|log-[a-z-]+)=\\S*|no-resolv|no-hosts|no-poll|domain-needed|bogus-priv|expand-hosts"
                    + "|strict-order|bind-interfaces|log-queries");
    private static final Pattern LOCAL_ZONE =
            Pattern.compile("local-zone:\\s*[\"']?([^\"'\\s]+)[\"']?\\s+[\"']?(\\w+)[\"']?.*");
    private static final Pattern LOCAL_DATA = Pattern.compile(
            "local-data:\\s*[\"'](\\S+)\\s+(?:\\d+\\s+)?(?:IN\\s+)?(?:A|AAAA)\\s+(\\S+?)[\"'].*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ZONE =
            Pattern.compile("zone\\s+\"([^\"]+)\"\\s*(?:IN\\s*)?(?:\\{(.*))?", Pattern.CASE_INSENSITIVE);

    /** As people name the file of a zone that answers nothing. */
    private static final Pattern EMPTY_ZONE = Pattern.compile(
            "file\\s+\"[^\"]*(?:block|null|sink|dummy|empty|black|drop|malware|adserv)", Pattern.CASE_INSENSITIVE);

    private static final Pattern STATEMENT =
            Pattern.compile("(?:type|file|notify|masters|allow-\\w+|check-names|include)\\b.*[;{}]");

    /** The zone whose statements go on; empty outside. */
    private String zone = "";

    /** Whether an address leads nowhere. */
    private static boolean isNowhere(String address) {
        return address.matches("0\\.0\\.0\\.0|127\\.0\\.0\\.1|::1?|#");
    }

    static RuleLine dnsmasq(String given) {
        int remark = given.indexOf(" #");
        String line = remark > 0 ? given.substring(0, remark).strip() : given;
        Matcher rule = BY_NAME.matcher(line);
        if (!rule.matches()) {
            return DNSMASQ_FRAME.matcher(line).matches() ? FRAME : OTHER;
        }
        String names = rule.group(2).replace('/', ' ');
        String to = rule.group(3);
        boolean blocks = to.isEmpty() || (rule.group(1).equals("address") && isNowhere(to));
        return names.matches("[#*]") ? FRAME : blocks ? RuleLine.blocks(names) : PASSES;
    }

    static RuleLine unbound(String line) {
        Matcher zone = LOCAL_ZONE.matcher(line);
        if (zone.matches()) {
            return switch (zone.group(2).toLowerCase(Locale.ROOT)) {
                case "always_nxdomain",
                        "always_null",
                        "always_refuse",
                        "always_deny",
                        "always_nodata",
                        "refuse",
                        "deny",
                        "inform_deny" -> RuleLine.blocks(zone.group(1));
                case "static", "redirect" -> FRAME; // the data of the zone say more
                default -> PASSES;
            };
        }
        Matcher data = LOCAL_DATA.matcher(line);
        if (data.matches()) {
            return isNowhere(data.group(2)) ? RuleLine.blocks(data.group(1)) : PASSES;
        }
        return line.matches("(?:server|forward-zone|remote-control|local-data|local-data-ptr):.*") ? FRAME : OTHER;
    }

    /** Zones in the settings of BIND: those with a file for what is blocked. For one file. */
    RuleLine bind(String line) {
        Matcher named = ZONE.matcher(line);
        if (named.matches()) {
            String rest = named.group(2) == null ? "" : named.group(2);
            boolean whole = rest.indexOf('}') >= 0;
            zone = whole ? "" : named.group(1);
            return EMPTY_ZONE.matcher(rest).find() ? RuleLine.blocks(named.group(1)) : whole ? PASSES : FRAME;
        }
        String of = zone;
        if (line.startsWith("}")) {
            zone = "";
            return FRAME;
        }
        if (!of.isEmpty() && EMPTY_ZONE.matcher(line).find()) {
            return RuleLine.blocks(of);
        }
        return of.isEmpty() || !STATEMENT.matcher(line).matches() ? OTHER : line.startsWith("file") ? PASSES : FRAME;
    }
}
