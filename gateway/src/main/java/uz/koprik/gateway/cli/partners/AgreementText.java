package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;

/** Agreements on a terminal. */
final class AgreementText {

    private final CommandOutput out;

    AgreementText(CommandOutput out) {
        this.out = out;
    }

    /** Whether more than two parties sign an agreement. */
    static boolean group(JsonNode agreement) {
        return agreement.at("/versions/0").has("signatures");
    }

    /** Names of all other parties. */
    static String others(JsonNode agreement) {
        StringJoiner names = new StringJoiner(", ");
        for (JsonNode signature : agreement.at("/versions/0/signatures")) {
            if (!signature.path("us").asBoolean()) {
                names.add(signature.path("party").asText());
            }
        }
        return group(agreement) ? names.toString() : agreement.path("partner").asText();
    }

    /** That the other parties are informed, as the end of a sentence. */
    static String informed(JsonNode agreement) {
        return others(agreement) + (group(agreement) ? " are informed by themselves" : " is informed by itself");
    }

    void list(JsonNode all) {
        out.println(
                all.path("required").asBoolean()
                        ? "without a signed agreement in force a partner gets nothing but TLP:CLEAR"
                        : "without a signed agreement the section of partners.yaml holds (agreements.required: false)");
        for (JsonNode partner : all.path("partners")) {
            out.println(partner.path("partner").asText() + ": " + holds(partner));
            JsonNode delivery = partner.path("delivery");
            if (delivery.has("trouble")) {
                out.println("  not delivered: " + delivery.path("trouble").asText());
            }
            delivery.path("refused")
                    .forEach(refused ->
                            out.println("  refused there: " + refused.path("id").asText()
                                    + refused.path("pointer").asText("").replaceFirst("^(?=.)", " at ") + ": "
                                    + refused.path("reason").asText()));
        }
        for (JsonNode agreement : all.path("agreements")) {
            out.println(agreement.path("id").asText() + "  "
                    + agreement.path("partner").asText()
                    + (group(agreement) ? ", in the group of " + others(agreement) + " and this centre" : ""));
            agreement.path("versions").forEach(version -> out.println("  " + line(version)));
        }
    }

    private static String holds(JsonNode partner) {
        String until = partner.has("until")
                ? " until " + CentreAnswers.moment(partner.path("until").asText())
                : "";
        return switch (partner.path("basis").asText()) {
            case "signed" ->
                "signed, up to " + partner.path("max_tlp").asText() + until + ", "
                        + partner.path("agreement").asText();
            case "interim" ->
                "interim terms of partners.yaml, up to "
                        + partner.path("max_tlp").asText() + until
                        + "; propose an agreement by `koprik agreement propose "
                        + partner.path("partner").asText() + " --from-settings`";
            default -> "nothing but TLP:CLEAR: " + partner.path("why").asText();
        };
    }

    private static String line(JsonNode version) {
        String state = version.path("state").asText().replace('_', ' ');
        String waits =
                switch (version.path("waits_for").asText()) {
                    case "us" -> ", waits for an answer here";
                    case "partner" -> ", waits for " + (version.has("signatures") ? missing(version) : "the partner");
                    default -> "";
                };
        return "version of "
                + CentreAnswers.moment(version.path("text").path("modified").asText())
                + ": " + state + waits
                + (version.has("terminated")
                        ? ", terminated as of "
                                + CentreAnswers.moment(
                                        version.path("terminated").asText())
                        : "");
    }

    private static String missing(JsonNode version) {
        StringJoiner names = new StringJoiner(", ");
        for (JsonNode signature : version.path("signatures")) {
            if (List.of("missing", "unverified")
                    .contains(signature.path("state").asText())) {
                names.add(signature.path("party").asText());
            }
        }
        return names.toString();
    }

