package uz.koprik.gateway.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.intake.Refusal.Code;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.SharingGroup;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.conversion.Stix20;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.SignatureExtension;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Claimant;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/** The first steps of an object on its way in, which look at nothing but the object and what is stored under its id. */
final class ObjectValidator {

    /** What a whole card number becomes here, so that it differs from a number that was replaced by a token before. */
    private static final String WHOLE_NUMBER = "wholenumberwasseenhere";

    private static final Normalisation CARDS_SEEN = Normalisation.withCards(digits -> WHOLE_NUMBER);

    /** Where the version of the UUID stands in the id of an incident. */
    private static final int VERSION_OF_UUID = "incident--".length() + 14;

    private static final String ID_KEY = "\"id\":\"";

    /** How far into an object its id is looked for before it is read. */
    private static final int ID_WITHIN = 8192;

    private static final String STIX_20 =
            "the object is one of STIX 2.0, and centres exchange STIX 2.1 only (STIX 2.1, 3.2): import it with"
                    + " --from-stix20 (over HTTP from_stix20=true), or convert it first with koprik validate --from-stix20";

    private final InternalStore store;
    private final LocalCentre localCentre;
    private final Tlp unmarked;
    private final Duration futureTolerance;
    private volatile RecalledObjects.Gate recalls = RecalledObjects.Gate.NONE;

    /**
     * @param unmarked marking in force for objects that carry none
     * @param futureTolerance how far ahead of this centre's clock the time of a version may lie
     */
    ObjectValidator(InternalStore store, LocalCentre localCentre, Tlp unmarked, Duration futureTolerance) {
        this.store = store;
        this.localCentre = localCentre;
        this.unmarked = unmarked;
        this.futureTolerance = futureTolerance;
    }

    /** From now on what {@code gate} says was recalled is refused, or narrowed. */
    void closedBy(RecalledObjects.Gate gate) {
        recalls = gate;
    }

    /** Reads, validates and looks up; fills in the candidate or refuses it. */
    void examine(Candidate candidate, Source source, Set<ForgivableRule> forgiven, Claimant claimant, Instant now)
            throws StoreUnavailable {
        try {
            if (repeated(candidate, claimant)) {
                return;
            }
            StixReader.Reading reading = read(candidate, forgiven);
            candidate.object = reading.object();
            candidate.forgiven = reading.forgiven();
            candidate.id = candidate.object.id();
            candidate.version = candidate.object.version();
            candidate.digest = candidate.object.digest();
            mayName(candidate, source);
            mayRedact(candidate, source, claimant);
            checkTime(candidate, now);
            notOurs(candidate);
            known(candidate, claimant);
            if (candidate.open()) {
                candidate.isCase = CaseFiles.isCase(candidate.object);
                if (candidate.isCase) {
                    CaseFile file = caseFile(candidate.object, source);
                    candidate.unit = Optional.of(file.ownerUnit());
                    // The case into which it was merged has them now.
                    candidate.observables = file.mergedInto().isPresent()
                            ? List.of()
                            : file.observables().stream()
                                    .map(CaseObservable::observable)
                                    .flatMap(value -> value.indexed().stream())
                                    .distinct()
                                    .toList();
                    candidate.caseText = CaseFiles.searchText(file);
                } else {
                    candidate.observables = observables(candidate.object.json());
                }
                checkCountersignature(candidate.object);
                checkGroup(candidate.object);
                candidate.ownMarking =
                        StandardMarkings.is(candidate) ? Tlp.CLEAR : EffectiveMarking.own(candidate.object, unmarked);
                recalled(candidate, source);
            }
        } catch (RefusalException refused) {
            candidate.refuse(refused);
        }
    }

    /** What its producer took back does not come in again; what it narrowed comes in under the narrower marking. */
    private void recalled(Candidate candidate, Source source) throws RefusalException {
        Optional<RecalledObjects.Recalled> recall =
                recalls.judge(candidate.id, candidate.object.createdByRef(), candidate.version, source);
        if (recall.isEmpty()) {
            return;
        }
        if (recall.get().narrowedTo().isEmpty()) {
            throw new RefusalException(
                    Code.WITHDRAWN,
                    "/id",
                    "recalled by " + recall.get().by() + " on "
                            + recall.get().at().truncatedTo(ChronoUnit.SECONDS)
                            + "; it comes back only in a version later than the recalled one");
        }
        candidate.ownMarking = candidate.ownMarking.or(recall.get().narrowedTo().get());
    }

