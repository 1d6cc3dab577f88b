package uz.koprik.gateway.cases;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.cases.CaseChange;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.cases.CaseSharing;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * The case files of this centre. Every change is a new version that goes through intake. It is stored only if it
 * follows the version from which it was made. Of two concurrent changes at any gateways, the second is computed anew,
 * or refused when it names a certain version. Thread-safe.
 */
public final class CaseService {

    /** Others cannot be first that often, unless something is wrong. */
    private static final int MOST_TRIES = 100;

    private final LocalCentre localCentre;
    private final Intake intake;
    private final Release release;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();

    public CaseService(LocalCentre localCentre, Intake intake, Release release, InstantSource clock) {
        this.localCentre = localCentre;
        this.intake = intake;
        this.release = release;
        this.clock = clock;
    }

    /**
     * A case as it is stored now.
     *
     * @param entry that keeps it; empty when it was written at this moment
     */
    public record StoredCase(CaseFile file, StixObject object, Optional<Entry> entry) {

        StoredCase(CaseFile file, StixObject object) {
            this(file, object, Optional.empty());
        }
    }

    /**
     * One version of a case in its history.
     *
     * @param version as in the object, microseconds since the epoch
     * @param at when it was stored, microseconds since the epoch
     * @param by the account that stored it
     * @param changes against the version before
     * @param entry that keeps it
     */
    public record Step(long version, long at, String by, List<CaseChange> changes, Entry entry) {}

    /**
     * The result of sharing.
     *
     * @param now the case with that in its history
     * @param objects the new objects; of a preview, those that would be made
     * @param made how it hangs together
     * @param outcomes one an object; empty when it was only a preview
     */
    public record ShareResult(
            StoredCase now, List<JsonObject> objects, CaseSharing.ShareObjects made, List<Outcome> outcomes) {}

    /**
     * The case of that number or id, as far as the caller may see.
     *
     * @throws CaseConflict when several units that the caller works for have a case of this number; says their ids
     */
    public Optional<StoredCase> find(Caller caller, String numberOrId) throws StoreUnavailable, CaseConflict {
        List<StoredCase> all = all(caller, numberOrId);
        if (all.size() > 1) {
            throw new CaseConflict(
                    "several units have a case of this number: name the one that is meant by its id, which is "
                            + all.stream()
                                    .map(one -> one.object().id() + " ("
                                            + one.file().ownerUnit() + ")")
                                    .collect(Collectors.joining(" or ")));
        }
        return all.stream().findFirst();
    }

    /** All cases of that number or id that the caller may see: more than one only when several units count alike. */
    public List<StoredCase> all(Caller caller, String numberOrId) throws StoreUnavailable {
        return all(caller.recipient(), numberOrId);
    }

    /** The same for another recipient. */
    public List<StoredCase> all(Recipient recipient, String numberOrId) throws StoreUnavailable {
        boolean byId = numberOrId.startsWith("incident--") && StixId.isId(numberOrId);
        // Cases of early versions have the id of their number themselves.
        String id = byId ? numberOrId : CaseFiles.id(localCentre.identity(), numberOrId);
        Map<String, StoredCase> all = new LinkedHashMap<>();
        for (String one : byId ? List.of(id) : List.of(id, id(numberOrId))) {
            release.latest(recipient, one).filter(CaseService::isCase).ifPresent(entry -> all.put(one, stored(entry)));
        }
        // The first version decides: it stays first when another version is stored meanwhile, and a case never changes
        // its number.
        for (Entry first : release.firstReferrers(recipient, id)) {
            String other = first.facts().id();
            if (isCase(first)
                    && !all.containsKey(other)
                    && stored(first).file().number().equals(numberOrId)) {
                release.latest(recipient, other).ifPresent(entry -> all.put(other, stored(entry)));
            }
        }
        return List.copyOf(all.values());
    }

    /**
     * Derives the id of a case from its number by a key of the centre, so that two gateways that open it at once make
     * one case.
     */
    private String id(String number) {
        return "incident--" + localCentre.ids().of("koprik case file", number);
    }

