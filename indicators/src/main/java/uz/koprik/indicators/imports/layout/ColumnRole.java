package uz.koprik.indicators.imports.layout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a column of a table is used for. */
public enum ColumnRole {
    /** The value itself. */
    VALUE,
    /** A word for the kind of the value. */
    KIND,
    NAME,
    DESCRIPTION,
    LABELS,
    TLP,
    VALID_FROM,
    VALID_UNTIL,
    CONFIDENCE,
    /** Whether the row is withdrawn. */
    REVOKED,
    /** Whether the row is still in force: the opposite of {@link #REVOKED}. */
    ACTIVE,
    /** Whether the row is meant for detection: {@code to_ids} of MISP, {@code ioc} of TheHive. */
    DETECTION,
    /** A STIX pattern. */
    PATTERN,
    /** The language of the pattern. */
    PATTERN_TYPE,
    /** The port that belongs to an address or name. */
    PORT,
    /** The name of the file whose hashes the row has. */
    FILE_NAME,
    /** Not used. */
    SKIP;

    /** As people write it: {@code valid_until}; {@code -} for a column to leave out. */
    public String code() {
        return this == SKIP ? "-" : name().toLowerCase(Locale.ROOT);
    }

    /** The role of that {@link #code}. */
    public static Optional<ColumnRole> ofCode(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    /** Whether several columns of a table may have the role. */
    public boolean mayRepeat() {
        return this == SKIP || this == DESCRIPTION || this == LABELS;
    }

    /** All codes, for messages. */
    public static String codes() {
        return Arrays.stream(values()).map(ColumnRole::code).collect(Collectors.joining(", "));
    }
}
