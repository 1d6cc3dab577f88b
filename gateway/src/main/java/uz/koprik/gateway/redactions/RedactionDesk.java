package uz.koprik.gateway.redactions;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.recalls.RecallBook;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.EffectiveMarking;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.redaction.Redaction;
import uz.koprik.indicators.stix.redaction.RedactionImpossible;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * Makes redactions: an object without its stricter parts becomes an object of this centre, by an act of a person. The
 * original stays as it is. The same order twice makes one redaction, and its next version when the original has one.
 */
public final class RedactionDesk {

    private static final Logger LOG = LoggerFactory.getLogger(RedactionDesk.class);

    private final Intake intake;
    private final Release release;
    private final LocalCentre centre;
    private final Trust trust;
    private final RecallBook recalls;
    private final Tlp unmarked;
    private final InstantSource clock;
    private final KnownRedactions known;

    /** @param unmarked what an unmarked object counts as */
    public RedactionDesk(
            Intake intake, Release release, Trust trust, RecallBook recalls, Tlp unmarked, InstantSource clock) {
        this.intake = intake;
        this.release = release;
        this.centre = intake.localCentre();
        this.trust = trust;
        this.recalls = recalls;
        this.unmarked = unmarked;
        this.clock = clock;
        this.known = new KnownRedactions(release, centre);
    }

    /**
     * What {@link #redact} would do. Stores nothing.
     *
     * @param id of the object, which {@code caller} may see
     */
    public RedactionPlan plan(String id, RedactionGoal goal, Caller caller) throws StoreUnavailable, RedactionRefused {
        Entry original = release.latest(caller.recipient(), id)
                .orElseThrow(() -> new RedactionRefused(
                        RedactionRefused.Kind.ABSENT,
                        "",
                        "there is no object " + id + " here; `koprik search` finds objects"));
        check(original);
        StixObject whole = StoredObject.stix(original);
        Instant now = clock.instant();
        MarkingJudge judge = new MarkingJudge(
                original, EffectiveMarking.others(whole), caller.recipient(), centre, trust, release, now);
        checkWhole(whole, judge);
        Tlp own = EffectiveMarking.ofTheWhole(whole, unmarked);
        Redaction redaction = cut(whole, goal, judge, own);
        Optional<Tlp> marking = marking(original, own);
        Draft draft = draft(original, redaction, goal, judge, marking, caller, now);
        ReleaseTerms terms = draft.state() == RedactionPlan.State.UNCHANGED
                ? draft.before().orElseThrow().release()
                : foreseen(draft.object(), caller);
        checkTerms(terms, goal, own, draft.object(), caller);
        List<RedactionPlan.CutPart> parts = redaction.parts().stream()
                .map(part -> new RedactionPlan.CutPart(
                        part.pointer(),
                        Markings.tlp(part.marking()).map(Tlp::label).orElse(part.marking()),
                        Markings.tlp(part.marking()).isEmpty()
                                && judge.meaning(part.marking()) == MarkingJudge.Meaning.UNKNOWN))
                .toList();
        return new RedactionPlan(
                original,
                parts,
                redaction.also(),
                redaction.kept(),
                redaction.repeated(),
                draft.state(),
                draft.object(),
                draft.before(),
                terms);
    }

    /**
     * Redacts.
     *
     * @param reason for the members of this centre; no partner reads it
     * @param anyway whether the redaction is made although a text that was cut still stands in it
     * @return what the intake said: of the redaction, then of the note with the reason; empty when the same redaction
     *     is here
     */
    public List<Outcome> redact(RedactionPlan plan, String reason, boolean anyway, Caller caller)
            throws StoreUnavailable, RedactionRefused {
        if (!anyway && !plan.repeated().isEmpty()) {
            throw new RedactionRefused(
                    RedactionRefused.Kind.REPEATED,
                    plan.repeated().getFirst(),
                    "a text that was cut still stands at " + String.join(", ", plan.repeated())
                            + ", whose marking lets it stay: ask its producer to mark that as well, or say that it is right"
                            + " (koprik redact --anyway; over HTTP \"anyway\": true)");
        }
        if (plan.state() == RedactionPlan.State.UNCHANGED) {
            return List.of();
        }
        byte[] bytes = CanonicalJson.bytes(plan.object());
        IncomingObject offered = plan.state() == RedactionPlan.State.NEW
                ? IncomingObject.report(bytes, "redaction")
                : new IncomingObject(bytes, "redaction", plan.before().map(before -> before.facts()
                        .version()));
        List<Outcome> outcomes = new ArrayList<>(intake.take(List.of(offered), caller.source()));
        if (outcomes.getFirst().status() == Outcome.Status.ACCEPTED) {
            outcomes.addAll(intake.take(
                    List.of(new IncomingObject(CanonicalJson.bytes(note(plan, reason)), "reason")), caller.source()));
            LOG.info(
                    "account {} redacts {} as {}",
                    caller.name(),
                    plan.original().facts().id(),
                    plan.id());
        }
        return outcomes;
    }