    private static boolean isCase(Entry entry) {
        return entry.facts().unit().isPresent();
    }

    /** All versions of a case, the first one first; empty when there is no such case for the caller. */
    public List<Step> history(Caller caller, String number) throws StoreUnavailable, CaseConflict {
        Optional<StoredCase> latest = find(caller, number);
        if (latest.isEmpty()) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        Optional<CaseFile> before = Optional.empty();
        for (Entry entry :
                release.versions(caller.recipient(), latest.get().object().id())) {
            CaseFile now = stored(entry).file();
            steps.add(new Step(
                    entry.facts().version(),
                    entry.added(),
                    entry.facts().submittedBy(),
                    CaseChange.between(before, now),
                    entry));
            before = Optional.of(now);
        }
        return steps;
    }

    /**
     * Opens a case.
     *
     * @param file if it names no unit and the caller works for one only, the case gets that unit
     * @throws CaseConflict when the caller may see another case of this number
     * @throws NotTheirUnit when the caller does not work for its unit
     */
    public StoredCase open(Caller caller, CaseFile file) throws StoreUnavailable, CaseConflict {
        CaseFile theirs = placed(caller, file);
        try {
            return inTurn(() -> {
                if (!all(caller, file.number()).isEmpty()) {
                    throw new CaseConflict("there is a case of this number already");
                }
                return store(caller, theirs, Optional.empty());
            });
        } catch (CaseVersionConflict impossible) {
            throw new IllegalStateException("no version was expected", impossible);
        }
    }

    /**
     * Changes a case; stores nothing when nothing is different.
     *
     * @param expected whether a version is the one that the change was meant for
     * @param change computes the next state from the stored one
     * @return the case afterwards; empty when there is none of this number for the caller
     * @throws CaseVersionConflict when the stored version is not the expected one
     */
    public Optional<StoredCase> change(
            Caller caller, String number, ExpectedVersion expected, Function<CaseFile, CaseFile> change)
            throws StoreUnavailable, CaseConflict, CaseVersionConflict {
        return inTurn(() -> {
            Optional<StoredCase> before = find(caller, number);
            if (before.isEmpty()) {
                return before;
            }
            expected.check(before.get().object().version());
            CaseMerges.requireOwn(before.get().file());
            CaseFile after = placed(caller, change.apply(before.get().file()));
            return after.equals(before.get().file())
                    ? before
                    : Optional.of(store(caller, after, Optional.of(before.get().object())));
        });
    }

    /**
     * Shares parts of a case. The objects and the next version of the case, whose history lists them, are stored
     * together.
     *
     * @param preview whether nothing is to be stored
     * @return empty when there is no such case for the caller
     * @throws IllegalArgumentException when the request names something that may not be shared
     */
    public Optional<ShareResult> share(
            Caller caller,
            String number,
            ExpectedVersion expected,
            Function<CaseFile, CaseSharing.ShareRequest> wish,
            boolean preview)
            throws StoreUnavailable, CaseConflict, CaseVersionConflict {
        return inTurn(() -> {
            Optional<StoredCase> before = find(caller, number);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            expected.check(before.get().object().version());
            CaseMerges.requireOwn(before.get().file());
            Instant now = clock.instant();
            CaseFile file = before.get().file();
            CaseSharing.ShareRequest chosen = wish.apply(file);
            CaseSharing.ShareObjects made = make(caller, file, chosen, now);
            if (preview) {
                return Optional.of(new ShareResult(before.get(), made.objects(), made, List.of()));
            }
            CaseFile told = file.draft()
                    .share(new CaseShare(caller.name(), now, chosen.tlp(), made.parts(), made.all()))
                    .build();
            StixObject written = CaseFiles.write(
                    told, localCentre.identity(), Optional.of(before.get().object()), localCentre.signer(), now);
            List<IncomingObject> batch = new ArrayList<>();
            batch.add(new IncomingObject(written.bytes(), "case", follows(before.map(StoredCase::object))));
            made.objects()
                    .forEach(object -> batch.add(new IncomingObject(
                            CanonicalJson.bytes(object), object.string("id").orElseThrow())));
            List<Outcome> outcomes = intake.take(batch, caller.source());
            accepted(outcomes.getFirst());
            return Optional.of(new ShareResult(
                    new StoredCase(told, written), made.objects(), made, outcomes.subList(1, outcomes.size())));
        });
    }

