package uz.koprik.indicators.imports.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uz.koprik.indicators.observable.ObservableKind;

/** Files of lines, each with its own values. A new layout is one constant: how a line looks, and how it is read. */
@SuppressWarnings("ImmutableEnumChecker") // compiled patterns and functions without state
public enum ListLayout {
    /** Name-server policies (RPZ): {@code name CNAME .}, {@code 32.1.2.0.192.rpz-ip CNAME .}, {@code name A 0.0.0.0} */
    RPZ(
            "\\S+\\s+(?:\\d+\\s+)?(?:IN\\s+)?(?:CNAME\\s+(?:\\.|\\*\\.|rpz-[a-z-]+\\.?)|A\\s+(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1)"
                    + "|AAAA\\s+::1?)\\s*(?:;.*)?",
            ListLayout::rpz),
    /** Filters of browsers: {@code ||name^}. */
    ADBLOCK("(?:@@)?\\|\\|[^\\s/^]+\\^?.*", ListLayout::adblock),
    /** {@code 0.0.0.0 name}, as in the file hosts. */
    HOSTS("(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|::1?)[ \\t]+[^\\s#,;]+.*", ListLayout::hosts),
    /** DShield: first and last address, prefix length, number of attacks, owner. */
    DSHIELD("[0-9.]{7,15}\\t[0-9.]{7,15}\\t\\d{1,2}(?:\\t.*)?", ListLayout::dshield),
    /** What {@code sha256sum} and its relatives write. */
    CHECKSUMS(
            "\\\\?(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}) [ *]\\S.*"
                    + "|(?:MD5|SHA1|SHA256|SHA512) ?\\(.+\\) ?= ?[0-9a-fA-F]{32,128}",
            ListLayout::checksum),
    /** Rules of servers and firewalls that block something; {@link RuleReader} reads them. */
    RULES("", ListLayout::plain),
    /** One value a line, or several; bullets, quotes and a note after the value are passed over. */
    PLAIN("", ListLayout::plain);

    private static final Set<String> LOCAL_NAMES =
            Set.of(("localhost localhost.localdomain local broadcasthost ip6-localhost ip6-loopback ip6-localnet"
                            + " ip6-mcastprefix ip6-allnodes ip6-allrouters ip6-allhosts 0.0.0.0")
                    .split(" "));

    private static final Pattern BULLET =
            Pattern.compile("(?:[*•‣◦▪●·–—+>-]|\\d{1,4}[.)]|\\[(?:\\d{1,4}|[+*!-])]|- \\[[ xX]])[ \\t]+(?=\\S)");
    private static final Pattern NOTE = Pattern.compile(
            "[ \\t]+(?:#|//|;|<!--|--|->|=>|[-–—][ \\t])[ \\t]*|[ \\t]*\\t[ \\t]*(?=\\D)|[ \\t]+(?=\\(\\D)");
    /** A value after the word for its kind. */
    private static final Pattern NAMED = Pattern.compile("([\\p{L}\\p{N} -]{2,20}?)(?::[ \\t]+| ?= ?)(\\S.*)");

    private static final Pattern ZONE = Pattern.compile(
            "\\$ORIGIN\\s+(\\S++)|([^\\s@;]++)\\s+(?:\\d+\\w?\\s+)?(?:IN\\s+)?SOA\\s", Pattern.CASE_INSENSITIVE);

    /** Options of rules that block nothing, or not the domain. */
    private static final Pattern NO_BLOCK = Pattern.compile(
            "[$,](?:badfilter|removeparam|queryprune|csp|permissions|replace|uritransform|urltransform|header|elemhide|generichide)\\b");

    private static final Pattern DIGITS_OF_ZONE = Pattern.compile("\\s.*|[\\d()].*\\)?\\s*");
    private static final Pattern BSD = Pattern.compile("[A-Z0-9]+ ?\\((.+)\\) ?= ?([0-9a-fA-F]+)");

    /** First address, last address, prefix length, attacks, owner, country; an e-mail address follows. */
    private static final int DSHIELD_COLUMNS = 6;

    private final Pattern look;
    private final Function<String, ListLine> reader;

    ListLayout(String look, Function<String, ListLine> reader) {
        this.look = Pattern.compile(look, Pattern.CASE_INSENSITIVE);
        this.reader = reader;
    }

