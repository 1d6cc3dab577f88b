package uz.koprik.gateway.api.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.MatchView;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** Matches with what became known of them since: where the objects were sighted, and what analysts here found out. */
public final class MatchViews {

    private final AnalystServices services;
    private final Verdicts verdicts;

    public MatchViews(AnalystServices services) {
        this.services = services;
        this.verdicts = new Verdicts(services);
    }

    public List<MatchView> views(Caller caller, List<ValueMatch> matches) throws StoreUnavailable {
        List<MatchView> views = new ArrayList<>(matches.size());
        for (ValueMatch match : matches) {
            List<MatchView.MetView> met = new ArrayList<>(match.met().size());
            for (ValueMatch.MatchedObject one : match.met()) {
                met.add(MatchView.MetView.of(
                        one,
                        match.other(),
                        services.trust(),
                        sightings(caller, one.id()).orElse(null),
                        match.other().isPresent()
                                ? verdicts.find(caller, one.id(), match.other().get())
                                        .orElse(null)
                                : null));
            }
            views.add(MatchView.of(match, met));
        }
        return views;
    }

    private Optional<MatchView.SightingsView> sightings(Caller caller, String id) throws StoreUnavailable {
        long count = 0;
        long last = 0;
        long unproven = 0;
        for (Entry entry : services.release().referrers(caller.recipient(), id)) {
            if (entry.facts().type().equals("sighting") && !entry.facts().revoked()) {
                JsonObject sighting = StoredObject.json(entry);
                if (sighting.string("sighting_of_ref").filter(id::equals).isEmpty()) {
                    continue;
                }
                if (LostProof.of(services.trust(), entry).isPresent()) {
                    unproven++;
                } else {
                    count += sighting.get("count") instanceof JsonNumber n && n.integer() ? n.longValue() : 1;
                    long seen = sighting.string("last_seen")
                            .map(StixTimestamp::parse)
                            .orElse(StixTimestamp.INVALID);
                    last = Math.max(
                            last, seen == StixTimestamp.INVALID ? entry.facts().version() : seen);
                }
            }
        }
        return last == 0 && unproven == 0
                ? Optional.empty()
                : Optional.of(new MatchView.SightingsView(count, Times.text(last), unproven == 0 ? null : unproven));
    }
}