    /**
     * The result of withdrawing a share.
     *
     * @param now the case with that in its history
     */
    public record TakenBack(StoredCase now, List<WithdrawnObject> objects) {}

    /**
     * The outcome for one object.
     *
     * @param fate {@code revoked}; {@code changed}: a new version lacks what was withdrawn; or {@code kept}
     * @param reason why it was kept, or its new version refused; empty otherwise
     */
    public record WithdrawnObject(String id, String fate, String reason) {}

    /**
     * Withdraws a share, or some objects of it. The revocations and the next version of the case, whose history lists
     * them, are stored together.
     *
     * @param number of the share in the case, from 1
     * @param ids of objects in it; empty for all
     * @return empty when there is no such case for the caller
     * @throws NoSuchShare when the case has no share of that number
     * @throws IllegalArgumentException when the objects are not in the share: says which
     */
    public Optional<TakenBack> unshare(
            Caller caller, String caseNumber, ExpectedVersion expected, int number, List<String> ids)
            throws StoreUnavailable, CaseConflict, CaseVersionConflict {
        return inTurn(() -> {
            Optional<StoredCase> before = find(caller, caseNumber);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            int shares = before.get().file().shares().size();
            if (number < 1 || number > shares) {
                throw new NoSuchShare(shares);
            }
            expected.check(before.get().object().version());
            CaseMerges.requireOwn(before.get().file());
            Instant now = clock.instant();
            CaseFile file = before.get().file();
            CaseShare share = file.shares().get(number - 1);
            List<ShareWithdrawal.Step> steps = new ShareWithdrawal(
                            release, caller.recipient(), localCentre.identity(), file.shares(), share, now)
                    .take(ids);
            List<String> gone = steps.stream()
                    .filter(step -> step.fate() != ShareWithdrawal.Result.CHANGED)
                    .map(ShareWithdrawal.Step::id)
                    .toList();
            CaseFile told = file.draft()
                    .withdraw(number - 1, new CaseShare.Withdrawal(caller.name(), now, gone))
                    .build();
            StixObject written = CaseFiles.write(
                    told, localCentre.identity(), before.map(StoredCase::object), localCentre.signer(), now);
            List<IncomingObject> batch = new ArrayList<>();
            batch.add(new IncomingObject(written.bytes(), "case", follows(before.map(StoredCase::object))));
            steps.forEach(step ->
                    step.next().ifPresent(next -> batch.add(new IncomingObject(CanonicalJson.bytes(next), step.id()))));
            List<Outcome> outcomes = intake.take(batch, caller.source());
            accepted(outcomes.getFirst());
            List<WithdrawnObject> backs = new ArrayList<>();
            for (ShareWithdrawal.Step step : steps) {
                String refused = outcomes.stream()
                        .filter(outcome -> outcome.where().equals(step.id()))
                        .flatMap(outcome -> outcome.refusal().stream())
                        .map(Refusal::reason)
                        .findFirst()
                        .orElse("");
                backs.add(new WithdrawnObject(
                        step.id(),
                        refused.isEmpty() ? step.fate().name().toLowerCase(Locale.ROOT) : "kept",
                        refused.isEmpty() ? step.reason() : refused));
            }
            return Optional.of(new TakenBack(new StoredCase(told, written), backs));
        });
    }

