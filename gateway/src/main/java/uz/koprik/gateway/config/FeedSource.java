package uz.koprik.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uz.koprik.indicators.imports.ImportFormat;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.FeedLayout;
import uz.koprik.indicators.imports.layout.TypeWords;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;

/** A feed that somebody else publishes and this centre reads: an item of {@code feeds.sources}. */
public record FeedSource(
        @Setting(
                        value = "Short name; it does not change, since ids of indicators follow from it.",
                        matches = "[a-z][a-z0-9-]{1,30}",
                        shape = "2 to 31 lower-case letters, digits and hyphens, beginning with a letter")
                String name,
        @Setting(
                        value = "Where the feed is; \"\" for a feed of files.",
                        preset = "\"\"",
                        matches = "(https?://[!-~]{1,1990})?",
                        shape = "https://host/path")
                String url,
        @Setting(
                        value = "A file, or a folder whose files are the feed, seen from the home folder.",
                        preset = "\"\"",
                        matches = "[^\\x00]{0,500}",
                        shape = "a path")
                String path,
        @Setting(value = "How it is laid out; \"\" to find out.", preset = "\"\"") String format,
        @Setting(
                        value = "Charset of its text; \"\" to find out.",
                        preset = "\"\"",
                        matches = "[A-Za-z0-9_.:-]{0,40}",
                        shape = "the name of a charset such as windows-1251")
                String encoding,
        @Setting(
                        value = "What columns are used for, by their names, such as value=Wert; [] to find out.",
                        preset = "[]",
                        matches = "[a-z_]{1,20}=[^\\x00-\\x1f]{1,200}|-=[^\\x00-\\x1f]{1,200}",
                        shape = "a role, = and the name of a column, such as value=Wert")
                List<String> columns,
        @Setting(value = "How often it is read.", preset = "1h", min = 1000, max = 2_592_000_000L) Duration interval,
        @Setting("Marking of entries that carry none.") Tlp tlp,
        @Setting(value = "Confidence of entries that say none; 0 for none.", preset = "0", min = 0, max = 100)
                int confidence,
        @Setting(
                        value = "Labels of all its indicators.",
                        preset = "[]",
                        matches = "[^,\\x00-\\x1f]{1,100}",
                        shape = "up to 100 characters without a comma")
                List<String> labels,
        @Setting(
                        value = "An indicator ends so long after its entry was last seen; 0s for no such end.",
                        preset = "0s",
                        min = 0,
                        max = 315_360_000_000L)
                Duration expires,
        @Setting(value = "Whether an indicator ends when its entry leaves the feed.", preset = "true")
                boolean endsWhenGone,
        @Setting(
                        value = "A feed with less than this percentage of its last entries waits for an operator.",
                        preset = "50",
                        min = 0,
                        max = 100)
                int leastPercent,
        @Setting(value = "Most bytes that are read.", preset = "64 MiB", min = 1024, max = 1L << 31) Size maxSize,
        @Setting(value = "Most entries.", preset = "500000", min = 1, max = 5_000_000) int maxEntries,
        @Setting(value = "The feed must have arrived after so long.", preset = "2m", min = 100, max = 3_600_000)
                Duration timeout,
        @Setting(value = "Whether the URL may lead to this machine or to a private network.", preset = "false")
                boolean privateNetworks,
        @Setting(
                        value =
                                "File with the certificates (PEM) that vouch for the server; \"\" for those Java trusts.",
                        preset = "\"\"",
                        matches = "[^\\x00]{0,500}",
                        shape = "a path")
                String ca,
        @Setting(
                        value = "File with headers of the request, a line each, such as those with credentials.",
                        preset = "\"\"",
                        matches = "[^\\x00]{0,500}",
                        shape = "a path")
                String headersFile,
        @Setting(
                        value = "What becomes of values that a person should confirm: skip, or take (signed unseen).",
                        preset = "skip")
                Doubtful doubtful,
        @Setting(value = "Rules of STIX whose breach its objects are forgiven.", preset = "[]") List<String> forgive) {

    /** What becomes of values that a person should confirm. */
    public enum Doubtful {
        SKIP,
        TAKE
    }

    /** Formats that can be named besides the layouts of feeds. */
    public static final Map<String, ImportFormat> FORMATS = Map.of(
            "csv", ImportFormat.CSV,
            "tsv", ImportFormat.TSV,
            "xlsx", ImportFormat.XLSX,
            "json", ImportFormat.RECORDS,
            "jsonl", ImportFormat.JSON_LINES);

    private static final Duration SHORTEST_EXPIRY = Duration.ofHours(1);

    public FeedSource {
        if (url.isEmpty() == path.isEmpty()) {
            throw wrong(name, "needs either \"url\" or \"path\"");
        }
        if (!url.isEmpty()) {
            check(name, url);
        }
        if (!format.isEmpty()
                && !FORMATS.containsKey(format)
                && FeedLayout.named(format).isEmpty()) {
            throw wrong(
                    name,
                    "\"format\" must be one of " + String.join(", ", new TreeSet<>(FORMATS.keySet())) + ", "
                            + FeedLayout.names() + ", not \"" + format + "\"; leave it out to have it found out");
        }
        if (!columns.isEmpty() && FeedLayout.named(format).isPresent()) {
            throw wrong(name, "has \"columns\", so \"format\" must be csv, tsv, xlsx, json or jsonl, or left out");
        }
        for (String column : columns) {
            String role = column.substring(0, column.indexOf('='));
            if (ColumnRole.ofCode(role).isEmpty()) {
                throw wrong(
                        name,
                        "\"columns\": \"" + role + "\" is none of " + ColumnRole.codes()
                                + "; write the role first, as in value=Wert");
            }
        }
        if (!headersFile.isEmpty() && !url.startsWith("https://")) {
            throw wrong(name, "\"headers_file\" is for a \"url\" with https:// only: others could read the headers");
        }
        if (!expires.isZero() && expires.compareTo(SHORTEST_EXPIRY) < 0) {
            throw wrong(name, "\"expires\" must be 0s or at least 1h");
        }
        if (!expires.isZero() && expires.compareTo(interval.multipliedBy(2)) < 0) {
            throw wrong(
                    name, "\"expires\" must be at least twice \"interval\", so that entries do not end between reads");
        }
        try {
            ForgivableRule.list(String.join(",", forgive));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "feeds.sources: " + name + ": \"forgive\": " + unknown.getMessage(), unknown);
        }
    }

    /** Rules of STIX whose breach its objects are forgiven. */
    public Set<ForgivableRule> forgiven() {
        return ForgivableRule.list(String.join(",", forgive));
    }

    /** Roles of columns by their names without case, blanks and punctuation. */
    public Map<String, ColumnRole> roles() {
        Map<String, ColumnRole> roles = new HashMap<>();
        for (String column : columns) {
            int equals = column.indexOf('=');
            roles.put(
                    TypeWords.bare(column.substring(equals + 1)),
                    ColumnRole.ofCode(column.substring(0, equals)).orElseThrow());
        }
        return roles;
    }

    /** Where it is, for people and other centres: without a query, which may hold a credential. */
    public String place() {
        int query = url.indexOf('?');
        return url.isEmpty() ? path : query < 0 ? url : url.substring(0, query);
    }

    private static void check(String name, String url) {
        URI uri;
        try {
            uri = new URI(url).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "feeds.sources: " + name + ": \"url\" is not a URL such as https://feeds.example.org/list.csv",
                    malformed);
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw wrong(
                    name,
                    "\"url\" must have a host, and neither a user nor a fragment; credentials are headers in the file"
                            + " that \"headers_file\" names");
        }
    }

    private static IllegalArgumentException wrong(String name, String rule) {
        return new IllegalArgumentException("feeds.sources: " + name + ": " + rule);
    }

    /** Without the query of the URL. */
    @Override
    public String toString() {
        return "FeedSource[" + name + ", " + place() + "]";
    }
}
