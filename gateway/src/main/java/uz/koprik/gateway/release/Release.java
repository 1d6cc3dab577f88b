package uz.koprik.gateway.release;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.UnknownMarkings;
import uz.koprik.indicators.bursts.DailyCounts;
import uz.koprik.indicators.bursts.Feature;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseClass;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.Store;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.warninglist.WarningLists;

/**
 * The only way out. Every read for an answer names its recipient, and contains nothing that the recipient may not see:
 * no page, count, facet or error does. Safe for use by many threads at once.
 */
public final class Release {

    /** What is counted per day: everything but case files, which a count must not reveal. */
    private static final Recipient COUNTED = new Recipient.Operator("daily counts");

    private final InternalStore store;
    private final Correlator correlator;
    private final InstantSource clock;
    private final DailyCounts tally;

    public Release(InternalStore store, Correlator correlator, InstantSource clock) {
        this.store = store;
        this.correlator = correlator;
        this.clock = clock;
        this.tally = new DailyCounts(store, audience(COUNTED));
    }

    /** What {@code recipient} may see at this moment; pages kept for later belong to one audience. */
    private Audience audience(Recipient recipient) {
        return Audience.of(recipient, clock.instant());
    }

    /**
     * Decides once what {@code recipient} may see of what {@code filter} asks for: every page of one request, and the
     * key under which a page is cached, come from the same selection.
     */
    public ReleasedSelection select(Recipient recipient, PageFilter filter) {
        return new ReleasedSelection(filter.selection(audience(recipient)));
    }

    /**
     * The next selected entries after a sequence number.
     *
     * @param afterSeq 0 to begin, else {@link Page#nextAfter()} of the page before
     * @param limit how many at most
     */
    public Page page(ReleasedSelection selection, long afterSeq, int limit) throws StoreUnavailable {
        return store.page(selection.selection(), afterSeq, limit);
    }

