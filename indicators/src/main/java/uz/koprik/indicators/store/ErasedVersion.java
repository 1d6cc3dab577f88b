package uz.koprik.indicators.store;

import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.policy.ReleaseTerms;

/**
 * What stays of one version of an object after its content was erased.
 *
 * @param seq its sequence number
 * @param version {@link EntryMetadata#version()}
 * @param digest {@link EntryMetadata#digest()}
 * @param producer {@link EntryMetadata#producer()}
 * @param added when it was stored, in microseconds since the epoch
 * @param receivedFrom {@link EntryMetadata#receivedFrom()}
 * @param release to whom it went
 * @param signatures the detached JWS over it, which prove it to all who still have the content
 */
public record ErasedVersion(
        long seq,
        long version,
        String digest,
        Optional<String> producer,
        long added,
        String receivedFrom,
        ReleaseTerms release,
        List<String> signatures) {

    public ErasedVersion {
        signatures = List.copyOf(signatures);
    }
}