    private void check(Entry original) throws RedactionRefused {
        if (original.release().house()) {
            throw invalid("", "this is a case file or refers to one, and nothing of it leaves the centre");
        }
        if (original.facts().revoked()) {
            throw invalid("/revoked", "it is revoked: there is nothing to give to anybody");
        }
        if (known.of(original).isPresent()) {
            throw invalid("", "it is a redaction itself: redact its original once more");
        }
    }

    /** What marks the object as a whole goes on with the rest, and only its creator marks by its own definitions. */
    private static void checkWhole(StixObject whole, MarkingJudge judge) throws RedactionRefused {
        List<String> refs = whole.markingRefs();
        for (int i = 0; i < refs.size(); i++) {
            if (Markings.tlp(refs.get(i)).isPresent()) {
                continue;
            }
            MarkingJudge.Meaning meaning = judge.meaning(refs.get(i));
            if (meaning == MarkingJudge.Meaning.UNKNOWN) {
                throw invalid(
                        "/object_marking_refs/" + i,
                        "the object as a whole bears a marking that is unknown here, " + refs.get(i)
                                + ", which counts as the strictest: nothing of it goes to anybody");
            }
            if (meaning == MarkingJudge.Meaning.LIMITS && !judge.ofUs()) {
                throw invalid(
                        "/object_marking_refs/" + i,
                        "the marking " + refs.get(i)
                                + " names recipients, a group or an embargo, and only the creator of an"
                                + " object marks by it: ask its producer for a redaction");
            }
        }
    }

    /** The marking that the redaction gets instead of those of the original; empty when it keeps them. */
    private Optional<Tlp> marking(Entry version, Tlp own) {
        Optional<Tlp> narrowed = recalls.covering(version.facts()).stream()
                .flatMap(recall -> recall.tlp().stream())
                .reduce(Tlp::or)
                .filter(tlp -> tlp.compareTo(own) > 0);
        boolean none = !EffectiveMarking.isMarkedAsAWhole(StoredObject.stix(version));
        return narrowed.or(() -> none ? Optional.of(unmarked) : Optional.empty());
    }

    private static Redaction cut(StixObject whole, RedactionGoal goal, MarkingJudge judge, Tlp own)
            throws RedactionRefused {
        try {
            return Redaction.of(whole, marking -> judge.stays(marking, goal, own));
        } catch (RedactionImpossible impossible) {
            throw invalid(impossible.pointer(), impossible.getMessage());
        }
    }

    private record Draft(RedactionPlan.State state, JsonObject object, Optional<Entry> before) {}

    /** The same redaction when it is here; else the next version of the one that the same goal made; else a new one. */
    private Draft draft(
            Entry original,
            Redaction redaction,
            RedactionGoal goal,
            MarkingJudge judge,
            Optional<Tlp> marking,
            Caller caller,
            Instant now)
            throws StoreUnavailable {
        String edition = known.edition(original);
        long moment = StixTimestamp.micros(now.truncatedTo(ChronoUnit.MILLIS));
        JsonObject fresh = redaction.object(original.facts().id(), centre.identity(), moment, moment, edition, marking);
        Optional<Entry> earlier = Optional.empty();
        for (KnownRedactions.Known one : known.of(original.facts().id(), caller.recipient())) {
            if (one.revoked()) {
                continue;
            }
            if (says(one, fresh)) {
                return new Draft(
                        RedactionPlan.State.UNCHANGED, StoredObject.json(one.entry()), Optional.of(one.entry()));
            }
            if (!one.origin().edition().equals(edition)
                    && earlier.isEmpty()
                    && sameGoal(one, original, goal, judge, caller)) {
                earlier = Optional.of(one.entry());
            }
        }
        if (earlier.isPresent()) {
            StixObject before = StoredObject.stix(earlier.get());
            JsonObject next = redaction.object(
                    before.id(),
                    centre.identity(),
                    before.created(),
                    Math.max(moment, before.modified() + 1000),
                    edition,
                    marking);
            return new Draft(RedactionPlan.State.NEW_VERSION, next, earlier);
        }
        String id = freeId(original, edition, redaction);
        return new Draft(
                RedactionPlan.State.NEW,
                redaction.object(id, centre.identity(), moment, moment, edition, marking),
                Optional.empty());
    }

