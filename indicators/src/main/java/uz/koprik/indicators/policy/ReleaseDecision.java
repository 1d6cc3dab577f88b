package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a recipient may see an object, and always why.
 *
 * @param released yes or no
 * @param code the rule that decided, a stable word
 * @param details what the rule decided by, by name: {@code partner}, {@code account}, {@code tlp}, {@code max_tlp},
 *     {@code ended}, {@code purpose}, {@code embargo}, {@code groups}, {@code agreement}, {@code article}; only those
 *     that the reason names
 * @param reason the same as a sentence for people; it names nothing of the object
 */
public record ReleaseDecision(boolean released, Code code, Map<String, String> details, String reason) {

    /** The rules. Their words stand in answers of the API, and in the texts of every language. */
    public enum Code {
        /** Members of the centre see what it holds. */
        MEMBER,
        /** Case files are for the analysts of their units. */
        UNITS,
        /** Case files are for those who work on them, and never leave the centre. */
        CASE_FILE,
        /** Personal values of a partner whose agreement asks for a purpose on use, and none of it was said. */
        PURPOSE_NEEDED,
        TLP_RED,
        /** Waits for a second person at the release desk. */
        HELD,
        /** Refers to an object that waits there. */
        HELD_BY_REFERENCE,
        /** The object names its recipients, and this is none of them. */
        NOT_NAMED,
        /** The object names this recipient. */
        NAMED,
        /** The object goes to the members of a sharing group, and this is none, or was none then. */
        NOT_IN_GROUP,
        /** The object leaves the centre later. */
        EMBARGO,
        /** What a partner marked AMBER or narrower stays here. */
        NOT_HANDED_ON,
        AGREEMENT_ENDED,
        /** Nothing that both sides signed is in force, and only TLP:CLEAR flows without. */
        AGREEMENT_MISSING,
        /** The agreement with the centre that gave it forbids to give it to others. */
        RELAY_NOT_AGREED,
        /** TLP:CLEAR, which needs no agreement. */
        CLEAR_TO_ALL,
        /** Observables of a kind that the signed agreement does not name. */
        KIND_NOT_AGREED,
        /** Personal observables, and the agreement names no purpose. */
        NO_PURPOSE,
        ABOVE_AGREEMENT,
        WITHIN_AGREEMENT,
        /** The same with personal observables. */
        WITHIN_PURPOSE,
        /** Personal observables, and an account has no agreement. */
        NO_AGREEMENT,
        ABOVE_ACCOUNT,
        WITHIN_ACCOUNT,
        /** Only keys signed it that were compromised already. */
        UNPROVEN;

        /** On the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String PARTNER = "partner";
    private static final String ACCOUNT = "account";
    private static final String TLP = "tlp";
    private static final String MAX_TLP = "max_tlp";

    public ReleaseDecision {
        details = Map.copyOf(details);
    }

    /** Decides. This is the only place that knows the rules; {@link Audience#of} is computed from it. */
    public static ReleaseDecision decide(ReleaseTerms object, Recipient recipient, Instant now) {
        Optional<String> keeps = recipient.use().keeps(object);
        if (keeps.isPresent()) {
            return no(
                    Code.PURPOSE_NEEDED,
                    Map.of(PARTNER, keeps.get(), "article", Integer.toString(Article.PURPOSES.number())),
                    "article " + Article.PURPOSES.number() + " of the agreement with " + keeps.get()
                            + " asks members for a purpose and a case before they see its personal values");
        }
        return switch (recipient) {
            case Recipient.Analyst analyst ->
                object.house() && !analyst.units().all()
                        ? yes(Code.UNITS, Map.of(), "analysts of this centre see the case files of their units")
                        : yes(Code.MEMBER, Map.of(), "analysts of this centre see everything it holds");
            case Recipient.Operator operator ->
                object.house()
                        ? no(Code.CASE_FILE, Map.of(), "case files are for those who work on them")
                        : yes(Code.MEMBER, Map.of(), "members of this centre see everything it holds but case files");
            case Recipient.Partner partner -> toPartner(object, partner, now);
            case Recipient.Client client -> toClient(object, client, now);
        };
    }