    /**
     * Merges a case into another one of the same unit. Both next versions are stored together.
     *
     * @param from number or id of the case that is merged; it is closed and names the other one
     * @param into number or id of the case that holds all afterwards
     * @param preview whether nothing is to be stored
     * @return empty when there is no such case for the caller
     * @throws NoSuchTarget when there is no case {@code into} for the caller
     */
    public Optional<CaseMerges.Result> merge(
            Caller caller,
            String from,
            ExpectedVersion expectedFrom,
            String into,
            ExpectedVersion expectedInto,
            boolean preview)
            throws StoreUnavailable, CaseConflict, CaseVersionConflict {
        CaseMerges merges = new CaseMerges(this, localCentre, intake, clock);
        return inTurn(() -> merges.merge(caller, from, expectedFrom, into, expectedInto, preview));
    }

    /**
     * Submits many cases. Each is compared with the stored case, and stored if it differs.
     *
     * @param merge computes the next state from the stored case, if there is one
     * @return one outcome a number; unchanged ones cost no version
     */
    public List<Brought> bring(
            Caller caller, List<String> numbers, BiFunction<String, Optional<CaseFile>, CaseFile> merge)
            throws StoreUnavailable {
        changing.lock();
        try {
            List<Brought> brought = new ArrayList<>();
            List<IncomingObject> batch = new ArrayList<>();
            for (String number : numbers) {
                Optional<StoredCase> before;
                CaseFile after;
                try {
                    before = find(caller, number);
                    if (before.isPresent()) {
                        CaseMerges.requireOwn(before.get().file());
                    }
                    after = placed(caller, merge.apply(number, before.map(StoredCase::file)));
                } catch (CaseConflict | IllegalArgumentException wrong) {
                    brought.add(new Brought(number, What.REFUSED, wrong.getMessage()));
                    continue;
                }
                if (before.isPresent() && after.equals(before.get().file())) {
                    brought.add(new Brought(number, What.UNCHANGED, ""));
                    continue;
                }
                StixObject written = CaseFiles.write(
                        after,
                        localCentre.identity(),
                        id(caller, after, before.map(StoredCase::object)),
                        !caller.units().all(),
                        before.map(StoredCase::object),
                        localCentre.signer(),
                        clock.instant());
                batch.add(new IncomingObject(
                        written.bytes(), Integer.toString(brought.size()), follows(before.map(StoredCase::object))));
                brought.add(new Brought(number, before.isPresent() ? What.UPDATED : What.CREATED, ""));
            }
            for (Outcome outcome : batch.isEmpty() ? List.<Outcome>of() : intake.take(batch, caller.source())) {
                int at = Integer.parseInt(outcome.where());
                outcome.refusal()
                        .map(Refusal::reason)
                        .ifPresent(reason ->
                                brought.set(at, new Brought(brought.get(at).number(), What.REFUSED, reason)));
            }
            return brought;
        } finally {
            changing.unlock();
        }
    }