    /**
     * Whether it equals the latest stored version byte for byte; this is known without parsing it. Half of the objects
     * in feeds do, since partners show what they received. A guessed id is enough: equal bytes were parsed when they
     * were stored.
     */
    private boolean repeated(Candidate candidate, Claimant claimant) throws StoreUnavailable {
        byte[] bytes = candidate.offered.object();
        String id = guessedId(bytes);
        Entry stored = id.isEmpty() ? null : store.known(id, claimant).orElse(null);
        if (stored == null || !stored.object().equals(ByteBuffer.wrap(bytes))) {
            return false;
        }
        if (mayRenew(stored) && stored.facts().provenance().origin() == Provenance.Origin.COUNTERSIGNED) {
            return false; // the countersignature beside it may be another one
        }
        candidate.id = id;
        candidate.version = stored.facts().version();
        candidate.known = stored;
        return true;
    }

    private static boolean seesSome(Source source) {
        return source instanceof Source.Account account
                && account.cases()
                && !account.units().all();
    }

    private static Audience sight(Source source) {
        return new Audience(-1L, ((Source.Account) source).units());
    }

    /** The value of the first key "id" as most producers write it; empty when that is no STIX id. */
    private static String guessedId(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, ID_WITHIN), StandardCharsets.ISO_8859_1);
        int from = start.indexOf(ID_KEY) + ID_KEY.length();
        int to = start.indexOf('"', from);
        String id = from < ID_KEY.length() || to < 0 ? "" : start.substring(from, to);
        return StixId.isId(id) ? id : "";
    }

    /** All wordings of a marking definition of TLP that are taken are the same object. */
    private void known(Candidate candidate, Claimant claimant) throws StoreUnavailable {
        Entry known = (StandardMarkings.is(candidate)
                        ? store.known(candidate.id, claimant)
                        : store.duplicate(candidate.id, candidate.version, candidate.digest, claimant))
                .orElse(null);
        boolean otherProof = known != null
                && mayRenew(known)
                && (candidate.object.signatures().isEmpty()
                        || !candidate
                                .object
                                .signatures()
                                .equals(StoredObject.stix(known).signatures()));
        if (otherProof) {
            candidate.unproven = known;
        } else {
            candidate.known = known;
        }
    }

    /** Whether another signature may replace those of an entry. */
    private boolean mayRenew(Entry entry) {
        return store.lostProof(entry.seq()) && !entry.superseded();
    }

    /** What this centre signs must be valid everywhere: only what every source is forgiven is forgiven to it. */
    private void notOurs(Candidate candidate) throws RefusalException {
        List<Fault> set = candidate.forgiven.stream()
                .filter(fault -> !fault.forgivenBy(ForgivableRule.ALWAYS))
                .toList();
        if (!set.isEmpty()
                && candidate
                        .object
                        .createdByRef()
                        .filter(localCentre.identity()::equals)
                        .isPresent()) {
            throw invalid(new InvalidObject(set));
        }
    }

    private static StixReader.Reading read(Candidate candidate, Set<ForgivableRule> forgiven) throws RefusalException {
        byte[] bytes = candidate.offered.object();
        if (bytes.length > StixReader.MAX_BYTES) {
            throw new RefusalException(
                    Code.TOO_LARGE,
                    "",
                    "the object has " + bytes.length + " bytes, and at most " + StixReader.MAX_BYTES
                            + " are taken: split it, or leave out what is not needed");
        }
        try {
            return StixReader.read(bytes, forgiven);
        } catch (InvalidObject invalid) {
            throw refused(candidate, invalid);
        }
    }

    private static RefusalException refused(Candidate candidate, InvalidObject invalid) {
        Code code = Code.INVALID_STIX;
        try {
            JsonObject json = StrictJson.parseObject(candidate.offered.object());
            candidate.id = json.string("id").filter(StixId::isId).orElse("");
            if (Stix20.isStix20(json) && !json.string("type").orElse("").equals("bundle")) {
                return new RefusalException(Code.INVALID_STIX, "/spec_version", STIX_20);
            }
        } catch (MalformedJson malformed) {
            code = malformed.pointer().isEmpty() && candidate.offered.object().length > 0 && isJsonValue(candidate)
                    ? Code.INVALID_STIX
                    : Code.MALFORMED_JSON;
        }
        return refused(code, invalid, forgivable(candidate, invalid));
    }

    /** What forgives all faults, for the sender; empty when nothing does. */
    private static String forgivable(Candidate candidate, InvalidObject invalid) {
        boolean all =
                invalid.faults().stream().allMatch(fault -> fault.forgivable().isPresent());
        boolean signed =
                new String(candidate.offered.object(), StandardCharsets.ISO_8859_1).contains(SignatureExtension.ID);
        return !all || signed
                ? ""
                : invalid.faults().stream()
                        .map(fault -> fault.forgivable().get().word())
                        .distinct()
                        .collect(Collectors.joining(
                                ",",
                                ", or the rules are forgiven (koprik import --forgive ",
                                "; koprik account forgive; forgive in partners.yaml)"));
    }

    private static RefusalException invalid(InvalidObject invalid) {
        return refused(Code.INVALID_STIX, invalid, "");
    }

    private static RefusalException refused(Code code, InvalidObject invalid, String otherwise) {
        Fault first = invalid.faults().getFirst();
        int more = invalid.faults().size() - 1;
        return new RefusalException(
                code,
                first.pointer(),
                first.rule() + (first.section().isEmpty() ? "" : " (" + first.section() + ")")
                        + (more > 0
                                ? "; and " + more + (more > 1 ? " more faults" : " more fault")
                                        + ", which koprik validate lists"
                                : "")
                        + ": its producer must correct it and publish it again" + otherwise);
    }

    /** Whether the text is sound JSON, though not an object. */
    private static boolean isJsonValue(Candidate candidate) {
        try {
            StrictJson.parse(candidate.offered.object());
            return true;
        } catch (MalformedJson malformed) {
            return false;
        }
    }

    /** A version from the future would keep its own creator from making another one for as long. */
    private void checkTime(Candidate candidate, Instant now) throws RefusalException {
        if (candidate.version > StixTimestamp.micros(now.plus(futureTolerance))) {
            String pointer = candidate.object.modified() == StixObject.UNVERSIONED ? "/created" : "/modified";
            throw new RefusalException(new Refusal(
                    Code.POLICY,
                    pointer,
                    "lies more than " + futureTolerance.toMinutes() + " minutes ahead of the clock of this"
                            + " centre: check both clocks, or correct the time and submit the object again",
                    new Refusal.Cure.Time(Instant.EPOCH
                            .plus(candidate.version, ChronoUnit.MICROS)
                            .minus(futureTolerance))));
        }
    }

    /**
     * The id of a case file follows from its number. A submitter who may know of some cases only could submit an object
     * with such an id, or one that refers to it, and conclude from the outcome whether there is a case. So both are
     * refused, whether there is one or not.
     */
    private void mayName(Candidate candidate, Source source) throws RefusalException, StoreUnavailable {
        if (!seesSome(source)) {
            return;
        }
        List<String> named = new ArrayList<>(List.of(candidate.id));
        if (!CaseFiles.isCase(candidate.object)) { // what a case refers to does not change who sees it
            named.addAll(candidate.object.refs());
        }
        for (String id : named) {
            if (id.startsWith("incident--")
                    && id.charAt(VERSION_OF_UUID) == '5'
                    && store.latest(id, sight(source)).isEmpty()) {
                throw new RefusalException(
                        Code.NOT_AUTHORISED,
                        id.equals(candidate.id) ? "/id" : "",
                        "names an incident that is not here by an"
                                + " id such as case files have, and " + source.name()
                                + " works on the case files of some units only: an"
                                + " account that works on all of them must submit it");
            }
        }
    }

    /**
     * A redaction in the name of this centre comes from somebody who may see its original. Whether there is one that
     * the submitter may not see, the answer does not say.
     */
    private void mayRedact(Candidate candidate, Source source, Claimant claimant)
            throws RefusalException, StoreUnavailable {
        if (!candidate.object.createdByRef().equals(Optional.of(localCentre.identity()))) {
            return;
        }
        candidate.origin = RedactionExtension.read(candidate.object.json());
        if (candidate.origin.isEmpty()
                || source instanceof Source.Partner
                || store.known(candidate.id, claimant).isPresent()) {
            return;
        }
        boolean seen = store.latest(candidate.origin.get().original(), claimant.audience())
                .filter(original -> !original.release().house())
                .isPresent();
        if (!seen) {
            throw new RefusalException(
                    Code.NOT_AUTHORISED,
                    "/extensions/" + RedactionExtension.ID + "/" + RedactionExtension.ORIGINAL,
                    "is a redaction of an object that is not here: koprik redact makes redactions of objects that are");
        }
    }

    private CaseFile caseFile(StixObject object, Source source) throws RefusalException {
        if (source instanceof Source.Account account && !account.cases()) {
            throw new RefusalException(
                    Code.NOT_AUTHORISED,
                    "",
                    "is a case file, and " + account.name() + " has no right to work on case"
                            + " files: ask an administrator for the role of an analyst");
        }
        if (!object.createdByRef().equals(Optional.of(localCentre.identity()))) {
            throw new RefusalException(
                    Code.POLICY,
                    "/created_by_ref",
                    "is a case file of another centre, and case files do not leave"
                            + " their centre: share its observables as indicators instead");
        }
        CaseFile file;
        try {
            file = CaseFiles.read(object);
        } catch (InvalidObject invalid) {
            throw invalid(invalid);
        }
        if (source instanceof Source.Account account && !account.units().has(file.ownerUnit())) {
            throw new RefusalException(
                    Code.NOT_AUTHORISED,
                    "",
                    "is a case file of a unit on whose case files " + account.name()
                            + " does not work: an administrator says who works on which (koprik account units)");
        }
        return file;
    }

    /**
     * The id of a countersignature by a version 5 UUID follows from what it says: nobody takes the id of somebody
     * else's word.
     */
    private static void checkCountersignature(StixObject object) throws RefusalException {
        try {
            Optional<Countersignature> said = Countersignature.read(object);
            if (said.isPresent()
                    && StixId.version(object.id()) == 5
                    && !said.get().id().equals(object.id())) {
                throw new RefusalException(
                        Code.WRONG_OWNER,
                        "/id",
                        "does not follow from what this countersignature says: derive it as"
                                + " docs/formats/signatures.md says, or use a random UUID (version 4)");
            }
        } catch (InvalidObject invalid) {
            throw invalid(invalid);
        }
    }

    private static void checkGroup(StixObject object) throws RefusalException {
        try {
            if (object.type().equals(SharingGroup.TYPE)) {
                SharingGroup.read(object);
            }
        } catch (InvalidObject invalid) {
            throw invalid(invalid);
        }
    }

    private static List<Observable> observables(JsonObject json) throws RefusalException {
        ObservableExtraction extraction = ObservableExtraction.of(json, CARDS_SEEN);
        for (ObservableExtraction.SkippedValue skipped : extraction.skipped()) {
            if (skipped.reason().equals(MaskedCard.NEARLY_WHOLE)) {
                throw new RefusalException(
                        Code.POLICY, skipped.pointer(), "carries a payment card number: " + skipped.reason());
            }
        }
        if (extraction.found().isEmpty()) {
            return List.of();
        }
        for (ObservableExtraction.FoundValue found : extraction.found()) {
            if (found.observable().kind() == ObservableKind.PAYMENT_CARD
                    && found.observable().value().endsWith(WHOLE_NUMBER)) {
                throw new RefusalException(
                        Code.POLICY,
                        found.pointer(),
                        "carries a whole payment card number, which is never stored:"
                                + " replace it by its first six and last four digits and a token, as the form for cases does");
            }
        }
        return new ArrayList<>(extraction.compared());
    }
}
