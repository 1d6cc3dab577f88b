package uz.koprik.gateway.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixWriter;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Publishes again what only a compromised key of this centre proves: own objects in a new version (STIX 2.1, section
 * 3.6), which intake signs with the present key. Objects without versions, revoked objects, which get no further
 * version, and objects of others, which this centre never changes, stay the same and are signed or countersigned anew.
 */
final class Republication {

    private static final int BATCH = 500;

    /** Refusals that an answer lists; further ones are only counted. */
    private static final int MOST_LISTED = 100;

    private final AnalystServices services;
    private final Caller caller;
    private final List<Failed> failed = new ArrayList<>();
    private long newVersions;
    private long signedAgain;
    private long fromOthers;
    private long refused;

    Republication(AnalystServices services, Caller caller) {
        this.services = services;
        this.caller = caller;
    }

    /** An object that could not be published again. */
    record Failed(String id, String reason) {}

    /**
     * What was done, or would be; the schema {@code Republished}.
     *
     * @param newVersions objects in a new version
     * @param signedAgain objects in the same version with a new signature or countersignature
     * @param fromOthers objects that partners sent, and so may be forged: not published
     * @param failed the first of those that were refused
     */
    record Counts(
            boolean preview, long newVersions, long signedAgain, long fromOthers, long refused, List<Failed> failed) {}

    /**
     * Publishes, or counts what would be published.
     *
     * @param kid the compromised key
     */
    Counts run(String kid, boolean preview) throws StoreUnavailable {
        long after = 0;
        Page page;
        do {
            page = services.release().unproven(caller.recipient(), kid, after, BATCH);
            publish(page.entries(), preview);
            after = page.nextAfter();
        } while (page.more());
        return new Counts(preview, newVersions, signedAgain, fromOthers, refused, List.copyOf(failed));
    }

    private void publish(List<Entry> entries, boolean preview) throws StoreUnavailable {
        Instant now = services.clock().instant();
        Map<Source, List<Again>> bySource = new LinkedHashMap<>();
        for (Entry entry : entries) {
            // A countersignature is renewed with the object that it is about.
            if (entry.superseded() || entry.facts().type().equals(Countersignature.TYPE)) {
                continue;
            }
            if (!entry.facts().receivedFrom().isEmpty()) {
                fromOthers++;
                continue;
            }
            StixObject object = StoredObject.stix(entry);
            boolean own = object.createdByRef()
                    .filter(services.localCentre().identity()::equals)
                    .isPresent();
            boolean next = own && object.version() != StixObject.UNVERSIONED && !object.revoked();
            IncomingObject offered = next
                    ? new IncomingObject(
                            CanonicalJson.bytes(StixWriter.nextVersion(object, now)),
                            object.id(),
                            Optional.of(object.version()))
                    : own
                            ? new IncomingObject(
                                    CanonicalJson.bytes(SignatureExtension.strip(object.json())), object.id())
                            : new IncomingObject(object.bytes(), object.id());
            bySource.computeIfAbsent(source(entry, now), source -> new ArrayList<>())
                    .add(new Again(offered, next));
        }
        for (Map.Entry<Source, List<Again>> group : bySource.entrySet()) {
            publish(group.getKey(), group.getValue(), preview);
        }
    }

    /** What is submitted for one object. */
    private record Again(IncomingObject offered, boolean newVersion) {}

    /** An account that is no member of the centre stays the submitter, so that it can change its objects further. */
    private Source source(Entry entry, Instant now) {
        String account = entry.facts().submittedBy();
        if (entry.facts().sight() != EntryMetadata.ALL_CLASSES) {
            for (Tlp tlp : Tlp.values()) {
                Audience audience = Audience.of(new Recipient.Client(account, tlp), now);
                if (audience.classes() == entry.facts().sight() && audience.sees(entry.release())) {
                    return new Source.Account(account, false, CaseUnits.ALL, Optional.of(tlp));
                }
            }
        }
        return caller.source();
    }

    private void publish(Source source, List<Again> objects, boolean preview) throws StoreUnavailable {
        List<Outcome> outcomes = preview
                ? List.of()
                : services.intake()
                        .take(
                                objects.stream().map(Again::offered).toList(),
                                source,
                                EnumSet.allOf(ForgivableRule.class));
        for (int at = 0; at < objects.size(); at++) {
            if (!preview && outcomes.get(at).refusal().isPresent()) {
                refused++;
                if (failed.size() < MOST_LISTED) {
                    failed.add(new Failed(
                            objects.get(at).offered().where(),
                            outcomes.get(at).refusal().get().reason()));
                }
            } else if (objects.get(at).newVersion()) {
                newVersions++;
            } else {
                signedAgain++;
            }
        }
    }
}
