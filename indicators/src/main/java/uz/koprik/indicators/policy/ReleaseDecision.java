package uz.koprik.indicators.policy;

import java.time.Instant;

/**
 * Whether a recipient may see an object, and always why.
 *
 * @param released yes or no
 * @param reason a sentence for people, which names the rule that decided and nothing of the object
 */
public record ReleaseDecision(boolean released, String reason) {

    /** Decides. This is the only place that knows the rules; {@link Audience#of} is computed from it. */
    public static ReleaseDecision decide(ReleaseClass object, Recipient recipient, Instant now) {
        return switch (recipient) {
            case Recipient.Analyst analyst ->
                yes(
                        object.house() && !analyst.units().all()
                                ? "analysts of this centre see the case files of their units"
                                : "analysts of this centre see everything it holds");
            case Recipient.Operator operator ->
                object.house()
                        ? no("case files are for those who work on them")
                        : yes("members of this centre see everything it holds but case files");
            case Recipient.Partner partner -> toPartner(object, partner, now);
            case Recipient.Client client -> toClient(object, client);
        };
    }

    private static ReleaseDecision toPartner(ReleaseClass object, Recipient.Partner partner, Instant now) {
        Agreement agreement = partner.agreement();
        ReleaseDecision barred = toAnybodyOutside(object);
        if (barred != null) {
            return barred;
        }
        if (!agreement.inForce(now)) {
            return no("the agreement with " + partner.name() + " ended on "
                    + agreement.validUntil().orElseThrow());
        }
        if (object.personal() && agreement.personalPurpose().isEmpty()) {
            return no("carries personal observables; the agreement with " + partner.name() + " names no purpose");
        }
        if (object.tlp().compareTo(agreement.maxTlp()) > 0) {
            return no(object.tlp().label() + " is above " + agreement.maxTlp().label() + ", which the agreement with "
                    + partner.name() + " allows at most");
        }
        return yes(object.tlp().label() + " is within the agreement with " + partner.name()
                + (object.personal()
                        ? ", whose purpose is: " + agreement.personalPurpose().orElseThrow()
                        : ""));
    }

    private static ReleaseDecision toClient(ReleaseClass object, Recipient.Client client) {
        ReleaseDecision barred = toAnybodyOutside(object);
        if (barred != null) {
            return barred;
        }
        if (object.personal()) {
            return no("carries personal observables; the account " + client.name()
                    + " has no agreement that names a purpose");
        }
        if (object.tlp().compareTo(client.maxTlp()) > 0) {
            return no(object.tlp().label() + " is above " + client.maxTlp().label() + ", which the account "
                    + client.name() + " is given at most");
        }
        return yes(object.tlp().label() + " is within what the account " + client.name() + " is given");
    }

    /** What no agreement can open; null when nothing of it applies. */
    private static ReleaseDecision toAnybodyOutside(ReleaseClass object) {
        if (object.house()) {
            return no("a case file never leaves the centre");
        }
        if (object.tlp() == Tlp.RED) {
            return no("TLP:RED goes to named recipients only");
        }
        if (!object.own() && object.tlp().compareTo(Tlp.AMBER) >= 0) {
            return no(object.tlp().label() + " received from a partner is not handed on to third parties");
        }
        return null;
    }

    private static ReleaseDecision yes(String reason) {
        return new ReleaseDecision(true, reason);
    }

    private static ReleaseDecision no(String reason) {
        return new ReleaseDecision(false, reason);
    }
}
