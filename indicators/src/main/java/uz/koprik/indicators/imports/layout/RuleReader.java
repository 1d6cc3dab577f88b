package uz.koprik.indicators.imports.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uz.koprik.indicators.imports.layout.RuleLine.Verdict;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.ObservableKind;

/** Reads a file of rules line by line: what a rule blocks is a value, what it lets pass is none. For one file. */
public final class RuleReader {

    private static final List<ObservableKind> KINDS = List.of(
            ObservableKind.IPV4, ObservableKind.IPV6, ObservableKind.CIDR, ObservableKind.DOMAIN, ObservableKind.EMAIL);

    private static final String PASSES = "the rule lets something pass, which names nothing malicious";
    private static final String UNREAD = "the rule is of a form from which no value can be taken";

    /** A list of this name is of what is let in; looked for first, since "blocklist exceptions" are such. */
    private static final Pattern GOOD = Pattern.compile(
            "white|(?<!dis)allow|(?<!un|mis)trust|permit|accept|safe|except|exempt|ignore|bypass|pass(?!w)|friend|local|internal|intern\\b"
                    + "|(?<![a-z])(?:lan|vpn|own|ok|good|admins?|mgmt|office|home|partners?|customers?|clients?|cdn|cloudflare|rfc1918)(?![a-z])");

    private static final Pattern BAD = Pattern.compile(
            "black|block|deny|denied|drop|reject|ban|bad|evil|malicious|malware|attack|abuse|spam|phish|botnet|threat|f2b|fail2ban"
                    + "|crowdsec|firehol|spamhaus|feodo|dshield|hostile|scanner|brute|(?<![a-z])(?:c2|ioc|iocs|bl)(?![a-z])");

    private static final Pattern DENIES = Pattern.compile("\\b(?:deny|drop|reject|block|tarpit|silent-drop)\\b");
    private static final Pattern LETS = Pattern.compile("\\b(?:allow|accept|pass|permit|return)\\b");
    private static final Pattern APART = Pattern.compile("[\\s,;{}]+");
    private static final Pattern PART_OF_ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){0,2}\\.?");

    /** Networks that lead nowhere beyond their edge (RFC 6890). */
    private static final List<IpNetwork> INSIDE = Stream.of(
                    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/3"
                            .split(" ", -1),
                    "::/127 fc00::/7 fe80::/10 ff00::/8".split(" ", -1))
            .flatMap(Stream::of)
            .map(network -> IpNetwork.parse(network).orElseThrow())
            .toList();

    private final RuleLanguage language;
    private final Function<String, RuleLine> reader;
    private final List<String> head;
    private final Map<String, Optional<Boolean>> sets = new HashMap<>();

    private RuleReader(RuleLanguage language, List<String> head, String fileName) {
        this.language = language;
        this.reader = language.reader();
        this.head = head.stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
        String about = (fileName + ' ' + String.join(" ", head.subList(0, Math.min(head.size(), 20))))
                .toLowerCase(Locale.ROOT);
        boolean allow = about.contains("hosts.allow") || about.contains("hosts_allow");
        boolean deny = about.contains("hosts.deny") || about.contains("hosts_deny") || about.contains("denyhosts");
        sets.put("hosts", allow == deny ? Optional.empty() : Optional.of(deny));
        sets.put("deny", Optional.of(true));
    }

    /** Whether the first lines are rules. */
    public static boolean reads(List<String> head) {
        return RuleLanguage.of(head).isPresent();
    }

    /**
     * A reader for a file.
     *
     * @param head its first lines, which also say for what lists are used
     * @param fileName may be empty
     * @throws UnusableCell when the rules have no values: says what they are
     */
    public static RuleReader of(List<String> head, String fileName) throws UnusableCell {
        RuleLanguage language = RuleLanguage.of(head).orElseThrow();
        if (language == RuleLanguage.INTRUSION
                && head.stream()
                        .noneMatch(line -> IntrusionRules.read(line.strip()).verdict() == Verdict.BLOCKS)) {
            throw new UnusableCell(FileFault.DETECTION_RULES.of(language.title()));
        }
        return new RuleReader(language, head, fileName);
    }

    /** For messages. */
    public String title() {
        return language.title();
    }

    /** The values of a line, each with what is said of it. */
    public List<ListLine> read(String given) {
        String line = given.strip();
        if (line.isEmpty() || (line.charAt(0) == '#' && !line.startsWith("#!"))) {
            return List.of();
        }
        RuleLine rule = reader.apply(line);
        return switch (rule.verdict()) {
            case FRAME -> List.of();
            case PASSES -> List.of(ListLine.refused(PASSES));
            case UNREAD -> List.of(ListLine.refused(UNREAD));
            case OTHER -> ListLayout.isComment(line) ? List.of() : List.of(ListLine.refused(UNREAD));
            case BLOCKS -> values(rule);
        };
    }

    private List<ListLine> values(RuleLine rule) {
        Optional<Boolean> blocked =
                rule.set().isEmpty() ? Optional.of(true) : sets.computeIfAbsent(rule.set(), this::isBlocked);
        if (blocked.isPresent() && !blocked.get()) {
            return List.of(ListLine.refused(PASSES));
        }
        String doubt = blocked.isPresent() ? "" : "nothing says whether the list that the rule adds to is blocked";
        List<ListLine> values = new ArrayList<>(1);
        for (String value : APART.split(rule.values(), -1)) {
            if (isOfEverybody(value)) {
                values.add(ListLine.refused(UNREAD));
            } else if (!value.isEmpty()) {
                values.add(new ListLine(tidy(value), KINDS, "", rule.note(), "", doubt));
            }
        }
        return values;
    }

    /** Whether an address is any address, or one that many networks use inside, which rules block at their edge. */
    private static boolean isOfEverybody(String value) {
        Optional<IpNetwork> network = IpNetwork.parse(value);
        return network.isPresent()
                && (network.get().prefix() < 3 || INSIDE.stream().anyMatch(inside -> inside.contains(network.get())));
    }

    /** Whether what stands on a list is blocked, by the rules that use it and by its name; empty when nobody knows. */
    private Optional<Boolean> isBlocked(String set) {
        String name = set.toLowerCase(Locale.ROOT);
        Pattern used = Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w.-])");
        boolean denied = false;
        boolean let = false;
        for (String line : head) {
            boolean rule = !line.startsWith("#") && used.matcher(line).find() && !line.contains('!' + name);
            String rest = rule ? used.matcher(line).replaceAll(" ") : "";
            denied |= DENIES.matcher(rest).find();
            let |= LETS.matcher(rest).find();
        }
        if (denied != let) {
            return Optional.of(denied);
        }
        boolean good = GOOD.matcher(name).find();
        return good || BAD.matcher(name).find() ? Optional.of(!good) : Optional.empty();
    }

    /** A value without what says that more of its kind are meant. */
    private static String tidy(String given) {
        String value = given.startsWith("[") && given.endsWith("]") ? given.substring(1, given.length() - 1) : given;
        if (PART_OF_ADDRESS.matcher(value).matches()) { // 198.51.100. is all that begins so
            String part = value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
            int octets = part.split("\\.", -1).length;
            return part + ".0".repeat(4 - octets) + '/' + 8 * octets;
        }
        if (value.startsWith("*@") || value.startsWith("*.")) {
            return value.substring(2);
        }
        return value.length() > 1 && (value.charAt(0) == '.' || value.charAt(0) == '@') ? value.substring(1) : value;
    }
}
