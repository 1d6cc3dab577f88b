package uz.koprik.indicators.imports.layout;

import static uz.koprik.indicators.imports.layout.RuleLine.OTHER;
import static uz.koprik.indicators.imports.layout.RuleLine.PASSES;
import static uz.koprik.indicators.imports.layout.RuleLine.UNREAD;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules of Suricata and Snort. A rule has a value where one end of it is of addresses and nothing else is looked for,
 * or where all that is looked for is the name of a server.
 */
final class IntrusionRules {

    private static final Pattern RULE = Pattern.compile(
            "(alert|drop|reject\\w*|block|sdrop|log|pass)\\s+[\\w-]+\\s+(\\S+|\\[[^\\]]*])\\s+\\S+\\s+(?:->|<>)\\s+(\\S+|\\[[^\\]]*])\\s+\\S+\\s*\\((.*)\\)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OPTION =
            Pattern.compile("([\\w.]+)\\s*(?::\\s*((?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^;\"\\\\]|\\\\.)*+))?;");

    /** Where the name of a server stands. */
    private static final Set<String> NAMES =
            Set.of("dns.query", "dns_query", "tls.sni", "tls_sni", "http.host", "http_host", "http.host.raw");

    /** Options that look into the traffic, so that an address alone is not what the rule is about. */
    private static final Pattern LOOKS = Pattern.compile(
            "content|uricontent|pcre|dsize|byte_\\w+|flags|icode|itype|isdataat|file\\w+|ja3\\S*|ja4\\S*|tls\\S*|http\\S*|dns\\S*|ssh\\S*|smtp\\S*|dataset|lua|app-layer-\\S+|iprep|geoip|flowbits");

    private static final Pattern MESSAGE = Pattern.compile("\\bmsg\\s*:\\s*\"([^\"]*)\"");

    private static final Pattern MARKING =
            Pattern.compile("\\bmetadata\\s*:[^;]*\\btlp[ :_-]+(\\w+(?:[+_-]strict)?)", Pattern.CASE_INSENSITIVE);

    private IntrusionRules() {}

    static RuleLine read(String line) {
        Matcher rule = RULE.matcher(line);
        if (!rule.matches()) {
            return OTHER;
        }
        if (rule.group(1).equalsIgnoreCase("pass")) {
            return PASSES;
        }
        String values = values(rule.group(2), rule.group(3), rule.group(4));
        return values.isEmpty() ? UNREAD : RuleLine.blocks(values).noted(note(rule.group(4)));
    }

    /** The message of a rule, and the marking that this product writes into its metadata. */
    private static String note(String options) {
        Matcher message = MESSAGE.matcher(options);
        Matcher marking = MARKING.matcher(options);
        String note = message.find() ? message.group(1) : "";
        return marking.find() ? note + " (TLP:" + marking.group(1).toUpperCase(Locale.ROOT) + ')' : note;
    }

    private static String values(String from, String to, String options) {
        List<String> names = new ArrayList<>();
        boolean looks = false;
        boolean other = false;
        String buffer = "";
        Matcher option = OPTION.matcher(options);
        while (option.find()) {
            String name = option.group(1).toLowerCase(Locale.ROOT);
            String value = option.group(2) == null ? "" : option.group(2).strip();
            boolean flow = name.equals("flowbits") && value.startsWith("set,");
            if (NAMES.contains(name)) {
                buffer = name;
            } else if (name.equals("content") && isName(value)) {
                names.add(value.substring(1, value.length() - 1));
                other |= buffer.isEmpty();
            } else {
                other |= LOOKS.matcher(name).matches() && !flow;
            }
            looks |= LOOKS.matcher(name).matches() && !flow;
        }
        if (names.size() == 1 && !other) {
            return names.getFirst();
        }
        boolean source = isLiteral(from);
        return looks || source == isLiteral(to) ? "" : (source ? from : to).replaceAll("[\\[\\],]", " ");
    }

    /** Whether a content is a whole name: without bytes in hexadecimal digits, and not what must be absent. */
    private static boolean isName(String value) {
        return value.matches("\"\\.?[A-Za-z0-9][A-Za-z0-9.-]*\\.[A-Za-z0-9-]{2,}\"");
    }

    private static boolean isLiteral(String end) {
        return end.matches("[\\[\\]0-9a-fA-F.:/, ]+") && !end.matches("any");
    }
}
