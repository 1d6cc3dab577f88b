package uz.koprik.indicators.translate.misp;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Reading MISP's JSON, which writes numbers and truths as strings here and as themselves there. */
final class Misp {

    /** Property extension that keeps the members of a MISP object with the STIX object that was made of it. */
    static final String OBJECT_EXTENSION = "extension-definition--8a5dfd2b-2d7f-4a4e-9d0a-5d6f2c1c3b90";

    /** Time of what has no time of its own: so old that any version with a time is newer. */
    static final String NO_TIME = "1970-01-01T00:00:00.000Z";

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");

    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");

    /** As MISP, its libraries and the programs of others write times. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .parseCaseInsensitive()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[XXX][X]")
            .toFormatter(Locale.ROOT);

    private Misp() {}

    /** The member as text; empty when it is absent, null or not a single value. */
    static String text(JsonObject object, String name) {
        return switch (object.get(name)) {
            case JsonString s -> s.value();
            case JsonNumber n when n.integer() -> String.valueOf(n.longValue());
            case JsonNumber n -> CanonicalJson.text(n);
            case JsonBoolean b -> b.value() ? "1" : "0";
            case null, default -> "";
        };
    }

    /** The value of an attribute, which some exports write in two parts. */
    static String value(JsonObject attribute) {
        if (attribute.get("value") instanceof JsonNumber number) {
            return CanonicalJson.text(number);
        }
        String value = text(attribute, "value");
        String first = text(attribute, "value1");
        String second = text(attribute, "value2");
        return !value.isEmpty() || first.isEmpty() ? value : second.isEmpty() ? first : first + '|' + second;
    }

    /** The member as a truth. */
    static boolean flag(JsonObject object, String name) {
        String text = text(object, name);
        return text.equals("1") || text.equalsIgnoreCase("true");
    }

    /**
     * The objects in the list {@code name}; an object whose names are numbers is a list, and any other its one item.
     */
    static List<JsonObject> objects(JsonObject object, String name) {
        return items(object, name).stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** As {@link #objects}, with the items that are no objects; a single value that says something is an item too. */
    static List<Json> items(JsonObject object, String name) {
        return switch (object.get(name)) {
            case JsonArray array -> array.items();
            case JsonObject single
            when isNumbered(single) ->
                IntStream.range(0, single.size()).mapToObj(single::value).toList();
            case null -> List.of();
            case Json single -> says(single) ? List.of(single) : List.of();
        };
    }

    /** Whether the names of all members are numbers: a list as PHP writes it. */
    static boolean isNumbered(JsonObject object) {
        for (int i = 0; i < object.size(); i++) {
            if (!DIGITS.matcher(object.name(i)).matches()) {
                return false;
            }
        }
        return true;
    }

    /**
     * A MISP time in microseconds: seconds, milliseconds or microseconds since the epoch, or a date and time with any
     * offset. Without an offset it is UTC, as MISP stores it.
     */
    static Optional<Long> micros(String given) {
        String text = given.strip();
        if (DIGITS.matcher(text).matches()) {
            long micros = Long.parseLong(text) * 1_000_000;
            return micros <= MAX_MICROS ? Optional.of(micros) : Optional.empty();
        }
        if (EPOCH.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            int digits = number.precision() - number.scale();
            int power = digits <= 12 ? 6 : digits <= 14 ? 3 : 0;
            long micros = number.movePointRight(power).longValue();
            return micros <= MAX_MICROS ? Optional.of(micros) : Optional.empty();
        }
        try {
            TemporalAccessor time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return Optional.of(StixTimestamp.micros(
                    switch (time) {
                        case OffsetDateTime exact -> exact.toInstant();
                        case LocalDateTime universal -> universal.toInstant(ZoneOffset.UTC);
                        default -> LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
                    }));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The end of year 9999, after which STIX has no timestamps. */
    private static final long MAX_MICROS = 253_402_300_799_000_000L;

    /** A member that holds a UUID, in lower case: MISP itself writes it so, others do not, and all mean the same. */
    static String uuid(JsonObject object, String name) {
        return text(object, name).toLowerCase(Locale.ROOT);
    }

    /** Whether a text is a UUID in lower case that STIX takes (RFC 4122 variant, versions 1 to 5). */
    static boolean isUuid(String text) {
        return text.length() == 36 && StixId.isId("xxx--" + text);
    }

    /** Whether a member says something: not null, not empty, not zero, not false. */
    static boolean says(Json value) {
        return switch (value) {
            case JsonString s -> !s.value().isEmpty() && !s.value().equals("0");
            case JsonNumber n -> n.value() != 0;
            case JsonBoolean b -> b.value();
            case JsonObject o -> o.size() > 0;
            case JsonArray a -> !a.items().isEmpty();
            case uz.koprik.crypto.json.JsonNull ignored -> false;
        };
    }
}
