package uz.koprik.gateway.exchange;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.EffectiveMarking;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;

/**
 * The only way out. Every read on somebody's behalf names its recipient, and what that recipient may not see is not there:
 * not on a page, not in a count, not in a facet, not in an error. Safe for use by many threads at once.
 */
public final class Release {

    private final Store store;
    private final InstantSource clock;

    public Release(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What {@code recipient} may see at this moment; pages kept for later belong to one audience. */
    public Audience audience(Recipient recipient) {
        return Audience.of(recipient, clock.instant());
    }

    /**
     * The next entries after a place in the sequence. The sets restrict when they are not empty.
     *
     * @param types STIX types
     * @param ids STIX ids
     * @param specVersions {@code 2.0}, {@code 2.1}
     * @param addedAfter only entries added strictly later, microseconds since the epoch; 0 for all
     * @param afterSeq 0 to begin, else {@link Page#nextAfter()} of the page before
     * @param limit how many at most
     */
    public Page page(
            Recipient recipient,
            Set<String> types,
            Set<String> ids,
            Set<String> specVersions,
            Versions versions,
            long addedAfter,
            long afterSeq,
            int limit)
            throws StoreUnavailable {
        Selection selection = new Selection(audience(recipient), types, ids, specVersions, versions, addedAfter);
        return store.page(selection, afterSeq, limit);
    }

    /** See {@link Store#stamp}. */
    public long stamp(long firstSeq, long lastSeq) {
        return store.stamp(firstSeq, lastSeq);
    }

    /** The latest version of an object; empty as well when the recipient may not see it. */
    public Optional<Entry> latest(Recipient recipient, String id) throws StoreUnavailable {
        return store.latest(id, audience(recipient));
    }

    /**
     * Whether the recipient may know of one entry of an object, also when the recipient is shown another statement of the id. Entries that
     * never leave the centre are only for recipients who see all case files.
     */
    public boolean mayKnow(Recipient recipient, String id, long seq) throws StoreUnavailable {
        Audience audience = audience(recipient);
        return store.at(seq)
                .filter(entry -> audience.sees(entry.release().code()) && (!entry.release().house() || audience.units().all()))
                .filter(entry -> entry.facts().id().equals(id))
                .isPresent();
    }

    /** The versions of an object that the recipient may see, in the order in which they were added. */
    public List<Entry> versions(Recipient recipient, String id) throws StoreUnavailable {
        return store.versions(id, audience(recipient));
    }

    /** The objects that refer to {@code id} and that the recipient may see. */
    public List<Entry> referrers(Recipient recipient, String id) throws StoreUnavailable {
        return store.referrers(id, Versions.LAST, audience(recipient));
    }

    /** The first versions that refer to {@code id}, of objects that the recipient may see. */
    public List<Entry> firstReferrers(Recipient recipient, String id) throws StoreUnavailable {
        return store.referrers(id, Versions.FIRST, audience(recipient));
    }

    /**
     * Which objects carry these values.
     *
     * @param observables keys, {@code kind:value}
     * @param freshest how many entries to return a value at most
     */
    public Map<String, Carriers> carriers(Recipient recipient, Collection<String> observables, int freshest)
            throws StoreUnavailable {
        return store.carriers(observables, audience(recipient), freshest);
    }

    /** Answers a search. The audience in {@code question} is not believed: that of the recipient is put in. */
    public Search.Result search(Recipient recipient, Search question) throws StoreUnavailable {
        return store.search(question.as(audience(recipient)));
    }

    /**
     * Says whether {@code recipient} would be given an object and why, whoever asks: callers see to it that the asker may
     * know of the object at all.
     *
     * @return empty when there is no such object
     */
    public Optional<Explanation> explain(String id, Recipient recipient) throws StoreUnavailable {
        Optional<Entry> found = store.latest(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        ReleaseClass effective = entry.release();
        Optional<Tlp> marked = EffectiveMarking.own(StoredObject.stix(entry));
        List<Explanation.Stricter> because = new ArrayList<>();
        for (String ref : entry.facts().refs()) {
            Optional<ReleaseClass> other = store.latest(ref).map(Entry::release);
            if (other.isPresent() && makesStricter(other.get(), effective, marked)) {
                because.add(new Explanation.Stricter(ref, other.get()));
            }
        }
        for (String marking : marked.filter(Tlp.RED::equals).isEmpty() && effective.tlp() == Tlp.RED
                ? EffectiveMarking.others(StoredObject.stix(entry)) : List.<String>of()) {
            if (because.isEmpty() || !UnknownMarkings.understood(store, marking)) {
                because.add(new Explanation.Stricter(marking, new ReleaseClass(Tlp.RED, false, false, false)));
            }
        }
        return Optional.of(new Explanation(id, recipient.name(),
                ReleaseDecision.decide(effective, recipient, clock.instant()), marked, effective, because));
    }

    private static boolean makesStricter(ReleaseClass other, ReleaseClass effective, Optional<Tlp> marked) {
        boolean byMarking = other.tlp() == effective.tlp() && marked.filter(own -> own.compareTo(other.tlp()) >= 0).isEmpty()
                && other.tlp() != Tlp.CLEAR;
        return byMarking || other.personal() || other.house();
    }
}