    private static ReleaseDecision toPartner(ReleaseTerms object, Recipient.Partner partner, Instant now) {
        Agreement agreement = partner.agreement();
        String name = partner.name();
        ReleaseDecision barred = toAnybodyOutside(object, partner, agreement.closedSources(), now);
        if (barred != null) {
            return barred;
        }
        return switch (agreement.basis()) {
            case AgreementBasis.Nothing nothing -> withoutAgreement(object, name, nothing);
            case AgreementBasis.Settings settings -> under(object, name, agreement, now);
            case AgreementBasis.Signed signed -> under(object, name, agreement, now);
        };
    }

    /** What an agreement or interim terms allow. */
    private static ReleaseDecision under(ReleaseTerms object, String name, Agreement agreement, Instant now) {
        AgreementWords words = new AgreementWords(name, agreement.basis());
        if (!agreement.inForce(now)) {
            String ended = agreement.validUntil().orElseThrow().toString();
            return no(
                    Code.AGREEMENT_ENDED,
                    words.details(Article.TERM, "ended", ended),
                    words.subject(Article.TERM) + " ended on " + ended);
        }
        if (agreement.basis() instanceof AgreementBasis.Signed signed && !signed.covers(object)) {
            return no(
                    Code.KIND_NOT_AGREED,
                    words.details(Article.KINDS),
                    "carries observables of a kind that " + words.subject(Article.KINDS) + " does not name");
        }
        if (object.personal() && agreement.personalPurpose().isEmpty()) {
            return no(
                    Code.NO_PURPOSE,
                    words.details(Article.PURPOSES),
                    "carries personal observables; the agreement with " + name + " names no purpose");
        }
        Tlp covered = object.tlp() == Tlp.RED ? object.below().orElse(Tlp.CLEAR) : object.tlp();
        String tlp = covered.label();
        String most = agreement.maxTlp().label();
        if (covered.compareTo(agreement.maxTlp()) > 0) {
            return no(
                    Code.ABOVE_AGREEMENT,
                    words.details(Article.MARKING, TLP, tlp, MAX_TLP, most),
                    tlp + " is above " + most + ", which " + words.subject(Article.MARKING) + " allows at most");
        }
        if (object.tlp() == Tlp.RED) {
            String red = Tlp.RED.label();
            return yes(
                    Code.NAMED,
                    words.details(Article.PARTIES, TLP, red),
                    red + " names " + name + " as its recipient, and the agreement with " + name + " is in force");
        }
        String within = tlp + " is within " + words.subject(Article.MARKING);
        if (!object.personal()) {
            return yes(Code.WITHIN_AGREEMENT, words.details(Article.MARKING, TLP, tlp), within);
        }
        String purpose = agreement.personalPurpose().orElseThrow();
        return yes(
                Code.WITHIN_PURPOSE,
                words.details(Article.KINDS, TLP, tlp, "purpose", purpose),
                within + ", whose purpose is: " + purpose);
    }

    /** What flows to a partner with which no signed agreement is in force, where one is required or was signed once. */
    private static ReleaseDecision withoutAgreement(ReleaseTerms object, String name, AgreementBasis.Nothing nothing) {
        if (object.tlp() == Tlp.CLEAR && !object.personal()) {
            return yes(
                    Code.CLEAR_TO_ALL,
                    Map.of(PARTNER, name, TLP, Tlp.CLEAR.label()),
                    "TLP:CLEAR needs no agreement with " + name);
        }
        Map<String, String> details = nothing.article() == 0
                ? Map.of(PARTNER, name)
                : Map.of(PARTNER, name, "article", Integer.toString(nothing.article()));
        return no(
                Code.AGREEMENT_MISSING,
                details,
                "no signed agreement with " + name + " is in force, so only TLP:CLEAR without personal observables goes"
                        + " there: " + nothing.why());
    }

