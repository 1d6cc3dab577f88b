package uz.koprik.gateway.release;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.UnknownMarkings;
import uz.koprik.indicators.bursts.DailyCounts;
import uz.koprik.indicators.bursts.DayTally;
import uz.koprik.indicators.bursts.Feature;
import uz.koprik.indicators.correlation.Correlation;
import uz.koprik.indicators.correlation.CorrelationSubject;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.correlation.ValueMatch;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.PersonalUse;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Erasure;
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

    private final InternalStore store;
    private final Correlator correlator;
    private final Supplier<Set<String>> closedSources;
    private final InstantSource clock;
    private final Supplier<Map<String, Set<String>>> purposes;
    private final Counts counts;
    private final List<Runnable> memories = new CopyOnWriteArrayList<>();
    private volatile ErasedObjectTerms erased;

    /** One at a centre all of whose partners allow to give to others what they gave. */
    public Release(InternalStore store, Correlator correlator, InstantSource clock) {
        this(store, correlator, Set::of, clock);
    }

    /**
     * One at a centre none of whose agreements asks for a purpose on use.
     *
     * @param closedSources names of the partners that do not allow it, as of now
     */
    public Release(
            InternalStore store, Correlator correlator, Supplier<Set<String>> closedSources, InstantSource clock) {
        this(store, correlator, closedSources, Map::of, clock);
    }

    /**
     * @param closedSources names of the partners that do not allow to give to others what they gave, as of now
     * @param purposes of agreements that ask for one on use, by name of partner, as of now
     */
    public Release(
            InternalStore store,
            Correlator correlator,
            Supplier<Set<String>> closedSources,
            Supplier<Map<String, Set<String>>> purposes,
            InstantSource clock) {
        this.closedSources = closedSources;
        this.purposes = purposes;
        this.store = store;
        this.correlator = correlator;
        this.clock = clock;
        this.counts = new Counts(store, this::audience);
    }

    /** From now on {@link #erasure} decides by the terms that {@code terms} keeps. */
    public void remembering(ErasedObjectTerms terms) {
        erased = terms;
    }

    /**
     * That the content of an object was erased, for a recipient who could have seen it, with the versions that this one
     * could have seen. When nothing is known of its terms, for those only who see everything. Blocks.
     */
    public Optional<Erasure> erasure(Recipient recipient, String id) throws StoreUnavailable {
        Audience audience = audience(recipient);
        if (audience.seesAll()) {
            return store.erasure(id);
        }
        return sawErased(audience, id)
                ? store.erasure(id).map(erasure -> erasure.of(version -> sees(audience, version.release())))
                : Optional.empty();
    }

    private static boolean sees(Audience audience, ReleaseTerms terms) {
        return audience.sees(terms) && (!terms.house() || audience.units().all());
    }

    /** Whether an object would be shown if it was erased. Asked for every id: otherwise the time discloses erasures. */
    private boolean sawErased(Audience audience, String id) throws StoreUnavailable {
        boolean seen = false;
        for (ReleaseTerms terms : termsOfErased(id)) {
            seen |= sees(audience, terms);
        }
        return seen;
    }

    /** The terms that an erased object had; empty when nothing is known of them. Blocks. */
    List<ReleaseTerms> termsOfErased(String id) throws StoreUnavailable {
        ErasedObjectTerms known = erased;
        return known == null ? List.of() : known.of(id);
    }

    /**
     * Of some recalls, the ids of those that the recipient may know of: who could not see what was recalled learns
     * nothing of the recall. Of what was never here the kinds of values are unknown. Blocks.
     */
    public Set<String> knownRecalls(Recipient recipient, Collection<RecalledVersion> recalls) throws StoreUnavailable {
        Audience audience = audience(recipient);
        Set<String> known = new HashSet<>();
        PastTerms past = audience.seesAll()
                ? PastTerms.NONE
                : PastTerms.of(
                        store, recalls.stream().map(RecalledVersion::object).toList());
        for (RecalledVersion recall : recalls) {
            if (audience.seesAll() || knows(audience, recall, past)) {
                known.add(recall.recall());
            }
        }
        return known;
    }

    private boolean knows(Audience audience, RecalledVersion recall, PastTerms past) throws StoreUnavailable {
        String id = recall.object();
        Optional<ReleaseTerms> terms = past.newest(id, recall::means).map(Entry::release);
        if (terms.isPresent()) {
            return sees(audience, terms.get())
                    || (audience.sees(terms.get()) && store.latest(id, audience).isPresent());
        }
        return store.holds(id)
                ? sawErased(audience, id)
                : audience.sees(new ReleaseTerms(Tlp.CLEAR, recall.ours(), true, false));
    }

    /**
     * Whether there is anything under an id, in view or not: for recipients who see everything. Others learn nothing.
     */
    public boolean holds(Recipient recipient, String id) throws StoreUnavailable {
        return audience(recipient).seesAll() && store.holds(id);
    }

    /** From now on {@code forget} is called when content was erased: for what keeps answers in memory. */
    public void onErased(Runnable forget) {
        memories.add(forget);
    }

    /** Lets everything go that answers were kept in. */
    public void forgetAnswers() {
        memories.forEach(Runnable::run);
    }

    /** What {@code recipient} may see at this moment; pages kept for later belong to one audience. */
    private Audience audience(Recipient recipient) {
        return Audience.of(now(recipient), clock.instant());
    }

    /**
     * An account, too, is not given what a partner gave for nobody else, and a member not what needs a purpose that was
     * not said.
     */
    private Recipient now(Recipient recipient) {
        return recipient instanceof Recipient.Client client
                ? new Recipient.Client(client.name(), client.maxTlp(), closedSources.get())
                : recipient.using(use -> use.under(purposes.get()));
    }

    /**
     * Whether the recipient would see the latest version of an object if a purpose were said that an agreement asks
     * for, and does not see it now.
     */
    public boolean needsPurpose(Recipient recipient, String id) throws StoreUnavailable {
        return withholds(recipient)
                && latest(recipient, id).isEmpty()
                && latest(recipient.using(use -> PersonalUse.OF_CENTRE), id).isPresent();
    }

    /** Whether the recipient would see more if a purpose were said that an agreement asks for. */
    public boolean withholds(Recipient recipient) {
        return !now(recipient).use().withheld().isEmpty();
    }

    /** Whether a purpose is needed for an object of these terms, and was not said. */
    public boolean needsPurpose(Recipient recipient, ReleaseTerms object) {
        return would(object, recipient).code() == ReleaseDecision.Code.PURPOSE_NEEDED;
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
                .filter(entry -> sees(audience, entry.release()))
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
        Recipient now = now(recipient);
        return audience(now).includes(counts.audience(now)) ? counts.perDay(now).upTo(today) : Map.of();
    }

    /**
     * What came since a day began. Case files are not counted.
     *
     * @param dayBegin first moment of the day
     * @return empty for a recipient who may not see everything that is counted
     */
    public Optional<DayTally.Day> day(Recipient recipient, Instant dayBegin) throws StoreUnavailable {
        Recipient now = now(recipient);
        return audience(now).includes(counts.audience(now))
                ? Optional.of(counts.ofDay(now).since(dayBegin))
                : Optional.empty();
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
        ReleaseTerms effective = entry.release();
        Optional<Tlp> marked = EffectiveMarking.own(StoredObject.stix(entry));
        List<Explanation.Stricter> because = new ArrayList<>();
        for (String ref : entry.facts().refs()) {
            Optional<ReleaseTerms> other =
                    store.latest(ref, Audience.HOUSEKEEPING).map(Entry::release);
            if (other.isPresent() && makesStricter(other.get(), effective, marked)) {
                because.add(new Explanation.Stricter(ref, other.get()));
            }
        }
        for (String marking : marked.filter(Tlp.RED::equals).isEmpty() && effective.tlp() == Tlp.RED
                ? EffectiveMarking.others(StoredObject.stix(entry))
                : List.<String>of()) {
            if (because.isEmpty() || !UnknownMarkings.understood(store, marking)) {
                because.add(new Explanation.Stricter(marking, new ReleaseTerms(Tlp.RED, false, false, false)));
            }
        }
        return Optional.of(new Explanation(id, recipient.name(), decide(entry, recipient), marked, effective, because));
    }

    /** The same, with those stricter objects only of which {@code asker} may know. */
    public Optional<Explanation> explain(String id, Recipient recipient, Recipient asker) throws StoreUnavailable {
        Optional<Explanation> all = explain(id, recipient);
        if (all.isEmpty()) {
            return all;
        }
        List<Explanation.Stricter> known = new ArrayList<>();
        for (Explanation.Stricter stricter : all.get().because()) {
            if (store.latest(stricter.id(), Audience.HOUSEKEEPING).isEmpty()
                    || latest(asker, stricter.id()).isPresent()) {
                known.add(stricter);
            }
        }
        return all.map(explanation -> explanation.of(known));
    }

    /** Whether an object of that class, which need not be stored, would be released to {@code recipient}. */
    public ReleaseDecision would(ReleaseTerms object, Recipient recipient) {
        return ReleaseDecision.decide(object, now(recipient), clock.instant());
    }

    private ReleaseDecision decide(Entry entry, Recipient recipient) throws StoreUnavailable {
        boolean unproven = recipient instanceof Recipient.Partner
                && store.latest(entry.facts().id(), Audience.HOUSEKEEPING.proven())
                        .filter(proven -> proven.seq() == entry.seq())
                        .isEmpty();
        return unproven
                ? new ReleaseDecision(
                        false,
                        ReleaseDecision.Code.UNPROVEN,
                        Map.of(),
                        "only keys signed it that were compromised when it was first seen here, so it is not passed on")
                : dated(ReleaseDecision.decide(entry.release(), now(recipient), clock.instant()), entry);
    }

    /** Says of a held object since when it is. */
    private static ReleaseDecision dated(ReleaseDecision decision, Entry entry) {
        if (decision.code() != ReleaseDecision.Code.HELD) {
            return decision;
        }
        String since = Instant.EPOCH.plus(entry.added(), ChronoUnit.MICROS).toString();
        return new ReleaseDecision(
                false,
                decision.code(),
                Map.of("since", since),
                "is held at the release desk since " + since + ", and needs a releaser");
    }

    private static boolean makesStricter(ReleaseTerms other, ReleaseTerms effective, Optional<Tlp> marked) {
        boolean byMarking = other.tlp() == effective.tlp()
                && marked.filter(own -> own.compareTo(other.tlp()) >= 0).isEmpty()
                && other.tlp() != Tlp.CLEAR;
        return byMarking
                || other.personal()
                || other.house()
                || other.held()
                || other.recipients().isPresent()
                || other.embargo().isPresent()
                || !other.groups().isEmpty();
    }
}
