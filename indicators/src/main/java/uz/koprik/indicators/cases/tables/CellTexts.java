package uz.koprik.indicators.cases.tables;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import uz.koprik.indicators.imports.Table;

/** Dates, amounts and lists as the tables of others have them. */
final class CellTexts {

    private static final List<String> ISO = List.of("uuuu-MM-dd['T'HH:mm[:ss[.SSS]][X]]", "uuuu-MM-dd HH:mm[:ss]");
    private static final DateTimeFormatter STORED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    /** Digits, in groups of three or not; blanks and apostrophes have gone already. */
    private static final Pattern POINT = Pattern.compile("\\d+(\\.\\d+)?|\\d{1,3}(,\\d{3})+(\\.\\d+)?");

    private static final Pattern COMMA = Pattern.compile("\\d+(,\\d+)?|\\d{1,3}(\\.\\d{3})+(,\\d+)?");

    private final List<DateTimeFormatter> formats = new ArrayList<>();
    private final String forms;
    private final ZoneId zone;
    private final boolean comma;

    CellTexts(CaseMapping mapping) {
        this.zone = mapping.zone();
        this.comma = mapping.decimal() == ',';
        for (String pattern : mapping.dates().isEmpty() ? ISO : mapping.dates()) {
            formats.add(format(pattern));
        }
        this.forms =
                mapping.dates().isEmpty() ? "2026-11-22 or 2026-11-22T08:30:00Z" : String.join(" or ", mapping.dates());
    }

    /**
     * Strict, so that the 31st of November is no date; {@code y} means the year as people count it.
     *
     * @throws IllegalArgumentException when it is no pattern
     */
    static DateTimeFormatter format(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("dates: a pattern is written as dd.MM.yyyy HH:mm: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when one of them is no pattern */
    static void check(List<String> patterns) {
        patterns.forEach(CellTexts::format);
    }

    /** How dates are to be written, for errors. */
    String dateForms() {
        return forms;
    }

    /** The moment of a cell; a day is its beginning. */
    Optional<Instant> moment(Table.Cell cell) {
        if (cell.content() == Table.Content.MOMENT) {
            return Optional.of(
                    LocalDateTime.parse(cell.text(), STORED).atZone(zone).toInstant());
        }
        for (DateTimeFormatter format : formats) {
            try {
                TemporalAccessor found =
                        format.parseBest(cell.text(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
                return Optional.of(
                        switch (found) {
                            case OffsetDateTime moment -> moment.toInstant();
                            case LocalDateTime moment -> moment.atZone(zone).toInstant();
                            case LocalDate day -> day.atStartOfDay(zone).toInstant();
                            default ->
                                throw new IllegalStateException(
                                        "not asked for: " + found.getClass().getSimpleName());
                        });
            } catch (DateTimeException e) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    /** The amount of a cell with a point and nothing else but digits; empty when it is none. */
    Optional<String> amount(Table.Cell cell) {
        if (cell.content() == Table.Content.NUMBER) {
            return Optional.of(cell.text());
        }
        String bare = cell.text().replaceAll("[\\s\\u00A0\\u202F'\\u2019]", "");
        if (!(comma ? COMMA : POINT).matcher(bare).matches()) {
            return Optional.empty();
        }
        return Optional.of(comma ? bare.replace(".", "").replace(',', '.') : bare.replace(",", ""));
    }

    /** The parts between any of the signs; the whole when there are no signs. */
    static List<String> split(String text, String signs) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = 0; to <= text.length(); to++) {
            if (to == text.length() || signs.indexOf(text.charAt(to)) >= 0) {
                String part = text.substring(from, to).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                from = to + 1;
            }
        }
        return parts;
    }
}
