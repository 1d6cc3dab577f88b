package uz.koprik.gateway.cases;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseMerge;
import uz.koprik.indicators.cases.CaseMerging;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.StoreUnavailable;

/** Merges one case into another; serves one request, whose attempts it remembers. */
public final class CaseMerges {

    private final CaseService cases;
    private final LocalCentre localCentre;
    private final Intake intake;
    private final InstantSource clock;
    /** The version of the target that an attempt stored whose other half was refused; 0 for none. */
    private long written;

    /**
     * The result of a merge, or of its preview.
     *
     * @param from the merged case
     * @param into the case that holds all
     * @param remarks where they contradicted one another
     */
    public record Result(CaseService.StoredCase from, CaseService.StoredCase into, List<String> remarks) {

        public Result {
            remarks = List.copyOf(remarks);
        }
    }

    CaseMerges(CaseService cases, LocalCentre localCentre, Intake intake, InstantSource clock) {
        this.cases = cases;
        this.localCentre = localCentre;
        this.intake = intake;
        this.clock = clock;
    }

    /** A case that was merged into another one does not change any more. */
    static void requireOwn(CaseFile file) throws CaseConflict {
        if (file.mergedInto().isPresent()) {
            throw new CaseConflict("case " + file.number() + " was merged into "
                    + file.mergedInto().get().number() + " and stays as it was: change that case");
        }
    }

    Optional<Result> merge(
            Caller caller,
            String fromNumber,
            ExpectedVersion expectedFrom,
            String intoNumber,
            ExpectedVersion expectedInto,
            boolean preview)
            throws StoreUnavailable, CaseConflict, CaseVersionConflict, CaseService.VersionConflict {
        Optional<CaseService.StoredCase> found = cases.find(caller, fromNumber);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        CaseService.StoredCase from = found.get();
        CaseService.StoredCase into = cases.find(caller, intoNumber).orElseThrow(CaseService.NoSuchTarget::new);
        expectedFrom.check(from.object().version());
        if (written == 0 || into.object().version() != written) {
            expectedInto.check(into.object().version());
        }
        check(from, into);
        Instant now = StixTimestamp.instant(StixTimestamp.micros(clock.instant()));
        CaseMerging.Merged merged = CaseMerging.merge(
                from.file(), from.object().id(), into.file(), into.object().id(), caller.name(), now);
        List<String> remarks = merged.into().merged().isEmpty()
                ? List.of()
                : last(merged.into(), from.object().id()).remarks();
        if (preview) {
            return Optional.of(new Result(
                    new CaseService.StoredCase(merged.from(), from.object()),
                    new CaseService.StoredCase(merged.into(), into.object()),
                    remarks));
        }
        StixObject nextInto = next(merged.into(), into.object(), now);
        StixObject nextFrom = next(merged.from(), from.object(), now);
        List<Outcome> outcomes = intake.take(
                List.of(
                        new IncomingObject(nextInto.bytes(), "into", CaseService.follows(Optional.of(into.object()))),
                        new IncomingObject(nextFrom.bytes(), "from", CaseService.follows(Optional.of(from.object())))),
                caller.source());
        CaseService.accepted(outcomes.getFirst());
        written = nextInto.version();
        CaseService.accepted(outcomes.getLast());
        return Optional.of(new Result(
                new CaseService.StoredCase(merged.from(), nextFrom),
                new CaseService.StoredCase(merged.into(), nextInto),
                remarks));
    }

    private StixObject next(CaseFile file, StixObject before, Instant now) {
        return CaseFiles.write(file, localCentre.identity(), Optional.of(before), localCentre.signer(), now);
    }

    private static CaseMerge last(CaseFile into, String fromId) {
        return into.merged().stream()
                .filter(one -> one.id().equals(fromId))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static void check(CaseService.StoredCase from, CaseService.StoredCase into) throws CaseConflict {
        if (from.object().id().equals(into.object().id())) {
            throw new CaseConflict("a case is not merged into itself: \"into\" names another case");
        }
        requireOwn(from.file());
        requireOwn(into.file());
        if (!from.file().ownerUnit().equals(into.file().ownerUnit())) {
            throw new CaseConflict("the cases are of different units (" + unit(from) + " and " + unit(into)
                    + "), and who works on one may not know the other: give both the same unit first");
        }
    }

    private static String unit(CaseService.StoredCase one) {
        return one.file().ownerUnit().isEmpty() ? "none" : one.file().ownerUnit();
    }
}
