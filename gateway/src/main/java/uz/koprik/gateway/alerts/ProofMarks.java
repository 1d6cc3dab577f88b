package uz.koprik.gateway.alerts;

import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.alerts.log.Alert;
import uz.koprik.gateway.alerts.log.CaseMatchAlert;
import uz.koprik.gateway.alerts.log.IdConflictAlert;
import uz.koprik.gateway.alerts.log.OperatorAlert;
import uz.koprik.gateway.alerts.log.UnknownAlert;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Marks the objects of stored alerts that are not proven any more. The log keeps alerts as they were emitted; the marks
 * follow the trust list of the moment of reading.
 */
final class ProofMarks {

    private final Release release;
    private final Trust trust;

    ProofMarks(Release release, Trust trust) {
        this.release = release;
        this.trust = trust;
    }

    /** {@code json}, which describes {@code alert}, with a mark on each object that is not proven any more. */
    JsonObject marked(Recipient recipient, Alert alert, JsonObject json) throws StoreUnavailable {
        return switch (alert) {
            case CaseMatchAlert match -> with(json, "object", ofMatch(recipient, match.object()));
            case IdConflictAlert one -> {
                IdConflict conflict = one.conflict();
                JsonObject owner = with(json, "owner", ofEntry(recipient, conflict.objectId(), conflict.knownSeq()));
                yield conflict.storedSeq() == 0
                        ? owner
                        : with(owner, "submitter", ofEntry(recipient, conflict.objectId(), conflict.storedSeq()));
            }
            case OperatorAlert notice -> json;
            case UnknownAlert unknown -> json;
        };
    }

    private static JsonObject with(JsonObject json, String part, Optional<LostProof> lost) {
        return lost.isEmpty()
                ? json
                : json.with(
                        part,
                        json.object(part)
                                .orElseThrow()
                                .with(LostProof.NAME, lost.get().json()));
    }

    /** An alert outlives the version it was emitted for: a later one that is proven heals it. */
    private Optional<LostProof> ofMatch(Recipient recipient, ValueMatch.MatchedObject met) throws StoreUnavailable {
        Optional<LostProof> lost = LostProof.of(trust, met.provenance(), met.producer(), met.added());
        if (lost.isEmpty()) {
            return lost;
        }
        boolean healed = release.latest(recipient, met.id())
                .filter(entry -> entry.firstAdded() > met.added())
                .filter(entry -> LostProof.of(trust, entry).isEmpty())
                .isPresent();
        return healed ? Optional.empty() : lost;
    }

    private Optional<LostProof> ofEntry(Recipient recipient, String id, long seq) throws StoreUnavailable {
        return release.known(recipient, id, seq).flatMap(entry -> LostProof.of(trust, entry));
    }
}