    /** The case, which the caller may see, has no share of that number. */
    public static final class NoSuchShare extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        NoSuchShare(int shares) {
            super(
                    shares == 0
                            ? "nothing of this case is shared, so there is nothing to withdraw"
                            : "the case has no share of that number: its shares have the numbers 1 to " + shares);
        }
    }

    /** The caller sees no case into which the other one could be merged. */
    public static final class NoSuchTarget extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        NoSuchTarget() {
            super("there is no case \"into\" here: name the case that is to hold all, by its number or id");
        }
    }

    /** A unit for which the caller does not work; the message names those it works for. */
    public static final class NotTheirUnit extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        NotTheirUnit(String message) {
            super(message);
        }
    }

    /**
     * A case as the caller may leave it: one who works for some units only leaves no case to another, nor to none.
     *
     * @throws NotTheirUnit when it would be
     */
    static CaseFile placed(Caller caller, CaseFile file) {
        if (caller.units().has(file.ownerUnit())) {
            return file;
        }
        Set<String> theirs = new TreeSet<>(caller.units().named().orElseThrow());
        if (file.ownerUnit().isEmpty() && theirs.size() == 1) {
            return file.draft().ownerUnit(theirs.iterator().next()).build();
        }
        throw new NotTheirUnit(caller.name() + " works on the case files of some units only: \"unit\" must be "
                + (theirs.isEmpty() ? "one of them, and there is none" : String.join(" or ", theirs)));
    }

    /**
     * The id under which a case is stored. The id derived from the number may belong to a case of another unit, and a
     * collision would reveal that case. So a caller who does not see all cases gets a random id.
     */
    private String id(Caller caller, CaseFile file, Optional<StixObject> before) {
        return before.map(StixObject::id)
                .orElseGet(() -> caller.units().all() ? id(file.number()) : "incident--" + UUID.randomUUID());
    }

    /** The outcome for a submitted case. */
    public enum What {
        CREATED,
        UPDATED,
        UNCHANGED,
        REFUSED
    }

    /**
     * The outcome for one case.
     *
     * @param reason why it was refused; empty otherwise
     */
    public record Brought(String number, What what, String reason) {}

    private CaseSharing.ShareObjects make(Caller caller, CaseFile file, CaseSharing.ShareRequest wish, Instant now)
            throws StoreUnavailable {
        List<StoreUnavailable> gone = new ArrayList<>();
        CaseSharing.ShareObjects made = new CaseSharing(localCentre.identity(), localCentre.ids(), id -> {
                    try {
                        return release.latest(caller.recipient(), id).map(StoredObject::stix);
                    } catch (StoreUnavailable e) {
                        gone.add(e);
                        return Optional.empty();
                    }
                })
                .make(file, wish, now);
        if (!gone.isEmpty()) {
            throw gone.getFirst();
        }
        return made;
    }

    private StoredCase store(Caller caller, CaseFile file, Optional<StixObject> before)
            throws StoreUnavailable, CaseConflict, VersionConflict {
        StixObject written = CaseFiles.write(
                file,
                localCentre.identity(),
                id(caller, file, before),
                !caller.units().all(),
                before,
                localCentre.signer(),
                clock.instant());
        accepted(intake.take(List.of(new IncomingObject(written.bytes(), "case", follows(before))), caller.source())
                .getFirst());
        return new StoredCase(file, written);
    }

    /** The version that the next one must follow; 0 for the first. */
    static Optional<Long> follows(Optional<StixObject> before) {
        return Optional.of(before.map(StixObject::version).orElse(0L));
    }

    static void accepted(Outcome outcome) throws CaseConflict, VersionConflict {
        if (outcome.refusal().isPresent()) {
            Refusal refusal = outcome.refusal().get();
            if (refusal.code() == Refusal.Code.OLD_VERSION || refusal.code() == Refusal.Code.EQUIVOCATION) {
                throw new VersionConflict(refusal.reason());
            }
            throw new CaseConflict(refusal.reason());
        }
    }

    /** Another version was stored meanwhile. */
    static final class VersionConflict extends Exception {

        private static final long serialVersionUID = 1L;

        VersionConflict(String reason) {
            super(reason);
        }
    }

    /** A change of the stored case, which may be repeated. */
    private interface Attempt<T> {
        T run() throws StoreUnavailable, CaseConflict, CaseVersionConflict, VersionConflict;
    }

    /**
     * Does it in turn, and again as often as another gateway was first; the version that was expected is looked at each
     * time.
     */
    private <T> T inTurn(Attempt<T> attempt) throws StoreUnavailable, CaseConflict, CaseVersionConflict {
        changing.lock();
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return attempt.run();
                } catch (VersionConflict overtaken) {
                    if (tries == MOST_TRIES) {
                        throw new CaseConflict(overtaken.getMessage());
                    }
                }
            }
        } finally {
            changing.unlock();
        }
    }

    /** The case that an entry holds. */
    public static StoredCase stored(Entry entry) {
        StixObject object = StoredObject.stix(entry);
        try {
            return new StoredCase(CaseFiles.read(object), object, Optional.of(entry));
        } catch (InvalidObject e) {
            throw new IllegalStateException("a case file was stored though it is malformed: " + object.id(), e);
        }
    }
}
