package uz.koprik.indicators.warninglist;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * One list, as a file of the MISP warning list format has it.
 *
 * @param name for people
 * @param version a date as a number, or a counter
 * @param match how an entry is compared with a value
 * @param category what it means that a value is on it
 * @param kinds what kinds of values it is about; empty when it is about none that are known here
 * @param entries as they stand in the file
 */
public record WarningList(
        String name, long version, Match match, Category category, Set<ObservableKind> kinds, List<String> entries) {

    public WarningList {
        kinds = Set.copyOf(kinds);
        entries = List.copyOf(entries);
    }

    /** How an entry is compared with a value; the {@code type} of the format. */
    public enum Match {
        /** They are the same. */
        STRING,
        /** The entry occurs anywhere in the value. */
        SUBSTRING,
        /** The host of the value is the entry or lies below it. */
        HOSTNAME,
        /** The address lies in the network. */
        CIDR,
        /** The expression occurs in the value. */
        REGEX;

        static Optional<Match> of(String type) {
            for (Match match : values()) {
                if (match.name().toLowerCase(Locale.ROOT).equals(type)) {
                    return Optional.of(match);
                }
            }
            return Optional.empty();
        }
    }

    /** What it means that a value is on a list; the {@code category} of the format. */
    public enum Category {
        /** The value is not malicious: a report of it is most likely a mistake. It is kept out of correlation. */
        FALSE_POSITIVE,
        /**
         * The value belongs to a known party, which may still be malicious. It is shown, and correlated all the same.
         */
        KNOWN_IDENTIFIER
    }
}
