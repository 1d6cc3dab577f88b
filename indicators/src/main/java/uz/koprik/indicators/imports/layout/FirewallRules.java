package uz.koprik.indicators.imports.layout;

import static uz.koprik.indicators.imports.layout.RuleLine.FRAME;
import static uz.koprik.indicators.imports.layout.RuleLine.OTHER;
import static uz.koprik.indicators.imports.layout.RuleLine.PASSES;
import static uz.koprik.indicators.imports.layout.RuleLine.UNREAD;
import static uz.koprik.indicators.imports.layout.RuleLine.find;
import static uz.koprik.indicators.imports.layout.RuleLine.isAddress;
import static uz.koprik.indicators.imports.layout.RuleLine.word;
import static uz.koprik.indicators.imports.layout.RuleLine.words;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of firewalls and routers. Of a rule with two addresses one is one's own, and nobody can say which. */
final class FirewallRules {

    private static final Set<String> DROPS = Set.of("drop", "reject", "tarpit", "blackhole");
    private static final Set<String> LETS = Set.of("accept", "return");
    private static final Pattern SOURCE =
            Pattern.compile("source (not )?address=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern REMOTE = Pattern.compile(
            "(?:remoteip=|-RemoteAddress\\s+)([^\\s]+(?:\\s*,\\s*[^\\s-]+)*+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE = Pattern.compile("table\\s+<([^>]+)>[^{]*(?:\\{([^}]*)})?.*");
    private static final Pattern MEMBER = Pattern.compile("\\b(address|list|comment)=(\"[^\"]*\"|\\S+)");

    private FirewallRules() {}

    /** {@code add blocklist 192.0.2.0/24}, as {@code ipset save} writes. */
    static RuleLine ipset(String line) {
        String[] words = words(line);
        int at = word(words, 0).equals("ipset") ? 1 : 0;
        while (word(words, at).matches("-!|-exist")) {
            at++;
        }
        String action = words.length > at ? words[at] : "";
        if (action.matches("create|flush|destroy|swap|-N") && words.length > at + 1) {
            return FRAME;
        }
        if (!action.matches("add|-A") || words.length < at + 3) {
            return OTHER;
        }
        String value = words[at + 2];
        if (find(words, "nomatch") > 0) {
            return PASSES;
        }
        if (value.indexOf(',') > 0) {
            return UNREAD; // with a port, a protocol or an interface
        }
        return isAddress(value) || AddressRange.parse(value).isPresent()
                ? RuleLine.listed(words[at + 1], value, RuleLine.comment(line))
                : OTHER;
    }

    /** Rules of {@code iptables-save}, or the commands that make them. */
    static RuleLine iptables(String line) {
        if (line.startsWith("#!") || line.equals("COMMIT") || line.matches("\\*[a-z]+|:\\S+ \\S+ \\[\\d+:\\d+]")) {
            return FRAME;
        }
        String[] words = words(line);
        int chain = find(words, "--append", "--insert");
        for (int i = 0; i < words.length && chain < 0; i++) {
            chain = words[i].matches("-[AI]") ? i : -1;
        }
        boolean command = word(words, 0).matches("(?:\\S*/)?(?:sudo|ip6?tables(?:-legacy|-nft)?)");
        if (chain < 0 || chain > 5 || (chain > 0 && !command)) {
            return command ? FRAME : OTHER;
        }
        int source = find(words, "-s", "--source", "--src", "--src-range");
        int destination = -1;
        for (int i = 0; i < words.length; i++) {
            destination = words[i].matches("-d|--destination|--dst|--dst-range") ? i : destination;
        }
        if (source < 0 && destination < 0) {
            return FRAME;
        }
        String target = word(words, find(words, "-j", "--jump") + 1);
        if (find(words, "-j", "--jump") < 0 || !DROPS.contains(target)) {
            return LETS.contains(target) ? PASSES : UNREAD;
        }
        String name = word(words, chain + 1);
        int at = name.equals("input")
                ? source
                : name.equals("output")
                        ? destination
                        : source < 0 || destination < 0 ? Math.max(source, destination) : -1;
        if (at < 0 || find(words, "!") >= 0 || at + 1 >= words.length) {
            return UNREAD;
        }
        return RuleLine.blocks(words[at + 1]).noted(RuleLine.comment(line));
    }

    /** Lists of Cisco and of devices like it, with masks and with wildcards. */
    static RuleLine cisco(String line) {
        String[] words = words(line);
        String first = word(words, 0);
        int at = 0;
        if (first.startsWith("!") || (words.length == 1 && first.matches("exit|end"))) {
            return FRAME;
        }
        if (first.matches("ip|ipv6") && word(words, 1).equals("access-list")) {
            return FRAME; // names the list whose rules follow
        }
        if (first.matches("ip|ipv6") && word(words, 1).equals("access-group")) {
            return FRAME;
        }
        if (first.equals("access-list")) {
            at = 2;
            at += word(words, at).equals("line") ? 2 : 0;
            at += word(words, at).matches("extended|standard") ? 1 : 0;
        } else if (first.matches("\\d{1,6}")) {
            at = 1;
        }
        switch (word(words, at)) {
            case "permit" -> {
                return PASSES;
            }
            case "remark" -> {
                return FRAME;
            }
            case "deny" -> at++;
            default -> {
                return OTHER;
            }
        }
        boolean protocol = !word(words, at).matches("any[46]?|host") && !isAddress(word(words, at));
        at += protocol ? 1 : 0;
        int[] place = {at};
        String from = end(words, place);
        boolean alone = place[0] >= words.length || word(words, place[0]).startsWith("log");
        String to = alone ? "" : end(words, place);
        if (from == null || to == null || (!from.isEmpty() && !to.isEmpty())) {
            return first.equals("deny") && !protocol ? OTHER : UNREAD;
        }
        return from.isEmpty() && to.isEmpty() ? FRAME : RuleLine.blocks(from + to);
    }

    /** One end of a rule, and the ports after it; empty for any, null for what is not read. */
    private static String end(String[] words, int[] place) {
        int at = place[0];
        String one = word(words, at);
        at++;
        String end = "";
        if (one.equals("host")) {
            end = isAddress(word(words, at)) ? word(words, at) : null;
            at++;
        } else if (isAddress(one)) {
            end = one;
            if (word(words, at).matches("[0-9]+(?:\\.[0-9]+){3}")) {
                end = network(one, word(words, at));
                at++;
            }
        } else if (!one.matches("any[46]?")) {
            end = null;
        }
        if (word(words, at).matches("eq|gt|lt|neq|range")) {
            at += word(words, at).equals("range") ? 3 : 2;
        }
        place[0] = at;
        return end;
    }

    /**
     * A network with its mask, or with the wildcard that is the opposite of a mask; empty for any address, null for a
     * mask that is none.
     */
    private static String network(String address, String mask) {
        int bits = 0;
        for (String part : mask.split("\\.", -1)) {
            if (part.length() > 3 || Integer.parseInt(part) > 255) {
                return null;
            }
            bits = bits << 8 | Integer.parseInt(part);
        }
        int set = mask.startsWith("255.") ? bits : ~bits;
        if (mask.equals("255.255.255.255") && address.equals("0.0.0.0")) {
            return "";
        }
        int prefix = Integer.bitCount(set);
        return prefix == 0 || set != -1 << (32 - prefix) ? null : address + '/' + prefix;
    }

    /** Rules and tables of pf. */
    static RuleLine pf(String line) {
        Matcher table = TABLE.matcher(line);
        if (table.matches()) {
            return table.group(2) == null ? FRAME : RuleLine.listed(table.group(1), table.group(2), "");
        }
        String[] words = words(line);
        int from = find(words, "from");
        int to = find(words, "to");
        if (!word(words, 0).matches("block|pass") || (from < 0 && to < 0 && find(words, "all") < 0)) {
            return OTHER;
        }
        if (word(words, 0).equals("pass")) {
            return PASSES;
        }
        String source = side(line, "from");
        String target = side(line, "to");
        if (source.startsWith("<") || target.startsWith("<") || (source.isEmpty() && target.isEmpty())) {
            return FRAME;
        }
        return source.contains("!") || target.contains("!") || (!source.isEmpty() && !target.isEmpty())
                ? UNREAD
                : RuleLine.blocks(source + target);
    }

    /** What stands after a word: an address, a list in braces or a table; empty for any. */
    private static String side(String line, String word) {
        Matcher side = Pattern.compile("\\s" + word + "\\s+(!?\\s*\\{[^}]*}|!?\\s*\\S+)")
                .matcher(line);
        return side.find() && !side.group(1).matches("any|self|all") ? side.group(1) : "";
    }

    /** Commands of ufw, and what it lists. */
    static RuleLine ufw(String line) {
        String[] words = words(line);
        int at = find(words, "ufw");
        if (at == 0 || (at == 1 && word(words, 0).equals("sudo"))) {
            if (find(words, "allow", "limit") > 0) {
                return PASSES;
            }
            if (find(words, "deny", "reject") < 0) {
                return FRAME;
            }
            String from = side(line, "from");
            String to = side(line, "to");
            return from.isEmpty() && to.isEmpty()
                    ? FRAME
                    : from.isEmpty() || to.isEmpty()
                            ? RuleLine.blocks(from + to).noted(RuleLine.comment(line))
                            : UNREAD;
        }
        int action = find(words, "deny", "reject", "allow", "limit");
        if (action < 1 || !word(words, action + 1).matches("in|out") || action + 2 >= words.length) {
            return OTHER;
        }
        if (word(words, action).matches("allow|limit")) {
            return PASSES;
        }
        String other = words[word(words, action + 1).equals("in") ? action + 2 : 0];
        return isAddress(other) ? RuleLine.blocks(other) : FRAME;
    }

    /** Rich rules of firewalld. */
    static RuleLine firewalld(String line) {
        Matcher source = SOURCE.matcher(line);
        if (!line.contains("rule family=") || !source.find()) {
            return OTHER;
        }
        String rest = line.substring(source.end());
        boolean drops = rest.matches(".*\\b(?:drop|reject)\\b.*");
        return rest.matches(".*\\baccept\\b.*")
                ? PASSES
                : drops && source.group(1) == null ? RuleLine.blocks(source.group(2)) : UNREAD;
    }

    /** Commands of the firewall of Windows. */
    static RuleLine windows(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("new-netfirewallrule") && !lower.startsWith("netsh advfirewall")) {
            return OTHER;
        }
        if (lower.matches(".*(?:action=|-action\\s+)allow\\b.*")) {
            return PASSES;
        }
        Matcher remote = REMOTE.matcher(line);
        if (!remote.find() || !lower.matches(".*(?:action=|-action\\s+)block\\b.*")) {
            return FRAME;
        }
        return RuleLine.blocks(remote.group(1).replaceAll("[\"'@()]", ""));
    }

