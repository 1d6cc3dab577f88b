package uz.koprik.gateway.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.redactions.KnownRedactions;
import uz.koprik.gateway.release.Explanation;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.StoreUnavailable;

/** Says which redactions of an object a recipient is given instead of it, and why the others are not. */
public final class ExplainedRedactions {

    private final Release release;
    private final Trust trust;
    private final KnownRedactions known;

    public ExplainedRedactions(Release release, Trust trust, LocalCentre centre) {
        this.release = release;
        this.trust = trust;
        this.known = new KnownRedactions(release, centre);
    }

    /**
     * The schema {@code ExplainedRedaction}, for each one that is not revoked.
     *
     * @param asker sees the redactions
     * @param recipient who would be given them
     */
    List<Json> of(String original, Recipient asker, Recipient recipient) throws StoreUnavailable {
        List<Json> items = new ArrayList<>();
        for (KnownRedactions.Known redaction : known.of(original, asker)) {
            Optional<Explanation> explanation =
                    redaction.revoked() ? Optional.empty() : release.explain(redaction.id(), recipient);
            explanation.ifPresent(explained -> items.add(JsonObject.builder()
                    .put("id", redaction.id())
                    .put("released", explained.decision().released())
                    .put(
                            "reason",
                            CentreNames.inWords(trust, explained.decision().reason()))
                    .build()));
        }
        return items;
    }
}
