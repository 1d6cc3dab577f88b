package uz.koprik.indicators.imports.layout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layout of a well-known feed, chosen by name or recognised by its columns. A new feed is one constant.
 *
 * @param name the name that people give, such as {@code threatfox}
 * @param title for messages
 * @param reading how the file is read
 * @param lines the layout of lines, when it is read line by line
 * @param columns the columns that are used, by their names without punctuation, in a table or in JSON
 * @param marks names of columns by which the feed is recognised; empty for one that is not
 */
public record FeedLayout(
        String name,
        String title,
        Reading reading,
        Optional<ListLayout> lines,
        Map<String, ColumnRole> columns,
        Set<String> marks) {

    /** How a feed is read. JSON is always recognised by itself. */
    public enum Reading {
        TABLE,
        LINES,
        /** The file says by itself what it is, such as JSON. */
        FOUND_OUT
    }

    /** All feeds that are known by name. */
    public static final List<FeedLayout> ALL = List.of(
            table(
                    "koprik",
                    "Koprik (CSV)",
                    "object_type valid_until producer pattern",
                    "value VALUE, kind KIND, name NAME, description DESCRIPTION, labels LABELS, tlp TLP, valid_from VALID_FROM,"
                            + " valid_until VALID_UNTIL, confidence CONFIDENCE, port PORT, revoked REVOKED, pattern PATTERN"),
            table(
                    "threatfox",
                    "ThreatFox",
                    "ioc_value threat_type",
                    "ioc_value ioc VALUE, ioc_type KIND, malware_printable NAME, tags threat_type LABELS, first_seen_utc"
                            + " first_seen VALID_FROM, confidence_level CONFIDENCE"),
            table(
                    "urlhaus",
                    "URLhaus",
                    "url urlhaus_link",
                    "url VALUE, dateadded date_added VALID_FROM, threat tags LABELS"),
            table(
                    "malwarebazaar",
                    "MalwareBazaar",
                    "sha256_hash reporter",
                    "sha256_hash sha1_hash md5_hash VALUE, first_seen_utc first_seen VALID_FROM, signature NAME, file_name"
                            + " FILE_NAME, tags LABELS"),
            table(
                    "feodo",
                    "Feodo Tracker",
                    "dst_ip c2_status",
                    "dst_ip VALUE, dst_port PORT, first_seen_utc VALID_FROM, malware NAME"),
            table(
                    "feodo-json",
                    "Feodo Tracker",
                    "ip_address as_number last_online",
                    "ip_address VALUE, port PORT, first_seen VALID_FROM, malware NAME"),
            table(
                    "sslbl",
                    "SSLBL",
                    "listingdate listingreason",
                    "dstip VALUE, dstport PORT, listingdate VALID_FROM, listingreason NAME"),
            table(
                    "phishtank",
                    "PhishTank",
                    "phish_id url",
                    "url VALUE, submission_time VALID_FROM, target DESCRIPTION"),
            table("spamhaus-asndrop", "Spamhaus ASN-DROP", "asn asname rir", "asn VALUE, asname NAME"),
            table("otx", "OTX", "", "indicator VALUE, indicator_type type KIND"),
            table(
                    "misp-csv",
                    "MISP (CSV)",
                    "event_id to_ids",
                    "value VALUE, type KIND, comment DESCRIPTION, to_ids DETECTION, category attribute_tag tag LABELS, deleted"
                            + " REVOKED, date timestamp VALID_FROM"),
            table("thehive", "TheHive", "", ""),
            table("opencti", "OpenCTI (CSV)", "", ""),
            table("defender", "Microsoft Defender", "indicatortype indicatorvalue action", ""),
            table(
                    "recordedfuture",
                    "Recorded Future",
                    "name risk riskstring evidencedetails",
                    "name VALUE, algorithm KIND, evidencedetails DESCRIPTION"),
            table("iris", "DFIR-IRIS", "ioc_value ioc_tlp", ""),
            lines("openphish", "OpenPhish", ListLayout.PLAIN),
            lines("spamhaus-drop", "Spamhaus DROP", ListLayout.PLAIN),
            lines("netset", "netset", ListLayout.PLAIN),
            lines("list", "plain list", ListLayout.PLAIN),
            lines("hosts", "hosts", ListLayout.HOSTS),
            lines("adblock", "Adblock", ListLayout.ADBLOCK),
            lines("rpz", "RPZ", ListLayout.RPZ),
            lines("dshield", "DShield", ListLayout.DSHIELD),
            lines("sha256sum", "checksums", ListLayout.CHECKSUMS),
            new FeedLayout("misp", "MISP", Reading.FOUND_OUT, Optional.empty(), Map.of(), Set.of()),
            new FeedLayout("stix", "STIX", Reading.FOUND_OUT, Optional.empty(), Map.of(), Set.of()));

    public FeedLayout {
        columns = Map.copyOf(columns);
        marks = Set.copyOf(marks);
    }

    /** The feed of that name. */
    public static Optional<FeedLayout> named(String name) {
        String bare = TypeWords.bare(name);
        return ALL.stream()
                .filter(feed -> TypeWords.bare(feed.name).equals(bare))
                .findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return ALL.stream().map(FeedLayout::name).collect(Collectors.joining(", "));
    }

    /** Roles of all columns of a table of this feed, by their bare names; a feed with marks uses no other columns. */
    public Map<String, ColumnRole> roles(List<String> header) {
        Map<String, ColumnRole> roles = new HashMap<>();
        if (!marks.isEmpty() && !columns.isEmpty()) {
            header.forEach(name -> roles.put(TypeWords.bare(name), ColumnRole.SKIP));
        }
        roles.putAll(columns);
        return roles;
    }

    /** The feed whose columns a table has. */
    public static Optional<FeedLayout> ofColumns(List<String> header) {
        Set<String> bare = new HashSet<>();
        header.forEach(name -> bare.add(TypeWords.bare(name)));
        return ALL.stream()
                .filter(feed -> !feed.marks.isEmpty() && bare.containsAll(feed.marks))
                .findFirst();
    }

    private static FeedLayout lines(String name, String title, ListLayout layout) {
        return new FeedLayout(name, title, Reading.LINES, Optional.of(layout), Map.of(), Set.of());
    }

    /** @param columns parts between commas, each names of columns and the role that they have */
    private static FeedLayout table(String name, String title, String marks, String columns) {
        Map<String, ColumnRole> roles = new HashMap<>();
        for (String part : columns.isEmpty() ? new String[0] : columns.split(", ", -1)) {
            String[] words = part.split(" ", -1);
            ColumnRole role = ColumnRole.valueOf(words[words.length - 1]);
            Arrays.stream(words).limit(words.length - 1L).forEach(word -> roles.put(TypeWords.bare(word), role));
        }
        Set<String> bare = Arrays.stream(marks.split(" ", -1))
                .map(TypeWords::bare)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        return new FeedLayout(name, title, Reading.TABLE, Optional.empty(), roles, bare);
    }
}
