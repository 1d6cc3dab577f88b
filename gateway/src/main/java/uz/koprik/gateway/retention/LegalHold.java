package uz.koprik.gateway.retention;

import java.time.Instant;
import java.util.Optional;

/**
 * That nothing which a case needs is erased.
 *
 * @param caseId STIX id of the case file
 * @param number of the case, for people
 * @param reason in words
 * @param by the account that set it
 * @param released empty while it holds
 */
public record LegalHold(
        String caseId, String number, String reason, String by, Instant at, Optional<Release> released) {

    /** Who ended it, why and when. */
    public record Release(String by, Instant at, String reason) {}
}
