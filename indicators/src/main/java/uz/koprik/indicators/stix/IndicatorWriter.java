package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.jws.Signer;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.stix.values.Uuid5;

/**
 * Writes this centre's own indicators (STIX 2.1, section 4.7), signed. Safe for many threads when the signer is.
 *
 * <p>The id follows from the pattern and the name, by a key of the centre, so that the same row of the same file gives
 * the same indicator however often it is imported: ask for {@link #id} first, and leave alone what is stored already.
 */
public final class IndicatorWriter {

    private static final long MICROS_OF_MILLI = 1000;

    private final String identity;
    private final Signer signer;
    private final KeyedIds ids;

    /**
     * @param identity id of the centre's identity object
     * @param ids derives ids by a key of the centre
     */
    public IndicatorWriter(String identity, Signer signer, KeyedIds ids) {
        this.identity = identity;
        this.signer = signer;
        this.ids = ids;
    }

    /** The id of the first report of a value under a name. */
    public String id(NewIndicator indicator) {
        return id(indicator, 0);
    }

    /** @param number 0 for the first report of that value and name, higher ones for reports kept apart from it */
    public String id(NewIndicator indicator, int number) {
        return "indicator--" + ids.of("indicator", Patterns.of(indicator), indicator.name(), Integer.toString(number));
    }

    /** The id that versions before the key gave, which anybody can work out from value and name. */
    public String publicId(NewIndicator indicator) {
        return "indicator--" + Uuid5.koprik("indicator", identity, Patterns.of(indicator), indicator.name());
    }

    /** The signed indicator under its first id; created and modified are {@code now}, cut to milliseconds. */
    public StixObject write(NewIndicator indicator, Instant now) {
        return StixWriter.signed(draft(indicator, id(indicator), now), signer, now);
    }

    /**
     * The indicator before it is signed. Intake signs objects of this centre, so bulk imports leave that to it: a
     * signature made here would be verified there.
     */
    public JsonObject draft(NewIndicator indicator, String id, Instant now) {
        String pattern = Patterns.of(indicator);
        long micros = StixTimestamp.micros(now) / 1000 * 1000;
        String time = StixTimestamp.format(micros);
        JsonObject.Builder json = JsonObject.builder()
                .put("type", "indicator")
                .put("spec_version", "2.1")
                .put("id", id)
                .put("created_by_ref", identity)
                .put("created", time)
                .put("modified", time);
        if (!indicator.name().isEmpty()) {
            json.put("name", indicator.name());
        }
        if (!indicator.description().isEmpty()) {
            json.put("description", indicator.description());
        }
        json.putStrings("indicator_types", List.of("malicious-activity"))
                .put("pattern", pattern)
                .put("pattern_type", "stix")
                .put("valid_from", StixTimestamp.formatShort(validFrom(indicator, micros)));
        indicator.validUntil().ifPresent(until -> json.put("valid_until", StixTimestamp.formatShort(until)));
        json.putStrings("labels", indicator.labels());
        indicator.confidence().ifPresent(confidence -> json.put("confidence", confidence.longValue()));
        if (indicator.revoked()) {
            json.put("revoked", true);
        }
        json.putStrings("object_marking_refs", List.of(Markings.id(indicator.tlp())));
        return json.build();
    }

    /** What ended before now began before its end: STIX demands that the end is later (section 4.7). */
    private static long validFrom(NewIndicator indicator, long now) {
        long until = indicator.validUntil().orElse(Long.MAX_VALUE);
        return indicator.validFrom().orElse(now < until ? now : until - MICROS_OF_MILLI);
    }
}
