package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;

/** The exchange with a partner on a terminal. */
final class PartnerText {

    private final CommandOutput out;

    PartnerText(CommandOutput out) {
        this.out = out;
    }

    void print(JsonNode partner) {
        out.println(partner.path("name").asText() + "  "
                + partner.path("title").asText("") + "  "
                + partner.path("endpoint").asText(""));
        out.println("  is given up to "
                + partner.path("agreement").path("max_tlp").asText()
                + (partner.path("agreement").has("personal_purpose")
                        ? ", personal observables for: "
                                + partner.path("agreement")
                                        .path("personal_purpose")
                                        .asText()
                        : "")
                + (partner.path("agreement").has("valid_until")
                        ? (partner.path("agreement").path("ended").asBoolean()
                                        ? "; but the agreement ended, so it is given nothing since "
                                        : ", until ")
                                + partner.path("agreement").path("valid_until").asText()
                        : "")
                + (partner.path("accept_unsigned").asBoolean() ? "; may send unsigned objects" : ""));
        basis(partner.path("agreement"));
        if (partner.has("contacts")) {
            StringJoiner contacts = new StringJoiner(", ");
            partner.path("contacts").forEach(contact -> contacts.add(contact.asText()));
            out.println("  its operators: " + contacts);
        }
        if (partner.has("run_by")) {
            out.println("  feeds run by gateway " + partner.path("run_by").asText());
        }
        direction("in", partner.path("pull"), "");
        direction(
                "out",
                partner.path("push"),
                partner.path("push").path("on").asBoolean()
                        ? "; " + partner.path("push").path("lag_entries").asLong() + " entries to go"
                        : "");
        received(partner.path("received"));
        warnings(partner.path("expiries"), "  ");
        if (partner.has("new_card")) {
            out.println("  new card: "
                    + (partner.path("new_card").path("state").asText().equals("refused") ? "refused: " : "")
                    + partner.path("new_card").path("note").asText());
        }
        for (JsonNode refusal : partner.path("refusals")) {
            out.println("    " + CentreAnswers.moment(refusal.path("time").asText()) + "  "
                    + refusal.path("direction").asText() + "  "
                    + refusal.path("id").asText() + "  "
                    + refusal.path("code").asText()
                    + refusal.path("pointer").asText("").replaceFirst("^(?=.)", " at ") + ": "
                    + refusal.path("reason").asText());
        }
    }

    /** On what the terms rest. */
    private void basis(JsonNode agreement) {
        switch (agreement.path("basis").asText()) {
            case "signed" ->
                out.println("  by the agreement " + agreement.path("id").asText() + ", which both signed");
            case "interim" ->
                out.println("  by interim terms of partners.yaml; no agreement is signed (`koprik agreement propose`)");
            case "none" ->
                out.println("  no signed agreement is in force: "
                        + agreement.path("why").asText() + " (`koprik agreement list`)");
            default -> {
                // a centre of an earlier version
            }
        }
    }

    /** What has ended or ends soon. */
    void warnings(JsonNode expiries, String indent) {
        for (JsonNode expiry : expiries) {
            if (expiry.has("warning")) {
                out.println(indent + "warning: " + expiry.path("warning").asText());
            }
        }
    }

    private void direction(String label, JsonNode direction, String more) {
        out.println("  " + label + ": " + (direction.path("on").asBoolean() ? "on" : "off")
                + ", " + direction.path("accepted").asLong() + " new, "
                + direction.path("unchanged").asLong() + " known before, "
                + direction.path("refused").asLong() + " refused" + AnswerText.reasons(direction.path("reasons"))
                + "; last contact " + AnswerText.moment(direction, "last_contact") + ", last success "
                + AnswerText.moment(direction, "last_success") + more);
        long waiting = direction.path("waiting").asLong();
        if (waiting > 0) {
            out.println("    of the refused, " + waiting + " wait"
                    + AnswerText.reasons(direction.path("waiting_reasons")) + " and are "
                    + (label.equals("in") ? "fetched" : "pushed") + " again when the reason passes");
        }
        String error = direction.path("last_error").asText("");
        if (!error.isEmpty()) {
            out.println("    since " + AnswerText.moment(direction, "failing_since") + ": " + error);
        }
    }

    /** What the partner pushed to us. */
    private void received(JsonNode received) {
        out.println("  pushed to us: " + received.path("accepted").asLong() + " new, "
                + received.path("unchanged").asLong() + " known before, "
                + received.path("refused").asLong() + " refused" + AnswerText.reasons(received.path("reasons"))
                + "; last request " + AnswerText.moment(received, "last_contact"));
    }
}
