package uz.koprik.indicators.stix.conversion;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.Optional;

/** Patterns of STIX 2.0: a few properties had other names, and START and STOP took plain strings. */
final class Pattern20 {

    /** Object type and property, old and new. */
    static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("directory:created", "ctime"),
            Map.entry("directory:modified", "mtime"),
            Map.entry("directory:accessed", "atime"),
            Map.entry("file:created", "ctime"),
            Map.entry("file:modified", "mtime"),
            Map.entry("file:accessed", "atime"),
            Map.entry("process:created", "created_time"),
            Map.entry("process:binary_ref", "image_ref"),
            Map.entry("user-account:password_last_changed", "credential_last_changed"),
            Map.entry("windows-registry-key:modified", "modified_time"));

    /** A literal, which is skipped; or a timestamp after START or STOP; or the beginning of a path. In linear time. */
    private static final Pattern PARTS =
            Pattern.compile("\\b(START|STOP)\\s+'([^'\\\\]*)'|'(?:[^'\\\\]|\\\\.)*'|\\b([a-z][a-z0-9-]*):([a-z_]+)\\b");

    private Pattern20() {}

    /** The pattern of STIX 2.1; empty when it is the same. */
    static Optional<String> convert(String pattern) {
        StringBuilder converted = new StringBuilder(pattern.length() + 16);
        Matcher part = PARTS.matcher(pattern);
        int from = 0;
        while (part.find()) {
            converted.append(pattern, from, part.start()).append(replacement(part));
            from = part.end();
        }
        converted.append(pattern, from, pattern.length());
        return pattern.contentEquals(converted) ? Optional.empty() : Optional.of(converted.toString());
    }

    private static String replacement(Matcher part) {
        if (part.group(1) != null) {
            return part.group(1) + " t'" + part.group(2) + "'";
        }
        if (part.group(3) != null) {
            return part.group(3) + ':' + RENAMED.getOrDefault(part.group(3) + ':' + part.group(4), part.group(4));
        }
        return part.group();
    }
}
