package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.translate.Untranslatable;

/** Rules for Suricata 6 and later. What rules cannot say stands between them as comments. */
final class SuricataWriter implements ExportWriter {

    private static final Pattern REFERENCE = Pattern.compile("https?://[A-Za-z0-9][A-Za-z0-9._~/?&=%#+-]{3,300}");

    /** Addresses per rule: Suricata cuts longer lines off. */
    private static final int ADDRESSES = 100;

    /** Longest line that is written; Suricata takes 8192 bytes. */
    private static final int MAX_RULE = 8000;

    private final OutputLines out;
    private final ExportOptions options;
    private final Sids sids = new Sids();
    private final Set<ObservableKind> hashes = EnumSet.noneOf(ObservableKind.class);
    /** The name of the object in its rules; one with values that are left out may name them. */
    private String title = "";

    private boolean begun;

    SuricataWriter(OutputLines out, ExportOptions options) {
        this.out = out;
        this.options = options;
    }

    @Override
    public void write(StixObject object, Tlp tlp) throws IOException {
        begin();
        if (!options.inForce(object.json())) {
            return;
        }
        List<Untranslatable> leftOut = options.leftOut(object);
        for (Untranslatable one : leftOut) {
            options.unexpressed().accept(one);
            out.line("# left out: " + OutputLines.oneLine(one.toString()));
        }
        title = leftOut.isEmpty() ? object.json().string("name").orElse("indicator") : "indicator";
        IndicatorExpressions sayings = IndicatorExpressions.of(object.json());
        Map<Optional<Integer>, List<String>> addresses = new LinkedHashMap<>();
        for (IndicatorExpressions.ReportedValue one : sayings.any()) {
            Observable value = one.value();
            if (!leftOut.isEmpty() && !options.mayExport(value)) {
                continue; // reported already
            }
            if (!options.takes(value.kind())) {
                continue;
            }
            switch (value.kind().networkRole()) {
                case ADDRESS, NETWORK ->
                    addresses
                            .computeIfAbsent(one.port(), port -> new ArrayList<>())
                            .add(value.value());
                case HOST_NAME -> domain(object, tlp, value.value(), one.port());
                case URL -> url(object, tlp, value.value());
                case FILE_HASH -> {
                    if (options.hashLists()) {
                        hashes.add(value.kind());
                    } else {
                        missing(
                                object,
                                value.kind().label(),
                                "hashes stand in list files: ask for hash lists, and export" + " blocklist with kind "
                                        + value.kind().code() + " beside the rules");
                    }
                }
                case MAILBOX, NONE -> missing(object, value.kind().label(), "Suricata has no keyword for it");
            }
        }
        for (Map.Entry<Optional<Integer>, List<String>> group : addresses.entrySet()) {
            List<String> all = group.getValue();
            for (int from = 0; from < all.size(); from += ADDRESSES) {
                address(object, tlp, all.subList(from, Math.min(from + ADDRESSES, all.size())), group.getKey());
            }
        }
        for (String problem : sayings.problems()) {
            missing(object, object.type(), problem);
        }
    }

    private void address(StixObject object, Tlp tlp, List<String> values, Optional<Integer> port) throws IOException {
        for (String value : values) {
            if (!only(value, "0123456789abcdef.:/")) {
                missing(object, "address", "a character that no address has");
                return;
            }
        }
        String list = '[' + String.join(",", values) + ']';
        if (port.isEmpty()) {
            rule(object, tlp, "ip $HOME_NET any <> " + list + " any", "", list);
        } else {
            // "ip" takes no ports.
            for (String protocol : List.of("tcp", "udp")) {
                rule(
                        object,
                        tlp,
                        protocol + " $HOME_NET any <> " + list + ' ' + port.get(),
                        "",
                        protocol + list + port.get());
            }
        }
    }

    /** The name and everything below it, where it is asked for, where TLS names it, and where HTTP does. */
    private void domain(StixObject object, Tlp tlp, String name, Optional<Integer> port) throws IOException {
        String match = "dotprefix; content:" + content('.' + name) + "; endswith; ";
        if (port.isEmpty()) {
            rule(
                    object,
                    tlp,
                    "dns $HOME_NET any -> any any",
                    "dns.query; " + match.replace("endswith", "nocase; endswith"),
                    "dns " + name);
        }
        String to = port.map(String::valueOf).orElse("any");
        rule(
                object,
                tlp,
                "tls $HOME_NET any -> any " + to,
                "tls.sni; " + match.replace("endswith", "nocase; endswith"),
                "tls " + name + to);
        // This buffer is in lower case already, and "nocase" is an error there.
        rule(object, tlp, "http $HOME_NET any -> any " + to, "http.host; " + match, "http " + name + to);
    }