    private static boolean says(KnownRedactions.Known one, JsonObject redaction) {
        return Arrays.equals(
                RedactionExtension.content(StoredObject.json(one.entry())), RedactionExtension.content(redaction));
    }

    /** Whether this goal would have made {@code one} of the version of which it was made. */
    private boolean sameGoal(
            KnownRedactions.Known one, Entry original, RedactionGoal goal, MarkingJudge judge, Caller caller)
            throws StoreUnavailable {
        for (Entry version :
                release.versions(caller.recipient(), original.facts().id())) {
            if (!known.edition(version).equals(one.origin().edition())) {
                continue;
            }
            StixObject whole = StoredObject.stix(version);
            Tlp own = EffectiveMarking.ofTheWhole(whole, unmarked);
            try {
                Redaction then = Redaction.of(whole, marking -> judge.stays(marking, goal, own));
                return says(
                        one,
                        then.object(
                                one.id(), centre.identity(), 0, 0, one.origin().edition(), marking(version, own)));
            } catch (RedactionImpossible impossible) {
                return false;
            }
        }
        return false;
    }

    /** The id follows from the version of the original and from what is cut; after a revocation it is the next one. */
    private String freeId(Entry original, String edition, Redaction redaction) throws StoreUnavailable {
        String cut =
                redaction.parts().stream().map(Redaction.Part::pointer).sorted().collect(Collectors.joining(" "));
        for (int i = 0; ; i++) {
            UUID uuid = centre.ids().of("redaction", original.facts().id(), edition, cut, Integer.toString(i));
            String id = original.facts().type() + "--" + uuid;
            if (!intake.holds(id)) {
                return id;
            }
        }
    }

    private ReleaseTerms foreseen(JsonObject object, Caller caller) throws StoreUnavailable, RedactionRefused {
        return intake.foresee(List.of(new IncomingObject(CanonicalJson.bytes(object), "redaction")), caller.source())
                .getFirst()
                .orElseThrow(() -> invalid("", "this centre would refuse what is left of it"));
    }

    private void checkTerms(ReleaseTerms terms, RedactionGoal goal, Tlp own, JsonObject object, Caller caller)
            throws StoreUnavailable, RedactionRefused {
        if (!terms.own() && terms.tlp().compareTo(Tlp.AMBER) >= 0) {
            throw invalid(
                    "",
                    "what is left counts as " + terms.tlp().label()
                            + " and came from a partner, which is not handed on: only its producer may widen it");
        }
        Optional<Tlp> most = goal.most(own);
        if (most.filter(tlp -> terms.tlp().compareTo(tlp) > 0).isPresent()) {
            throw invalid(
                    "",
                    "what is left counts as " + terms.tlp().label() + ", by the marking of the whole"
                            + stricter(object, most.get(), caller)
                            + ", and that is above " + most.get().label()
                            + ": only its producer may widen it");
        }
        if (goal instanceof RedactionGoal.ForPartner(var partner)) {
            ReleaseDecision decision =
                    release.would(terms.with(ReleaseTerms.Hold.NONE).withoutEmbargo(), partner);
            if (!decision.released()) {
                throw invalid("", "what is left would not go to " + partner.name() + " either: " + decision.reason());
            }
        }
    }

    /** The objects to which the rest refers and that make it stricter. */
    private String stricter(JsonObject object, Tlp most, Caller caller) throws StoreUnavailable, RedactionRefused {
        List<String> found = new ArrayList<>();
        try {
            for (String ref : StixReader.again(CanonicalJson.bytes(object)).refs()) {
                release.latest(caller.recipient(), ref)
                        .filter(entry -> entry.release().tlp().compareTo(most) > 0)
                        .ifPresent(entry -> found.add(ref));
            }
        } catch (InvalidObject impossible) {
            throw invalid("", impossible.getMessage());
        }
        return found.isEmpty() ? "" : " or of what it refers to (" + String.join(", ", found) + ")";
    }

    private JsonObject note(RedactionPlan plan, String reason) {
        String written = StixTimestamp.format(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return JsonObject.builder()
                .put("type", "note")
                .put("spec_version", "2.1")
                .put("id", "note--" + UUID.randomUUID())
                .put("created_by_ref", centre.identity())
                .put("created", written)
                .put("modified", written)
                .put("abstract", "Why the object is redacted")
                .put("content", reason)
                .putStrings("object_refs", List.of(plan.original().facts().id(), plan.id()))
                .putStrings("object_marking_refs", List.of(Markings.id(Tlp.RED)))
                .build();
    }

    private static RedactionRefused invalid(String pointer, String message) {
        return new RedactionRefused(RedactionRefused.Kind.INVALID, pointer, message);
    }
}