    /** Who of a group signed. */
    private void signatures(JsonNode version) {
        for (JsonNode signature : version.path("signatures")) {
            String state = signature.path("state").asText();
            out.println("  " + signature.path("party").asText() + ": "
                    + switch (state) {
                        case "missing" -> "has not signed";
                        case "unverified" ->
                            "cannot be verified here: it is not on the trust list; add its card by `koprik partner add`";
                        default ->
                            state + " at "
                                    + CentreAnswers.moment(signature.path("at").asText());
                    }
                    + (signature.has("leaves")
                            ? ", leaves at "
                                    + CentreAnswers.moment(
                                            signature.path("leaves").asText())
                            : ""));
        }
    }

    void show(JsonNode agreement) {
        out.println("agreement " + agreement.path("id").asText() + " with "
                + (group(agreement)
                        ? others(agreement)
                        : agreement.path("partner").asText() + " ("
                                + agreement.path("title").asText() + ")"));
        for (JsonNode version : agreement.path("versions")) {
            out.println("");
            out.println(line(version));
            out.println("  sha256 " + version.path("sha256").asText());
            articles(version.path("text"));
            signatures(version);
            out.println("  signed by " + proposer(version.path("text")) + " at "
                    + CentreAnswers.moment(version.path("text").path("modified").asText()));
            for (JsonNode notice : version.path("notices")) {
                out.println("  " + notice.path("by").asText() + ": "
                        + notice.path("act").asText() + " at "
                        + CentreAnswers.moment(notice.path("at").asText())
                        + (notice.has("effective")
                                ? ", effective "
                                        + CentreAnswers.moment(
                                                notice.path("effective").asText())
                                : "")
                        + (notice.has("reason") ? ": " + notice.path("reason").asText() : ""));
            }
            if (version.has("unproven")) {
                out.println("  NOT PROVEN any more: " + version.path("unproven").asText());
            }
        }
    }

    private static String proposer(JsonNode text) {
        for (JsonNode party : text.path("parties")) {
            if (party.path("identity_ref").equals(text.path("proposed_by_ref"))) {
                return party.path("name").asText();
            }
        }
        return text.path("proposed_by_ref").asText();
    }

    private void articles(JsonNode text) {
        StringJoiner parties = new StringJoiner(text.path("parties").size() > 2 ? ", " : " and ");
        StringJoiner contacts = new StringJoiner("; ");
        for (JsonNode party : text.path("parties")) {
            parties.add(party.path("title").asText() + " (" + party.path("name").asText() + ")");
            contacts.add(party.path("name").asText() + " " + CentreAnswers.joined(party.path("contacts")));
        }
        StringJoiner kinds = new StringJoiner(", ");
        for (Map.Entry<String, JsonNode> kind : text.path("kinds").properties()) {
            if (kind.getValue().asBoolean()) {
                kinds.add(kind.getKey());
            }
        }
        article(1, "parties", parties.toString());
        article(
                2,
                "purposes",
                CentreAnswers.joined(text.path("purposes"))
                        + (text.path("purpose_on_use").asBoolean()
                                ? "; who looks up personal values of the other names one of these and a case"
                                : ""));
        article(3, "kinds", kinds.length() == 0 ? "none" : kinds.toString());
        article(4, "marking", "up to " + text.path("max_tlp").asText());
        article(5, "third parties", text.path("relay").asBoolean() ? "allowed" : "not allowed");
        article(6, "retention", text.path("retention_days").asLong() + " days");
        article(
                7,
                "term",
                "from " + CentreAnswers.moment(text.path("valid_from").asText()) + " to "
                        + CentreAnswers.moment(text.path("valid_until").asText()));
        article(8, "termination", text.path("notice_days").asLong() + " days after notice");
        article(
                9,
                "legal basis",
                text.path("legal_basis").asText()
                        + (text.path("reference").asText().isEmpty()
                                ? ""
                                : " (" + text.path("reference").asText() + ")"));
        article(10, "contacts", contacts.toString());
    }

    private void article(int number, String name, String text) {
        out.println("  article " + number + ", " + name + ": " + text);
    }
}