    /** Routes that lead to nowhere. */
    static RuleLine routes(String line) {
        String[] words = words(line);
        if (find(words, "route") < 0 || find(words, "route") > 2) {
            return OTHER;
        }
        int kind = find(words, "blackhole", "unreachable", "prohibit");
        String mask = "";
        int at = kind + 1;
        if (kind < 0) {
            if (find(words, "reject", "null0") < 0) {
                return OTHER;
            }
            at = find(words, "route") + 1;
            while (at < words.length && !isAddress(words[at])) {
                at++;
            }
            mask = word(words, at + 1).startsWith("255.") ? '/' + words[at + 1] : "";
        }
        return at < words.length && isAddress(words[at]) ? RuleLine.blocks(words[at] + mask) : UNREAD;
    }

    /** Lists of addresses of MikroTik. */
    static RuleLine mikrotik(String line) {
        if (line.matches("/ip(?:v6)?[ /]firewall[ /]\\S+")) {
            return FRAME;
        }
        String[] words = words(line);
        if (find(words, "add") < 0 || !line.contains("address=")) {
            return OTHER;
        }
        String address = "";
        String list = "";
        String note = "";
        Matcher member = MEMBER.matcher(line);
        while (member.find()) {
            String value = member.group(2).replace("\"", "");
            switch (member.group(1)) {
                case "address" -> address = value;
                case "list" -> list = value;
                default -> note = value;
            }
        }
        if (line.contains("action=accept")) {
            return PASSES;
        }
        return list.isEmpty() || address.isEmpty() || line.contains("disabled=yes")
                ? UNREAD
                : RuleLine.listed(list, address, note);
    }
}