    private static ReleaseDecision toClient(ReleaseTerms object, Recipient.Client client, Instant now) {
        ReleaseDecision barred = toAnybodyOutside(object, client, client.closedSources(), now);
        if (barred != null) {
            return barred;
        }
        String name = client.name();
        if (object.personal()) {
            return no(
                    Code.NO_AGREEMENT,
                    Map.of(ACCOUNT, name),
                    "carries personal observables; the account " + name + " has no agreement that names a purpose");
        }
        String tlp = object.tlp().label();
        String most = client.maxTlp().label();
        if (object.tlp().compareTo(client.maxTlp()) > 0) {
            return no(
                    Code.ABOVE_ACCOUNT,
                    Map.of(ACCOUNT, name, TLP, tlp, MAX_TLP, most),
                    tlp + " is above " + most + ", which the account " + name + " is given at most");
        }
        return yes(
                Code.WITHIN_ACCOUNT,
                Map.of(ACCOUNT, name, TLP, tlp),
                tlp + " is within what the account " + name + " is given");
    }

    /**
     * What no agreement can open; null when nothing of it applies.
     *
     * @param closedSources see {@link Agreement#closedSources}
     */
    private static ReleaseDecision toAnybodyOutside(
            ReleaseTerms object, Recipient recipient, Set<String> closedSources, Instant now) {
        if (object.house()) {
            return no(Code.CASE_FILE, Map.of(), "a case file never leaves the centre");
        }
        if (object.held()) {
            return object.hold() == ReleaseTerms.Hold.WAITS
                    ? no(Code.HELD, Map.of(), "is held at the release desk, and needs a releaser")
                    : no(
                            Code.HELD_BY_REFERENCE,
                            Map.of(),
                            "refers to an object that is held at the release desk, and goes when that goes");
        }
        if (object.embargo().filter(now::isBefore).isPresent()) {
            String end = object.embargo().get().toString();
            return no(Code.EMBARGO, Map.of("embargo", end), "is under embargo until " + end);
        }
        String tlp = object.tlp().label();
        if (object.recipients().isPresent()) {
            Set<String> identities = recipient instanceof Recipient.Partner partner ? partner.identities() : Set.of();
            if (Collections.disjoint(object.recipients().get(), identities)) {
                return no(Code.NOT_NAMED, Map.of(TLP, tlp), "goes to named recipients only, and this is none of them");
            }
        } else if (object.tlp() == Tlp.RED && object.groups().isEmpty()) {
            return no(Code.TLP_RED, Map.of(), "TLP:RED goes to named recipients only");
        }
        boolean belongs = object.groups().isEmpty()
                || (recipient instanceof Recipient.Partner partner && partner.belongs(object.groups()));
        if (!belongs) {
            String groups = String.join(", ", object.groups().keySet());
            return no(
                    Code.NOT_IN_GROUP,
                    Map.of(TLP, tlp, "groups", groups),
                    "goes to those who were members of " + groups
                            + " when it came and still are, and this is none of them");
        }
        if (!object.own() && object.tlp().compareTo(Tlp.AMBER) >= 0) {
            return no(
                    Code.NOT_HANDED_ON,
                    Map.of(TLP, tlp),
                    tlp + " received from a partner is not handed on to third parties");
        }
        Optional<String> closed = object.tlp() == Tlp.CLEAR
                ? Optional.empty()
                : object.from().stream().filter(closedSources::contains).findFirst();
        if (closed.isPresent()) {
            return no(
                    Code.RELAY_NOT_AGREED,
                    Map.of(PARTNER, closed.get(), "article", Integer.toString(Article.RELAY.number())),
                    "article " + Article.RELAY.number() + " of the agreement with " + closed.get()
                            + ", which gave it, does not allow to give it to others");
        }
        return null;
    }

    private static ReleaseDecision yes(Code code, Map<String, String> details, String reason) {
        return new ReleaseDecision(true, code, details, reason);
    }

    private static ReleaseDecision no(Code code, Map<String, String> details, String reason) {
        return new ReleaseDecision(false, code, details, reason);
    }
}
