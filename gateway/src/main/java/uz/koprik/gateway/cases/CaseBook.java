package uz.koprik.gateway.cases;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.access.Caller;
import uz.koprik.gateway.exchange.Intake;
import uz.koprik.gateway.exchange.Offered;
import uz.koprik.gateway.exchange.Outcome;
import uz.koprik.gateway.exchange.OwnCentre;
import uz.koprik.gateway.exchange.Refusal;
import uz.koprik.gateway.exchange.Release;
import uz.koprik.indicators.cases.CaseChange;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseShare;
import uz.koprik.indicators.cases.CaseSharing;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The case files of this centre. Every change is a new version that goes through intake. Safe for use by many threads: changes
 * happen one after the other, since each reads the case and writes its next version, and two at once would lose one.
 */
public final class CaseBook {

    private final OwnCentre us;
    private final Intake intake;
    private final Release release;
    private final InstantSource clock;
    private final ReentrantLock changing = new ReentrantLock();

    public CaseBook(OwnCentre us, Intake intake, Release release, InstantSource clock) {
        this.us = us;
        this.intake = intake;
        this.release = release;
        this.clock = clock;
    }

    /** A case as it is stored now. */
    public record Stored(CaseFile file, StixObject object) {}

    /**
     * One version of a case in its history.
     *
     * @param version as in the object, microseconds since the epoch
     * @param at when it was stored, microseconds since the epoch
     * @param by the account that stored it
     * @param changes against the version before
     */
    public record Step(long version, long at, String by, List<CaseChange> changes) {}

    /**
     * What was shared.
     *
     * @param now the case with that in its history
     * @param objects what was made, or would be
     * @param made how it hangs together
     * @param outcomes one an object; empty when it was only a preview
     */
    public record Shared(Stored now, List<JsonObject> objects, CaseSharing.Made made, List<Outcome> outcomes) {}

    /** The case of that number, as far as the caller may see. */
    public Optional<Stored> find(Caller caller, String number) throws StoreUnavailable {
        return release.latest(caller.recipient(), CaseFiles.id(us.identity(), number)).map(CaseBook::stored);
    }

    /** All versions of a case, the first one first; empty when there is no such case for the caller. */
    public List<Step> history(Caller caller, String number) throws StoreUnavailable {
        List<Step> steps = new ArrayList<>();
        Optional<CaseFile> before = Optional.empty();
        for (Entry entry : release.versions(caller.recipient(), CaseFiles.id(us.identity(), number))) {
            CaseFile now = stored(entry).file();
            steps.add(new Step(entry.facts().version(), entry.added(), entry.facts().submittedBy(), CaseChange.between(before, now)));
            before = Optional.of(now);
        }
        return steps;
    }

    /**
     * Opens a case.
     *
     * @throws CaseConflict when there is one of this number
     */
    public Stored open(Caller caller, CaseFile file) throws StoreUnavailable, CaseConflict {
        changing.lock();
        try {
            if (find(caller, file.number()).isPresent()) {
                throw new CaseConflict("there is a case of this number already");
            }
            return store(caller, file, Optional.empty());
        } finally {
            changing.unlock();
        }
    }

    /**
     * Changes a case; stores nothing when nothing is different.
     *
     * @param expected whether a version is the one that the change was meant for
     * @param change makes the next state of what is stored
     * @return the case afterwards; empty when there is none of this number for the caller
     * @throws CaseMoved when the stored version is not the expected one
     */
    public Optional<Stored> change(Caller caller, String number, Expected expected, Function<CaseFile, CaseFile> change)
            throws StoreUnavailable, CaseConflict, CaseMoved {
        changing.lock();
        try {
            Optional<Stored> before = find(caller, number);
            if (before.isEmpty()) {
                return before;
            }
            expected.check(before.get().object().version());
            CaseFile after = change.apply(before.get().file());
            return after.equals(before.get().file())
                    ? before
                    : Optional.of(store(caller, after, Optional.of(before.get().object())));
        } finally {
            changing.unlock();
        }
    }

