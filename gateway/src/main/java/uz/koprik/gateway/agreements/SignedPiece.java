package uz.koprik.gateway.agreements;

import java.time.Instant;
import uz.koprik.indicators.stix.StixObject;

/**
 * A signed text or notice as this centre holds it.
 *
 * @param object a {@code sharing-agreement} or an {@code agreement-notice} with its signatures
 * @param firstSeen when this centre first held it; revocations of keys are judged by it
 */
record SignedPiece(StixObject object, Instant firstSeen) {}
