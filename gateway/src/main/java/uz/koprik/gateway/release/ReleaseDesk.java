package uz.koprik.gateway.release;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.desk.DeskItem;
import uz.koprik.gateway.desk.DeskObject;
import uz.koprik.gateway.desk.DeskPapers;
import uz.koprik.gateway.desk.DeskRecord;
import uz.koprik.gateway.desk.DeskRecord.Outcome;
import uz.koprik.gateway.desk.ReleaseQueue;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Where a second person releases what another one submitted. A decision is a signed record that is made once; then it
 * is carried out. What was interrupted in between is carried out by {@link #tend}, at any gateway.
 */
public final class ReleaseDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseDesk.class);

    /** An item without objects that is older belongs to a submission that was interrupted. */
    private static final Duration STORING = Duration.ofMinutes(10);

    /** Those of an object of which nothing is known any more. */
    private static final ReleaseTerms UNKNOWN = new ReleaseTerms(Tlp.RED, false, true, false);

    private final InternalStore store;
    private final DeskPapers papers;
    private final ReleaseQueue queue;
    private final HeldObjects held;
    private final Intake intake;
    private final Duration expires;
    private final InstantSource clock;

    /** @param expires how long an item waits */
    public ReleaseDesk(
            InternalStore store,
            DeskPapers papers,
            ReleaseQueue queue,
            Intake intake,
            Duration expires,
            InstantSource clock) {
        this.store = store;
        this.papers = papers;
        this.queue = queue;
        this.held = new HeldObjects(store);
        this.intake = intake;
        this.expires = expires;
        this.clock = clock;
    }

    /** The first moment at which an item waits no longer. */
    public Instant until(DeskItem item) {
        return item.at().plus(expires);
    }

    /** All items that wait, the oldest first. Blocks. */
    public List<DeskItem> waiting() throws StoreUnavailable {
        return papers.waiting(papers.waiting());
    }

    /** The latest items that were decided, the newest first. Blocks. */
    public List<DeskRecord> decided(int most) throws StoreUnavailable {
        List<String> ids = papers.records();
        return papers.records(
                ids.subList(Math.max(0, ids.size() - most), ids.size()).reversed());
    }

    /**
     * The items of which a reader may know: those for no object of which a purpose is needed that was not said, nor for
     * what goes with them. Blocks.
     */
    public List<DeskItem> known(Release release, Recipient reader, List<DeskItem> items) throws StoreUnavailable {
        if (!release.withholds(reader)) {
            return items;
        }
        List<DeskItem> known = new ArrayList<>();
        for (DeskItem item : items) {
            if (entries(item).stream().noneMatch(entry -> release.needsPurpose(reader, entry.release()))
                    && shown(release, reader, item.objects())) {
                known.add(item);
            }
        }
        return known;
    }

    /** The same of what was decided. Blocks. */
    public List<DeskRecord> knownRecords(Release release, Recipient reader, List<DeskRecord> records)
            throws StoreUnavailable {
        if (!release.withholds(reader)) {
            return records;
        }
        List<DeskRecord> known = new ArrayList<>();
        for (DeskRecord record : records) {
            if (shown(release, reader, record.item().objects()) && shown(release, reader, record.with())) {
                known.add(record);
            }
        }
        return known;
    }

    /** By the terms with which they are stored, or were; by those of unknown kinds when nothing says these. */
    private boolean shown(Release release, Recipient reader, List<DeskObject> objects) throws StoreUnavailable {
        PastTerms past =
                PastTerms.of(store, objects.stream().map(DeskObject::id).toList());
        for (DeskObject object : objects) {
            Optional<ReleaseTerms> stored = past.newest(object.id(), object::is).map(Entry::release);
            List<ReleaseTerms> terms = stored.isPresent() ? List.of(stored.get()) : release.termsOfErased(object.id());
            if (terms.isEmpty()
                    ? release.needsPurpose(reader, UNKNOWN)
                    : terms.stream().anyMatch(one -> release.needsPurpose(reader, one))) {
                return false;
            }
        }
        return true;
    }

    /** An item, while it waits. Blocks. */
    public Optional<DeskItem> find(String id) throws StoreUnavailable {
        return papers.record(id).isPresent() ? Optional.empty() : papers.waiting(id);
    }

    /** What was decided on an item. Blocks. */
    public Optional<DeskRecord> record(String id) throws StoreUnavailable {
        return papers.record(id);
    }

    /** The same as this centre signed it. */
    public Optional<byte[]> signedRecord(String id) throws StoreUnavailable {
        return papers.signedRecord(id);
    }

    /** The entries that a release of an item releases: its own, and those that refer to them. Blocks. */
    public List<Entry> entries(DeskItem item) throws StoreUnavailable {
        HeldObjects.Released released = held.released(item.objects());
        List<Entry> all = new ArrayList<>(released.own());
        all.addAll(released.with());
        return all;
    }

    /**
     * Releases an item. The record is durable, and the objects are on their way, when this returns.
     *
     * @param by the account that releases; never the one that submitted
     */
    public DeskRecord approve(String id, String by, String comment) throws StoreUnavailable, DeskRefused {
        DeskItem item = open(id);
        if (!item.partner() && Account.onePerson(item.by(), by)) {
            throw new DeskRefused(
                    DeskRefused.Kind.NOT_ALLOWED, item.by() + " submitted this, and another person has to release it");
        }
        HeldObjects.Released released = held.released(item.objects());
        if (released.own().isEmpty()) {
            made(new DeskRecord(item, Outcome.REPLACED, "", clock.instant(), "", List.of()));
            throw new DeskRefused(
                    DeskRefused.Kind.CONFLICT,
                    "nothing of it waits any more: its objects have later versions, or were recalled or erased");
        }
        for (Entry entry : released.own()) {
            if (entry.facts().receivedFrom().isEmpty()
                    && Account.onePerson(entry.facts().submittedBy(), by)) {
                throw new DeskRefused(
                        DeskRefused.Kind.NOT_ALLOWED,
                        entry.facts().submittedBy() + " submitted "
                                + entry.facts().id() + ", and another person has to release it");
            }
        }
        if (!released.behind().isEmpty()) {
            throw new DeskRefused(
                    DeskRefused.Kind.CONFLICT,
                    "it refers to " + released.behind().getFirst()
                            + ", which is held as well: release that first, or refuse this");
        }
        return decide(new DeskRecord(
                item.of(versions(released.own())),
                Outcome.RELEASED,
                by,
                clock.instant(),
                comment,
                versions(released.with())));
    }

    /** Refuses an item of somebody else: its objects stay inside. */
    public DeskRecord refuse(String id, String by, String comment) throws StoreUnavailable, DeskRefused {
        DeskItem item = open(id);
        if (!item.partner() && Account.onePerson(item.by(), by)) {
            throw new DeskRefused(
                    DeskRefused.Kind.NOT_ALLOWED,
                    item.by() + " submitted this: withdraw it, or let another person refuse it");
        }
        return decide(new DeskRecord(item, Outcome.REFUSED, by, clock.instant(), comment, List.of()));
    }

    /** Withdraws an own item: its objects stay inside. */
    public DeskRecord withdraw(String id, String by, String comment) throws StoreUnavailable, DeskRefused {
        DeskItem item = open(id);
        if (item.partner() || !item.by().equals(by)) {
            throw new DeskRefused(
                    DeskRefused.Kind.NOT_ALLOWED, "only " + item.by() + ", who submitted this, withdraws it");
        }
        return decide(new DeskRecord(item, Outcome.WITHDRAWN, by, clock.instant(), comment, List.of()));
    }

    /**
     * Lets held objects wait again whose item was refused, withdrawn or has expired.
     *
     * @param entries the latest versions, which the account may know
     */
    public DeskItem ask(List<Entry> entries, Source by, String comment) throws StoreUnavailable, DeskRefused {
        List<ReleaseQueue.Waiting> waiting = new ArrayList<>();
        List<DeskItem> others = waiting();
        for (Entry entry : entries) {
            String id = entry.facts().id();
            if (entry.release().hold() != ReleaseTerms.Hold.WAITS) {
                throw new DeskRefused(
                        DeskRefused.Kind.CONFLICT,
                        id
                                + (entry.release().held()
                                        ? " is held only because it refers to a held object, and goes with that"
                                        : " is not held at the release desk"));
            }
            DeskObject object = DeskObject.of(entry);
            for (DeskItem other : others) {
                if (other.objects().stream().anyMatch(one -> one.id().equals(id) && one.is(entry))) {
                    throw new DeskRefused(DeskRefused.Kind.CONFLICT, id + " waits already, in item " + other.id());
                }
            }
            waiting.add(new ReleaseQueue.Waiting(
                    object, entry.release(), entry.facts().refs().contains(RedactionExtension.mark())));
        }
        return queue.again(by, waiting, comment);
    }

    /** Carries out what was interrupted, and ends items whose time is over. Call it now and then, at each gateway. */
    public void tend() throws StoreUnavailable {
        List<String> ids = papers.waiting();
        for (DeskRecord record : papers.records(ids)) {
            carryOut(record);
        }
        Instant now = clock.instant();
        List<String> due = ids.stream()
                .filter(id -> !now.isBefore(DeskPapers.at(id).plus(expires)))
                .toList();
        for (DeskItem item : papers.waiting(due)) {
            expired(item, now);
        }
    }

    private DeskRecord expired(DeskItem item, Instant now) throws StoreUnavailable {
        return made(new DeskRecord(item, Outcome.EXPIRED, "", now, "", List.of()));
    }

    /** As {@link #tend}, and removes items whose objects were never stored; before the first submission. */
    public void recover() throws StoreUnavailable {
        tend();
        Instant before = clock.instant().minus(STORING);
        for (DeskItem item : waiting()) {
            if (item.at().isBefore(before) && neverStored(item)) {
                papers.remove(item.id());
            }
        }
    }

    private boolean neverStored(DeskItem item) throws StoreUnavailable {
        for (DeskObject object : item.objects()) {
            if (store.versions(object.id()).stream().anyMatch(object::is)) {
                return false;
            }
        }
        return true;
    }

    private DeskItem open(String id) throws StoreUnavailable, DeskRefused {
        Optional<DeskRecord> record = papers.record(id);
        if (record.isPresent()) {
            throw decidedAlready(record.get());
        }
        DeskItem item = papers.waiting(id)
                .orElseThrow(() -> new DeskRefused(DeskRefused.Kind.ABSENT, "nothing of that id waits for a release"));
        Instant now = clock.instant();
        if (!now.isBefore(until(item))) {
            throw decidedAlready(expired(item, now));
        }
        return item;
    }

    private static DeskRefused decidedAlready(DeskRecord record) {
        return new DeskRefused(
                DeskRefused.Kind.CONFLICT,
                "this was " + record.outcome().word() + (record.by().isEmpty() ? "" : " by " + record.by()) + " at "
                        + record.at());
    }

    private DeskRecord decide(DeskRecord wish) throws StoreUnavailable, DeskRefused {
        DeskRecord record = made(wish);
        if (!record.by().equals(wish.by()) || record.outcome() != wish.outcome()) {
            throw decidedAlready(record);
        }
        return record;
    }

    /** Makes the record, unless somebody else decided a moment before, and carries it out. */
    private DeskRecord made(DeskRecord wish) throws StoreUnavailable {
        DeskRecord record = papers.decide(wish);
        carryOut(record);
        LOG.info(
                "item {} of {} at the release desk is {}{}",
                record.item().id(),
                record.item().by(),
                record.outcome().word(),
                record.by().isEmpty() ? "" : " by account " + record.by());
        return record;
    }

    /** Does what a record says. Repeating it changes nothing. */
    private void carryOut(DeskRecord record) throws StoreUnavailable {
        if (record.outcome() == Outcome.RELEASED) {
            List<DeskObject> objects = new ArrayList<>(record.item().objects());
            objects.addAll(record.with());
            // What a stricter object narrowed meanwhile is not renewed in the first round.
            for (List<Renewal> left = held.renewals(objects); !left.isEmpty(); left = held.renewals(objects)) {
                intake.renew(left);
            }
        }
        papers.remove(record.item().id());
    }

    private static List<DeskObject> versions(List<Entry> entries) {
        return entries.stream().map(DeskObject::of).toList();
    }
}