    /** Seen in the clear, or where TLS is opened. */
    private void url(StixObject object, Tlp tlp, String url) throws IOException {
        int scheme = url.indexOf("://");
        String rest = url.substring(scheme + 3);
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String host = rest.substring(rest.lastIndexOf('@', end) + 1, end);
        String path = rest.substring(end).split("#", 2)[0];
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            missing(object, "URL", "Suricata looks into HTTP only");
            return;
        }
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        String port = colon < 0 ? "any" : host.substring(colon + 1);
        String name = colon < 0 ? host : host.substring(0, colon);
        path = path.startsWith("/") ? path : "/" + path;
        String buffer = path.indexOf('%') >= 0 ? "http.uri.raw" : "http.uri";
        rule(
                object,
                tlp,
                "http $HOME_NET any -> any " + (only(port, "0123456789") && !port.isEmpty() ? port : "any"),
                "http.host; content:" + content(name.toLowerCase(java.util.Locale.ROOT)) + "; startswith; endswith; "
                        + buffer + "; content:" + content(path) + "; startswith; endswith; ",
                "url " + url);
    }

    private void rule(StixObject object, Tlp tlp, String head, String matching, String key) throws IOException {
        String rule = "alert " + head + " (msg:\"Koprik " + message(title) + "\"; " + matching + reference(object)
                + "classtype:trojan-activity; sid:" + sids.of(object.id() + ' ' + key) + "; rev:" + revision(object)
                + "; metadata:koprik_id " + object.id() + ", tlp "
                + tlp.label().substring(4).toLowerCase(java.util.Locale.ROOT) + ";)";
        if (rule.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_RULE) {
            missing(
                    object,
                    object.type(),
                    "the rule would be longer than the " + MAX_RULE + " bytes that Suricata reads of a line");
        } else {
            out.line(rule);
            options.counts().wrote();
        }
    }

    /** The first report that the producer names, when its address is one that no option could hide in. */
    private static String reference(StixObject object) {
        return object.json().items("external_references").stream()
                .filter(JsonObject.class::isInstance)
                .map(r -> ((JsonObject) r).string("url").orElse(""))
                .filter(url -> REFERENCE.matcher(url).matches())
                .findFirst()
                .map(url -> "reference:url," + url.substring(url.indexOf("://") + 3) + "; ")
                .orElse("");
    }

    private static long revision(StixObject object) {
        return Math.clamp(Math.floorDiv(object.version(), 1_000_000L), 1, 0x7FFF_FFFFL);
    }

    /** A quoted pattern: everything but letters, digits and harmless signs in hexadecimal, so that nothing ends it. */
    static String content(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean hex = false;
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            boolean plain = (b >= '0' && b <= '9')
                    || ((b | 0x20) >= 'a' && (b | 0x20) <= 'z' && b > 0)
                    || (b > 0 && "-._~/?=&%,+".indexOf(b) >= 0);
            if (plain == hex) {
                quoted.append('|');
                hex = !hex;
            } else if (hex) {
                quoted.append(' ');
            }
            quoted.append(plain ? String.valueOf((char) b) : "%02X".formatted(b & 0xFF));
        }
        return quoted.append(hex ? "|\"" : "\"").toString();
    }

    /** Text for people inside a rule: what could end it, or begin an option, is replaced by its likeness. */
    static String message(String text) {
        StringBuilder safe = new StringBuilder();
        OutputLines.cut(OutputLines.oneLine(text), 160)
                .codePoints()
                .forEach(c -> safe.appendCodePoint(
                        switch (c) {
                            case '"' -> '\'';
                            case ';' -> ',';
                            case '\\', '|' -> '/';
                            case ':' -> '.';
                            case '$' -> 'S';
                            default -> c;
                        }));
        return safe.toString().strip();
    }

    private static boolean only(String text, String alphabet) {
        return text.chars().allMatch(c -> alphabet.indexOf(c) >= 0);
    }

    private void missing(StixObject object, String what, String why) throws IOException {
        Untranslatable one = Untranslatable.whole(object.id(), what, why);
        options.counts().omitted(ExportCounts.Omission.NOT_EXPRESSED);
        options.unexpressed().accept(one);
        out.line("# not expressed: " + OutputLines.oneLine(one.toString()));
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            out.line("# Koprik, " + options.now() + ", for Suricata 6 and later");
            if (options.assumedLimit().isPresent()) {
                out.line("# " + OutputLines.limit(options.assumedLimit().get()));
            }
        }
    }

    @Override
    public void finish() throws IOException {
        begin();
        for (ObservableKind kind : hashes) { // of the keywords filemd5, filesha1 and filesha256
            options.counts().wrote();
            out.line("alert http any any -> any any (msg:\"Koprik file of the list of " + kind.code() + "\"; "
                    + "file" + kind.code() + ":koprik-" + kind.code() + ".list; classtype:trojan-activity; sid:"
                    + sids.of(kind.code()) + "; rev:1;)");
        }
        out.flush();
    }

    /**
     * Numbers for rules: the same rule gets the same number in every export, far above the ranges that
     * sidallocation.org has allocated. Two rules that fall on one number are rare; the later one of an export takes the
     * next.
     */
    static final class Sids {

        private static final long FIRST = 2_200_000_000L;
        private static final long RANGE = 2_000_000_000L;

        private final Set<Long> taken = new HashSet<>();

        long of(String rule) {
            java.util.UUID hash = uz.koprik.indicators.stix.values.Uuid5.koprik("sid", rule);
            long sid = FIRST
                    + Long.remainderUnsigned(hash.getMostSignificantBits() ^ hash.getLeastSignificantBits(), RANGE);
            while (!taken.add(sid)) {
                sid = FIRST + (sid - FIRST + 1) % RANGE;
            }
            return sid;
        }
    }
}
