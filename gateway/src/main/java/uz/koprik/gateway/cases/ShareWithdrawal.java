package uz.koprik.gateway.cases;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Computes the new versions that withdraw objects of a share. An object that a share made and no other share holds is
 * revoked (STIX 2.1, section 3.6.2). An object that refers to it gets a version without the reference. New versions
 * keep their markings, so that all recipients of the old ones get them.
 */
final class ShareWithdrawal {

    private static final String GROUPING = "grouping";
    private static final String OBSERVED_DATA = "observed-data";
    private static final String OBJECT_REFS = "object_refs";

    /** The outcome for an object of a share. */
    enum Result {
        REVOKED,
        CHANGED,
        KEPT
    }

    /**
     * The outcome for one object.
     *
     * @param next its next version, unsigned; empty when it is kept unchanged
     * @param reason why it is kept; empty otherwise
     */
    record Step(String id, Result fate, Optional<JsonObject> next, String reason) {}

    private final Release release;
    private final Recipient recipient;
    private final String identity;
    private final List<CaseShare> shares;
    private final CaseShare share;
    private final Instant now;
    private final Map<String, Step> steps = new LinkedHashMap<>();

    /**
     * @param shares all of the case
     * @param share one of them
     */
    ShareWithdrawal(
            Release release,
            Recipient recipient,
            String identity,
            List<CaseShare> shares,
            CaseShare share,
            Instant now) {
        this.release = release;
        this.recipient = recipient;
        this.identity = identity;
        this.shares = shares;
        this.share = share;
        this.now = now;
    }

    /**
     * Takes back objects of the share, or all that is left of it.
     *
     * @param ids of the objects; empty for all
     * @return the outcomes for these, and for the objects that refer to them
     * @throws IllegalArgumentException when one of them is not in the share, or holds the others together
     */
    List<Step> take(List<String> ids) throws StoreUnavailable {
        List<String> left = share.left();
        if (left.isEmpty()) {
            throw new IllegalArgumentException("all of this share was taken back already");
        }
        Set<String> chosen = new LinkedHashSet<>(ids.isEmpty() ? left : ids);
        for (String id : chosen) {
            if (!left.contains(id)) {
                throw new IllegalArgumentException(
                        StixId.objection(id).orElseGet(() -> id + " is not in this share, or was taken back already"));
            }
            if (!ids.isEmpty() && (id.startsWith("incident--") || id.startsWith(GROUPING + "--"))) {
                throw new IllegalArgumentException(id + " holds the share together: take the whole share back");
            }
        }
        if (!ids.isEmpty()) {
            for (String id : left) {
                if (id.startsWith(OBSERVED_DATA + "--") && !chosen.contains(id) && without(id, chosen)) {
                    chosen.add(id);
                }
            }
        }
        for (String id : chosen) {
            steps.put(id, revoked(id));
        }
        if (!ids.isEmpty()) {
            for (String id : left) {
                if (id.startsWith(GROUPING + "--")) {
                    without(id, chosen);
                }
            }
        }
        return List.copyOf(steps.values());
    }

    /** Removes references from a grouping object; true when none would be left. */
    private boolean without(String id, Set<String> gone) throws StoreUnavailable {
        Optional<StixObject> object = release.latest(recipient, id).map(StoredObject::stix);
        if (object.isEmpty() || object.get().revoked()) {
            return false;
        }
        List<Json> all = object.get().json().items(OBJECT_REFS);
        List<Json> rest = all.stream()
                .filter(ref -> !(ref instanceof JsonString text && gone.contains(text.value())))
                .toList();
        if (!rest.isEmpty() && rest.size() < all.size()) {
            JsonObject next = StixWriter.nextVersion(object.get(), now).with(OBJECT_REFS, new JsonArray(rest));
            steps.put(id, new Step(id, Result.CHANGED, Optional.of(next), ""));
        }
        return rest.isEmpty();
    }

    private Step revoked(String id) throws StoreUnavailable {
        Optional<StixObject> object = release.latest(recipient, id).map(StoredObject::stix);
        if (object.isEmpty()) {
            return kept(id, "it is not here any more");
        }
        StixObject latest = object.get();
        if (latest.revoked()) {
            return kept(id, "it was revoked already");
        }
        if (latest.version() == 0) {
            return kept(id, "an observable has no versions that could be revoked, and does not say whose it is");
        }
        if (!latest.createdByRef().equals(Optional.of(identity))) {
            return kept(id, "it is not of this centre");
        }
        Set<String> groupings = new HashSet<>();
        boolean made = madeByAShare(latest);
        for (Entry entry : release.referrers(recipient, id)) {
            if (entry.facts().type().equals(GROUPING)
                    && entry.facts().producer().equals(Optional.of(identity))) {
                made |= entry.facts().created() == latest.created();
                if (!entry.facts().revoked()) {
                    groupings.add(entry.facts().id());
                }
            }
        }
        groupings.removeAll(share.objects());
        if (!groupings.isEmpty()) {
            return kept(id, "another share holds it, too");
        }
        if (!made) {
            return kept(id, "it was here before it was shared");
        }
        JsonObject next = StixWriter.nextVersion(latest, now).with("revoked", new JsonBoolean(true));
        return new Step(id, Result.REVOKED, Optional.of(next), "");
    }

    /** Objects that a share made were created at the time of the share. */
    private boolean madeByAShare(StixObject object) {
        return shares.stream()
                .anyMatch(one -> one.objects().contains(object.id())
                        && StixTimestamp.micros(one.at()) / 1000 * 1000 == object.created());
    }

    private static Step kept(String id, String reason) {
        return new Step(id, Result.KEPT, Optional.empty(), reason);
    }
}
