package uz.koprik.indicators.stix.rules;

import uz.koprik.crypto.json.JsonObject;

/** The pattern of an indicator (STIX 2.1, sections 4.7 and 9). */
final class PatternRule {

    private PatternRule() {}

    static void check(JsonObject indicator, Check at) {
        String pattern = Check.string(indicator, "pattern");
        if (pattern != null && pattern.isBlank()) {
            at.fault("pattern", "the pattern is blank", "STIX 2.1, 4.7");
        }
    }
}
