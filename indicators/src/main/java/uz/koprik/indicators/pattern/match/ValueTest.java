package uz.koprik.indicators.pattern.match;

import uz.koprik.crypto.json.Json;

/** What one comparison asks of one value that its path leads to. */
interface ValueTest {

    /**
     * @param value as it stands in the observed data
     * @param encoding what the name of its property says about it
     */
    Verdict test(Json value, Encoding encoding, Work work) throws MatchFailure;

    /** What {@code NOT} before the operator makes of it. */
    default ValueTest negated() {
        return (value, encoding, work) -> test(value, encoding, work).not();
    }
}
