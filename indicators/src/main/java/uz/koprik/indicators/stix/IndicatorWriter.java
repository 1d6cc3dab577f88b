package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.List;
import uz.koprik.crypto.Signer;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.policy.Markings;

/**
 * Writes this centre's own indicators (STIX 2.1, section 4.7), signed. Safe for many threads when the signer is.
 *
 * <p>The id follows from the centre, the pattern and the name, so that the same row of the same file gives the same
 * indicator however often it is imported: ask for {@link #id} first, and leave alone what is stored already.
 */
public final class IndicatorWriter {

    private final String identity;
    private final Signer signer;

    /** @param identity id of the centre's identity object */
    public IndicatorWriter(String identity, Signer signer) {
        this.identity = identity;
        this.signer = signer;
    }

    /** The id that {@link #write} gives. */
    public String id(NewIndicator indicator) {
        return id(indicator, Patterns.of(indicator));
    }

    /** The signed indicator; created and modified are {@code now}, cut to milliseconds. */
    public StixObject write(NewIndicator indicator, Instant now) {
        return StixWriter.signed(draft(indicator, now), signer, now);
    }

    /**
     * The indicator before it is signed. Intake signs what is this centre's own, so bulk imports leave that to it: a
     * signature made here would be verified there.
     */
    public JsonObject draft(NewIndicator indicator, Instant now) {
        String pattern = Patterns.of(indicator);
        long micros = StixTimestamp.micros(now) / 1000 * 1000;
        String time = StixTimestamp.format(micros);
        JsonObject.Builder json = JsonObject.builder()
                .put("type", "indicator").put("spec_version", "2.1").put("id", id(indicator, pattern))
                .put("created_by_ref", identity).put("created", time).put("modified", time);
        if (!indicator.name().isEmpty()) {
            json.put("name", indicator.name());
        }
        if (!indicator.description().isEmpty()) {
            json.put("description", indicator.description());
        }
        json.putStrings("indicator_types", List.of("malicious-activity"))
                .put("pattern", pattern).put("pattern_type", "stix")
                .put("valid_from", StixTimestamp.formatShort(indicator.validFrom().orElse(micros)))
                .putStrings("labels", indicator.labels());
        indicator.confidence().ifPresent(confidence -> json.put("confidence", confidence.longValue()));
        json.putStrings("object_marking_refs", List.of(Markings.id(indicator.tlp())));
        return json.build();
    }

    private String id(NewIndicator indicator, String pattern) {
        return "indicator--" + Uuid5.koprik("indicator", identity, pattern, indicator.name());
    }
}
