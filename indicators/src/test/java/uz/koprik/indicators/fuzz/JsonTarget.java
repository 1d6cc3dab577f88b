package uz.koprik.indicators.fuzz;

import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/** The JSON reader: what it takes has a canonical form, which it takes as the same. */
public final class JsonTarget {

    private JsonTarget() {}

    /** Called by Jazzer once; loads classes before the time of any input is measured. */
    public static void fuzzerInitialize() throws MalformedJson {
        for (byte[] seed : Seeds.of(JsonTarget.class)) {
            tryOut(seed);
        }
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws MalformedJson {
        long begun = Findings.processorTime();
        tryOut(input);
        Findings.checkTime(begun);
    }

    private static void tryOut(byte[] input) throws MalformedJson {
        Json value;
        try {
            value = StrictJson.parse(input);
        } catch (MalformedJson e) {
            Findings.check(
                    !e.getMessage().isBlank() && e.line() >= 1 && e.column() >= 1, "a refusal without reason or place");
            return;
        }
        Findings.check(value.start() >= 0 && value.end() <= input.length, "a place outside the text");
        byte[] canonical = CanonicalJson.bytes(value);
        Findings.same(
                canonical,
                CanonicalJson.bytes(StrictJson.parse(canonical)),
                "the canonical form of the canonical form");
    }
}
