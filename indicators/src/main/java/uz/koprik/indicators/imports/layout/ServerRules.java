package uz.koprik.indicators.imports.layout;

import static uz.koprik.indicators.imports.layout.RuleLine.FRAME;
import static uz.koprik.indicators.imports.layout.RuleLine.OTHER;
import static uz.koprik.indicators.imports.layout.RuleLine.PASSES;
import static uz.koprik.indicators.imports.layout.RuleLine.UNREAD;
import static uz.koprik.indicators.imports.layout.RuleLine.word;
import static uz.koprik.indicators.imports.layout.RuleLine.words;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lines of servers of the web and of mail, and of what watches them, that say whom they block. */
final class ServerRules {

    private static final Pattern BAN = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)\\S*\\s+fail2ban\\.(\\w+)\\s*(?:\\[\\d+])?:?\\s+\\w+\\s+(?:\\[([^\\]]+)]\\s+(?:(?:Restore )?Ban (\\S+))?)?.*");
    private static final Pattern ACCESS = Pattern.compile(
            "((?:ALL|[a-z][a-z.-]{1,14}d)(?:[ ,]+[a-z][a-z.-]{1,14}d)*+)\\s*:\\s*(.*?)(?:\\s*:\\s*(allow|deny|twist|spawn)\\b.*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CLIENT = Pattern.compile("[\\[\\]0-9a-fA-F.:/]*+|\\.[a-zA-Z0-9.-]++");
    private static final Pattern MAIL = Pattern.compile(
            "(?:(?:connect|from|to|spam|helo):)?(\\S+)\\s+(REJECT|DISCARD|HOLD|ERROR:\\S*|\"?[45]\\d\\d|OK|DUNNO|PERMIT\\w*|RELAY|SKIP|FRIEND)(?:\\s+(.*?))?\"?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MAP = Pattern.compile("(\\S+)\\s+\"?([^\\s\";]*)\"?\\s*;.*");
    private static final Pattern CHECKED = Pattern.compile("SecRule REMOTE_ADDR \"@ipMatch ([^\"]+)\" \"([^\"]*)\".*");

    /** A word for a list of nginx, while its lines go on. */
    private String variable = "";

    /** Rules of nginx, and its lists by address. For one file. */
    RuleLine nginx(String given) {
        String line =
                given.indexOf('#') > 0 ? given.substring(0, given.indexOf('#')).strip() : given;
        String[] words = words(line);
        String first = word(words, 0);
        if (first.matches("geo|map") && line.endsWith("{")) {
            variable = words.length > 1 ? words[words.length - 2] : "";
            return FRAME;
        }
        if (!variable.isEmpty()) {
            variable = line.startsWith("}") ? "" : variable;
            Matcher entry = MAP.matcher(line);
            return first.matches("}|default|hostnames;|ranges;|proxy|include|delete") || !entry.matches()
                    ? FRAME
                    : entry.group(2).matches("|0|no|off|false|allow\\w*|good")
                            ? PASSES
                            : RuleLine.listed(variable.substring(1), entry.group(1), "");
        }
        if (line.matches(
                "}|(?i)(?:location|server|http|satisfy|listen|server_name|root|index|return|error_page)\\b.*[;{}]")) {
            return FRAME;
        }
        if (!line.endsWith(";") || words.length < 2) {
            return OTHER;
        }
        String value = words[1].substring(0, words[1].length() - (words[1].endsWith(";") ? 1 : 0));
        return switch (first) {
            case "allow" -> PASSES;
            case "deny" -> value.equalsIgnoreCase("all") ? FRAME : RuleLine.blocks(value);
            default -> OTHER;
        };
    }

    static RuleLine apache(String line) {
        String[] words = words(line);
        String first = word(words, 0);
        boolean order = first.equals("order") && word(words, 1).contains(",");
        if (line.matches("</?[A-Za-z][^>]*>")
                || order
                || (first.equals("require") && word(words, 1).equals("all"))) {
            return FRAME;
        }
        if (first.equals("deny") && word(words, 1).equals("from")) {
            String values = line.substring(line.toLowerCase(Locale.ROOT).indexOf("from") + 4)
                    .strip();
            return values.equalsIgnoreCase("all") || values.startsWith("env=") ? FRAME : RuleLine.blocks(values);
        }
        if (first.equals("allow") && word(words, 1).equals("from")) {
            return PASSES;
        }
        if (first.equals("require") && word(words, 1).matches("ip|host|local")) {
            return PASSES;
        }
        if (first.equals("require") && word(words, 1).equals("not")) {
            return word(words, 2).matches("ip|host")
                    ? RuleLine.blocks(line.substring(line.indexOf(words[2]) + words[2].length()))
                    : UNREAD;
        }
        Matcher checked = CHECKED.matcher(line);
        if (checked.matches()) {
            boolean passes = checked.group(2).matches(".*\\b(?:allow|pass|ctl:ruleEngine=off)\\b.*");
            boolean denies = checked.group(2).matches(".*\\b(?:deny|drop|block)\\b.*");
            return passes ? PASSES : denies ? RuleLine.blocks(checked.group(1)) : UNREAD;
        }
        return OTHER;
    }

    /** Lists of Squid and HAProxy. */
    static RuleLine acl(String line) {
        String[] words = words(line);
        String first = word(words, 0);
        if (!first.equals("acl")) {
            return first.matches(
                            "http_access|http_reply_access|deny_info|(?:tcp|http)-request|frontend|bind|default_backend")
                    ? FRAME
                    : OTHER;
        }
        if (words.length < 4) {
            return OTHER;
        }
        int at = 3;
        while (words.length > at + 1 && word(words, at).startsWith("-")) {
            at++;
        }
        boolean values = word(words, 2).matches("src|dst|dstdomain|srcdomain|ssl::server_name|hdr\\(host\\)");
        boolean file = words[at].startsWith("\"") || words[at].startsWith("/");
        if (!values || file) {
            return word(words, 2).matches(".*_?regex|.*_reg|.*_sub|.*_beg|.*_end") || file ? UNREAD : FRAME;
        }
        return RuleLine.listed(
                words[1],
                line.substring(line.indexOf(words[2]) + words[2].length()).replaceAll("\\s-[a-z-]+\\s", " "),
                "");
    }

    /** {@code /etc/hosts.deny}; a list of the same form says who may come. */
    static RuleLine hostsAccess(String line) {
        Matcher access = ACCESS.matcher(line);
        if (!access.matches()) {
            return OTHER;
        }
        String clients = access.group(2);
        if ("allow".equalsIgnoreCase(access.group(3))) {
            return PASSES;
        }
        if (clients.contains(" EXCEPT ")) {
            return UNREAD;
        }
        if (clients.matches("(?:ALL|PARANOID|UNKNOWN|KNOWN|LOCAL)")) {
            return FRAME;
        }
        return Stream.of(clients.split("[ ,]+", -1))
                        .allMatch(client -> CLIENT.matcher(client).matches())
                ? RuleLine.listed(access.group(3) == null ? "hosts" : "deny", clients, access.group(1))
                : OTHER;
    }

    /** The log of fail2ban, of which bans count. */
    static RuleLine fail2ban(String line) {
        Matcher ban = BAN.matcher(line);
        if (!ban.matches()) {
            return OTHER;
        }
        return ban.group(2).equals("actions") && ban.group(4) != null
                ? RuleLine.blocks(ban.group(4)).noted(ban.group(3) + ", " + ban.group(1))
                : FRAME;
    }

    /** Maps of Postfix and Sendmail with what they accept and reject. */
    static RuleLine mail(String line) {
        Matcher entry = MAIL.matcher(line);
        if (entry.matches()) {
            boolean passes = entry.group(2).toUpperCase(Locale.ROOT).matches("OK|DUNNO|PERMIT.*|RELAY|SKIP|FRIEND");
            String key = entry.group(1);
            String said = entry.group(3) == null ? "" : entry.group(3);
            if (!key.matches("[\\[\\]\\w.:@+*/-]+")
                    || (key.indexOf('.') < 0 && key.indexOf(':') < 0 && key.indexOf('@') < 0)) {
                return key.matches("/.*/") ? UNREAD : OTHER;
            }
            return passes ? PASSES : RuleLine.blocks(key).noted(said);
        }
        String[] words = words(line);
        String first = word(words, 0);
        if (words.length > 1 && first.matches("(?:blacklist|blocklist)_(?:from|uri_host)")) {
            return RuleLine.blocks(line.substring(words[0].length()));
        }
        return words.length > 1
                        && first.matches("(?:un)?(?:whitelist|welcomelist|allowlist)_\\w+|un(?:black|block)list_\\w+")
                ? PASSES
                : OTHER;
    }
}
