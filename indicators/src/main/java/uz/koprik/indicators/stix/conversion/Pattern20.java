package uz.koprik.indicators.stix.conversion;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns of STIX 2.0: a few properties had other names, and START and STOP took plain strings. */
final class Pattern20 {

    /** Object type and property, old and new. */
    static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("directory:created", "ctime"), Map.entry("directory:modified", "mtime"),
            Map.entry("directory:accessed", "atime"),
            Map.entry("file:created", "ctime"), Map.entry("file:modified", "mtime"), Map.entry("file:accessed", "atime"),
            Map.entry("process:created", "created_time"), Map.entry("process:binary_ref", "image_ref"),
            Map.entry("user-account:password_last_changed", "credential_last_changed"),
            Map.entry("windows-registry-key:modified", "modified_time"));

    /** A literal, which is passed over; or a timestamp behind START or STOP; or the beginning of a path. */
    private static final Pattern PARTS = Pattern.compile(
            "\\b(START|STOP)\\s+'([^'\\\\]*)'|'(?:[^'\\\\]|\\\\.)*'|\\b([a-z][a-z0-9-]*):([a-z_]+)\\b");

    private Pattern20() {}

    /** The pattern of STIX 2.1; empty when it is the same. */
    static Optional<String> convert(String pattern) {
        String converted = PARTS.matcher(pattern).replaceAll(part -> Matcher.quoteReplacement(replacement(part)));
        return converted.equals(pattern) ? Optional.empty() : Optional.of(converted);
    }

    private static String replacement(MatchResult part) {
        if (part.group(1) != null) {
            return part.group(1) + " t'" + part.group(2) + "'";
        }
        if (part.group(3) != null) {
            return part.group(3) + ':' + RENAMED.getOrDefault(part.group(3) + ':' + part.group(4), part.group(4));
        }
        return part.group();
    }
}