    /** A page of what {@code recipient} may see at this moment. */
    public Page page(Recipient recipient, PageFilter filter, long afterSeq, int limit) throws StoreUnavailable {
        return page(select(recipient, filter), afterSeq, limit);
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
     * Whether the recipient may know of one entry of an object, also when the recipient is shown another statement of
     * the id. Entries that never leave the centre are only for recipients who see all case files.
     */
    public boolean mayKnow(Recipient recipient, String id, long seq) throws StoreUnavailable {
        return known(recipient, id, seq).isPresent();
    }

    /** The entry itself, when the recipient may know of it as {@link #mayKnow} says. */
    public Optional<Entry> known(Recipient recipient, String id, long seq) throws StoreUnavailable {
        Audience audience = audience(recipient);
        return store.at(seq)
                .filter(entry -> audience.sees(entry.release().code())
                        && (!entry.release().house() || audience.units().all()))
                .filter(entry -> entry.facts().id().equals(id));
    }

    /** As {@link #latest}, among the versions that are proven. */
    public Optional<Entry> latestProven(Recipient recipient, String id) throws StoreUnavailable {
        return store.latest(id, audience(recipient).proven());
    }

    /** As {@link #versions}, those that are proven. */
    public List<Entry> provenVersions(Recipient recipient, String id) throws StoreUnavailable {
        return store.versions(id, audience(recipient).proven());
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

    /**
     * What only compromised keys prove, as far as {@code recipient} may see; see {@link Store#unproven}.
     *
     * @param kid thumbprint of one of these keys
     */
    public Page unproven(Recipient recipient, String kid, long afterSeq, int limit) throws StoreUnavailable {
        return store.unproven(kid, audience(recipient), afterSeq, limit);
    }

    /** Answers a search over what {@code recipient} may see at this moment. */
    public Search.Result search(Recipient recipient, SearchQuery query) throws StoreUnavailable {
        return store.search(new Search(audience(recipient), query));
    }

    /**
     * Looks for values among the objects that {@code recipient} may see.
     *
     * @return one item per subject, in the same order
     */
    public List<Correlation> correlate(Recipient recipient, List<CorrelationSubject> subjects) throws StoreUnavailable {
        return correlator.correlate(subjects, audience(recipient));
    }

    /**
     * The matches of a new object, as far as {@code recipient} may see. Those that intake found serve a recipient who
     * sees everything; for any other they are looked for again.
     */
    public List<ValueMatch> matches(Recipient recipient, Outcome outcome) throws StoreUnavailable {
        if (outcome.status() != Outcome.Status.ACCEPTED) {
            return List.of();
        }
        Audience audience = audience(recipient); // once: look-up and correlation of one answer are for one audience
        if (audience.seesAll()) {
            return outcome.matches().all();
        }
        Optional<Entry> entry = store.latest(outcome.id(), audience)
                .filter(stored -> !stored.facts().revoked());
        return entry.isPresent()
                ? correlator
                        .correlate(List.of(CorrelationSubject.of(entry.get())), audience)
                        .getFirst()
                        .matches()
                : List.of();
    }

    /** The warning list that names a value, which is then not looked for; empty when there is none. */
    public Optional<WarningLists.Hit> silencedBy(Observable value) {
        return correlator.silencedBy(value);
    }

    /**
     * How many objects were added per day, by feature.
     *
     * @param today days since the epoch
     * @return see {@link DailyCounts#upTo}; empty for a recipient who may not see everything that is counted
     */
    public Map<Feature, int[]> dailyCounts(Recipient recipient, long today) throws StoreUnavailable {
        return audience(recipient).includes(audience(COUNTED)) ? tally.upTo(today) : Map.of();
    }

    /**
     * Says whether an object is released to {@code recipient}, and why. It does not check who asks: callers ensure that
     * the asker may know of the object.
     *
     * @return empty when there is no such object
     */
    public Optional<Explanation> explain(String id, Recipient recipient) throws StoreUnavailable {
        Optional<Entry> found = store.latest(id, Audience.HOUSEKEEPING);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        ReleaseClass effective = entry.release();
        Optional<Tlp> marked = EffectiveMarking.own(StoredObject.stix(entry));
        List<Explanation.Stricter> because = new ArrayList<>();
        for (String ref : entry.facts().refs()) {
            Optional<ReleaseClass> other =
                    store.latest(ref, Audience.HOUSEKEEPING).map(Entry::release);
            if (other.isPresent() && makesStricter(other.get(), effective, marked)) {
                because.add(new Explanation.Stricter(ref, other.get()));
            }
        }
        for (String marking : marked.filter(Tlp.RED::equals).isEmpty() && effective.tlp() == Tlp.RED
                ? EffectiveMarking.others(StoredObject.stix(entry))
                : List.<String>of()) {
            if (because.isEmpty() || !UnknownMarkings.understood(store, marking)) {
                because.add(new Explanation.Stricter(marking, new ReleaseClass(Tlp.RED, false, false, false)));
            }
        }
        return Optional.of(new Explanation(id, recipient.name(), decide(entry, recipient), marked, effective, because));
    }

    private ReleaseDecision decide(Entry entry, Recipient recipient) throws StoreUnavailable {
        boolean unproven = recipient instanceof Recipient.Partner
                && store.latest(entry.facts().id(), Audience.HOUSEKEEPING.proven())
                        .filter(proven -> proven.seq() == entry.seq())
                        .isEmpty();
        return unproven
                ? new ReleaseDecision(
                        false,
                        "only keys signed it that were compromised when it was first seen here, so it is not passed on")
                : ReleaseDecision.decide(entry.release(), recipient, clock.instant());
    }

    private static boolean makesStricter(ReleaseClass other, ReleaseClass effective, Optional<Tlp> marked) {
        boolean byMarking = other.tlp() == effective.tlp()
                && marked.filter(own -> own.compareTo(other.tlp()) >= 0).isEmpty()
                && other.tlp() != Tlp.CLEAR;
        return byMarking || other.personal() || other.house();
    }
}