    /** The layout of a file, by its first lines. */
    public static ListLayout of(List<String> head) {
        List<String> lines = head.stream()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank() && !isComment(line.strip()))
                .toList();
        if (lines.isEmpty()) {
            return head.stream().anyMatch(line -> line.startsWith("[Adblock")) ? ADBLOCK : PLAIN;
        }
        if (head.getFirst().startsWith("[Adblock")) {
            return ADBLOCK;
        }
        return Arrays.stream(values())
                .filter(layout -> layout != PLAIN
                        && layout != RULES
                        && lines.stream().filter(layout::fits).count() * 2
                                >= lines.stream()
                                        .filter(line -> layout != RPZ || !isZoneFrame(line))
                                        .count()
                        && lines.stream().anyMatch(layout::fits))
                .findFirst()
                .orElseGet(() -> RuleReader.reads(head) ? RULES : PLAIN);
    }

    /** The word by which people name the layout. */
    public String code() {
        return this == PLAIN ? "list" : name().toLowerCase(Locale.ROOT);
    }

    private boolean fits(String line) {
        return look.matcher(line).matches();
    }

    /** Reads a line. */
    public ListLine read(String line) {
        return line.isBlank() ? ListLine.NOTHING : reader.apply(line);
    }

    /**
     * What the first lines of a list have besides, which is not used; empty when all is used.
     *
     * @param head the first lines, whole
     */
    public List<ImportSentence> unused(List<String> head) {
        List<String> lines =
                head.stream().filter(line -> !isComment(line.strip())).toList();
        return switch (this) {
            case DSHIELD -> dshieldUnused(lines);
            case RPZ ->
                some(
                        lines,
                        Map.of(
                                ImportSentence.UNUSED_RULE_COMMENTS,
                                "(?i)[^;]*\\sCNAME\\s.*;.*",
                                ImportSentence.UNUSED_RULE_ACTIONS,
                                "(?i)[^;]*\\sCNAME\\s+(?!\\.\\s*(?:;|$)).*"));
            case ADBLOCK -> some(lines, Map.of(ImportSentence.UNUSED_RULE_OPTIONS, "\\|\\|[^$]+\\$.+"));
            case HOSTS -> some(lines, Map.of(ImportSentence.UNUSED_NAME_COMMENTS, "[^#]*[^#\\s][^#]*#.+"));
            case CHECKSUMS ->
                some(
                        lines,
                        Map.of(
                                ImportSentence.UNUSED_FOLDERS,
                                "(?i)\\\\?[0-9a-f]{32,128} [ *].*[/\\\\].*|[A-Z0-9]+ ?\\(.*[/\\\\].*\\) ?=.*"));
            case RULES -> List.of(ImportSentence.UNUSED_RULE_PARTS);
            case PLAIN -> List.of(); // the rest of a line is its note
        };
    }

    /** @param looks how lines look that have something which is not used */
    private static List<ImportSentence> some(List<String> lines, Map<ImportSentence, String> looks) {
        return looks.entrySet().stream()
                .filter(look ->
                        lines.stream().anyMatch(Pattern.compile(look.getValue()).asMatchPredicate()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static List<ImportSentence> dshieldUnused(List<String> lines) {
        int columns = lines.stream()
                .mapToInt(line -> line.stripTrailing().split("\t", -1).length)
                .max()
                .orElse(0);
        List<ImportSentence> unused = new ArrayList<>();
        if (columns > DSHIELD_COLUMNS) {
            unused.add(ImportSentence.UNUSED_OWNER);
        }
        if (columns > DSHIELD_COLUMNS + 1) {
            unused.add(ImportSentence.UNUSED_FURTHER_COLUMNS);
        }
        return unused;
    }

    /** Whether a line without blanks around it is a comment in most lists. */
    static boolean isComment(String line) {
        return line.startsWith("#") || line.startsWith(";") || line.startsWith("!") || line.startsWith("//");
    }

    /** The zone that absolute names of a policy stand in, without the dot at its end; empty when nothing says it. */
    public String origin(List<String> head) {
        if (this != RPZ) {
            return "";
        }
        for (String line : head) {
            Matcher zone = ZONE.matcher(line);
            if (zone.lookingAt()) {
                String name = zone.group(1) == null ? zone.group(2) : zone.group(1);
                boolean absolute = name.endsWith(".");
                if (zone.group(1) != null || (absolute && name.indexOf('.') < name.length() - 1)) {
                    return '.'
                            + name.substring(0, name.length() - (absolute ? 1 : 0))
                                    .toLowerCase(Locale.ROOT);
                }
            }
        }
        return "";
    }

    /** A line of a policy without the zone at the end of an absolute name. */
    public static String relative(String line, String origin) {
        int end = 0;
        while (!origin.isEmpty() && end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        String name = line.substring(0, end);
        return end > 0 && name.toLowerCase(Locale.ROOT).endsWith(origin + '.')
                ? name.substring(0, end - origin.length() - 1) + line.substring(end)
                : line;
    }

    private static ListLine plain(String given) {
        String line = CellForms.stripped(given);
        if (isComment(line)) {
            return ListLine.NOTHING;
        }
        if (line.startsWith(".") && line.length() > 3 && Character.isLetterOrDigit(line.charAt(1))) {
            line = line.substring(1); // a name with all names below it, as proxies write
        }
        Matcher named = NAMED.matcher(line);
        if (named.matches()) {
            Optional<TypeWords.Meaning> type = TypeWords.of(named.group(1)).filter(TypeWords.Meaning::held);
            if (type.isPresent()) {
                ListLine rest = plain(named.group(2));
                return new ListLine(rest.value(), type.get().kinds(), rest.name(), rest.note(), rest.refusal());
            }
        }
        Matcher bullet = BULLET.matcher(line);
        if (bullet.lookingAt()) {
            line = line.substring(bullet.end());
        }
        if (AddressRange.parse(line).isPresent()) {
            return ListLine.of(line, "");
        }
        if (line.startsWith("[") && line.endsWith("]") && line.indexOf(':') > 0 && line.indexOf('\'') > 0) {
            return ListLine.of(line, ""); // a pattern, in which brackets are no note
        }
        String note = "";
        Matcher remark = NOTE.matcher(line);
        if (remark.find() && remark.start() > 0) {
            note = line.substring(remark.end()).strip();
            line = line.substring(0, remark.start());
        }
        return ListLine.of(
                unquoted(line),
                note.endsWith("-->") ? note.substring(0, note.length() - 3).strip() : note);
    }

    /** Without quotes around the whole and signs of lists at its end. */
    private static String unquoted(String given) {
        String line = given.strip();
        while (line.endsWith(",") || line.endsWith(";")) {
            line = line.substring(0, line.length() - 1).stripTrailing();
        }
        if (line.length() > 2) {
            char first = line.charAt(0);
            char last = line.charAt(line.length() - 1);
            boolean pair = (first == '"' || first == '\'' || first == '`') && last == first;
            if ((pair
                            || (first == '<' && last == '>')
                            || (first == '«' && last == '»')
                            || (first == '“' && last == '”'))
                    && line.indexOf(first, 1) == (first == last ? line.length() - 1 : -1)) {
                return line.substring(1, line.length() - 1).strip();
            }
        }
        return line;
    }

    private static ListLine hosts(String given) {
        String line = before(given, '#').strip();
        if (line.isEmpty() || isComment(line)) {
            return ListLine.NOTHING;
        }
        String[] words = line.split("[ \\t]+", -1);
        if (words.length == 1) {
            return ListLine.of(words[0], "");
        }
        if (!Set.of("0.0.0.0", "127.0.0.1", "::", "::1").contains(words[0])) {
            return LOCAL_NAMES.contains(words[1].toLowerCase(Locale.ROOT))
                    ? ListLine.NOTHING
                    : ListLine.refused("the line gives a name an address of its own, which blocks nothing");
        }
        String names = Arrays.stream(words)
                .skip(1)
                .filter(name -> !LOCAL_NAMES.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? ListLine.NOTHING : ListLine.of(names, ObservableKind.DOMAIN);
    }

    private static ListLine adblock(String given) {
        String line = given.strip();
        if (line.startsWith("!") || line.startsWith("[Adblock") || line.startsWith("# ")) {
            return ListLine.NOTHING;
        }
        if (line.startsWith("@@")) {
            return ListLine.refused("the rule is an exception, which names nothing malicious");
        }
        if (!line.startsWith("||")) {
            return ListLine.refused("the rule does not block a whole domain");
        }
        int end = 2;
        while (end < line.length() && "^/$*|".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        String rest = line.substring(end);
        if (NO_BLOCK.matcher(rest).find()) {
            return ListLine.refused("the options of the rule say that it does not block a domain");
        }
        boolean whole = rest.isEmpty()
                || rest.equals("^")
                || rest.startsWith("^$")
                || rest.startsWith("$")
                || rest.equals("^|");
        return whole
                ? new ListLine(
                        line.substring(2, end),
                        List.of(ObservableKind.DOMAIN, ObservableKind.IPV4, ObservableKind.IPV6),
                        "",
                        "",
                        "")
                : ListLine.refused("the rule does not block a whole domain");
    }

    /** Lines of a zone that are about the zone itself. */
    private static boolean isZoneFrame(String line) {
        String upper = line.toUpperCase(Locale.ROOT);
        return line.startsWith("$")
                || upper.matches("\\S*\\s+(?:\\d+\\s+)?(?:IN\\s+)?(?:SOA|NS)\\s.*")
                || (DIGITS_OF_ZONE.matcher(line).matches() && !upper.contains("CNAME"));
    }

    private static ListLine rpz(String given) {
        String line = before(given, ';').stripTrailing();
        if (line.isBlank() || isZoneFrame(line)) {
            return ListLine.NOTHING;
        }
        String[] words = line.strip().split("\\s+", -1);
        String target = words[words.length - 1].toLowerCase(Locale.ROOT);
        String owner = words[0].toLowerCase(Locale.ROOT);
        if (LOCAL_NAMES.contains(owner)) {
            return ListLine.NOTHING;
        }
        if (target.startsWith("rpz-passthru")) {
            return ListLine.refused("the rule lets a name pass, which names nothing malicious");
        }
        if (target.equals(owner.endsWith(".") ? owner : owner + '.')) {
            return ListLine.refused("the rule lets a name pass, which names nothing malicious");
        }
        if (owner.endsWith(".")) {
            owner = owner.substring(0, owner.length() - 1);
        }
        int network = owner.indexOf(".rpz-ip");
        if (network > 0) {
            return ListLine.of(address(owner.substring(0, network)), ObservableKind.CIDR);
        }
        if (owner.contains(".rpz-")) {
            return ListLine.refused("the rule is about name servers or clients, not about a name or an address");
        }
        return ListLine.of(owner.startsWith("*.") ? owner.substring(2) : owner, ObservableKind.DOMAIN);
    }

    /** {@code 24.0.2.0.192} is 192.0.2.0/24; in IPv6 {@code zz} stands for {@code ::}. */
    private static String address(String reversed) {
        List<String> parts = Arrays.asList(reversed.split("\\.", -1));
        List<String> rest = parts.subList(1, parts.size()).reversed();
        boolean four = rest.size() == 4 && !rest.contains("zz");
        String address = four ? String.join(".", rest) : String.join(":", rest).replaceFirst(":?zz:?", "::");
        return address + '/' + parts.getFirst();
    }

    private static ListLine dshield(String given) {
        String line = given.strip();
        String[] fields = line.split("\t", -1);
        if (isComment(line)
                || fields.length < 3
                || fields[0].toLowerCase(Locale.ROOT).startsWith("start")) {
            return isComment(line) || line.toLowerCase(Locale.ROOT).startsWith("start")
                    ? ListLine.NOTHING
                    : ListLine.refused("the line has no first address, last address and prefix length");
        }
        StringBuilder note = new StringBuilder();
        for (int i = 3; i < Math.min(fields.length, DSHIELD_COLUMNS); i++) {
            if (!fields[i].isBlank()) {
                note.append(note.isEmpty() ? "" : i == 4 ? "; " : ", ")
                        .append(fields[i].strip())
                        .append(i == 3 ? " attacks" : "");
            }
        }
        return new ListLine(
                fields[0] + '/' + fields[2],
                List.of(ObservableKind.CIDR, ObservableKind.IPV4),
                "",
                note.toString(),
                "");
    }

    private static ListLine checksum(String given) {
        String line = given.strip();
        Matcher bsd = BSD.matcher(line);
        if (bsd.matches()) {
            return new ListLine(bsd.group(2), List.of(), fileName(bsd.group(1)), "", "");
        }
        int end = line.indexOf(' ');
        if (isComment(line)) {
            return ListLine.NOTHING;
        }
        if (end < 0 || end + 2 > line.length()) {
            return ListLine.of(line, "");
        }
        String hash = line.startsWith("\\") ? line.substring(1, end) : line.substring(0, end);
        return new ListLine(hash, List.of(), fileName(line.substring(end + 2).strip()), "", "");
    }

    private static String fileName(String path) {
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(slash + 1);
    }

    private static String before(String line, char sign) {
        int at = line.indexOf(sign);
        return at < 0 ? line : line.substring(0, at);
    }
}
