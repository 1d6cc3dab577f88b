package uz.koprik.gateway.cli.roles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CommandOutput;

/** Items of the release desk as lines for people. */
final class ReleaseText {

    private ReleaseText() {}

    static void item(CommandOutput out, JsonNode item) {
        out.println(
                item.path("id").asText() + "  " + objects(item.path("objects").asLong()) + " of "
                        + item.path("by").asText() + ", since "
                        + CentreAnswers.moment(item.path("at").asText()) + ": " + why(item.path("why")));
        if (item.has("comment")) {
            out.println("    \"" + item.path("comment").asText() + "\"");
        }
        JsonNode outcome = item.path("outcome");
        if (outcome.isMissingNode()) {
            out.println(
                    "    waits until " + CentreAnswers.moment(item.path("until").asText())
                            + (item.path("mine").asBoolean() ? "; another person has to release it" : ""));
            return;
        }
        out.println("    " + outcome.path("outcome").asText()
                + (outcome.has("by") ? " by " + outcome.path("by").asText() : "") + " at "
                + CentreAnswers.moment(outcome.path("at").asText())
                + (outcome.has("comment") ? ": \"" + outcome.path("comment").asText() + "\"" : ""));
    }

    /** A number of objects. */
    static String objects(long count) {
        return count + (count == 1 ? " object" : " objects");
    }

    private static String why(JsonNode reasons) {
        List<String> words = new ArrayList<>();
        reasons.forEach(reason -> words.add(
                switch (reason.path("why").asText()) {
                    case "personal" -> "personal observables";
                    case "kind" ->
                        "observables of the kind " + reason.path("value").asText();
                    default -> reason.path("value").asText();
                }));
        return String.join(", ", words);
    }

    static void object(CommandOutput out, JsonNode object) {
        out.println(
                "    " + object.path("id").asText() + "  " + object.path("tlp").asText()
                        + (object.has("title") ? "  " + object.path("title").asText() : ""));
    }

    static void partners(CommandOutput out, JsonNode partners) {
        for (JsonNode partner : partners) {
            partner.path("decisions")
                    .forEach(decision -> out.println("    "
                            + (decision.path("released").asBoolean() ? "to " : "not to ")
                            + partner.path("partner").asText() + ": "
                            + objects(decision.path("objects").asLong()) + ": "
                            + decision.path("reason").asText()));
        }
    }
}