    /**
     * Shares parts of a case: the objects and the next version of the case, which tells of them, are stored together.
     *
     * @param preview whether nothing is to be stored
     * @return empty when there is no such case for the caller
     * @throws IllegalArgumentException when the wish asks for what must not go
     */
    public Optional<Shared> share(Caller caller, String number, Expected expected, Function<CaseFile, CaseSharing.Wish> wish, boolean preview)
            throws StoreUnavailable, CaseConflict, CaseMoved {
        changing.lock();
        try {
            Optional<Stored> before = find(caller, number);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            expected.check(before.get().object().version());
            Instant now = clock.instant();
            CaseFile file = before.get().file();
            CaseSharing.Wish chosen = wish.apply(file);
            CaseSharing.Made made = make(caller, file, chosen, now);
            if (preview) {
                return Optional.of(new Shared(before.get(), made.objects(), made, List.of()));
            }
            CaseFile told = file.draft()
                    .share(new CaseShare(caller.name(), now, chosen.tlp(), made.parts(), made.all()))
                    .build();
            StixObject written = CaseFiles.write(told, us.identity(), Optional.of(before.get().object()), us.signer(), now);
            List<Offered> batch = new ArrayList<>();
            batch.add(new Offered(written.bytes(), "case"));
            made.objects().forEach(object -> batch.add(new Offered(CanonicalJson.bytes(object), object.string("id").orElseThrow())));
            List<Outcome> outcomes = intake.take(batch, caller.source());
            accepted(outcomes.getFirst());
            return Optional.of(new Shared(
                    new Stored(told, written), made.objects(), made, outcomes.subList(1, outcomes.size())));
        } finally {
            changing.unlock();
        }
    }

    /**
     * Brings many cases at once: each is compared with what is stored, and stored when anything is different.
     *
     * @param merge from what is stored, if anything is, to what is to be
     * @return one outcome a number; unchanged ones cost no version
     */
    public List<Brought> bring(Caller caller, List<String> numbers, BiFunction<String, Optional<CaseFile>, CaseFile> merge)
            throws StoreUnavailable {
        changing.lock();
        try {
            List<Brought> brought = new ArrayList<>();
            List<Offered> batch = new ArrayList<>();
            for (String number : numbers) {
                Optional<Stored> before = find(caller, number);
                CaseFile after;
                try {
                    after = merge.apply(number, before.map(Stored::file));
                } catch (IllegalArgumentException wrong) {
                    brought.add(new Brought(number, What.REFUSED, wrong.getMessage()));
                    continue;
                }
                if (before.isPresent() && after.equals(before.get().file())) {
                    brought.add(new Brought(number, What.UNCHANGED, ""));
                    continue;
                }
                StixObject written =
                        CaseFiles.write(after, us.identity(), before.map(Stored::object), us.signer(), clock.instant());
                batch.add(new Offered(written.bytes(), Integer.toString(brought.size())));
                brought.add(new Brought(number, before.isPresent() ? What.UPDATED : What.CREATED, ""));
            }
            for (Outcome outcome : batch.isEmpty() ? List.<Outcome>of() : intake.take(batch, caller.source())) {
                int at = Integer.parseInt(outcome.where());
                outcome.refusal().map(Refusal::reason)
                        .ifPresent(reason -> brought.set(at, new Brought(brought.get(at).number(), What.REFUSED, reason)));
            }
            return brought;
        } finally {
            changing.unlock();
        }
    }

    /** What became of a case that was brought. */
    public enum What { CREATED, UPDATED, UNCHANGED, REFUSED }

    /**
     * What became of one case.
     *
     * @param reason why it was refused; empty otherwise
     */
    public record Brought(String number, What what, String reason) {}

    private CaseSharing.Made make(Caller caller, CaseFile file, CaseSharing.Wish wish, Instant now) throws StoreUnavailable {
        List<StoreUnavailable> gone = new ArrayList<>();
        CaseSharing.Made made = new CaseSharing(us.identity(), id -> {
            try {
                return release.latest(caller.recipient(), id).map(Release::object);
            } catch (StoreUnavailable e) {
                gone.add(e);
                return Optional.empty();
            }
        }).make(file, wish, now);
        if (!gone.isEmpty()) {
            throw gone.getFirst();
        }
        return made;
    }

    private Stored store(Caller caller, CaseFile file, Optional<StixObject> before) throws StoreUnavailable, CaseConflict {
        StixObject written = CaseFiles.write(file, us.identity(), before, us.signer(), clock.instant());
        accepted(intake.take(List.of(new Offered(written.bytes(), "case")), caller.source()).getFirst());
        return new Stored(file, written);
    }

    private static void accepted(Outcome outcome) throws CaseConflict {
        if (outcome.refusal().isPresent()) {
            throw new CaseConflict(outcome.refusal().get().reason());
        }
    }

    /** The case that an entry holds. */
    public static Stored stored(Entry entry) {
        StixObject object = Release.object(entry);
        try {
            return new Stored(CaseFiles.read(object), object);
        } catch (InvalidObject e) {
            throw new IllegalStateException("a case file was stored though it is malformed: " + object.id(), e);
        }
    }
}
