package uz.koprik.gateway.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.clock.Admission;
import uz.koprik.gateway.concurrent.LowWatermark;
import uz.koprik.gateway.concurrent.WorkerPool;
import uz.koprik.gateway.desk.DeskItem;
import uz.koprik.gateway.desk.DeskObject;
import uz.koprik.gateway.desk.ReleaseQueue;
import uz.koprik.gateway.intake.Outcome.Status;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.tracing.Span;
import uz.koprik.indicators.correlation.Correlator;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.UnknownMarking;
import uz.koprik.indicators.stix.VersionOrder;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.store.AppendResult;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;

/**
 * The only way in, for an analyst's form, a bulk import and a partner's feed alike: read strictly, validate, verify or
 * sign, authorise, append durably, correlate, notify listeners.
 *
 * <p>Whole or not at all for each object; one bad object never stops the others, and each refused one has a reason.
 * Safe for use by many threads at once; the arithmetic of a batch is spread over the cores.
 */
public final class Intake implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /**
     * How far back from the end of the sequence an interrupted narrowing can lie: far more than all batches at once.
     */
    private static final int TAIL = 20_000;

    /**
     * How far ahead of this centre's clock the time of a version may lie: clocks differ, and programs forget time
     * zones' summer hour.
     */
    static final Duration FUTURE_TOLERANCE = Duration.ofHours(2);

    /** Who renews. */
    private static final Source ITSELF = new Source.Account("the centre itself", true);

    private final InternalStore store;
    private final LocalCentre localCentre;
    private final Trust trust;
    private final Partners partners;
    private final InstantSource clock;
    private final WorkerPool workers;
    private final ObjectValidator examination;
    private final Claimants claimants;
    private final ProvenanceResolver provenanceResolver;
    private final UnknownMarkings unknownMarkings;
    private final Classification classification;
    private final Evidence evidence;
    private final IntakeCorrelation correlation;
    private final RecalledObjects recalledObjects;
    private final IntakeMeters counts = new IntakeMeters();
    private final List<Consumer<AcceptedEvent>> onAccepted = new CopyOnWriteArrayList<>();
    private final List<Consumer<CorrelationResult>> onLooked = new CopyOnWriteArrayList<>();
    private final List<Consumer<IdConflict>> onIdConflict = new CopyOnWriteArrayList<>();
    private final LowWatermark lowWatermark = new LowWatermark();
    private volatile boolean correlates = true;
    private volatile Admission admission = () -> {};
    private volatile Optional<ReleaseQueue> desk = Optional.empty();

    /** Grows when an object that can narrow others has been stored; see {@link #append}. */
    private final AtomicLong narrowings = new AtomicLong();

    /**
     * @param unmarked marking in force for objects that carry none
     * @param unknown what becomes of objects with a marking whose meaning is unknown here
     * @param evidence folder for pairs of objects that contradict one another
     */
    public Intake(
            InternalStore store,
            LocalCentre localCentre,
            Trust trust,
            Partners partners,
            Correlator correlator,
            Tlp unmarked,
            UnknownMarking unknown,
            Path evidence,
            InstantSource clock) {
        this.unknownMarkings = new UnknownMarkings(store, unknown, trust);
        this.store = store;
        this.localCentre = localCentre;
        this.trust = trust;
        this.partners = partners;
        this.clock = clock;
        this.workers = new WorkerPool(Runtime.getRuntime().availableProcessors());
        this.examination = new ObjectValidator(store, localCentre, unmarked, FUTURE_TOLERANCE);
        this.claimants = new Claimants(trust, partners);
        this.provenanceResolver = new ProvenanceResolver(store, localCentre, trust, partners, workers);
        Inheritance inheritance = new Inheritance(localCentre, store, workers, trust, clock);
        this.classification = new Classification(localCentre, inheritance, store);
        this.evidence = new Evidence(evidence);
        this.correlation = new IntakeCorrelation(correlator, localCentre);
        this.recalledObjects = new RecalledObjects(store, inheritance, correlation);
    }

    /** Stops looking for values, so that a measurement shows what that costs. */
    Intake withoutCorrelation() {
        correlates = false;
        return this;
    }

    /**
     * Takes objects in.
     *
     * @param batch at most some thousands at a time: all of them are in memory together
     * @return what became of each, in the order of {@code batch}; accepted ones are durable
     * @throws StoreUnavailable when nothing is acknowledged; submitting the same objects again later is safe
     */
    public List<Outcome> take(List<IncomingObject> batch, Source source) throws StoreUnavailable {
        return take(batch, source, Set.of());
    }

    /**
     * As {@link #take(List, Source)}.
     *
     * @param forgiven rules whose breach this submission of an account is forgiven, besides those that its settings do
     */
    public List<Outcome> take(List<IncomingObject> batch, Source source, Set<ForgivableRule> forgiven)
            throws StoreUnavailable {
        return Span.current().during("intake", span -> {
            List<Outcome> outcomes = take(batch, source, forgiven, span);
            if (span.recorded()) {
                span.with("koprik.objects", batch.size());
                outcomes.forEach(outcome ->
                        span.object(outcome.id(), outcome.status().name().toLowerCase(Locale.ROOT), outcome.seq()));
            }
            return outcomes;
        });
    }

    private List<Outcome> take(List<IncomingObject> batch, Source source, Set<ForgivableRule> forgiven, Span span)
            throws StoreUnavailable {
        admission.require();
        Instant now = clock.instant();
        Claimant claimant = claimants.of(source, now);
        List<Candidate> candidates = judged(batch, source, forgiven, claimant, now);
        boolean later = looksLater(source);
        long ticket = lowWatermark.begin();
        List<Outcome> outcomes;
        try {
            List<AppendResult> appended =
                    span.during("intake.append", append -> append(open(candidates), source, claimant, now));
            outcomes = span.during("intake.correlate", correlate -> outcomes(candidates, appended, source, now, later));
            counts.count(source, outcomes);
        } finally {
            lowWatermark.end(ticket);
        }
        if (later && outcomes.stream().anyMatch(outcome -> outcome.status() == Status.ACCEPTED)) {
            CorrelationResult left =
                    CorrelationResult.left(candidates.stream().anyMatch(candidate -> candidate.isCase));
            onLooked.forEach(listener -> tell(listener, left));
        }
        return outcomes;
    }

    /** Reads, checks and verifies what is offered, or finds why it is refused. */
    private List<Candidate> judged(
            List<IncomingObject> batch, Source source, Set<ForgivableRule> forgiven, Claimant claimant, Instant now)
            throws StoreUnavailable {
        List<Candidate> candidates = new ArrayList<>(batch.size());
        for (IncomingObject offered : batch) {
            candidates.add(new Candidate(offered));
        }
        Set<ForgivableRule> rules = forgiven(source, forgiven);
        Span span = Span.current();
        span.during(
                "intake.check",
                check -> workers.map(candidates, candidate -> {
                    examination.examine(candidate, source, rules, claimant, now);
                    return null;
                }));
        span.during("intake.verify", verify -> {
            provenanceResolver.vouch(open(candidates), source, claimant, now);
            return null;
        });
        unknownMarkings.judge(candidates, source, claimant, now);
        candidates.forEach(Candidate::keepUnproven);
        if (source instanceof Source.Partner) {
            ProvenanceResolver.refuseVouchersOfRefused(candidates);
        }
        return candidates;
    }

    private Set<ForgivableRule> forgiven(Source source, Set<ForgivableRule> submission) {
        return switch (source) {
            case Source.Partner partner -> partners.partner(partner.name()).forgives();
            case Source.Account account when account.forgives().isEmpty() -> submission;
            case Source.Account account ->
                Stream.concat(account.forgives().stream(), submission.stream()).collect(Collectors.toUnmodifiableSet());
        };
    }

    /**
     * Whether values are looked for after the answer. An account that may not know of all case files gets no matches
     * with them, and could conclude on them from the time of the answer. For a partner, whose machine submits large
     * batches, the time does not matter.
     */
    private static boolean looksLater(Source source) {
        return source instanceof Source.Account account && !account.knowsAll();
    }

    /**
     * Finishes what an earlier process may have left half done; before the first {@link #take}.
     *
     * @throws StoreUnavailable when the centre must not serve yet
     */
    public void recover() throws StoreUnavailable {
        classification.settle(TAIL);
    }

    /**
     * Takes versions of an object out of every view, for good. Whether {@code by} may do so has been decided.
     *
     * @param reason in words, kept in the journal
     * @return how many versions were withdrawn; 0 when there are none in view
     */
    public int withdraw(String id, Versions versions, String reason, Source by) throws StoreUnavailable {
        int withdrawn =
                store.withdraw(id, versions, claimants.of(by, clock.instant()).audience(), reason, by.name());
        correlation.learnAgain(id);
        LOG.info("{} withdrew {} versions of {}: {}", by.name(), withdrawn, id, reason);
        return withdrawn;
    }

    /**
     * Stores latest versions once more under other terms, and reports them like new ones to those who follow the
     * sequence; see {@link InternalStore#renew}. Whether the terms may become wider has been decided.
     *
     * @return how many were renewed; others renewed the rest, or it changed
     */
    public int renew(List<Renewal> renewals) throws StoreUnavailable {
        Map<Long, Long> renewed = store.renew(renewals);
        if (!renewed.isEmpty()) {
            AcceptedEvent news = new AcceptedEvent(Collections.max(renewed.values()), ITSELF);
            onAccepted.forEach(listener -> tell(listener, news));
        }
        return renewed.size();
    }

    /** Renews objects whose embargo ends; see {@link EmbargoEnds}. */
    public EmbargoEnds embargoEnds() {
        return new EmbargoEnds(store, this, clock);
    }

    /**
     * Calls {@code listener} when new objects are in the sequence, on the thread that stored them: it must be quick.
     */
    public void onAccepted(Consumer<AcceptedEvent> listener) {
        onAccepted.add(listener);
    }

    /**
     * Reports each pair of objects that contradict one another under one id to {@code listener}, repeated ones
     * included. The submitter waits for the listener only where the answer depends on what the submitter may know;
     * otherwise the report follows the answer.
     */
    public void onIdConflict(Consumer<IdConflict> listener) {
        onIdConflict.add(listener);
    }

    /**
     * Hands {@code listener} what was found of each batch, before the batch ends in {@link #lowWatermark()}; of a batch
     * that is left for later, only that there was one, when it has ended. It must be quick.
     */
    public void onLooked(Consumer<CorrelationResult> listener) {
        onLooked.add(listener);
    }

    /** Hands {@code listener}, the very same, nothing more. */
    public void offLooked(Consumer<CorrelationResult> listener) {
        onLooked.remove(listener);
    }

    /** Which batches are on their way. */
    public LowWatermark lowWatermark() {
        return lowWatermark;
    }

    /**
     * Whether an id is taken, by an object in view or not. For deriving ids alone: who submits learns nothing of the
     * answer.
     */
    public boolean holds(String id) throws StoreUnavailable {
        return store.holds(id);
    }

    /**
     * Whether a submitter is the source of truth for an entry, and so may withdraw it: a partner for what it vouched
     * for itself, an account that is no member for what it submitted in the name of this centre, a member for what
     * accounts submitted here and what this centre made.
     */
    public boolean mayWithdraw(EntryMetadata facts, Source by) {
        return switch (by) {
            case Source.Partner partner ->
                facts.speaker().equals(partner.name())
                        && facts.producer()
                                .map(trust::producer)
                                .map(owner ->
                                        owner.isPresent() && owner.get().name().equals(partner.name()))
                                .orElse(true);
            case Source.Account account
            when account.member() -> facts.receivedFrom().isEmpty() || localCentre.made(facts);
            case Source.Account account ->
                facts.submittedBy().equals(account.name())
                        && facts.producer()
                                .filter(producer -> !producer.equals(localCentre.identity()))
                                .isEmpty();
        };
    }

    /** This centre. */
    public LocalCentre localCentre() {
        return localCentre;
    }

    /** From now on nothing is taken in while {@code admission} refuses. */
    public void admitted(Admission by) {
        admission = by;
    }

    /** From now on {@code queue} says which objects need a second person, and lets them wait. */
    public void heldBy(ReleaseQueue queue) {
        desk = Optional.of(queue);
    }

    /**
     * The release terms that objects would get if they were taken in now. Stores nothing.
     *
     * @return the terms of each, in the order of {@code batch}; empty for what would be refused
     */
    public List<Optional<ReleaseTerms>> foresee(List<IncomingObject> batch, Source source) throws StoreUnavailable {
        Instant now = clock.instant();
        Claimant claimant = claimants.of(source, now);
        List<Candidate> candidates = judged(batch, source, Set.of(), claimant, now);
        List<Candidate> open = open(candidates);
        classification.classify(open, source, claimant, now);
        hold(open);
        return candidates.stream()
                .map(candidate -> candidate.refusal != null
                        ? Optional.<ReleaseTerms>empty()
                        : Optional.of(candidate.known == null ? candidate.release : candidate.known.release()))
                .toList();
    }

    /** Lets those wait that need a second person. */
    private void hold(List<Candidate> fresh) {
        desk.ifPresent(queue -> fresh.forEach(
                candidate -> candidate.release = queue.held(candidate.release, candidate.origin.isPresent())));
    }

    /**
     * Holds what refers to those that wait and come together with it. That is before they are stored: afterwards, a
     * reader could be faster. What will be refused holds nothing.
     */
    private void holdReferrers(List<Candidate> fresh, Source source, Claimant claimant) {
        List<Candidate> stay = new ArrayList<>();
        boolean some = false;
        for (Candidate candidate : fresh) {
            boolean waits = candidate.release.hold() == ReleaseTerms.Hold.WAITS;
            if (!waits || store.foresee(candidate.draft(source, claimant)) instanceof AppendResult.NewEntry) {
                stay.add(candidate);
                some |= waits;
            }
        }
        if (some) {
            Inheritance.inheritTogether(stay);
        }
    }

    /** What recalls do to the store. */
    public RecalledObjects recalledObjects() {
        return recalledObjects;
    }

    /** From now on nothing comes in that {@code gate} says was recalled. */
    public void closedBy(RecalledObjects.Gate gate) {
        examination.closedBy(gate);
    }

    /** Bounds the room of evidence of contradicting objects, in bytes: of all sources, and of each. */
    public void boundEvidence(long total, long perSource) {
        evidence.bound(total, perSource);
    }

    /**
     * Removes what is kept as evidence of objects that were erased.
     *
     * @param ids of the objects
     * @param digests of all their versions
     */
    public void eraseEvidence(Collection<String> ids, Collection<String> digests) throws IOException {
        evidence.erase(ids, digests);
    }

    /** What became of everything offered since start. */
    public IntakeMeters counts() {
        return counts;
    }

    @Override
    public void close() {
        workers.close();
    }

    private static List<Candidate> open(List<Candidate> candidates) {
        return candidates.stream().filter(Candidate::open).toList();
    }

    /**
     * Stores the candidates, each directly after its countersignature: a reader of pages of any size can verify an
     * object by the entries before it.
     *
     * <p>Those that refer to a stricter object are narrowed before it is stored, and once more afterwards, for what was
     * stored meanwhile. The other way round, a batch looks at its references again when it narrowed what was stored,
     * when somebody else stored a stricter object meanwhile (the counter says so), or another gateway something. Of two
     * concurrent batches, one of both sees the other.
     */
    private List<AppendResult> append(List<Candidate> fresh, Source source, Claimant claimant, Instant now)
            throws StoreUnavailable {
        if (fresh.isEmpty()) {
            return List.of();
        }
        long before = narrowings.get();
        long others = store.othersWrote();
        classification.classify(fresh, source, claimant, now);
        hold(fresh);
        holdReferrers(fresh, source, claimant);
        provenanceResolver.countersign(fresh, now);
        List<Draft> drafts = new ArrayList<>(fresh.size());
        List<Candidate> strict = new ArrayList<>();
        List<Candidate> waiting = new ArrayList<>();
        for (Candidate candidate : ordered(fresh)) {
            Draft draft = candidate.draft(source, claimant);
            boolean narrows = candidate.release.narrows();
            // What will be refused narrows nothing, and nobody vouches for it.
            boolean stays = (narrows || candidate.countersignature.isPresent())
                    && store.foresee(draft) instanceof AppendResult.NewEntry;
            if (stays) {
                candidate.countersignature.ifPresent(said -> drafts.add(said.draft(source, claimant)));
            }
            candidate.draftAt = drafts.size();
            drafts.add(draft);
            if (stays && narrows) {
                strict.add(candidate);
            }
            if (stays && candidate.release.hold() == ReleaseTerms.Hold.WAITS) {
                waiting.add(candidate);
            }
        }
        Optional<DeskItem> item = letWait(waiting, source);
        Set<String> ids = ids(fresh, strict);
        Map<Inheritance.OwnedObject, ReleaseTerms> narrowed =
                classification.narrowReferrers(strict, source, claimant, ids);
        if (!narrowed.isEmpty()) {
            classification.narrowThrough(fresh, drafts, source, claimant, ids, narrowed).stream()
                    .filter(candidate -> !strict.contains(candidate))
                    .forEach(strict::add);
        }
        List<AppendResult> appended = Span.current().during("store.append", span -> store.append(drafts));
        if (!strict.isEmpty()) {
            narrowings.incrementAndGet();
            classification.narrowReferrers(strict, appended, source, narrowed);
        }
        if (!narrowed.isEmpty()
                || narrowings.get() != before + (strict.isEmpty() ? 0 : 1)
                || store.othersWrote() != others) {
            classification.narrowAgain(fresh, appended, store, source, claimant);
        }
        if (item.isPresent()) {
            keepStored(item.get(), waiting, appended);
        }
        return appended;
    }

    /** Lets objects wait at the release desk, before they are stored: see {@link ReleaseQueue}. */
    private Optional<DeskItem> letWait(List<Candidate> waiting, Source source) throws StoreUnavailable {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(desk.orElseThrow()
                        .add(
                                source,
                                waiting.stream()
                                        .map(candidate -> new ReleaseQueue.Waiting(
                                                DeskObject.of(
                                                        candidate.id,
                                                        candidate.version,
                                                        candidate.digest,
                                                        candidate.release),
                                                candidate.release,
                                                candidate.origin.isPresent()))
                                        .toList(),
                                ""));
    }

    private void keepStored(DeskItem item, List<Candidate> waiting, List<AppendResult> appended)
            throws StoreUnavailable {
        Set<String> stored = new HashSet<>();
        for (Candidate candidate : waiting) {
            if (appended.get(candidate.draftAt) instanceof AppendResult.NewEntry) {
                candidate.deskItem = Optional.of(item.id());
                stored.add(candidate.id);
            }
        }
        desk.orElseThrow().stored(item, stored);
    }

    /** Definitions before what they mark, and the versions of each object by their times. */
    private static List<Candidate> ordered(List<Candidate> fresh) {
        return VersionOrder.ascending(
                UnknownMarkings.definitionsFirst(fresh),
                candidate -> new VersionOrder.Version(candidate.id, candidate.version));
    }

    private static Set<String> ids(List<Candidate> fresh, List<Candidate> strict) {
        return strict.isEmpty()
                ? Set.of()
                : fresh.stream().map(candidate -> candidate.id).collect(Collectors.toUnmodifiableSet());
    }

    private List<Outcome> outcomes(
            List<Candidate> candidates, List<AppendResult> appended, Source source, Instant now, boolean later)
            throws StoreUnavailable {
        List<Outcome> outcomes = new ArrayList<>(candidates.size());
        List<Candidate> accepted = new ArrayList<>();
        long lastSeq = 0;
        for (Candidate candidate : candidates) {
            Outcome outcome = outcome(candidate, appended, source, now);
            outcomes.add(outcome);
            if (candidate.stored) {
                candidate.seq = outcome.seq();
                accepted.add(candidate);
                lastSeq = Math.max(lastSeq, outcome.seq());
            }
        }
        if (accepted.isEmpty()) {
            return outcomes;
        }
        AcceptedEvent news = new AcceptedEvent(lastSeq, source);
        onAccepted.forEach(listener -> tell(listener, news));
        if (!correlates) {
            return outcomes;
        }
        correlation.learn(accepted);
        if (later) {
            lowWatermark.reached(lastSeq);
            return correlation.withSilenced(outcomes, candidates);
        }
        IntakeCorrelation.Result result = correlation.correlate(outcomes, candidates, accepted, appended, source, now);
        lowWatermark.reached(lastSeq);
        onLooked.forEach(listener -> tell(listener, result.looked()));
        return result.outcomes();
    }

    private Outcome outcome(Candidate candidate, List<AppendResult> appended, Source source, Instant now)
            throws StoreUnavailable {
        if (candidate.refusal != null) {
            return refused(candidate, candidate.refusal);
        }
        if (candidate.known != null) {
            return stored(candidate, Status.UNCHANGED, candidate.known.seq());
        }
        return outcome(candidate, appended.get(candidate.draftAt), source, now);
    }

    private Outcome outcome(Candidate candidate, AppendResult appended, Source source, Instant now)
            throws StoreUnavailable {
        return switch (appended) {
            case AppendResult.NewEntry stored -> {
                candidate.stored = true;
                if (stored.contests() != 0) {
                    counts.contested();
                    keepEvidenceLater(candidate, stored.contests(), source, now, Contradiction.stored(stored.seq()));
                }
                yield stored(candidate, Status.ACCEPTED, stored.seq())
                        .withForgiven(candidate.forgiven)
                        .waitingIn(candidate.deskItem);
            }
            case AppendResult.Duplicate duplicate -> stored(candidate, Status.UNCHANGED, duplicate.seq());
            case AppendResult.Conflict conflict
            when saysTheSame(candidate, conflict.seq()) -> stored(candidate, Status.UNCHANGED, conflict.seq());
            case AppendResult.Conflict conflict -> {
                boolean kept = keepEvidence(candidate, conflict.seq(), source, now, Contradiction.EQUIVOCATION);
                yield refused(
                        candidate,
                        new Refusal(
                                Code.EQUIVOCATION,
                                "/modified",
                                "another object with the same id and version is here already, and both cannot be right: the first one stays"
                                        + (kept ? ", both are kept as evidence" : "")
                                        + "; its producer must publish a new version with a later \"modified\""));
            }
            case AppendResult.Foreign foreign
            when isSameReport(candidate, foreign) -> stored(candidate, Status.UNCHANGED, foreign.seq());
            case AppendResult.Foreign foreign -> {
                counts.contested();
                keepEvidence(candidate, foreign.seq(), source, now, Contradiction.refused(foreign.pointer()));
                yield refused(candidate, foreign(foreign.pointer()));
            }
            case AppendResult.UnseenEntry(AppendResult actual) -> {
                if (actual instanceof AppendResult.Conflict conflict && !saysTheSame(candidate, conflict.seq())) {
                    keepEvidenceLater(candidate, conflict.seq(), source, now, Contradiction.EQUIVOCATION);
                }
                yield stored(candidate, Status.ACCEPTED, 0);
            }
            case AppendResult.Stale stale
            when candidate.offered.follows().isPresent() ->
                refused(
                        candidate,
                        new Refusal(
                                Code.OLD_VERSION,
                                "/modified",
                                "somebody else stored another version meanwhile: read it, and change that one"));
            case AppendResult.Stale stale ->
                refused(
                        candidate,
                        new Refusal(
                                Code.OLD_VERSION,
                                "/modified",
                                "older than the version that is here, so it was skipped: nothing is to be done, unless it is a change of"
                                        + " yours, which needs a later \"modified\""));
            case AppendResult.Withdrawn withdrawn -> refused(candidate, gone(candidate));
        };
    }

    private Refusal gone(Candidate candidate) throws StoreUnavailable {
        return store.erasure(candidate.object.id())
                .map(erasure -> new Refusal(
                        Code.ERASED,
                        "/id",
                        "the content of this object was erased here on "
                                + erasure.at().toString().substring(0, 10)
                                + ", and it comes back only in a version later than the erased ones"))
                .orElseGet(
                        () -> new Refusal(
                                Code.WITHDRAWN,
                                "/id",
                                "this object was withdrawn here and comes back only in a version later than the withdrawn one"));
    }

    /**
     * Whether a stored object of the same version differs in the form of its times of versions only, such as
     * {@code 10:00:00Z} for {@code 10:00:00.000Z}, or both are one marking definition of TLP.
     */
    private boolean saysTheSame(Candidate candidate, long knownSeq) throws StoreUnavailable {
        if (StandardMarkings.is(candidate)) {
            return true;
        }
        Optional<Entry> known = store.at(knownSeq);
        return known.isPresent() && VersionOrder.sameContent(StoredObject.stix(known.get()), candidate.object);
    }

    /** Whether somebody reported the same at the same moment, so that the two differ in the time of creation alone. */
    private boolean isSameReport(Candidate candidate, AppendResult.Foreign foreign) throws StoreUnavailable {
        return candidate.offered.report()
                && foreign.pointer().equals("/created")
                && store.at(foreign.seq())
                        .filter(entry -> !entry.facts().revoked())
                        .isPresent();
    }

    private static Refusal foreign(String pointer) {
        if (pointer.equals("/id")) {
            return new Refusal(
                    Code.NOT_AUTHORISED,
                    pointer,
                    "a member of this centre made this object, and an account that is no member"
                            + " changes only what such accounts submitted: ask a member, or use an id of its own for this object");
        }
        return new Refusal(
                Code.WRONG_OWNER,
                pointer,
                switch (pointer) {
                    case "/created" ->
                        "an object under this id is here with another time of creation, which never changes (STIX 2.1, 3.2): keep"
                                + " \"created\" in new versions, or use an id of its own for this object";
                    case "" ->
                        "an object under this id is here on the word of another centre, and only its creator makes new versions of it"
                                + " (STIX 2.1, 3.6): ask for it signed by its creator, or use an id of its own for this object";
                    default ->
                        "an object of another creator is here under this id, and only its creator makes new versions of it (STIX 2.1, 3.6):"
                                + " use an id of its own for this object";
                });
    }

    /** How an object contradicts another one; {@code storedSeq} is 0 when it was refused. */
    private record Contradiction(IdConflict.Kind kind, String pointer, long storedSeq) {

        static final Contradiction EQUIVOCATION = new Contradiction(IdConflict.Kind.EQUIVOCATION, "", 0);

        static Contradiction refused(String pointer) {
            return new Contradiction(IdConflict.Kind.CONTESTED_ID, pointer, 0);
        }

        static Contradiction stored(long seq) {
            return new Contradiction(IdConflict.Kind.CONTESTED_ID, "", seq);
        }
    }

    /**
     * Keeps both objects for people to look at, and reports them: another version of one, or another creator under its
     * id.
     */
    private boolean keepEvidence(
            Candidate candidate, long knownSeq, Source source, Instant now, Contradiction contradiction)
            throws StoreUnavailable {
        Optional<Entry> known = store.at(knownSeq);
        boolean kept = known.isPresent()
                && evidence.keep(known.get(), candidate.object.bytes(), candidate.digest, source, now);
        if (!kept) {
            counts.evidenceNotKept();
        }
        if (known.isPresent() && !onIdConflict.isEmpty()) {
            IdConflict conflict = conflict(candidate, known.get(), source, contradiction, kept);
            onIdConflict.forEach(listener -> tell(listener, conflict));
        }
        return kept;
    }

    private IdConflict conflict(
            Candidate candidate, Entry known, Source source, Contradiction contradiction, boolean kept)
            throws StoreUnavailable {
        long stored = contradiction.storedSeq();
        boolean first = stored != 0 && shownFirst(candidate.id, stored);
        return new IdConflict(
                contradiction.kind(),
                candidate.id,
                known.seq(),
                known.facts().producer(),
                known.facts().speaker(),
                source.name(),
                source instanceof Source.Partner,
                candidate.object.createdByRef(),
                stored == 0
                        ? IdConflict.Outcome.REFUSED
                        : first ? IdConflict.Outcome.TAKES_PRECEDENCE : IdConflict.Outcome.KEPT_APART,
                contradiction.pointer(),
                stored,
                known.release().house() || candidate.release.house(),
                kept ? Optional.of(Evidence.name(known, candidate.digest)) : Optional.empty());
    }

    /**
     * Whether the statement of an entry comes first among those of its id; the statement may have further versions by
     * now.
     */
    private boolean shownFirst(String id, long seq) throws StoreUnavailable {
        Optional<EntryMetadata> own = store.at(seq).map(Entry::facts);
        Optional<EntryMetadata> shown = store.latest(id).map(Entry::facts);
        return own.isPresent()
                && shown.isPresent()
                && own.get().producer().equals(shown.get().producer())
                && own.get().created() == shown.get().created()
                && Provenance.sameAuthority(own.get().authority(), shown.get().authority());
    }

    /** The same after the answer, whose time must not reveal an object that the submitter may not see. */
    private void keepEvidenceLater(
            Candidate candidate, long knownSeq, Source source, Instant now, Contradiction contradiction) {
        workers.later(() -> {
            try {
                keepEvidence(candidate, knownSeq, source, now, contradiction);
            } catch (StoreUnavailable unavailable) {
                LOG.error("the evidence of two objects under the id {} cannot be kept", candidate.id, unavailable);
            }
        });
    }

    private static Outcome stored(Candidate candidate, Status status, long seq) {
        return new Outcome(candidate.offered.where(), candidate.id, candidate.version, status, seq, Optional.empty());
    }

    private static Outcome refused(Candidate candidate, Refusal refusal) {
        return new Outcome(
                candidate.offered.where(), candidate.id, candidate.version, Status.REFUSED, 0, Optional.of(refusal));
    }

    /** The objects are stored, also when a listener fails. */
    private static <T> void tell(Consumer<T> listener, T news) {
        try {
            listener.accept(news);
        } catch (RuntimeException bug) {
            LOG.error("a listener failed on news from the intake", bug);
        }
    }
}
